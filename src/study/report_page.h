/*
 * report_page.h - a report on its way to be HTML, Markdown or text
 *
 * Writing does not fail: being out of memory is remembered in text.failed.
 * Whatever comes from a store is escaped here, and nowhere else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_PAGE_H
#define CODIST_STUDY_REPORT_PAGE_H

#include "base/text.h"

#include <codist/report.h>

/* A column of a table; the first is the heading of its rows. */
struct codist_page_column {
	const char *name;
	int is_number;
	int is_axis; /* values of a key of the study: a page can pivot by it */
	int is_wide; /* left out of text, where lines are short */
};

struct codist_page_cell {
	char *text;   /* escaped */
	size_t width; /* in characters */
	double shade; /* 0..1, or negative: none */
};

#define CODIST_PAGE_COLUMNS 64

struct codist_figures;

/* Start with {0} and a format; codist_page_release() at the end. */
struct codist_page {
	enum codist_report_format format;
	struct codist_figures *figures; /* NULL: no files of them are wanted */
	struct codist_text text; /* all of it */
	int in_section;
	size_t head; /* where the list of sections is to stand in it */
	struct codist_text contents; /* that list */

	/* The table at hand: */
	struct codist_page_column columns[CODIST_PAGE_COLUMNS];
	size_t n_columns;
	struct codist_page_cell *cells; /* [n_cells], row after row */
	size_t n_cells, capacity;
};

void codist_page_release(struct codist_page *page);

/* codist_page_begin() puts the head, and the title. */
void codist_page_begin(struct codist_page *page, const char *title);
void codist_page_end(struct codist_page *page);
/* Nothing is loaded, and no script is carried out but ours, whatever a page
   should come to have. */
void codist_page_policy(struct codist_page *page);

/* `id` is a link's target, ours and not to be escaped. */
void codist_page_section(struct codist_page *page, const char *id,
			 const char *title);
void codist_page_paragraph(struct codist_page *page, const char *format, ...)
	CODIST_PRINTF(2, 3);
/* Lines as they are. */
void codist_page_verbatim(struct codist_page *page, const char *lines);

/* Markup that pages alone have, and that is well-formed already. */
void codist_page_markup(struct codist_page *page, const char *markup);
/* Text among it. */
void codist_page_escaped(struct codist_page *page, const char *text);
int codist_page_is_html(const struct codist_page *page);

/* What a page can fold away, until codist_page_unfold(). */
void codist_page_fold(struct codist_page *page, const char *summary);
void codist_page_unfold(struct codist_page *page);

/*
 * codist_page_table() begins a table; columns are added, then cells, row after
 * row, and codist_page_table_end() writes it.
 */
void codist_page_table(struct codist_page *page);
void codist_page_column(struct codist_page *page,
			struct codist_page_column column);
void codist_page_cell(struct codist_page *page, const char *format, ...)
	CODIST_PRINTF(2, 3);
/* A number with so many decimals, whatever the locale. */
void codist_page_real(struct codist_page *page, double value, int decimals);
/* A number with so many digits that tell. */
void codist_page_short(struct codist_page *page, double value, int digits);
void codist_page_shade(struct codist_page *page, double shade); /* the last */
/*
 *   caption   not escaped yet
 *   kind      a class of the style, "" for none
 */
void codist_page_table_end(struct codist_page *page, const char *caption,
			   const char *kind);

/*
 * codist_report_escape() adds a text so that it is a text in that format, and
 * returns the number of its characters.
 */
size_t codist_report_escape(struct codist_text *to,
			    enum codist_report_format format, const char *text);

/* "%.*g" with a point in any locale; digits within 1..12. */
void codist_format_short(double value, int digits,
			 char text[CODIST_REAL_SIZE]);

/* "%.*f" with a point in any locale; decimals within 0..12. */
void codist_format_fixed(double value, int decimals,
			 char text[CODIST_REAL_SIZE]);

#endif
