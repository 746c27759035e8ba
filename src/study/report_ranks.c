/*
 * report_ranks.c - which methods differ, over data sets, seeds and the like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_ranks.h"
#include "study/report_sections.h"

#include <stdio.h>
#include <stdlib.h>

static void put_table(struct codist_page *page,
		      const struct codist_ranking *ranking, const char *over)
{
	const struct codist_friedman *friedman = &ranking->friedman;
	char *caption = codist_text_format("Methods by mean rank over %s",
					   over);

	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){ .name = "method" });
	codist_page_column(page, (struct codist_page_column){
				 "mean rank", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 "mean accuracy", 1, 0, 0 });
	for (size_t i = 0; i < ranking->n_methods; i++) {
		size_t method = friedman->order[i];
		double sum = 0;

		for (size_t b = 0; b < ranking->n_blocks; b++)
			sum += ranking->accuracies[b * ranking->n_methods +
						   method];
		codist_page_cell(page, "%s", ranking->methods[method]);
		codist_page_real(page, friedman->ranks[method], 4);
		codist_page_real(page, sum / (double)ranking->n_blocks, 4);
	}
	page->text.failed |= !caption;
	codist_page_table_end(page, caption ? caption : "", "sortable");
	free(caption);
}

static void put_groups(struct codist_page *page,
		       const struct codist_ranking *ranking)
{
	const struct codist_nemenyi *nemenyi = &ranking->nemenyi;

	if (nemenyi->n_groups == 0)
		codist_page_paragraph(page, "All methods differ from one "
				      "another.");
	for (size_t g = 0; g < nemenyi->n_groups; g++) {
		const struct codist_places *places = &nemenyi->groups[g];
		size_t first = ranking->friedman.order[places->first];
		size_t last = ranking->friedman.order[places->last];

		codist_page_paragraph(
			page, "No difference is seen among the %zu methods "
			"from %s to %s.", places->last - places->first + 1,
			ranking->methods[first], ranking->methods[last]);
	}
}

static void put_test(struct codist_page *page,
		     const struct codist_ranking *ranking, const char *over)
{
	const struct codist_friedman *friedman = &ranking->friedman;
	char chi[CODIST_REAL_SIZE], chi_p[CODIST_REAL_SIZE];
	char f[CODIST_REAL_SIZE], f_p[CODIST_REAL_SIZE];
	char difference[CODIST_REAL_SIZE], *left_out = NULL;

	codist_format_short(friedman->chi_square.statistic, 5, chi);
	codist_format_short(friedman->chi_square.p, 3, chi_p);
	codist_format_short(friedman->f.statistic, 5, f);
	codist_format_short(friedman->f.p, 3, f_p);
	codist_format_fixed(ranking->nemenyi.critical_difference, 4,
			    difference);
	if (ranking->n_left_out) {
		left_out = codist_text_format(" Left out: %zu, not on all.",
					      ranking->n_left_out);
		page->text.failed |= !left_out;
	}
	codist_page_paragraph(
		page, "%zu methods by their accuracies on %zu blocks of %s: "
		"Friedman's test has chi-square %s, p %s, and as of Iman and "
		"Davenport F %s with %zu and %zu degrees of freedom, p %s. "
		"Mean ranks that are less than %s apart do not differ by "
		"Nemenyi's test at the level 0.05.%s", ranking->n_methods,
		ranking->n_blocks, over, chi, chi_p, f, friedman->f.freedom[0],
		friedman->f.freedom[1], f_p, difference,
		left_out ? left_out : "");
	free(left_out);
}

static void put_ranking(struct codist_page *page,
			const struct codist_ranking *ranking,
			enum codist_blocks over, int *has_section)
{
	const char *name = codist_blocks_name(over);

	if (!*has_section) {
		codist_page_section(page, "ranks", "Ranks of methods");
		codist_page_paragraph(
			page, "Methods are runs that are equal but for what "
			"they are ranked over: data, seed, train.limit or "
			"folds. Seeds, limits and folds of the same data share "
			"samples, so that differences come out more easily "
			"than over data sets.");
	}
	*has_section = 1;
	put_test(page, ranking, name);
	codist_ranks_draw(page, ranking, name);
	put_groups(page, ranking);
	put_table(page, ranking, name);
}

enum codist_status
codist_report_ranks(struct codist_page *page,
		    const struct codist_report_runs *runs,
		    struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	int has_section = 0;

	for (size_t over = 0; over < CODIST_N_BLOCKS && status == CODIST_OK;
	     over++) {
		struct codist_ranking ranking;

		status = codist_ranking_init(&ranking, runs->comparison,
					     (enum codist_blocks)over,
					     CODIST_RANKS_SIGNIFICANCE, err);
		if (status == CODIST_OK && ranking.n_methods > 0)
			put_ranking(page, &ranking, (enum codist_blocks)over,
				    &has_section);
		codist_ranking_release(&ranking);
	}
	return status;
}
