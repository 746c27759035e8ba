/*
 * report_policy.c - the only script that a page's browser is to carry out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_files.h"
#include "study/report_page.h"

#include "base/digest.h"

#include <string.h>

#define HASH 32

static unsigned char nibble(char digit)
{
	return (unsigned char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static void hash_script(unsigned char hash[HASH])
{
	struct codist_digest digest;
	char text[CODIST_DIGEST_SIZE];

	codist_digest_init(&digest);
	for (size_t i = 0; codist_report_js[i]; i++)
		codist_digest_add(&digest, (struct codist_bytes){
			(const unsigned char *)codist_report_js[i],
			strlen(codist_report_js[i]) });
	codist_digest_text(&digest, text);
	for (size_t i = 0; i < HASH; i++)
		hash[i] = (unsigned char)(nibble(text[2 * i]) << 4 |
					  nibble(text[2 * i + 1]));
}

/* RFC 4648, section 4: three bytes are four characters, the rest is padded. */
static void add_base64(struct codist_text *to, const unsigned char hash[HASH])
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < HASH; i += 3) {
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (i + k < HASH ? hash[i + k] : 0u);
		for (size_t k = 0; k < 4; k++)
			codist_text_add_char(to, i + k > HASH ? '=' :
				alphabet[bits >> (18 - 6 * k) & 63]);
	}
}

/* Style is no danger: what it could load is forbidden. */
void codist_page_policy(struct codist_page *page)
{
	unsigned char hash[HASH];

	hash_script(hash);
	codist_text_add(&page->text,
			"<meta http-equiv=\"Content-Security-Policy\" "
			"content=\"default-src 'none'; form-action 'none'; "
			"base-uri 'none'; style-src 'unsafe-inline'; "
			"script-src 'sha256-");
	add_base64(&page->text, hash);
	codist_text_add(&page->text, "'\">\n");
}
