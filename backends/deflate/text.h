/*
 * text.h - how far two strings agree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_TEXT_H
#define CODIST_DEFLATE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline unsigned sizer_least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static inline int sizer_equal8(const unsigned char *a, const unsigned char *b)
{
	uint64_t x, y;

	memcpy(&x, a, 8);
	memcpy(&y, b, 8);
	return x == y;
}

/* The number of bytes, at most `most`, in which a and b agree from the start. */
static inline unsigned sizer_common(const unsigned char *a,
				    const unsigned char *b, unsigned most)
{
	unsigned n = 0;

	while (n + 8 <= most) {
		uint64_t x, y;

		memcpy(&x, a + n, 8);
		memcpy(&y, b + n, 8);
		if (x != y) {
#if defined(__GNUC__) && defined(__BYTE_ORDER__) && \
	__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
			return n + (unsigned)__builtin_ctzll(x ^ y) / 8;
#else
			break;
#endif
		}
		n += 8;
	}
	while (n < most && a[n] == b[n])
		n++;
	return n;
}

#endif
