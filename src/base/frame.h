/*
 * frame.h - any bytes as raw PBM pictures, for what takes only such
 *
 * The same for good, as material.h is: digests of lengths depend on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_FRAME_H
#define CODIST_BASE_FRAME_H

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* What frame_pictures() writes for n bytes is less than this. */
#define FRAMED_SIZE(n) (2 * (n) + 64)

#define FRAME_ROW 4       /* bytes; 28 pixels */
#define FRAME_NBYTES 112  /* 28 rows */

/*
 * The bytes are the rows of pictures of 28 x 28 pixels; what is left over are
 * rows of eight pixels. `out` has room for FRAMED_SIZE(n). Returns how many bytes
 * are written to it; 0 for 0.
 */
static inline size_t frame_pictures(unsigned char *out,
				    const unsigned char *bytes, size_t n)
{
	size_t n_out = 0;

	while (n > 0) {
		int is_full = n >= FRAME_NBYTES;
		size_t now = is_full ? FRAME_NBYTES : n;
		char header[32];
		int length = snprintf(header, sizeof(header), "P4\n%d %zu\n",
				      is_full ? 28 : 8,
				      is_full ? now / FRAME_ROW : now);

		memcpy(out + n_out, header, (size_t)length);
		n_out += (size_t)length;
		memcpy(out + n_out, bytes, now);
		n_out += now;
		bytes += now;
		n -= now;
	}
	return n_out;
}

#endif
