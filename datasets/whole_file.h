/*
 * whole_file.h - all bytes of a regular file, as they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_WHOLE_FILE_H
#define CODIST_DATASETS_WHOLE_FILE_H

#include <codist/base.h>

/* The file read last. Start with {0}; the bytes are used again for the next. */
struct codist_whole_file {
	unsigned char *bytes;
	size_t nbytes, capacity;
};

/*
 * codist_whole_file_read() reads the file at `path`. CODIST_EIO for what cannot
 * be read, is no regular file, or changes meanwhile.
 */
enum codist_status codist_whole_file_read(struct codist_whole_file *file,
					  const char *path,
					  struct codist_error *err);
void codist_whole_file_release(struct codist_whole_file *file);

/* A view of what was read. */
struct codist_bytes
codist_whole_file_bytes(const struct codist_whole_file *file);

#endif
