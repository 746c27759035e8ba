/*
 * tune.c - codist tune: the best of a study, chosen without the test set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "results.h"
#include "study_talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TESTED "tested: "

struct config {
	const char *output;
	size_t threads, memory;
	enum format format;
};

static const struct codist_result *find(const struct codist_results *results,
					const char *name)
{
	for (size_t i = 0; i < results->n; i++)
		if (strcmp(results->items[i].name, name) == 0)
			return &results->items[i];
	return NULL;
}

/* a / b > c / d, of counts. */
static int is_better(const struct codist_result *a,
		     const struct codist_result *b)
{
	return (double)a->n_correct * (double)b->n_classified >
	       (double)b->n_correct * (double)a->n_classified;
}

/* The most accurate on what was held back; of equals the first. */
static enum codist_status choose(const struct codist_study *study,
				 const char *store, size_t *best,
				 struct codist_error *err)
{
	struct codist_results results;
	const struct codist_result *winner = NULL;
	enum codist_status status;

	status = codist_results_read(&results, store, err);
	for (size_t i = 0; i < study->n_runs && status == CODIST_OK; i++) {
		const struct codist_result *result =
			find(&results, study->runs[i].name);

		if (study->runs[i].held > 0)
			continue;

		if (!result)
			status = codist_fail(err, CODIST_EFORMAT,
					     "%s: run '%s' is not in it", store,
					     study->runs[i].name);
		else if (!winner || is_better(result, winner)) {
			winner = result;
			*best = i;
		}
	}
	codist_results_release(&results);
	return status;
}

/* Runs of other winners, in the store from earlier: looks at the test set. */
static size_t count_looks(const struct codist_results *results)
{
	size_t n = 0;

	for (size_t i = 0; i < results->n; i++)
		n += strncmp(results->items[i].name, TESTED,
			     strlen(TESTED)) == 0 &&
		     strcmp(results->items[i].state, "done") == 0;
	return n;
}

static enum codist_status print(const char *store, size_t n_tried,
				const struct config *config,
				struct codist_error *err)
{
	struct codist_results results;
	size_t n_looks;
	enum codist_status status;

	status = codist_results_read(&results, store, err);
	if (status == CODIST_OK) {
		n_looks = count_looks(&results);
		fprintf(stderr, "codist tune: chosen among %zu runs on samples "
			"held back, then tested once\n", n_tried);
		if (n_looks > 1)
			fprintf(stderr, "codist tune: %zu runs of this store "
				"were tested by now, so the test set is no "
				"longer unseen\n", n_looks);
		status = results_print(&results, config->format, err);
	}
	codist_results_release(&results);
	return status;
}

static enum codist_status check(const struct codist_study *study,
				struct codist_error *err)
{
	for (size_t i = 0; i < study->n_runs; i++)
		if (!(study->runs[i].held > 0) &&
		    (!(study->runs[i].validate > 0) ||
		     !study->runs[i].final_test))
			return codist_fail(err, CODIST_EUSAGE,
					   "%s:%zu: run '%s': expected the key "
					   "validate, and data or test for the "
					   "winner", study->path,
					   study->runs[i].line,
					   study->runs[i].name);
	return CODIST_OK;
}

static enum codist_status tune(struct codist_study *study,
			       const struct config *config, const char *store,
			       struct codist_error *err)
{
	struct study_talk talk;
	struct codist_study_how how = {
		.store = store, .n_threads = (unsigned)config->threads,
		.memory = config->memory, .progress = study_talk_progress,
		.tell = study_talk_tell, .user = &talk,
	};
	size_t best = 0, n_tried = 0;
	enum codist_status status;

	CODIST_TRY(check(study, err));
	for (size_t i = 0; i < study->n_runs; i++)
		n_tried += !(study->runs[i].held > 0);
	study_talk_init(&talk, "tune");
	status = codist_study_run_all(study, &how, NULL, err);
	study_talk_end(&talk);
	if (status == CODIST_OK)
		status = choose(study, store, &best, err);
	if (status == CODIST_OK)
		status = codist_study_test(study, best, err);
	study_talk_init(&talk, "tune");
	if (status == CODIST_OK)
		status = codist_study_run_all(study, &how, NULL, err);
	study_talk_end(&talk);
	return status == CODIST_OK ? print(store, n_tried, config, err) :
				     status;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;
	struct codist_study study;
	char *store = NULL;
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected one STUDY",
				   n_operands);
	status = codist_study_read(&study, operands[0], study_talk_problem,
				   NULL, err);
	if (status == CODIST_OK) {
		store = study_store(&study, own->output);
		status = store ? tune(&study, own, store, err) :
				 codist_no_memory(err, "a path");
	}
	free(store);
	codist_study_release(&study);
	return status;
}

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct command_option options[] = {
	{ .name = "output", .argument = "STORE", .kind = OPTION_TEXT,
	  FIELD(output),
	  .help = "the file of results (default: the study's name with .db, "
		  "in this folder)" },
	OPTION_ROW_THREADS(struct config, threads),
	OPTION_ROW_MEMORY(struct config, memory),
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_tune = {
	.name = "tune",
	.summary = "find the best run of a study without its test set",
	.operands = "STUDY",
	.description =
		"Carry out a study whose runs hold back a part of the training "
		"samples (validate: 0.2), choose the run that classifies most of "
		"those correctly, of equals the first, and run that once on the "
		"test samples, by all training samples. Only that last number "
		"says how well the choice does: the best of many on what it was "
		"chosen by looks better than it is.",
	.examples = "codist tune experiments/ablation.yaml",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
