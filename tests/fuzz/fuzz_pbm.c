/*
 * fuzz_pbm.c - any bytes as a stream of PBM pictures: refused, or read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include "../../backends/image/pbm.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct codist_bytes stream = { data, size };
	struct codist_error err = { 0 };
	struct codist_pbm picture = { 0 };
	volatile unsigned pixel;
	int is_there = 1;

	while (is_there) {
		size_t left = stream.nbytes;

		if (codist_pbm_next(&picture, &stream, "pbm", &is_there,
				    &err)) {
			FUZZ_PROMISE(err.status == CODIST_EFORMAT);
			FUZZ_PROMISE(strstr(err.message, "pbm"));
			FUZZ_PROMISE(stream.nbytes == left);
			break;
		}
		FUZZ_PROMISE(is_there == (left > 0));
		if (!is_there)
			break;
		/* All of it is there, between the header and what is left. */
		FUZZ_PROMISE(stream.nbytes < left);
		FUZZ_PROMISE(stream.data + stream.nbytes == data + size);
		FUZZ_PROMISE(picture.raster > data &&
			     picture.raster < stream.data);
		for (size_t y = 0; y < picture.height; y++)
			for (size_t x = 0; x < picture.width; x++)
				pixel = codist_pbm_pixel(&picture, y, x);
	}
	(void)pixel;
	return 0;
}
