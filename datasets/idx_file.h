/*
 * idx_file.h - one IDX file of unsigned bytes, gzipped or not
 *
 * The format (Y. LeCun's page on MNIST): two zero bytes, a type (8 is unsigned
 * byte), the number of dimensions, each dimension as a big-endian 32-bit
 * number, then the data, the last dimension fastest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_IDX_FILE_H
#define CODIST_DATASETS_IDX_FILE_H

#include <codist/dataset.h>

struct codist_idx_file {
	size_t rank;                            /* 1.. */
	size_t dimensions[CODIST_MAX_RANK + 1]; /* [rank] */
	size_t nbytes;                          /* their product */
	unsigned char *bytes;                   /* [nbytes] */
};

/*
 * Read the file of that path. The bytes are allocated as they arrive, so that
 * a header that promises more than there is costs nothing.
 */
enum codist_status codist_idx_file_read(struct codist_idx_file *file,
					const char *path,
					struct codist_error *err);
void codist_idx_file_release(struct codist_idx_file *file);

#endif
