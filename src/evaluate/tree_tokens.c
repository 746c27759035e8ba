/*
 * tree_tokens.c - the words and signs of Newick and NEXUS
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/tree_tokens.h"

#include <string.h>
#include <strings.h>

static const char signs[] = "()[]:;,='";

static int is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int ends_word(char c)
{
	return is_blank(c) || (c && strchr(signs, c));
}

static char take(struct codist_tokens *tokens)
{
	tokens->line += *tokens->at == '\n';
	return *tokens->at++;
}

static enum codist_status open_until_end(const struct codist_tokens *tokens,
					 const char *what, size_t line,
					 struct codist_error *err)
{
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: line %zu: %s is not closed", tokens->name,
			   line, what);
}

/* Comments may hold comments. */
static enum codist_status skip_comment(struct codist_tokens *tokens,
				       struct codist_error *err)
{
	size_t line = tokens->line, depth = 0;
	const char *begin = tokens->at;

	do {
		char c;

		if (tokens->at == tokens->end)
			return open_until_end(tokens, "a comment", line, err);
		c = take(tokens);
		depth += c == '[';
		depth -= c == ']';
	} while (depth > 0);
	if (tokens->at - begin == 4 && begin[1] == '&') {
		if (begin[2] == 'r' || begin[2] == 'R')
			tokens->rooted = 'R';
		if (begin[2] == 'u' || begin[2] == 'U')
			tokens->rooted = 'U';
	}
	return CODIST_OK;
}

static enum codist_status take_quoted(struct codist_tokens *tokens,
				      struct codist_error *err)
{
	size_t line = tokens->line;

	tokens->is_quoted = 1;
	for (;;) {
		char c;

		if (tokens->at == tokens->end)
			return open_until_end(tokens, "a quote", line, err);
		c = take(tokens);
		if (c == '\'') {
			if (tokens->at == tokens->end || *tokens->at != '\'')
				return CODIST_OK;
			take(tokens);
		}
		if (c == '\0')
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: line %zu: a NUL in a name",
					   tokens->name, tokens->line);
		codist_text_add_char(&tokens->word, c);
	}
}

enum codist_status codist_tokens_next(struct codist_tokens *tokens,
				      struct codist_error *err)
{
	char c;

	while (tokens->at < tokens->end &&
	       (is_blank(*tokens->at) || *tokens->at == '[')) {
		if (*tokens->at == '[')
			CODIST_TRY(skip_comment(tokens, err));
		else
			take(tokens);
	}
	tokens->is_quoted = 0;
	tokens->sign = '\0';
	if (tokens->at == tokens->end)
		return CODIST_OK;
	c = *tokens->at;
	if (c != '\'' && c && strchr(signs, c)) {
		tokens->sign = take(tokens);
		return CODIST_OK;
	}
	tokens->sign = 'w';
	tokens->word.length = 0;
	codist_text_add(&tokens->word, "%s", "");
	if (c == '\'') {
		take(tokens);
		CODIST_TRY(take_quoted(tokens, err));
	} else {
		while (tokens->at < tokens->end && !ends_word(*tokens->at)) {
			if (!*tokens->at)
				return codist_fail(err, CODIST_EFORMAT,
						   "%s: line %zu: a NUL",
						   tokens->name, tokens->line);
			codist_text_add_char(&tokens->word, take(tokens));
		}
	}
	return tokens->word.failed ? codist_no_memory(err, tokens->name) :
				     CODIST_OK;
}

int codist_tokens_are(const struct codist_tokens *tokens, const char *word)
{
	return tokens->sign == 'w' && !tokens->is_quoted &&
	       strcasecmp(tokens->word.chars, word) == 0;
}

enum codist_status codist_tokens_wrong(const struct codist_tokens *tokens,
				       const char *expected,
				       struct codist_error *err)
{
	if (tokens->sign == 'w')
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: line %zu: '%.200s', expected %s",
				   tokens->name, tokens->line,
				   tokens->word.chars, expected);
	if (tokens->sign)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: line %zu: '%c', expected %s",
				   tokens->name, tokens->line, tokens->sign,
				   expected);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: line %zu: the text ends, expected %s",
			   tokens->name, tokens->line, expected);
}
