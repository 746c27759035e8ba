/*
 * file.h - all bytes of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_FILE_H
#define CODIST_CLI_FILE_H

#include <codist.h>

struct file {
	unsigned char *bytes; /* [nbytes] */
	size_t nbytes;
};

/*
 * file_read() reads a file to its end; "-" is the standard input, which can be
 * had only once.
 */
enum codist_status file_read(struct file *file, const char *path,
			     struct codist_error *err);
void file_release(struct file *file);

/* file_view() is a view of all of it. */
struct codist_bytes file_view(const struct file *file);

#endif
