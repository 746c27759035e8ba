/*
 * sizes.c - what comes next in a stream: a picture of what size, or its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sizes.h"

#include <limits.h>

#define LIKELY (CODIST_PROBABILITY_ONE - CODIST_PROBABILITY_ONE / 256)
#define EVEN (CODIST_PROBABILITY_ONE / 2)

static const unsigned n_bits_most = CHAR_BIT * sizeof(size_t) - 1;

/* As many zeros as a number has bits behind its first, then its bits. */
static size_t gamma_code(struct codist_coding *coding, size_t number)
{
	unsigned n = 0;
	size_t found = 1;

	while (n < n_bits_most &&
	       !codist_coding_bit(coding, EVEN, number >> n < 2))
		n++;
	while (n-- > 0)
		found = found << 1 |
			codist_coding_bit(coding, EVEN, number >> n & 1);
	return found;
}

int codist_sizes_picture(struct codist_sizes *sizes,
			 struct codist_coding *coding, size_t *width,
			 size_t *height)
{
	unsigned is_same = *width == sizes->width && *height == sizes->height;

	if (!codist_coding_bit(coding, LIKELY, 1))
		return 0;
	is_same = sizes->width > 0 && /* there was one */
		  codist_coding_bit(coding, LIKELY, is_same);
	if (!is_same) {
		sizes->width = gamma_code(coding, *width);
		sizes->height = gamma_code(coding, *height);
	}
	*width = sizes->width;
	*height = sizes->height;
	return 1;
}

void codist_sizes_end(struct codist_coding *coding)
{
	(void)codist_coding_bit(coding, LIKELY, 0);
}
