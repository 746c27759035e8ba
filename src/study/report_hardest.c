/*
 * report_hardest.c - samples that all runs get wrong, or one run alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_samples.h"
#include "study/report_sections.h"

#include <stdlib.h>
#include <string.h>

#define LISTED 30 /* of each kind and group */

/* The samples of a group of runs, and how these fared. */
struct fared {
	const struct codist_report_runs *runs;
	const struct codist_compared_group *group;
	size_t at;         /* of the group, from 0 */
	uint32_t *n_wrong; /* [group->n_samples], runs */
	size_t *last;      /* [group->n_samples], the last run that is wrong */
	sqlite3_stmt *predicted;
	struct codist_report_samples samples;
};

static const struct codist_report_run *run_of(const struct fared *fared,
					      size_t nth)
{
	return &fared->runs->items[fared->group->runs[nth]];
}

static int all_wrong(const struct fared *fared, size_t i)
{
	return fared->n_wrong[i] == fared->group->n_runs;
}

static int one_wrong(const struct fared *fared, size_t i)
{
	return fared->n_wrong[i] == 1 && fared->group->n_runs > 2;
}

static enum codist_status count(struct fared *fared, struct codist_error *err)
{
	const struct codist_comparison *c = fared->runs->comparison;
	size_t n = fared->group->n_samples;

	fared->n_wrong = calloc(n + 1, sizeof(*fared->n_wrong));
	fared->last = calloc(n + 1, sizeof(*fared->last));
	if (!fared->n_wrong || !fared->last)
		return codist_no_memory(err, "counts of samples");
	for (size_t r = 0; r < fared->group->n_runs; r++) {
		size_t run = fared->group->runs[r];

		for (size_t i = 0; i < n; i++) {
			if (c->runs[run].correct[i])
				continue;
			fared->n_wrong[i]++;
			fared->last[i] = run;
		}
	}
	return CODIST_OK;
}

static const char *truth_of(const struct fared *fared, size_t i)
{
	return run_of(fared, 0)->classes[fared->group->truth[i]];
}

/* The name of the class that a run took a sample for. */
static enum codist_status predicted_by(const struct fared *fared,
				       const struct codist_report_run *run,
				       size_t i, const char **name,
				       struct codist_error *err)
{
	int has_row;
	enum codist_status status;

	*name = "";
	sqlite3_bind_int64(fared->predicted, 1, run->id);
	codist_bind_size(fared->predicted, 2, fared->group->samples[i]);
	status = codist_database_step(fared->predicted, &has_row, err);
	/* The comparison has seen that it is less than n_classes. */
	if (status == CODIST_OK && has_row)
		*name = run->classes[codist_column_size(fared->predicted, 0)];
	sqlite3_reset(fared->predicted);
	return status;
}

/* How many runs took a sample for what, in the order of the first run's classes. */
static enum codist_status taken_for(const struct fared *fared, size_t i,
				    struct codist_text *text,
				    struct codist_error *err)
{
	const struct codist_report_run *named = run_of(fared, 0);
	size_t *counts = calloc(named->n_classes + 1, sizeof(*counts));
	enum codist_status status = CODIST_OK;

	if (!counts)
		return codist_no_memory(err, "classes");
	for (size_t r = 0; r < fared->group->n_runs; r++) {
		const char *name;
		size_t c = 0;

		status = predicted_by(fared, run_of(fared, r), i, &name, err);
		if (status != CODIST_OK)
			break;
		while (c < named->n_classes &&
		       strcmp(named->classes[c], name) != 0)
			c++;
		counts[c]++;
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

/* One of the two kinds of samples. */
static const struct kind {
	int (*is_it)(const struct fared *fared, size_t i);
	const char *caption, *taken, *by;
} kinds[] = {
	{ one_wrong, "Samples that only one run gets wrong", "taken for",
	  "by the run" },
	{ all_wrong, "Samples that all runs get wrong", "taken for (runs)",
	  NULL },
};

/* What is told of a sample, in words of its own. */
struct told {
	struct codist_text taken;
	const char *by;
};

static enum codist_status tell(const struct fared *fared,
			       const struct kind *kind, size_t i,
			       struct told *told, struct codist_error *err)
{
	const struct codist_report_run *run =
		&fared->runs->items[fared->last[i]];
	const char *name;

	told->by = run->name;
	if (!kind->by)
		return taken_for(fared, i, &told->taken, err);
	told->taken.length = 0;
	CODIST_TRY(predicted_by(fared, run, i, &name, err));
	codist_text_add(&told->taken, "%s", name);
	return CODIST_OK;
}

/* A picture with its description, and the same in short below. */
static void show(const struct fared *fared, struct codist_page *page, size_t i,
		 const struct kind *kind, const struct told *told)
{
	const char *taken = told->taken.length ? told->taken.chars : "";
	char *long_text = codist_text_format(
		"Sample %zu: %s, taken for %s%s%s", fared->group->samples[i],
		truth_of(fared, i), taken, kind->by ? " by " : "",
		kind->by ? told->by : "");
	char *text = codist_text_format("%zu: %s \xe2\x86\x92 %s",
					fared->group->samples[i],
					truth_of(fared, i), taken);

	page->text.failed |= !long_text || !text;
	codist_page_markup(page, "<li>");
	codist_report_samples_put(&fared->samples, page,
				  fared->group->samples[i],
				  long_text ? long_text : "");
	codist_page_markup(page, fared->samples.are_pictures ?
				 "<span aria-hidden=\"true\">" : "<span>");
	codist_page_escaped(page, text ? text : "");
	codist_page_markup(page, "</span></li>\n");
	free(long_text);
	free(text);
}

static enum codist_status show_all(const struct fared *fared,
				   struct codist_page *page,
				   const struct kind *kind,
				   struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	struct told told = { 0 };
	size_t n = 0;

	codist_page_markup(page, fared->samples.are_pictures ?
			   "<ul class=\"samples\" role=\"list\">\n" :
			   "<ul class=\"samples words\" role=\"list\">\n");
	for (size_t i = 0; i < fared->group->n_samples && n < LISTED &&
			   status == CODIST_OK; i++) {
		if (!kind->is_it(fared, i))
			continue;
		n++;
		status = tell(fared, kind, i, &told, err);
		if (status == CODIST_OK)
			show(fared, page, i, kind, &told);
	}
	codist_page_markup(page, "</ul>\n");
	page->text.failed |= told.taken.failed;
	free(told.taken.chars);
	return status;
}

static void put_columns(struct codist_page *page, const struct kind *kind)
{
	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){
				 "sample", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 .name = "true class" });
	codist_page_column(page, (struct codist_page_column){
				 "runs", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 .name = kind->taken });
	if (kind->by)
		codist_page_column(page, (struct codist_page_column){
					 .name = kind->by });
}

/* Groups are numbered as in the table of them, where there are several. */
static char *caption_of(const struct fared *fared, const struct kind *kind)
{
	const char *data = run_of(fared, 0)->axes[CODIST_AXIS_DATA];

	return fared->runs->comparison->n_groups > 1 ?
		       codist_text_format("%s: %s, group %zu", kind->caption,
					  data, fared->at + 1) :
		       codist_text_format("%s: %s", kind->caption, data);
}

static enum codist_status put_table(const struct fared *fared,
				    struct codist_page *page,
				    const struct kind *kind,
				    struct codist_error *err)
{
	char *caption = caption_of(fared, kind);
	enum codist_status status = CODIST_OK;
	struct told told = { 0 };
	size_t n = 0;

	put_columns(page, kind);
	for (size_t i = 0; i < fared->group->n_samples && n < LISTED &&
			   status == CODIST_OK; i++) {
		if (!kind->is_it(fared, i))
			continue;
		n++;
		status = tell(fared, kind, i, &told, err);
		codist_page_cell(page, "%zu", fared->group->samples[i]);
		codist_page_cell(page, "%s", truth_of(fared, i));
		codist_page_cell(page, "%zu", fared->group->n_runs);
		codist_page_cell(page, "%s",
				 told.taken.length ? told.taken.chars : "");
		if (kind->by)
			codist_page_cell(page, "%s", told.by);
	}
	page->text.failed |= told.taken.failed || !caption;
	codist_page_table_end(page, caption ? caption : kind->caption,
			      "sortable");
	free(told.taken.chars);
	free(caption);
	return status;
}

/* A table, folded away where there are pictures or words to look at. */
static enum codist_status put_kind(const struct fared *fared,
				   struct codist_page *page,
				   const struct kind *kind,
				   struct codist_error *err)
{
	if (!fared->samples.set)
		return put_table(fared, page, kind, err);
	codist_page_markup(page, "<h3>");
	codist_page_markup(page, kind->caption);
	codist_page_markup(page, "</h3>\n");
	CODIST_TRY(show_all(fared, page, kind, err));
	codist_page_fold(page, "The same as a table");
	CODIST_TRY(put_table(fared, page, kind, err));
	codist_page_unfold(page);
	return CODIST_OK;
}

/* Data that is not there, or not what it was, is no failure. */
static enum codist_status load(struct fared *fared, struct codist_page *page,
			       struct codist_error *err)
{
	const struct codist_report_runs *runs = fared->runs;
	const char *data = run_of(fared, 0)->axes[CODIST_AXIS_DATA];
	int64_t *ids;
	enum codist_status status;

	if (!codist_page_is_html(page) || runs->how->is_store_only)
		return CODIST_OK;
	ids = calloc(fared->group->n_runs, sizeof(*ids));
	if (!ids)
		return codist_no_memory(err, "samples");
	for (size_t r = 0; r < fared->group->n_runs; r++)
		ids[r] = run_of(fared, r)->id;
	status = codist_report_samples_init(&fared->samples, runs->db, ids,
					    fared->group->n_runs, err);
	free(ids);
	CODIST_TRY(status);
	if (!fared->samples.why)
		return CODIST_OK;
	codist_page_paragraph(page, "The samples of %s cannot be shown: %s.",
			      data, fared->samples.why);
	codist_report_tell(runs, "the samples of %s cannot be shown: %s", data,
			   fared->samples.why);
	return CODIST_OK;
}

/* n: of each kind. */
static void put_counts(const struct fared *fared, struct codist_page *page,
		       const size_t n[2])
{
	const struct codist_compared_group *group = fared->group;
	const char *data = run_of(fared, 0)->axes[CODIST_AXIS_DATA];
	const char *first = n[0] > LISTED || n[1] > LISTED ?
				    " The first of each are listed." : "";

	if (group->n_runs > 2)
		codist_page_paragraph(page, "Of %zu samples of %s that %zu "
				      "runs classified, all get %zu wrong, and "
				      "only one gets %zu wrong.%s",
				      group->n_samples, data, group->n_runs,
				      n[1], n[0], first);
	else
		codist_page_paragraph(page, "Of %zu samples of %s that two "
				      "runs classified, both get %zu wrong.%s",
				      group->n_samples, data, n[1], first);
}

static enum codist_status put_group(struct fared *fared,
				    struct codist_page *page,
				    struct codist_error *err)
{
	size_t n[2] = { 0, 0 };

	CODIST_TRY(count(fared, err));
	for (size_t i = 0; i < fared->group->n_samples; i++)
		for (size_t k = 0; k < 2; k++)
			n[k] += (size_t)kinds[k].is_it(fared, i);
	put_counts(fared, page, n);
	if (n[0] + n[1] > 0)
		CODIST_TRY(load(fared, page, err));
	for (size_t k = 0; k < 2; k++) {
		if (n[k] == 0)
			continue;
		CODIST_TRY(put_kind(fared, page, &kinds[k], err));
	}
	return CODIST_OK;
}

static int has_pairs(const struct codist_comparison *c)
{
	for (size_t g = 0; g < c->n_groups; g++)
		if (c->groups[g].n_runs > 1 && c->groups[g].n_samples > 0)
			return 1;
	return 0;
}

enum codist_status
codist_report_hardest(struct codist_page *page,
		      const struct codist_report_runs *runs,
		      struct codist_error *err)
{
	const struct codist_comparison *c = runs->comparison;
	sqlite3_stmt *s;
	enum codist_status status;

	if (!has_pairs(c))
		return CODIST_OK;
	CODIST_TRY(codist_database_prepare(
		runs->db, &s, "SELECT predicted FROM prediction WHERE run = ? "
			      "AND sample = ?", err));
	codist_page_section(page, "hardest", "Hardest samples");
	codist_page_paragraph(page, "Samples are numbered from 0, in the set "
			      "that is classified; those that are held back, "
			      "or in folds, in the training set.");
	status = CODIST_OK;
	for (size_t g = 0; g < c->n_groups && status == CODIST_OK; g++) {
		struct fared fared = { .runs = runs, .group = &c->groups[g],
				       .at = g, .predicted = s };

		if (fared.group->n_runs < 2 || fared.group->n_samples == 0)
			continue;
		status = put_group(&fared, page, err);
		codist_report_samples_release(&fared.samples);
		free(fared.n_wrong);
		free(fared.last);
	}
	sqlite3_finalize(s);
	return status;
}
