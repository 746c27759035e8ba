/*
 * base64.c - bytes as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/base64.h"

/* Three bytes are four characters, and the rest is padded. */
void codist_base64_add(struct codist_text *to, struct codist_bytes x)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < x.nbytes; i += 3) {
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 |
			       (i + k < x.nbytes ? x.data[i + k] : 0u);
		for (size_t k = 0; k < 4; k++)
			codist_text_add_char(to, i + k > x.nbytes ? '=' :
				alphabet[bits >> (18 - 6 * k) & 63]);
	}
}
