/*
 * fuzz_image.c - any bytes as a PNG, PGM or PPM image: refused, or decoded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include "../../datasets/picture.h"

#include <string.h>

static void decode(struct codist_bytes file, size_t n_channels)
{
	struct codist_picture picture = { .n_channels = n_channels,
					  .background = 255 };
	struct codist_error err = { 0 };
	unsigned sum = 0;

	if (codist_picture_decode(&picture, "x.png", file, &err)) {
		FUZZ_PROMISE(err.status == CODIST_EFORMAT ||
			     err.status == CODIST_EMISSING ||
			     err.status == CODIST_ENOMEM);
		FUZZ_PROMISE(strstr(err.message, "x.png"));
	} else {
		size_t n = picture.width * picture.height * n_channels;

		/* All of it is there, and has been written. */
		FUZZ_PROMISE(n > 0);
		for (size_t i = 0; i < n; i++)
			sum += picture.pixels[i];
		FUZZ_PROMISE(sum <= 255 * n);
	}
	codist_picture_release(&picture);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct codist_bytes file = { data, size };

	decode(file, 1);
	decode(file, 3);
	return 0;
}
