/*
 * gz_file.h - a file, gzipped or not, read from its start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_GZ_FILE_H
#define CODIST_DATASETS_GZ_FILE_H

#include <codist/base.h>

struct codist_gz_file;

/* The path is borrowed, for messages. */
enum codist_status codist_gz_open(struct codist_gz_file **file,
				  const char *path, struct codist_error *err);
void codist_gz_close(struct codist_gz_file *file);

/*
 * Read up to `nbytes`; *n_read is less only at the end of the file.
 * CODIST_EFORMAT: gzip data that is damaged or ends in its midst.
 */
enum codist_status codist_gz_read(struct codist_gz_file *file,
				  unsigned char *bytes, size_t nbytes,
				  size_t *n_read, struct codist_error *err);

#endif
