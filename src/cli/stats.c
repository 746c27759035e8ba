/*
 * stats.c - codist stats: do the runs of a study differ?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "stats.h"

#include <stdio.h>
#include <string.h>

/* With more runs than this, each is compared with the best only. */
#define MANY_RUNS 12
#define SIGNIFICANCE 0.05

struct config {
	const char *against, *over, *section;
	int all_pairs, classes, calibration;
	size_t seed, resamples, parts;
	enum format format;
};

static const char *const section_names[STATS_N_SECTIONS] = {
	[STATS_RUNS] = "runs",
	[STATS_GROUPS] = "groups",
	[STATS_PAIRS] = "pairs",
	[STATS_RANKS] = "ranks",
	[STATS_CLASSES] = "classes",
	[STATS_PARTS] = "parts",
	[STATS_CALIBRATION] = "calibration",
};

/* is_wanted receives [STATS_N_SECTIONS]. */
static enum codist_status choose_sections(const struct config *config,
					  int *is_wanted,
					  struct codist_error *err)
{
	const char *only = config->section;
	int is_known = !only;

	if (config->parts > 0 && only && strcmp(only, "parts") != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "--parts %zu with --section %s: expected "
				   "--section parts, or none", config->parts,
				   only);
	if (config->format == FORMAT_CSV && !only)
		only = "runs";
	for (size_t s = 0; s < STATS_N_SECTIONS; s++) {
		is_wanted[s] = only ? strcmp(section_names[s], only) == 0 :
				      s <= STATS_RANKS;
		is_known |= is_wanted[s];
	}
	if (!is_known)
		return codist_fail(err, CODIST_EUSAGE,
				   "--section %s: expected runs, groups, pairs, "
				   "ranks, classes, parts or calibration",
				   only);
	is_wanted[STATS_CLASSES] |= config->classes && !config->section;
	is_wanted[STATS_PARTS] |= config->parts > 0 && !config->section;
	is_wanted[STATS_CALIBRATION] |= config->calibration && !config->section;
	if (config->format == FORMAT_CSV && !config->section &&
	    (config->classes || config->calibration || config->parts > 0))
		return codist_fail(err, CODIST_EUSAGE,
				   "--format csv: has one section at a time, "
				   "expected --section classes, parts or "
				   "calibration");
	return CODIST_OK;
}

static enum codist_status find_over(const char *name, enum codist_blocks *over,
				    struct codist_error *err)
{
	for (size_t i = 0; i < CODIST_N_BLOCKS; i++) {
		*over = (enum codist_blocks)i;
		if (strcmp(codist_blocks_name(*over), name) == 0)
			return CODIST_OK;
	}
	return codist_fail(err, CODIST_EUSAGE, "--over %s: expected data, "
			   "seed, train.limit or folds", name);
}

static enum codist_status find_against(struct stats *stats, const char *name,
				       struct codist_error *err)
{
	const struct codist_comparison *c = &stats->comparison;
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	stats->how.which = CODIST_PAIRS_WITH_RUN;
	stats->how.run = codist_comparison_find(c, name);
	if (stats->how.run < c->n_runs)
		return CODIST_OK;
	for (size_t i = 0; i < c->results.n; i++) {
		const char *other = c->results.items[i].name;
		size_t distance = codist_edit_distance(other, name);

		if (distance == 0)
			return codist_fail(err, CODIST_EUSAGE,
					   "%s: run '%s' is not done",
					   stats->path, name);
		if (distance < least) {
			least = distance;
			nearest = other;
		}
	}
	return nearest ? codist_fail(err, CODIST_EUSAGE,
				     "%s: no run '%s'; the nearest is '%s'",
				     stats->path, name, nearest) :
			 codist_fail(err, CODIST_EUSAGE, "%s: no run '%s'",
				     stats->path, name);
}

/* None of them may be empty, in no run. */
static enum codist_status check_parts(const struct stats *stats,
				      struct codist_error *err)
{
	const struct codist_comparison *c = &stats->comparison;

	for (size_t i = 0; i < c->n_runs; i++) {
		size_t n = c->groups[c->runs[i].group].n_samples;

		if (n < stats->n_parts)
			return codist_fail(err, CODIST_EUSAGE,
					   "--parts %zu: run '%s' has %zu "
					   "samples, expected at most %zu "
					   "parts", stats->n_parts,
					   c->runs[i].result->name, n, n);
	}
	return CODIST_OK;
}

/* Over what was asked for, or else the first that makes for any ranks. */
static enum codist_status find_ranks(struct stats *stats, int is_asked_for,
				     struct codist_error *err)
{
	size_t first = is_asked_for ? (size_t)stats->over : 0;
	size_t end = is_asked_for ? first + 1 : CODIST_N_BLOCKS;

	for (size_t over = first; over < end; over++) {
		stats->over = (enum codist_blocks)over;
		codist_ranking_release(&stats->ranking);
		CODIST_TRY(codist_ranking_init(&stats->ranking,
					       &stats->comparison, stats->over,
					       SIGNIFICANCE, err));
		if (stats->ranking.n_methods > 0)
			return CODIST_OK;
	}
	if (is_asked_for)
		fprintf(stderr, "codist stats: no ranks over %s: no two "
			"methods ran on the same two or more of them\n",
			codist_blocks_name(stats->over));
	return CODIST_OK;
}

static enum codist_status print(const struct stats *stats,
				const int *is_wanted, enum format format,
				struct codist_error *err)
{
	if (format == FORMAT_TEXT)
		stats_header(stats);
	for (size_t s = 0; s < STATS_N_SECTIONS; s++) {
		enum stats_section section = (enum stats_section)s;
		enum codist_status status;
		struct sheet sheet;

		if (!is_wanted[s])
			continue;
		status = stats_section(&sheet, stats, section, err);
		if (status == CODIST_OK && format == FORMAT_TEXT)
			stats_before(stats, section);
		if (status == CODIST_OK)
			status = sheet_print(&sheet, format, err);
		if (status == CODIST_OK && format == FORMAT_TEXT)
			stats_after(stats, section);
		sheet_release(&sheet);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

static enum codist_status put(const struct stats *stats, const int *is_wanted,
			      struct document *document,
			      struct codist_error *err)
{
	for (size_t s = 0; s < STATS_N_SECTIONS; s++) {
		enum codist_status status;
		struct sheet sheet;

		if (!is_wanted[s])
			continue;
		if (s == STATS_RANKS) {
			stats_ranking(stats, document);
			continue;
		}
		status = stats_section(&sheet, stats, (enum stats_section)s,
				       err);
		if (status == CODIST_OK)
			sheet_document(&sheet, document, section_names[s]);
		sheet_release(&sheet);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

static enum codist_status print_json(const struct stats *stats,
				     const int *is_wanted,
				     struct codist_error *err)
{
	const struct codist_results *results = &stats->comparison.results;
	struct document document = { .depth = 0 };
	enum codist_status status;

	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_text(&document, "study", results->study);
	document_text(&document, "title", results->title);
	document_number(&document, "n_runs", (double)results->n);
	document_number(&document, "n_done", (double)stats->comparison.n_runs);
	document_number(&document, "shard", (double)results->shard);
	document_number(&document, "shards", (double)results->n_shards);
	document_number(&document, "resamples",
			(double)stats->how.n_resamples);
	document_number(&document, "seed", (double)stats->how.seed);
	status = put(stats, is_wanted, &document, err);
	document_close(&document);
	if (status == CODIST_OK)
		return document_print(&document, err);
	document_abandon(&document);
	return status;
}

static enum codist_status read_runs(struct stats *stats,
				    struct codist_error *err)
{
	enum codist_status status;

	progress_begin(stats->progress, "reading", "predictions");
	status = codist_comparison_init(&stats->comparison, stats->path,
					&stats->how.watch, err);
	progress_end(stats->progress);
	return status;
}

static enum codist_status look(struct stats *stats, const struct config *config,
			       struct codist_error *err)
{
	int is_wanted[STATS_N_SECTIONS];

	CODIST_TRY(choose_sections(config, is_wanted, err));
	if (config->over)
		CODIST_TRY(find_over(config->over, &stats->over, err));
	if (config->against && config->all_pairs)
		return codist_fail(err, CODIST_EUSAGE,
				   "both --against and --all-pairs");
	CODIST_TRY(read_runs(stats, err));
	if (config->against)
		CODIST_TRY(find_against(stats, config->against, err));
	else if (stats->comparison.n_runs > MANY_RUNS && !config->all_pairs)
		stats->how.which = CODIST_PAIRS_WITH_BEST;
	if (is_wanted[STATS_PARTS])
		CODIST_TRY(check_parts(stats, err));
	if (is_wanted[STATS_RANKS]) {
		CODIST_TRY(find_ranks(stats, config->over != NULL, err));
		is_wanted[STATS_RANKS] = stats->ranking.n_methods > 0 ||
					 config->format != FORMAT_TEXT;
	}
	return config->format == FORMAT_JSON ?
		       print_json(stats, is_wanted, err) :
		       print(stats, is_wanted, config->format, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;
	struct progress progress;
	struct stats stats = {
		.how = { .which = CODIST_PAIRS_ALL, .seed = own->seed,
			 .n_resamples = own->resamples,
			 .confidence = STATS_CONFIDENCE,
			 .watch = { progress_hook, &progress } },
		.n_parts = own->parts ? own->parts : 2,
		.progress = &progress,
	};
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected one STORE",
				   n_operands);
	stats.path = operands[0];
	status = look(&stats, own, err);
	codist_ranking_release(&stats.ranking);
	codist_comparison_release(&stats.comparison);
	return status;
}

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct command_option options[] = {
	{ .name = "against", .argument = "NAME", .kind = OPTION_TEXT,
	  FIELD(against), .help = "compare that run with each other" },
	{ .name = "all-pairs", .kind = OPTION_FLAG, FIELD(all_pairs),
	  .help = "compare each run with each other, however many there are "
		  "(default: with more than 12 runs, the best one with each "
		  "other)" },
	{ .name = "over", .argument = "KEY", .kind = OPTION_TEXT, FIELD(over),
	  .help = "what methods are ranked over: data, seed, train.limit or "
		  "folds (default: the first of them over which methods can "
		  "be ranked)" },
	{ .name = "classes", .kind = OPTION_FLAG, FIELD(classes),
	  .help = "recall, precision and F1 of each class" },
	{ .name = "parts", .argument = "N", .kind = OPTION_COUNT, FIELD(parts),
	  .minimum = 1, .maximum = 1000000,
	  .help = "accuracy on each of N parts of the samples, in the order "
		  "in which the data have them (default: none; 2 with "
		  "--section parts)" },
	{ .name = "calibration", .kind = OPTION_FLAG, FIELD(calibration),
	  .help = "what class scores are worth as probabilities" },
	{ .name = "section", .argument = "NAME", .kind = OPTION_TEXT,
	  FIELD(section),
	  .help = "that only: runs, groups, pairs, ranks, classes, parts "
		  "or calibration; CSV has runs without it" },
	{ .name = "resamples", .argument = "N", .kind = OPTION_COUNT,
	  FIELD(resamples), .minimum = 1, .maximum = 10000000,
	  .fallback = "10000", .help = "of the bootstrap, for each pair" },
	{ .name = "seed", .argument = "N", .kind = OPTION_COUNT, FIELD(seed),
	  .maximum = SIZE_MAX, .fallback = "0", .help = "of the bootstrap" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_stats = {
	.name = "stats",
	.summary = "tell whether the runs of a study differ",
	.operands = "STORE",
	.description =
		"Tell of each run of a store that is done how many samples were "
		"correct, with Wilson's interval of the accuracy, and what ties "
		"decide; and compare the runs that classified the same samples, "
		"however they transform them and whatever they train on: "
		"Cochran's Q of all of them, and of pairs McNemar's exact test, "
		"the difference of accuracies with its interval by paired "
		"resamples, and p corrected for all pairs shown (Holm).\n"
		"Methods, which are runs that are equal but for their data, "
		"seed, training limit or fold, are ranked by Friedman's test, "
		"with the critical difference of average ranks by Nemenyi's.\n"
		"--calibration takes class scores for code lengths in bits: "
		"log-loss (bits a sample), Brier score and expected calibration "
		"error, as they are and at the best temperature. That is fitted "
		"on one half of the samples, and judged on the other.\n"
		"Intervals are of 95 %, the critical difference of 0.05.\n"
		"A store of ten million predictions takes some seconds; with "
		"--calibration, or with --all-pairs of a hundred runs, it is a "
		"quarter of a minute.",
	.examples =
		"codist stats window.db\n"
		"codist stats window.db --against none/deflate --classes\n"
		"codist stats window.db --over seed --section ranks\n"
		"codist stats frontier.db --parts 2\n"
		"codist stats window.db --section pairs --format csv >pairs.csv\n"
		"codist stats window.db --calibration --format json",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
