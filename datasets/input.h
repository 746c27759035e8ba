/*
 * input.h - the bytes of a file, unpacked if it is gzipped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_INPUT_H
#define CODIST_DATASETS_INPUT_H

#include <codist/base.h>

struct codist_input;

/* Open a file, for codist_input_free(); `path` must outlive it. */
enum codist_status codist_input_new(struct codist_input **input,
				    const char *path,
				    struct codist_error *err);
void codist_input_free(struct codist_input *input);

/* Read up to `nbytes`; *n_read is less only at the end of the file. */
enum codist_status codist_input_read(struct codist_input *input,
				     unsigned char *bytes, size_t nbytes,
				     size_t *n_read,
				     struct codist_error *err);

#endif
