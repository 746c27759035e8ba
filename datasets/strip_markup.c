/*
 * strip_markup.c - the text of HTML or XML, without tags and comments
 *
 * What is a tag is as in HTML (WHATWG, 13.2.5): '<' before a letter, '/', '!'
 * or '?', up to '>', which a quoted value may hold; any other '<' is text. A
 * comment ends at "-->". What does not end takes the rest of the sample with
 * it, as in a browser; this also keeps the time linear, since nothing is looked
 * at twice. Unlike there, what stands within <script> is text like any other,
 * and of character references only the five that XML has are known by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <string.h>

#define REPLACEMENT 0xfffd /* for what is no character */

struct scan {
	const unsigned char *at, *end;
};

static int is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int begins_with(const struct scan *in, const char *text)
{
	size_t n = strlen(text);

	return (size_t)(in->end - in->at) >= n && memcmp(in->at, text, n) == 0;
}

static void skip_behind(struct scan *in, const char *text)
{
	while (in->at < in->end && !begins_with(in, text))
		in->at++;
	if (in->at < in->end)
		in->at += strlen(text);
}

/* A quote opens a value only behind '='; else it is an apostrophe. */
static void skip_tag(struct scan *in)
{
	int is_value = 0;

	while (in->at < in->end && *in->at != '>') {
		const char quote[2] = { (char)*in->at++ };

		if (is_value && (quote[0] == '"' || quote[0] == '\''))
			skip_behind(in, quote);
		if (!is_space((unsigned char)quote[0]))
			is_value = quote[0] == '=';
	}
	if (in->at < in->end)
		in->at++;
}

/* 1 if markup began at *in, which is then behind it. */
static int skip_markup(struct scan *in)
{
	unsigned char next = in->end - in->at > 1 ? in->at[1] : 0;

	if (begins_with(in, "<!--")) {
		in->at += strlen("<!"); /* "<!-->" is a comment, and ended */
		skip_behind(in, "-->");
	} else if (next == '!' || next == '?') {
		skip_behind(in, ">");
	} else if (next == '/' || is_letter(next)) {
		skip_tag(in);
	} else {
		return 0;
	}
	return 1;
}

static int digit(unsigned char c, unsigned base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (base == 16 && c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (base == 16 && c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static int is_character(uint32_t code)
{
	return code > 0 && code <= 0x10ffff &&
	       !(code >= 0xd800 && code <= 0xdfff);
}

/* The number behind "&#"; 1 if a ';' ends it, and *in is then behind that. */
static int parse_number(struct scan *in, uint32_t *code)
{
	unsigned base = 10;
	struct scan ahead = { in->at + strlen("&#"), in->end };
	const unsigned char *first;

	if (begins_with(&ahead, "x") || begins_with(&ahead, "X")) {
		base = 16;
		ahead.at++;
	}
	first = ahead.at;
	*code = 0;
	for (; ahead.at < ahead.end && digit(*ahead.at, base) >= 0; ahead.at++)
		if (*code <= 0x10ffff)
			*code = *code * base +
				(uint32_t)digit(*ahead.at, base);
	if (ahead.at == first || !begins_with(&ahead, ";"))
		return 0;
	if (!is_character(*code))
		*code = REPLACEMENT;
	in->at = ahead.at + 1;
	return 1;
}

/* 1 if there was a character reference at *in, which is then behind it. */
static int parse_reference(struct scan *in, uint32_t *code)
{
	static const struct {
		const char *text;
		unsigned char code;
	} names[] = {
		{ "&amp;", '&' },   { "&lt;", '<' },    { "&gt;", '>' },
		{ "&quot;", '"' }, { "&apos;", '\'' },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!begins_with(in, names[i].text))
			continue;
		in->at += strlen(names[i].text);
		*code = names[i].code;
		return 1;
	}
	return begins_with(in, "&#") && parse_number(in, code);
}

/* In UTF-8, which is never longer than the reference: "&#0;" becomes three
 * bytes, and the first characters that take two and four "&#128;" and
 * "&#65536;". */
static size_t put_character(unsigned char *out, uint32_t code)
{
	size_t n_more = code < 0x80 ? 0 : code < 0x800 ? 1 :
			code < 0x10000 ? 2 : 3;
	static const unsigned char marks[] = { 0, 0xc0, 0xe0, 0xf0 };

	out[0] = (unsigned char)(marks[n_more] | code >> 6 * n_more);
	for (size_t i = 1; i <= n_more; i++)
		out[i] = (unsigned char)(0x80 |
					 (code >> 6 * (n_more - i) & 0x3f));
	return n_more + 1;
}

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	struct scan in = { x.data, x.nbytes ? x.data + x.nbytes : x.data };
	size_t n = 0;
	uint32_t code;

	(void)config;
	while (in.at < in.end) {
		if (*in.at == '<' && skip_markup(&in))
			continue;
		if (*in.at == '&' && parse_reference(&in, &code))
			n += put_character(out + n, code);
		else
			out[n++] = *in.at++;
	}
	return n;
}

const struct codist_transform codist_transform_strip_markup = {
	.plugin = {
		.name = "strip-markup",
		.summary = "tags and comments go, &amp; &lt; &gt; &quot; "
			   "&apos; &#233; become UTF-8: <b>a</b> &lt; b "
			   "becomes a < b",
	},
	.varies = 1,
	.apply = apply,
};
