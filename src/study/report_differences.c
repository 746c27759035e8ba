/*
 * report_differences.c - whether the runs on the same samples differ
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_sections.h"

#include <stdlib.h>

/* As codist stats has them. */
#define RESAMPLES 10000
#define CONFIDENCE 0.95

#define MANY 30 /* pairs, which are folded away */

static const char *name_of(const struct codist_comparison *c, size_t run)
{
	return c->runs[run].result->name;
}

static void put_groups(struct codist_page *page,
		       const struct codist_comparison *c)
{
	static const struct codist_page_column columns[] = {
		{ "group", 1, 0, 0 }, { "samples", 1, 0, 0 },
		{ "runs", 1, 0, 0 }, { "Q", 1, 0, 0 }, { "freedom", 1, 0, 0 },
		{ "p", 1, 0, 0 }, { "best", 0, 0, 0 },
	};

	codist_page_table(page);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		codist_page_column(page, columns[i]);
	for (size_t g = 0; g < c->n_groups; g++) {
		const struct codist_compared_group *group = &c->groups[g];

		codist_page_cell(page, "%zu", g + 1);
		codist_page_cell(page, "%zu", group->n_samples);
		codist_page_cell(page, "%zu", group->n_runs);
		codist_page_short(page, group->cochran.statistic, 5);
		codist_page_cell(page, "%zu", group->cochran.freedom[0]);
		codist_page_short(page, group->cochran.p, 3);
		codist_page_cell(page, "%s", name_of(c, group->best));
	}
	codist_page_table_end(page, "Groups of runs on the same samples", "");
}

static void put_pairs(struct codist_page *page,
		      const struct codist_comparison *c,
		      const struct codist_pair *pairs, size_t n)
{
	static const struct codist_page_column columns[] = {
		{ "run", 0, 0, 0 }, { "group", 1, 0, 0 },
		{ "only the best", 1, 0, 0 }, { "only it", 1, 0, 0 },
		{ "difference", 1, 0, 0 }, { "low", 1, 0, 0 },
		{ "high", 1, 0, 0 }, { "p", 1, 0, 0 }, { "p (Holm)", 1, 0, 0 },
	};

	codist_page_table(page);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		codist_page_column(page, columns[i]);
	for (size_t i = 0; i < n; i++) {
		codist_page_cell(page, "%s", name_of(c, pairs[i].second));
		codist_page_cell(page, "%zu", c->runs[pairs[i].second].group +
						      1);
		codist_page_cell(page, "%zu", pairs[i].n_first_only);
		codist_page_cell(page, "%zu", pairs[i].n_second_only);
		codist_page_real(page, pairs[i].difference.difference, 4);
		codist_page_real(page, pairs[i].difference.low, 4);
		codist_page_real(page, pairs[i].difference.high, 4);
		codist_page_short(page, pairs[i].p, 3);
		codist_page_short(page, pairs[i].p_holm, 3);
	}
	codist_page_table_end(page, "The best run of each group against each "
			      "other", "sortable");
}

enum codist_status
codist_report_differences(struct codist_page *page,
			  const struct codist_report_runs *runs,
			  struct codist_error *err)
{
	static const struct codist_pairs_how how = {
		.which = CODIST_PAIRS_WITH_BEST, .n_resamples = RESAMPLES,
		.confidence = CONFIDENCE,
	};
	const struct codist_comparison *c = runs->comparison;
	size_t n = codist_comparison_n_pairs(c, &how);
	struct codist_pair *pairs;

	if (n == 0)
		return CODIST_OK;
	CODIST_TRY(codist_comparison_pairs(c, &how, &pairs, err));
	codist_page_section(page, "differences", "Do the runs differ?");
	codist_page_paragraph(page, "Runs that classified the same samples are "
			      "a group, whatever they were trained on and "
			      "however they transform them. Cochran's Q tests "
			      "whether all of a group are equally often "
			      "right.");
	put_groups(page, c);
	codist_page_paragraph(page, "Then the best of each group is compared "
			      "with each other: samples that only one of the "
			      "two has right; the difference of their "
			      "accuracies, with its interval of 95 %% by %d "
			      "paired resamples; p by McNemar's exact test, and "
			      "corrected for all of these pairs by Holm's "
			      "method. The best was chosen by these samples, "
			      "so that some of its lead is luck; no p allows "
			      "for that. codist stats compares others.",
			      RESAMPLES);
	if (n > MANY)
		codist_page_fold(page, "All of these pairs");
	put_pairs(page, c, pairs, n);
	if (n > MANY)
		codist_page_unfold(page);
	free(pairs);
	return CODIST_OK;
}
