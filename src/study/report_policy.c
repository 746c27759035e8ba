/*
 * report_policy.c - the only script that a page's browser is to carry out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_files.h"
#include "study/report_page.h"

#include "base/base64.h"
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

/* Style is no danger: what it could load is forbidden. Pictures are within. */
void codist_page_policy(struct codist_page *page)
{
	unsigned char hash[HASH];

	hash_script(hash);
	codist_text_add(&page->text,
			"<meta http-equiv=\"Content-Security-Policy\" "
			"content=\"default-src 'none'; form-action 'none'; "
			"base-uri 'none'; img-src data:; "
			"style-src 'unsafe-inline'; "
			"script-src 'sha256-");
	codist_base64_add(&page->text, (struct codist_bytes){ hash, HASH });
	codist_text_add(&page->text, "'\">\n");
}
