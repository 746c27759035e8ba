/*
 * digest.h - SHA-256
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_DIGEST_H
#define CODIST_BASE_DIGEST_H

#include <codist/base.h>

#include <nettle/sha2.h>

struct codist_digest {
	struct sha256_ctx context;
};

#define CODIST_DIGEST_SIZE 65

void codist_digest_init(struct codist_digest *digest);
void codist_digest_add(struct codist_digest *digest, struct codist_bytes x);

/* The digest as 64 lower-case hexadecimal digits and a NUL. */
void codist_digest_text(struct codist_digest *digest,
			char text[CODIST_DIGEST_SIZE]);

#endif
