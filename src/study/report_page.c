/*
 * report_page.c - a report on its way to be HTML, Markdown or text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_files.h"
#include "study/report_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 78

int codist_page_is_html(const struct codist_page *page)
{
	return page->format == CODIST_REPORT_HTML;
}

void codist_page_escaped(struct codist_page *page, const char *text)
{
	if (codist_page_is_html(page))
		codist_report_escape(&page->text, page->format, text);
}

void codist_page_markup(struct codist_page *page, const char *markup)
{
	if (codist_page_is_html(page))
		codist_text_add(&page->text, "%s", markup);
}

static void underline(struct codist_page *page, size_t length, char c)
{
	codist_text_add_char(&page->text, '\n');
	for (size_t i = 0; i < length; i++)
		codist_text_add_char(&page->text, c);
	codist_text_add(&page->text, "\n\n");
}

static void heading(struct codist_page *page, const char *title, char line,
		    const char *marks)
{
	size_t length;

	if (page->format == CODIST_REPORT_MARKDOWN)
		codist_text_add(&page->text, "%s ", marks);
	length = codist_report_escape(&page->text, page->format, title);
	if (page->format == CODIST_REPORT_MARKDOWN)
		codist_text_add(&page->text, "\n\n");
	else
		underline(page, length, line);
}

static void put_lines(struct codist_text *text, const char *const *lines)
{
	for (size_t i = 0; lines[i]; i++)
		codist_text_add(text, "%s", lines[i]);
}

void codist_page_begin(struct codist_page *page, const char *title)
{
	struct codist_text *text = &page->text;

	if (!codist_page_is_html(page)) {
		heading(page, title, '=', "#");
		return;
	}
	codist_text_add(text, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
			      "<meta charset=\"utf-8\">\n");
	codist_page_policy(page);
	codist_text_add(text,
		"<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<meta name=\"generator\" content=\"codist %s\">\n<title>",
		codist_version());
	codist_report_escape(text, page->format, title);
	codist_text_add(text, "</title>\n<style>\n");
	put_lines(text, codist_report_css);
	codist_text_add(text, "</style>\n</head>\n<body>\n<a class=\"skip\" "
			"href=\"#results\">Skip to the results</a>\n"
			"<header><h1>");
	codist_report_escape(text, page->format, title);
	codist_text_add(text, "</h1></header>\n");
	page->head = text->length;
	codist_text_add(text, "<main>\n");
}

static void end_section(struct codist_page *page)
{
	if (page->in_section)
		codist_page_markup(page, "</section>\n");
	page->in_section = 0;
}

void codist_page_section(struct codist_page *page, const char *id,
			 const char *title)
{
	if (!codist_page_is_html(page)) {
		heading(page, title, '-', "##");
		return;
	}
	end_section(page);
	page->in_section = 1;
	codist_text_add(&page->text,
			"<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">",
			id, id);
	codist_page_escaped(page, title);
	codist_text_add(&page->text, "</h2>\n");
	codist_text_add(&page->contents, "<li><a href=\"#%s\">", id);
	codist_report_escape(&page->contents, page->format, title);
	codist_text_add(&page->contents, "</a></li>\n");
}

/* Only now it is known which sections there are. */
static void insert_contents(struct codist_page *page)
{
	struct codist_text whole = { 0 };

	if (page->text.failed || page->contents.failed) {
		page->text.failed = 1;
		return;
	}
	codist_text_add(&whole, "%.*s<nav aria-label=\"Sections\">\n<ul>\n%s"
			"</ul>\n</nav>\n%s", (int)page->head,
			page->text.chars, page->contents.chars,
			page->text.chars + page->head);
	free(page->text.chars);
	page->text = whole;
}

void codist_page_end(struct codist_page *page)
{
	if (!codist_page_is_html(page))
		return;
	end_section(page);
	codist_text_add(&page->text, "</main>\n<footer><p>codist %s</p>"
			"</footer>\n<script>", codist_version());
	put_lines(&page->text, codist_report_js);
	codist_text_add(&page->text, "</script>\n</body>\n</html>\n");
	insert_contents(page);
}

/* Words, with an end of line where the next would stand too far right. */
static void wrap(struct codist_text *to, const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t length = strcspn(text, " ");

		if (column > 0 && column + 1 + length > LINE) {
			codist_text_add_char(to, '\n');
			column = 0;
		} else if (column > 0) {
			codist_text_add_char(to, ' ');
			column++;
		}
		codist_text_add(to, "%.*s", (int)length, text);
		column += length;
		text += length + (text[length] == ' ');
	}
}

void codist_page_paragraph(struct codist_page *page, const char *format, ...)
{
	struct codist_text escaped = { 0 };
	char *text;
	int length;
	va_list arguments;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text = length < 0 ? NULL : malloc((size_t)length + 1);
	if (!text) {
		page->text.failed = 1;
		return;
	}
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	codist_report_escape(&escaped, page->format, text);
	page->text.failed |= escaped.failed;
	codist_page_markup(page, "<p>");
	wrap(&page->text, escaped.chars ? escaped.chars : "");
	codist_text_add(&page->text, "%s",
			codist_page_is_html(page) ? "</p>\n" : "\n\n");
	free(escaped.chars);
	free(text);
}

/* In Markdown code is what is indented, whatever stands in it. */
void codist_page_verbatim(struct codist_page *page, const char *lines)
{
	enum codist_report_format format =
		codist_page_is_html(page) ? page->format : CODIST_REPORT_TEXT;

	codist_page_markup(page, "<pre tabindex=\"0\">");
	while (*lines) {
		size_t length = strcspn(lines, "\n");
		char *line = codist_text_format("%.*s", (int)length, lines);

		if (!codist_page_is_html(page))
			codist_text_add(&page->text, "    ");
		if (line)
			codist_report_escape(&page->text, format, line);
		page->text.failed |= !line;
		free(line);
		codist_text_add_char(&page->text, '\n');
		lines += length + (lines[length] == '\n');
	}
	codist_text_add(&page->text, "%s",
			codist_page_is_html(page) ? "</pre>\n" : "\n");
}

void codist_page_fold(struct codist_page *page, const char *summary)
{
	codist_page_markup(page, "<details>\n<summary>");
	codist_page_escaped(page, summary);
	codist_page_markup(page, "</summary>\n");
}

void codist_page_unfold(struct codist_page *page)
{
	codist_page_markup(page, "</details>\n");
}
