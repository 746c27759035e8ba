/*
 * idx_file.c - one IDX file of unsigned bytes, gzipped or not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "idx_file.h"
#include "input.h"

#include <stdlib.h>

#define FIRST_CAPACITY ((size_t)1 << 20)

static size_t big_endian(const unsigned char bytes[4])
{
	return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 |
	       (size_t)bytes[2] << 8 | bytes[3];
}

static enum codist_status read_header(struct codist_idx_file *file,
				      struct codist_input *in,
				      const char *path,
				      struct codist_error *err)
{
	unsigned char head[4], sizes[4 * (CODIST_MAX_RANK + 1)];
	size_t n;

	CODIST_TRY(codist_input_read(in, head, sizeof(head), &n, err));
	if (n < sizeof(head))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu bytes, expected an IDX header of "
				   "at least 8",
				   path, n);
	if (head[0] != 0 || head[1] != 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: starts with 0x%02x%02x%02x%02x, "
				   "expected an IDX file's 0x000008 and the "
				   "number of dimensions",
				   path, head[0], head[1], head[2], head[3]);
	if (head[2] != 8)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: IDX type 0x%02x, expected 0x08 "
				   "(unsigned bytes)",
				   path, head[2]);
	if (head[3] < 1 || head[3] > CODIST_MAX_RANK + 1)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %d dimensions, expected 1..%d", path,
				   head[3], CODIST_MAX_RANK + 1);
	file->rank = head[3];
	CODIST_TRY(codist_input_read(in, sizes, 4 * file->rank, &n, err));
	if (n < 4 * file->rank)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: truncated: %zu bytes, expected a "
				   "header of %zu",
				   path, n + 4, 4 + 4 * file->rank);
	file->nbytes = 1;
	for (size_t d = 0; d < file->rank; d++) {
		size_t size = big_endian(sizes + 4 * d);

		file->dimensions[d] = size;
		if (size == 0 && d > 0)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: dimension %zu of %zu is 0, "
					   "expected samples to have bytes",
					   path, d + 1, file->rank);
		if (size && file->nbytes > SIZE_MAX / 2 / size)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: the product of its %zu "
					   "dimensions overflows",
					   path, file->rank);
		file->nbytes *= size;
	}
	return CODIST_OK;
}

static enum codist_status read_data(struct codist_idx_file *file,
				    struct codist_input *in,
				    const char *path, struct codist_error *err)
{
	size_t capacity = 0, have = 0, n;
	unsigned char one;

	do {
		unsigned char *grown;

		capacity = capacity ? 2 * capacity : FIRST_CAPACITY;
		if (capacity > file->nbytes)
			capacity = file->nbytes;
		grown = realloc(file->bytes, capacity ? capacity : 1);
		if (!grown)
			return codist_no_memory(err, path);
		file->bytes = grown;
		CODIST_TRY(codist_input_read(in, file->bytes + have,
					     capacity - have, &n, err));
		have += n;
	} while (have == capacity && have < file->nbytes);
	if (have < file->nbytes)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: truncated: %zu bytes of data, expected "
				   "%zu by its dimensions",
				   path, have, file->nbytes);
	CODIST_TRY(codist_input_read(in, &one, 1, &n, err));
	if (n > 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: more data than the %zu bytes of its "
				   "dimensions",
				   path, file->nbytes);
	return CODIST_OK;
}

enum codist_status codist_idx_file_read(struct codist_idx_file *file,
					const char *path,
					struct codist_error *err)
{
	struct codist_input *in;
	enum codist_status status;

	*file = (struct codist_idx_file){ 0 };
	CODIST_TRY(codist_input_new(&in, path, err));
	status = read_header(file, in, path, err);
	if (status == CODIST_OK)
		status = read_data(file, in, path, err);
	codist_input_free(in);
	if (status != CODIST_OK)
		codist_idx_file_release(file);
	return status;
}

void codist_idx_file_release(struct codist_idx_file *file)
{
	free(file->bytes);
	*file = (struct codist_idx_file){ 0 };
}
