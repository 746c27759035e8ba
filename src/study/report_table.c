/*
 * report_table.c - tables as HTML, Markdown, or aligned text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_page.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From here on white reads better than black, or in the dark the reverse. */
#define DEEP 0.68

void codist_page_release(struct codist_page *page)
{
	codist_page_table(page);
	free(page->cells);
	free(page->text.chars);
	free(page->contents.chars);
	*page = (struct codist_page){ 0 };
}

void codist_page_table(struct codist_page *page)
{
	for (size_t i = 0; i < page->n_cells; i++)
		free(page->cells[i].text);
	page->n_cells = 0;
	page->n_columns = 0;
}

static void add_cell(struct codist_page *page, const char *text)
{
	struct codist_page_cell *cells = page->cells;
	struct codist_text escaped = { 0 };
	size_t width;

	if (page->n_cells == page->capacity) {
		size_t capacity = page->capacity ? 2 * page->capacity : 64;

		cells = realloc(cells, capacity * sizeof(*cells));
		if (!cells) {
			page->text.failed = 1;
			return;
		}
		page->cells = cells;
		page->capacity = capacity;
	}
	width = codist_report_escape(&escaped, page->format, text);
	page->text.failed |= escaped.failed;
	cells[page->n_cells++] = (struct codist_page_cell){
		.text = escaped.chars, .width = width, .shade = -1,
	};
}

void codist_page_column(struct codist_page *page,
			struct codist_page_column column)
{
	assert(page->n_columns < CODIST_PAGE_COLUMNS &&
	       page->n_cells == page->n_columns);
	page->columns[page->n_columns++] = column;
	add_cell(page, column.name);
}

void codist_page_cell(struct codist_page *page, const char *format, ...)
{
	va_list arguments;
	int length;
	char *text;

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
	add_cell(page, text);
	free(text);
}

void codist_format_fixed(double value, int decimals,
			 char text[CODIST_REAL_SIZE])
{
	char local[CODIST_REAL_SIZE];
	size_t whole, length;

	if (!isfinite(value) || fabs(value) >= 1e12) {
		codist_format_real(value, text);
		return;
	}
	/* A locale chooses the point, and nothing else. */
	length = (size_t)snprintf(local, sizeof(local), "%.*f", decimals,
				  value);
	whole = strspn(local, "-0123456789");
	if (decimals == 0)
		snprintf(text, CODIST_REAL_SIZE, "%s", local);
	else
		snprintf(text, CODIST_REAL_SIZE, "%.*s.%.12s", (int)whole,
			 local, local + length - (size_t)decimals);
}

void codist_page_real(struct codist_page *page, double value, int decimals)
{
	char text[CODIST_REAL_SIZE];

	codist_format_fixed(value, decimals, text);
	codist_page_cell(page, "%s", text);
}

void codist_format_short(double value, int digits,
			 char text[CODIST_REAL_SIZE])
{
	char local[CODIST_REAL_SIZE];
	size_t whole, rest;

	snprintf(local, sizeof(local), "%.*g", digits, value);
	/* What stands between the digits is a locale's point. */
	whole = strspn(local, "-0123456789infae+");
	rest = whole + strcspn(local + whole, "0123456789");
	if (local[whole])
		snprintf(text, CODIST_REAL_SIZE, "%.*s.%.20s", (int)whole,
			 local, local + rest);
	else
		snprintf(text, CODIST_REAL_SIZE, "%s", local);
}

void codist_page_short(struct codist_page *page, double value, int digits)
{
	char text[CODIST_REAL_SIZE];

	codist_format_short(value, digits, text);
	codist_page_cell(page, "%s", text);
}

void codist_page_shade(struct codist_page *page, double shade)
{
	if (page->n_cells)
		page->cells[page->n_cells - 1].shade = shade;
}

static const char *text_of(const struct codist_page *page, size_t cell)
{
	return page->cells[cell].text ? page->cells[cell].text : "";
}

static void put_header(struct codist_page *page)
{
	struct codist_text *text = &page->text;

	codist_text_add(text, "<thead>\n<tr>");
	for (size_t i = 0; i < page->n_columns; i++) {
		const struct codist_page_column *column = &page->columns[i];

		codist_text_add(text, "<th scope=\"col\"%s%s>%s</th>",
				column->is_number ? " class=\"n\"" : "",
				column->is_axis ? " data-axis" : "",
				text_of(page, i));
	}
	codist_text_add(text, "</tr>\n</thead>\n");
}

static void put_cell(struct codist_page *page, size_t at)
{
	const struct codist_page_cell *cell = &page->cells[at];
	size_t column = at % page->n_columns;
	struct codist_text *text = &page->text;
	char shade[CODIST_REAL_SIZE];

	if (column == 0) {
		codist_text_add(text, "<tr><th scope=\"row\">%s</th>",
				text_of(page, at));
	} else if (cell->shade >= 0) {
		codist_format_fixed(cell->shade, 3, shade);
		codist_text_add(text, "<td class=\"n%s\" style=\"--p:%s\">"
				"%s</td>", cell->shade > DEEP ? " deep" : "",
				shade, text_of(page, at));
	} else {
		codist_text_add(text, "<td%s>%s</td>",
				page->columns[column].is_number ?
					" class=\"n\"" : "",
				text_of(page, at));
	}
	if (column + 1 == page->n_columns)
		codist_text_add(text, "</tr>\n");
}

/* What is wide scrolls by itself, also by keyboard. */
static void put_html(struct codist_page *page, const char *caption,
		     const char *kind)
{
	struct codist_text *text = &page->text;

	codist_text_add(text, "<div class=\"scroll\" tabindex=\"0\" "
			"role=\"region\" aria-label=\"");
	codist_page_escaped(page, caption);
	codist_text_add(text, "\">\n<table class=\"%s\">\n<caption>", kind);
	codist_page_escaped(page, caption);
	codist_text_add(text, "</caption>\n");
	put_header(page);
	codist_text_add(text, "<tbody>\n");
	for (size_t i = page->n_columns; i < page->n_cells; i++)
		put_cell(page, i);
	codist_text_add(text, "</tbody>\n</table>\n</div>\n");
}

static size_t width_of(const struct codist_page *page, size_t column)
{
	size_t width = 0;

	for (size_t i = column; i < page->n_cells; i += page->n_columns)
		if (page->cells[i].width > width)
			width = page->cells[i].width;
	return width;
}

static void pad(struct codist_text *text, size_t n, char c)
{
	for (size_t i = 0; i < n; i++)
		codist_text_add_char(text, c);
}

static void put_aligned(struct codist_page *page, size_t at, size_t wanted)
{
	size_t column = at % page->n_columns, gap = wanted;
	int is_number = page->columns[column].is_number;

	gap -= page->cells[at].width;
	if (column)
		pad(&page->text, 2, ' ');
	if (is_number)
		pad(&page->text, gap, ' ');
	codist_text_add(&page->text, "%s", text_of(page, at));
	if (!is_number)
		pad(&page->text, gap, ' ');
}

/* It needs no blanks before it. */
static void end_line(struct codist_text *text)
{
	while (text->length && text->chars[text->length - 1] == ' ')
		text->chars[--text->length] = '\0';
	codist_text_add_char(text, '\n');
}

static void put_text(struct codist_page *page, const char *caption)
{
	size_t widths[CODIST_PAGE_COLUMNS];

	codist_report_escape(&page->text, page->format, caption);
	codist_text_add(&page->text, "\n\n");
	for (size_t i = 0; i < page->n_columns; i++)
		widths[i] = width_of(page, i);
	for (size_t i = 0; i < page->n_cells; i++) {
		size_t column = i % page->n_columns;

		if (!page->columns[column].is_wide)
			put_aligned(page, i, widths[column]);
		if (column + 1 == page->n_columns)
			end_line(&page->text);
	}
	codist_text_add_char(&page->text, '\n');
}

static void put_rule(struct codist_page *page)
{
	codist_text_add_char(&page->text, '|');
	for (size_t i = 0; i < page->n_columns; i++)
		codist_text_add(&page->text, "%s", page->columns[i].is_number ?
				" ---: |" : " --- |");
	codist_text_add_char(&page->text, '\n');
}

static void put_markdown(struct codist_page *page, const char *caption)
{
	struct codist_text *text = &page->text;

	codist_report_escape(text, page->format, caption);
	codist_text_add(text, "\n\n");
	for (size_t i = 0; i < page->n_cells; i++) {
		if (i == page->n_columns)
			put_rule(page);
		codist_text_add(text, "%s %s |%s",
				i % page->n_columns ? "" : "|",
				text_of(page, i),
				(i + 1) % page->n_columns ? "" : "\n");
	}
	codist_text_add_char(text, '\n');
}

void codist_page_table_end(struct codist_page *page, const char *caption,
			   const char *kind)
{
	if (page->text.failed) {
		codist_page_table(page);
		return;
	}
	switch (page->format) {
	case CODIST_REPORT_HTML:
		put_html(page, caption, kind);
		break;
	case CODIST_REPORT_MARKDOWN:
		put_markdown(page, caption);
		break;
	case CODIST_REPORT_TEXT:
		put_text(page, caption);
		break;
	}
	codist_page_table(page);
}
