/*
 * report_escape.c - texts of a store that cannot be taken for markup
 *
 * A study may come from anyone: its names are no part of a page's script, nor
 * commands to a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_page.h"

static const char *escape_of(enum codist_report_format format, char c)
{
	static const struct { char c; const char *html, *markdown; } table[] = {
		{ '&', "&amp;", "&amp;" }, { '<', "&lt;", "&lt;" },
		{ '>', "&gt;", "&gt;" },   { '"', "&quot;", NULL },
		{ '\'', "&#39;", NULL },   { '|', NULL, "\\|" },
		{ '*', NULL, "\\*" },      { '_', NULL, "\\_" },
		{ '`', NULL, "\\`" },      { '[', NULL, "\\[" },
		{ ']', NULL, "\\]" },      { '\\', NULL, "\\\\" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].c != c)
			continue;
		return format == CODIST_REPORT_HTML ? table[i].html :
		       format == CODIST_REPORT_MARKDOWN ? table[i].markdown :
							  NULL;
	}
	return NULL;
}

/* Of a terminal, or of no text at all; with two bytes from U+0080 to U+009F. */
static int is_control(const char *text, size_t length)
{
	unsigned char c = (unsigned char)text[0];

	return (length == 1 && (c < 0x20 || c == 0x7f)) ||
	       (length == 2 && c == 0xc2 && (unsigned char)text[1] < 0xa0);
}

size_t codist_report_escape(struct codist_text *to,
			    enum codist_report_format format, const char *text)
{
	size_t n = 0;

	for (; *text; n++) {
		size_t length = codist_utf8_length(text);
		const char *escaped = escape_of(format, *text);

		if (*text == '\n' || *text == '\t')
			codist_text_add_char(to, ' ');
		else if (length == 0 || is_control(text, length))
			codist_text_add(to, "\xef\xbf\xbd"); /* U+FFFD */
		else if (escaped)
			codist_text_add(to, "%s", escaped);
		else
			codist_text_add(to, "%.*s", (int)length, text);
		text += length ? length : 1;
	}
	return n;
}
