/*
 * fuzz_npy.c - any bytes as a NumPy file: refused, or read as they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include "../../datasets/npy_file.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct codist_bytes file = { data, size };
	struct codist_error err = { 0 };
	struct codist_npy npy;
	char text[CODIST_NPY_ITEM_SIZE];
	size_t product = 1;

	if (codist_npy_parse(&npy, "x.npy", file, &err)) {
		FUZZ_PROMISE(err.status == CODIST_EFORMAT);
		FUZZ_PROMISE(strncmp(err.message, "x.npy: ", 7) == 0);
		return 0;
	}
	FUZZ_PROMISE(npy.rank >= 1 && npy.rank <= CODIST_MAX_RANK + 1);
	for (size_t d = 0; d < npy.rank; d++)
		product *= npy.dimensions[d];
	FUZZ_PROMISE(npy.n_items == product);
	FUZZ_PROMISE(npy.items + npy.n_items * npy.item_size == data + size);
	for (size_t i = 0; i < npy.n_items; i++) {
		codist_npy_item(&npy, i, text);
		FUZZ_PROMISE(strspn(text, "-0123456789") == strlen(text));
	}
	return 0;
}
