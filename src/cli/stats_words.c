/*
 * stats_words.c - what codist stats says around its tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "standard.h"
#include "stats.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

void stats_header(const struct stats *stats)
{
	const struct codist_results *results = &stats->comparison.results;
	size_t n_done = stats->comparison.n_runs, n = 0;

	/* Those that serve to fit others are not compared. */
	for (size_t i = 0; i < results->n; i++)
		n += !results->items[i].is_held;
	printf("codist %s\n\n%s\n%zu runs: %zu done", codist_version(),
	       results->title, n, n_done);
	if (n_done < n)
		printf(", and %zu left out, which are not", n - n_done);
	if (results->n_shards > 1)
		printf("; shard %zu of %zu", results->shard,
		       results->n_shards);
	printf("\n");
}

static void say_pairs(const struct stats *stats)
{
	static const struct codist_pairs_how all = {
		.which = CODIST_PAIRS_ALL
	};
	const struct codist_comparison *c = &stats->comparison;
	size_t n_all = codist_comparison_n_pairs(c, &all);
	size_t n = codist_comparison_n_pairs(c, &stats->how);

	printf("\n%zu of %zu pairs of runs on the same samples", n, n_all);
	if (stats->how.which == CODIST_PAIRS_WITH_BEST)
		printf(": the best of\neach group with each other "
		       "(--all-pairs shows all)");
	else if (stats->how.which == CODIST_PAIRS_WITH_RUN)
		printf(": the first is\n%s",
		       c->runs[stats->how.run].result->name);
	printf("\n");
}

static void say_ranks(const struct stats *stats)
{
	const struct codist_ranking *ranking = &stats->ranking;

	printf("\n%zu methods, ranked over %s on %zu blocks", ranking->n_methods,
	       codist_blocks_name(stats->over), ranking->n_blocks);
	if (ranking->n_left_out > 0)
		printf("; %zu left out, which are not on all of them",
		       ranking->n_left_out);
	printf("\n");
}

void stats_before(const struct stats *stats, enum stats_section section)
{
	switch (section) {
	case STATS_RUNS:
		break;
	case STATS_GROUPS:
		printf("\nRuns on the same samples are a group; Cochran's Q, "
		       "of all of them\n");
		break;
	case STATS_PAIRS:
		say_pairs(stats);
		break;
	case STATS_RANKS:
		say_ranks(stats);
		break;
	case STATS_CLASSES:
		printf("\nClasses\n");
		break;
	case STATS_PARTS:
		printf("\nParts of the samples, in the order of the data\n");
		break;
	case STATS_CALIBRATION:
		printf("\nCalibration: of scores as they are, and at T, the "
		       "best temperature\n");
		break;
	case STATS_N_SECTIONS:
		break;
	}
	printf("\n");
}

static void explain(const char *text)
{
	printf("\n");
	print_wrapped(text, 0, 0);
}

static void explain_pairs(const struct stats *stats)
{
	printf("\ndifference: of the accuracies, with its 95 %% interval by "
	       "%zu paired\nresamples, seed %" PRIu64 "; p: McNemar's exact "
	       "test; Holm: for the pairs shown\n", stats->how.n_resamples,
	       stats->how.seed);
	if (stats->how.which == CODIST_PAIRS_WITH_BEST)
		explain("The best was chosen by these samples, so that some of "
			"its lead is luck; no p allows for that.");
}

static void explain_ranks(const struct stats *stats)
{
	const struct codist_ranking *ranking = &stats->ranking;
	const struct codist_friedman *friedman = &ranking->friedman;
	const struct codist_nemenyi *nemenyi = &ranking->nemenyi;

	printf("\nFriedman: chi-square %.5g, p %.3g; F (Iman and Davenport) "
	       "%.5g, p %.3g\n", friedman->chi_square.statistic,
	       friedman->chi_square.p, friedman->f.statistic, friedman->f.p);
	if (isinf(friedman->f.statistic))
		printf("F is infinite, as all blocks rank the methods alike\n");
	printf("critical difference of ranks (Nemenyi, 0.05): %.4f\n",
	       nemenyi->critical_difference);
	if (nemenyi->critical_difference > (double)ranking->n_methods - 1)
		printf("no two ranks can be that far apart: of so few blocks "
		       "nothing can be told\n");
	for (size_t g = 0; g < nemenyi->n_groups; g++) {
		printf("no difference is seen among:");
		for (size_t i = nemenyi->groups[g].first;
		     i <= nemenyi->groups[g].last; i++)
			printf("%s %s",
			       i > nemenyi->groups[g].first ? "," : "",
			       ranking->methods[friedman->order[i]]);
		printf("\n");
	}
}

void stats_after(const struct stats *stats, enum stats_section section)
{
	switch (section) {
	case STATS_RUNS:
		explain("low, high: Wilson's interval of 95 %; ties: the share "
			"of samples for which more than one class could have "
			"won; least, most: what would be correct if every tie "
			"went wrong, or right");
		break;
	case STATS_PAIRS:
		explain_pairs(stats);
		break;
	case STATS_RANKS:
		explain_ranks(stats);
		break;
	case STATS_CALIBRATION:
		explain("Of each class the first, third and so on of the "
			"samples are for the temperature; all that is told is "
			"of the others, which it was not fitted on. Log-loss "
			"is in bits a sample, and scores are taken for code "
			"lengths in bits, or those of logsumexp for natural "
			"logarithms, as they are; ECE is of 15 bins.");
		break;
	case STATS_GROUPS:
	case STATS_CLASSES:
	case STATS_PARTS:
	case STATS_N_SECTIONS:
		break;
	}
}

static void put_test(struct document *document, const char *key,
		     const struct codist_test *test)
{
	document_object(document, key);
	document_number(document, "statistic", test->statistic);
	document_array(document, "freedom");
	document_number(document, NULL, (double)test->freedom[0]);
	if (test->freedom[1])
		document_number(document, NULL, (double)test->freedom[1]);
	document_close(document);
	document_number(document, "p", test->p);
	document_close(document);
}

static void put_methods(struct document *document,
			const struct codist_ranking *ranking)
{
	document_array(document, "methods");
	for (size_t i = 0; i < ranking->n_methods; i++) {
		size_t method = ranking->friedman.order[i];

		document_object(document, NULL);
		document_text(document, "method", ranking->methods[method]);
		document_number(document, "rank",
				ranking->friedman.ranks[method]);
		document_array(document, "accuracies");
		for (size_t b = 0; b < ranking->n_blocks; b++)
			document_number(
				document, NULL,
				ranking->accuracies[b * ranking->n_methods +
						    method]);
		document_close(document);
		document_close(document);
	}
	document_close(document);
}

void stats_ranking(const struct stats *stats, struct document *document)
{
	const struct codist_ranking *ranking = &stats->ranking;
	const struct codist_nemenyi *nemenyi = &ranking->nemenyi;

	document_object(document, "ranks");
	document_text(document, "over", codist_blocks_name(stats->over));
	document_array(document, "blocks");
	for (size_t b = 0; b < ranking->n_blocks; b++)
		document_text(document, NULL, ranking->blocks[b]);
	document_close(document);
	put_methods(document, ranking);
	document_number(document, "left_out", (double)ranking->n_left_out);
	put_test(document, "chi_square", &ranking->friedman.chi_square);
	put_test(document, "f", &ranking->friedman.f);
	document_number(document, "critical_difference",
			nemenyi->critical_difference);
	document_array(document, "alike");
	for (size_t g = 0; g < nemenyi->n_groups; g++) {
		document_array(document, NULL);
		for (size_t i = nemenyi->groups[g].first;
		     i <= nemenyi->groups[g].last; i++)
			document_text(document, NULL,
				      ranking->methods
					      [ranking->friedman.order[i]]);
		document_close(document);
	}
	document_close(document);
	document_close(document);
}
