/*
 * report_hardest.c - samples that all runs get wrong, or one run alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_pass.h"
#include "study/report_sections.h"

#include <stdlib.h>
#include <string.h>

#define LISTED 30 /* of each kind and set */

static int all_wrong(const struct codist_pass_sample *sample)
{
	return sample->n_runs > 1 && sample->n_wrong == sample->n_runs;
}

static int one_wrong(const struct codist_pass_sample *sample)
{
	return sample->n_runs > 2 && sample->n_wrong == 1;
}

static const char *truth_of(const struct codist_report_runs *runs,
			    const struct codist_pass_sample *sample)
{
	return runs->items[sample->first].classes[sample->truth];
}

/* A class of a run among those of another, which may have others. */
static size_t class_of(const struct codist_report_run *run, size_t class,
		       const struct codist_report_run *named)
{
	const char *name = run->classes[class];
	size_t c = class;

	if (c < named->n_classes && strcmp(named->classes[c], name) == 0)
		return c;
	for (c = 0; c < named->n_classes; c++)
		if (strcmp(named->classes[c], name) == 0)
			break;
	return c;
}

/* What a sample was taken for, as "4 (7), 9 (1)", in the order of the classes. */
static enum codist_status taken_for(sqlite3_stmt *s,
				    const struct codist_report_runs *runs,
				    const struct codist_pass_set *set,
				    size_t number, struct codist_text *text,
				    struct codist_error *err)
{
	const struct codist_report_run *named =
		&runs->items[set->samples[number].first];
	size_t *counts = calloc(named->n_classes + 1, sizeof(*counts));
	enum codist_status status = CODIST_OK;

	if (!counts)
		return codist_no_memory(err, "classes");
	for (size_t i = 0; i < runs->n && status == CODIST_OK; i++) {
		const struct codist_report_run *run = &runs->items[i];
		int has_row;

		if (strcmp(run->classified, set->classified) != 0)
			continue;
		sqlite3_bind_int64(s, 1, run->id);
		codist_bind_size(s, 2, number);
		status = codist_database_step(s, &has_row, err);
		/* The pass has seen that it is less than n_classes. */
		if (status == CODIST_OK && has_row)
			counts[class_of(run, codist_column_size(s, 0),
					named)]++;
		sqlite3_reset(s);
	}
	text->length = 0;
	for (size_t c = 0; c < named->n_classes && status == CODIST_OK; c++)
		if (counts[c])
			codist_text_add(text, "%s%s (%zu)",
					text->length ? ", " : "",
					named->classes[c], counts[c]);
	free(counts);
	return status;
}

static void put_caption(struct codist_page *page, const char *what,
			const struct codist_report_runs *runs,
			const struct codist_pass_sample *sample)
{
	const struct codist_report_run *run = &runs->items[sample->first];
	char *caption = codist_text_format("%s: %s", what,
					   run->axes[CODIST_AXIS_DATA]);

	page->text.failed |= !caption;
	codist_page_table_end(page, caption ? caption : what, "sortable");
	free(caption);
}

static enum codist_status put_all_wrong(struct codist_page *page,
					const struct codist_report_runs *runs,
					const struct codist_pass_set *set,
					sqlite3_stmt *s,
					struct codist_error *err)
{
	struct codist_text text = { 0 };
	const struct codist_pass_sample *last = NULL;
	enum codist_status status = CODIST_OK;
	size_t n = 0;

	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){
				 "sample", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){ .name = "true class" });
	codist_page_column(page, (struct codist_page_column){
				 "runs", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 .name = "taken for (runs)" });
	for (size_t i = 0; i < set->n && n < LISTED && status == CODIST_OK;
	     i++) {
		if (!all_wrong(&set->samples[i]))
			continue;
		last = &set->samples[i];
		n++;
		status = taken_for(s, runs, set, i, &text, err);
		codist_page_cell(page, "%zu", i);
		codist_page_cell(page, "%s", truth_of(runs, last));
		codist_page_cell(page, "%u", (unsigned)last->n_runs);
		codist_page_cell(page, "%s", text.chars ? text.chars : "");
	}
	page->text.failed |= text.failed;
	if (last)
		put_caption(page, "Samples that all runs get wrong", runs,
			    last);
	free(text.chars);
	return status;
}

static void put_one_wrong(struct codist_page *page,
			  const struct codist_report_runs *runs,
			  const struct codist_pass_set *set)
{
	const struct codist_pass_sample *last = NULL;
	size_t n = 0;

	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){
				 "sample", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){ .name = "true class" });
	codist_page_column(page, (struct codist_page_column){
				 "runs", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){ .name = "the run" });
	for (size_t i = 0; i < set->n && n < LISTED; i++) {
		if (!one_wrong(&set->samples[i]))
			continue;
		last = &set->samples[i];
		n++;
		codist_page_cell(page, "%zu", i);
		codist_page_cell(page, "%s", truth_of(runs, last));
		codist_page_cell(page, "%u", (unsigned)last->n_runs);
		codist_page_cell(page, "%s",
				 runs->items[last->last_wrong].name);
	}
	if (last)
		put_caption(page, "Samples that only one run gets wrong", runs,
			    last);
}

static enum codist_status put_set(struct codist_page *page,
				  const struct codist_report_runs *runs,
				  const struct codist_pass_set *set,
				  sqlite3_stmt *s, struct codist_error *err)
{
	size_t n_all = 0, n_one = 0, n_shared = 0, first = SIZE_MAX;

	for (size_t i = 0; i < set->n; i++) {
		if (set->samples[i].n_runs && first == SIZE_MAX)
			first = set->samples[i].first;
		n_shared += set->samples[i].n_runs > 1;
		n_all += (size_t)all_wrong(&set->samples[i]);
		n_one += (size_t)one_wrong(&set->samples[i]);
	}
	if (n_shared == 0)
		return CODIST_OK;
	codist_page_paragraph(page, "Of %zu samples of %s that several runs "
			      "classified, all runs get %zu wrong, and of "
			      "three runs or more only one gets %zu wrong.%s",
			      n_shared,
			      runs->items[first].axes[CODIST_AXIS_DATA], n_all,
			      n_one, n_all > LISTED || n_one > LISTED ?
				      " The first of each are listed." : "");
	if (n_one)
		put_one_wrong(page, runs, set);
	return n_all ? put_all_wrong(page, runs, set, s, err) : CODIST_OK;
}

enum codist_status
codist_report_hardest(struct codist_page *page,
		      const struct codist_report_runs *runs,
		      const struct codist_report_pass *pass,
		      struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	if (runs->n < 2)
		return CODIST_OK;
	CODIST_TRY(codist_database_prepare(
		runs->db, &s, "SELECT predicted FROM prediction WHERE run = ? "
			      "AND sample = ?", err));
	codist_page_section(page, "hardest", "Hardest samples");
	codist_page_paragraph(page, "Samples are numbered from 0, in the set "
			      "that is classified; those that are held back, "
			      "or in folds, in the training set.");
	status = CODIST_OK;
	for (size_t i = 0; i < pass->n_sets && status == CODIST_OK; i++)
		status = put_set(page, runs, &pass->sets[i], s, err);
	sqlite3_finalize(s);
	return status;
}
