/*
 * npy_file.h - an array of whole numbers in NumPy's format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_NPY_FILE_H
#define CODIST_DATASETS_NPY_FILE_H

#include <codist/dataset.h>

/* Of items in the order of C: the last index is the fastest. */
struct codist_npy {
	char kind;        /* of items: 'u'nsigned, 'i'nteger, 'b'ool */
	size_t item_size; /* in bytes: 1, 2, 4 or 8 */
	int is_big_endian;
	size_t rank, dimensions[CODIST_MAX_RANK + 1]; /* [rank], rank > 0 */
	size_t n_items;                               /* their product */
	const unsigned char *items; /* [n_items * item_size], in the file */
};

/*
 * codist_npy_parse() reads the header of the file whose bytes these are, and
 * which must outlive it. CODIST_EFORMAT names the file, `path`.
 */
enum codist_status codist_npy_parse(struct codist_npy *npy, const char *path,
				    struct codist_bytes file,
				    struct codist_error *err);

#define CODIST_NPY_ITEM_SIZE 24
/* codist_npy_item() writes item i < n_items as a decimal number. */
void codist_npy_item(const struct codist_npy *npy, size_t i,
		     char text[CODIST_NPY_ITEM_SIZE]);

#endif
