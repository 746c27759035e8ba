/*
 * report_pivot.c - mean accuracies by two of the keys
 *
 * Of a page the script can choose others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_sections.h"

#include <stdlib.h>
#include <string.h>

/* So that a table is no poster. */
#define VALUES 24

struct side {
	int axis;
	const char *values[VALUES];
	size_t n;
};

/* 1 if all values have a place. */
static int collect(struct side *side, const struct codist_report_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++) {
		const char *value = runs->items[i].axes[side->axis];
		size_t k = 0;

		while (k < side->n && strcmp(side->values[k], value) != 0)
			k++;
		if (k < side->n)
			continue;
		if (k == VALUES)
			return 0;
		side->values[side->n++] = value;
	}
	return 1;
}

static void put_mean(struct codist_page *page,
		     const struct codist_report_runs *runs,
		     const struct side *row, const char *row_value,
		     const struct side *column, const char *column_value)
{
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < runs->n; i++) {
		const struct codist_report_run *run = &runs->items[i];

		if (strcmp(run->axes[row->axis], row_value) != 0 ||
		    strcmp(run->axes[column->axis], column_value) != 0)
			continue;
		sum += run->accuracy;
		n++;
	}
	if (n)
		codist_page_real(page, sum / (double)n, 4);
	else
		codist_page_cell(page, "%s", "");
}

/* The last two of them that vary are those of most interest. */
static int choose(struct side *row, struct side *column,
		  const struct codist_report_runs *runs)
{
	int found[2] = { -1, -1 };

	for (int axis = 0; axis < CODIST_AXES; axis++) {
		if (!runs->varies[axis])
			continue;
		found[0] = found[1];
		found[1] = axis;
	}
	row->axis = found[0];
	column->axis = found[1];
	return found[0] >= 0 && collect(row, runs) && collect(column, runs);
}

static void put_table(struct codist_page *page,
		      const struct codist_report_runs *runs,
		      const struct side *row, const struct side *column)
{
	char *caption = codist_text_format(
		"Mean accuracy by %s and %s", codist_axis_names[row->axis],
		codist_axis_names[column->axis]);

	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){
				 .name = codist_axis_names[row->axis] });
	for (size_t k = 0; k < column->n; k++)
		codist_page_column(page, (struct codist_page_column){
					 .name = column->values[k],
					 .is_number = 1 });
	for (size_t i = 0; i < row->n; i++) {
		codist_page_cell(page, "%s", row->values[i]);
		for (size_t k = 0; k < column->n; k++)
			put_mean(page, runs, row, row->values[i], column,
				 column->values[k]);
	}
	page->text.failed |= !caption;
	codist_page_table_end(page, caption ? caption : "", "pivot");
	free(caption);
}

void codist_report_pivot(struct codist_page *page,
			 const struct codist_report_runs *runs)
{
	struct side row = { 0 }, column = { 0 };

	if (!choose(&row, &column, runs))
		return;
	codist_page_section(page, "pivot", "Two keys at a time");
	codist_page_paragraph(page, "Each cell is the mean over all runs that "
			      "have both values, whatever else they are.");
	codist_page_markup(page,
		"<p class=\"controls\" id=\"axes\" hidden><label>Rows <select "
		"id=\"rows\"></select></label> <label>Columns <select "
		"id=\"columns\"></select></label></p>\n<div id=\"pivoted\" "
		"aria-live=\"polite\">\n");
	put_table(page, runs, &row, &column);
	codist_page_markup(page, "</div>\n");
}
