/*
 * stats_sections.c - the rows of codist stats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interrupt.h"
#include "stats.h"

#include <stdlib.h>

#define COLUMNS(columns) columns, sizeof(columns) / sizeof(columns[0])

static double share(size_t n, size_t of)
{
	return (double)n / (double)(of ? of : 1);
}

static const char *name_of(const struct stats *stats, size_t run)
{
	return stats->comparison.runs[run].result->name;
}

static void add_runs(struct sheet *sheet, const struct stats *stats)
{
	static const struct sheet_column columns[] = {
		{ "run", "run", 0 },
		{ "group", "group", 0 },
		{ "samples", "samples", 0 },
		{ "correct", "correct", 0 },
		{ "accuracy", "accuracy", 4 },
		{ "low", "low", 4 },
		{ "high", "high", 4 },
		{ "tied", NULL, 0 },
		{ "tie_rate", "ties", 4 },
		{ "correct_low", "least", 0 },
		{ "correct_high", "most", 0 },
	};

	sheet_init(sheet, COLUMNS(columns));
	for (size_t i = 0; i < stats->comparison.n_runs; i++) {
		const struct codist_compared_run *run =
			&stats->comparison.runs[i];
		const struct codist_result *result = run->result;
		size_t n = result->n_classified;
		struct codist_interval interval = codist_wilson(
			result->n_correct, n, STATS_CONFIDENCE);

		sheet_text(sheet, result->name);
		sheet_count(sheet, run->group + 1);
		sheet_count(sheet, n);
		sheet_count(sheet, result->n_correct);
		sheet_real(sheet, share(result->n_correct, n));
		sheet_real(sheet, interval.low);
		sheet_real(sheet, interval.high);
		sheet_count(sheet, result->n_tied);
		sheet_real(sheet, share(result->n_tied, n));
		sheet_count(sheet, result->correct_low);
		sheet_count(sheet, result->correct_high);
	}
}

static void add_groups(struct sheet *sheet, const struct stats *stats)
{
	static const struct sheet_column columns[] = {
		{ "group", "group", 0 },
		{ "samples", "samples", 0 },
		{ "runs", "runs", 0 },
		{ "cochran_q", "Q", -5 },
		{ "freedom", "freedom", 0 },
		{ "p", "p", -3 },
		{ "best", NULL, 0 },
	};

	sheet_init(sheet, COLUMNS(columns));
	for (size_t g = 0; g < stats->comparison.n_groups; g++) {
		const struct codist_compared_group *group =
			&stats->comparison.groups[g];

		sheet_count(sheet, g + 1);
		sheet_count(sheet, group->n_samples);
		sheet_count(sheet, group->n_runs);
		sheet_real(sheet, group->cochran.statistic);
		sheet_count(sheet, group->cochran.freedom[0]);
		sheet_real(sheet, group->cochran.p);
		sheet_text(sheet, name_of(stats, group->best));
	}
}

static enum codist_status add_pairs(struct sheet *sheet,
				    const struct stats *stats,
				    struct codist_error *err)
{
	static const struct sheet_column columns[] = {
		{ "first", "first", 0 },
		{ "second", "second", 0 },
		{ "first_only", "only 1st", 0 },
		{ "second_only", "only 2nd", 0 },
		{ "difference", "difference", 4 },
		{ "low", "low", 4 },
		{ "high", "high", 4 },
		{ "p", "p", -3 },
		{ "p_holm", "p (Holm)", -3 },
	};
	size_t n = codist_comparison_n_pairs(&stats->comparison, &stats->how);
	struct codist_pair *pairs;

	enum codist_status status;

	progress_begin(stats->progress, "pairs", "pairs");
	status = codist_comparison_pairs(&stats->comparison, &stats->how,
					 &pairs, err);
	progress_end(stats->progress);
	CODIST_TRY(status);
	sheet_init(sheet, COLUMNS(columns));
	/* It is the same in all rows, and stands above them. */
	sheet->n_hidden = stats->how.which == CODIST_PAIRS_WITH_RUN;
	for (size_t i = 0; i < n; i++) {
		sheet_text(sheet, name_of(stats, pairs[i].first));
		sheet_text(sheet, name_of(stats, pairs[i].second));
		sheet_count(sheet, pairs[i].n_first_only);
		sheet_count(sheet, pairs[i].n_second_only);
		sheet_real(sheet, pairs[i].difference.difference);
		sheet_real(sheet, pairs[i].difference.low);
		sheet_real(sheet, pairs[i].difference.high);
		sheet_real(sheet, pairs[i].p);
		sheet_real(sheet, pairs[i].p_holm);
	}
	free(pairs);
	return CODIST_OK;
}

static double mean_accuracy(const struct codist_ranking *ranking, size_t method)
{
	double sum = 0;

	for (size_t b = 0; b < ranking->n_blocks; b++)
		sum += ranking->accuracies[b * ranking->n_methods + method];
	return sum / (double)ranking->n_blocks;
}

/* What holds for all of them stands in each row, in CSV. */
static void add_ranks(struct sheet *sheet, const struct stats *stats)
{
	static const struct sheet_column columns[] = {
		{ "method", "method", 0 },
		{ "rank", "rank", 3 },
		{ "mean_accuracy", "mean accuracy", 4 },
		{ "over", NULL, 0 },
		{ "blocks", NULL, 0 },
		{ "chi_square", NULL, 0 },
		{ "chi_square_p", NULL, 0 },
		{ "f", NULL, 0 },
		{ "f_p", NULL, 0 },
		{ "critical_difference", NULL, 0 },
	};
	const struct codist_ranking *ranking = &stats->ranking;

	sheet_init(sheet, COLUMNS(columns));
	for (size_t i = 0; i < ranking->n_methods; i++) {
		size_t method = ranking->friedman.order[i];

		sheet_text(sheet, ranking->methods[method]);
		sheet_real(sheet, ranking->friedman.ranks[method]);
		sheet_real(sheet, mean_accuracy(ranking, method));
		sheet_text(sheet, codist_blocks_name(stats->over));
		sheet_count(sheet, ranking->n_blocks);
		sheet_real(sheet, ranking->friedman.chi_square.statistic);
		sheet_real(sheet, ranking->friedman.chi_square.p);
		sheet_real(sheet, ranking->friedman.f.statistic);
		sheet_real(sheet, ranking->friedman.f.p);
		sheet_real(sheet, ranking->nemenyi.critical_difference);
	}
}

/* Classes that a run neither has nor predicts are left out. */
static void add_classes(struct sheet *sheet, const struct stats *stats)
{
	static const struct sheet_column columns[] = {
		{ "run", "run", 0 },
		{ "class", "class", 0 },
		{ "recall", "recall", 4 },
		{ "precision", "precision", 4 },
		{ "f1", "F1", 4 },
		{ "support", "samples", 0 },
		{ "predicted", "predicted", 0 },
	};

	sheet_init(sheet, COLUMNS(columns));
	for (size_t i = 0; i < stats->comparison.n_runs; i++) {
		const struct codist_compared_run *run =
			&stats->comparison.runs[i];

		for (size_t c = 0; c < run->report.n_classes; c++) {
			const struct codist_report_line *line =
				&run->report.classes[c];

			if (line->support + line->predicted == 0)
				continue;
			sheet_text(sheet, run->result->name);
			sheet_text(sheet, run->class_names[c]);
			sheet_real(sheet, line->recall);
			sheet_real(sheet, line->precision);
			sheet_real(sheet, line->f1);
			sheet_count(sheet, line->support);
			sheet_count(sheet, line->predicted);
		}
	}
}

/* As many samples in each as in each other, or one fewer; never none. */
static void add_part(struct sheet *sheet, const struct stats *stats, size_t i,
		     size_t part)
{
	const struct codist_compared_run *run = &stats->comparison.runs[i];
	const struct codist_compared_group *group =
		&stats->comparison.groups[run->group];
	size_t first = group->n_samples * part / stats->n_parts;
	size_t end = group->n_samples * (part + 1) / stats->n_parts;
	size_t n_correct = 0;
	struct codist_interval interval;

	for (size_t s = first; s < end; s++)
		n_correct += run->correct[s];
	interval = codist_wilson(n_correct, end - first, STATS_CONFIDENCE);
	sheet_text(sheet, name_of(stats, i));
	sheet_count(sheet, part + 1);
	sheet_count(sheet, group->samples[first]);
	sheet_count(sheet, group->samples[end - 1]);
	sheet_count(sheet, end - first);
	sheet_count(sheet, n_correct);
	sheet_real(sheet, share(n_correct, end - first));
	sheet_real(sheet, interval.low);
	sheet_real(sheet, interval.high);
}

static void add_parts(struct sheet *sheet, const struct stats *stats)
{
	static const struct sheet_column columns[] = {
		{ "run", "run", 0 },
		{ "part", "part", 0 },
		{ "first", "first", 0 },
		{ "last", "last", 0 },
		{ "samples", "samples", 0 },
		{ "correct", "correct", 0 },
		{ "accuracy", "accuracy", 4 },
		{ "low", "low", 4 },
		{ "high", "high", 4 },
	};

	sheet_init(sheet, COLUMNS(columns));
	for (size_t i = 0; i < stats->comparison.n_runs; i++)
		for (size_t part = 0; part < stats->n_parts; part++)
			add_part(sheet, stats, i, part);
}

static enum codist_status calibrate(struct sheet *sheet,
				    const struct stats *stats, size_t i,
				    struct codist_error *err)
{
	size_t n_runs = stats->comparison.n_runs;
	struct codist_run_calibration c;
	enum codist_status status = codist_run_calibration_init(
		&c, stats->path, name_of(stats, i), STATS_BINS, err);

	if (status == CODIST_OK) {
		sheet_text(sheet, name_of(stats, i));
		sheet_count(sheet, c.n_fitted);
		sheet_count(sheet, c.literal.n_samples);
		sheet_real(sheet, c.literal.accuracy);
		sheet_real(sheet, c.literal.log_loss);
		sheet_real(sheet, c.literal.brier);
		sheet_real(sheet, c.literal.ece);
		sheet_count(sheet, c.literal.n_impossible);
		sheet_real(sheet, c.temperature);
		sheet_real(sheet, c.fitted.log_loss);
		sheet_real(sheet, c.fitted.brier);
		sheet_real(sheet, c.fitted.ece);
		sheet_count(sheet, c.fitted.n_impossible);
	}
	codist_run_calibration_release(&c);
	if (status == CODIST_OK &&
	    progress_update(stats->progress, i + 1, n_runs))
		status = interrupt_check(err);
	return status;
}

static enum codist_status add_calibration(struct sheet *sheet,
					  const struct stats *stats,
					  struct codist_error *err)
{
	static const struct sheet_column columns[] = {
		{ "run", "run", 0 },
		{ "fitted_on", NULL, 0 },
		{ "samples", "samples", 0 },
		{ "accuracy", "accuracy", 4 },
		{ "log_loss", "log-loss", -4 },
		{ "brier", "Brier", 4 },
		{ "ece", "ECE", 4 },
		{ "impossible", NULL, 0 },
		{ "temperature", "T", -4 },
		{ "fitted_log_loss", "log-loss at T", -4 },
		{ "fitted_brier", "Brier at T", 4 },
		{ "fitted_ece", "ECE at T", 4 },
		{ "fitted_impossible", NULL, 0 },
	};
	enum codist_status status = CODIST_OK;

	sheet_init(sheet, COLUMNS(columns));
	progress_begin(stats->progress, "calibration", "runs");
	for (size_t i = 0; i < stats->comparison.n_runs &&
			   status == CODIST_OK; i++)
		status = calibrate(sheet, stats, i, err);
	progress_end(stats->progress);
	return status;
}

enum codist_status stats_section(struct sheet *sheet, const struct stats *stats,
				 enum stats_section section,
				 struct codist_error *err)
{
	*sheet = (struct sheet){ 0 };
	switch (section) {
	case STATS_RUNS:
		add_runs(sheet, stats);
		break;
	case STATS_GROUPS:
		add_groups(sheet, stats);
		break;
	case STATS_PAIRS:
		return add_pairs(sheet, stats, err);
	case STATS_RANKS:
		add_ranks(sheet, stats);
		break;
	case STATS_CLASSES:
		add_classes(sheet, stats);
		break;
	case STATS_PARTS:
		add_parts(sheet, stats);
		break;
	case STATS_CALIBRATION:
		return add_calibration(sheet, stats, err);
	case STATS_N_SECTIONS:
		break;
	}
	return CODIST_OK;
}
