/*
 * tree_tokens.h - the words and signs of Newick and NEXUS
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_TREE_TOKENS_H
#define CODIST_EVALUATE_TREE_TOKENS_H

#include "base/text.h"

struct codist_tokens {
	const char *at, *end;
	const char *name; /* of the text, for messages */
	size_t line;      /* from 1 */
	/* What was read last: a word, a sign such as '(', or 0, the end. */
	char sign;        /* 'w': a word */
	int is_quoted;
	struct codist_text word;
	char rooted;      /* 'R' or 'U' of the last such comment, or 0 */
};

/*
 * codist_tokens_next() reads the next one. Words end at blanks and at signs,
 * ()[]:;,='; in quotes, they end at a quote that is no double one.
 */
enum codist_status codist_tokens_next(struct codist_tokens *tokens,
				      struct codist_error *err);

/* Whether the last one is that word, in capitals or not. */
int codist_tokens_are(const struct codist_tokens *tokens, const char *word);

/* CODIST_EFORMAT: what was found, and what was expected. */
enum codist_status codist_tokens_wrong(const struct codist_tokens *tokens,
				       const char *expected,
				       struct codist_error *err);

#endif
