/*
 * digest.c - SHA-256, by nettle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/digest.h"

#include <stdio.h>

void codist_digest_init(struct codist_digest *digest)
{
	sha256_init(&digest->context);
}

void codist_digest_add(struct codist_digest *digest, struct codist_bytes x)
{
	if (x.nbytes)
		sha256_update(&digest->context, x.nbytes, x.data);
}

void codist_digest_text(struct codist_digest *digest,
			char text[CODIST_DIGEST_SIZE])
{
	unsigned char bytes[SHA256_DIGEST_SIZE];

	sha256_digest(&digest->context, sizeof(bytes), bytes);
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}
