/*
 * run.c - codist run: a study, declared in a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "dry_run.h"
#include "results.h"
#include "study_talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	const char *output, *changed, *shard;
	size_t threads, memory;
	int dry_run;
	enum format format;
};

static enum codist_status parse_shard(struct codist_study_how *how,
				      const char *text,
				      struct codist_error *err)
{
	char *end, *rest;

	if (!text)
		return CODIST_OK;
	how->shard = strtoul(text, &end, 10);
	how->n_shards = *end == '/' ? strtoul(end + 1, &rest, 10) : 0;
	if (*end == '/' && *rest == '\0' && text[0] != '-' && end[1] != '-' &&
	    how->shard >= 1 && how->shard <= how->n_shards &&
	    how->n_shards <= 1000000)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "--shard %s: expected I/N, the I-th of N shards",
			   text);
}

static enum codist_status parse_changed(struct codist_study_how *how,
					const char *text,
					struct codist_error *err)
{
	if (strcmp(text, "renew") == 0)
		how->changed = CODIST_CHANGED_RENEW;
	else if (strcmp(text, "refuse") != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "--changed %s: expected refuse or renew",
				   text);
	return CODIST_OK;
}

static enum codist_status print_results(const char *store,
					const struct config *config,
					struct codist_error *err)
{
	struct codist_results results;
	enum codist_status status;

	status = codist_results_read(&results, store, err);
	if (status == CODIST_OK)
		status = results_print(&results, config->format, err);
	codist_results_release(&results);
	return status;
}

static enum codist_status carry_out(const struct codist_study *study,
				    const struct config *config,
				    const char *store, unsigned rank,
				    struct codist_error *err)
{
	struct study_talk talk;
	struct codist_study_how how = {
		.store = store, .n_threads = (unsigned)config->threads,
		.memory = config->memory, .progress = study_talk_progress,
		.tell = study_talk_tell, .user = &talk,
	};
	size_t n_computed;
	enum codist_status status;

	CODIST_TRY(parse_shard(&how, config->shard, err));
	CODIST_TRY(parse_changed(&how, config->changed, err));
	study_talk_init(&talk, "run");
	status = codist_study_run_all(study, &how, &n_computed, err);
	study_talk_end(&talk);
	if (rank > 0) /* process 0 tells */
		return status;
	if (status != CODIST_OK && talk.run)
		fprintf(stderr, "codist run: what is done is kept in %s, and "
			"the same command goes on with it\n", store);
	CODIST_TRY(status);
	if (n_computed == 0)
		fprintf(stderr, "codist run: all %zu runs were done already\n",
			study->n_runs);
	return print_results(store, config, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;
	struct codist_study study;
	unsigned rank, size;
	char *store = NULL;
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected one STUDY",
				   n_operands);
	CODIST_TRY(codist_processes_begin(&rank, &size, err));
	status = codist_study_read(&study, operands[0],
				   rank ? NULL : study_talk_problem, NULL, err);
	if (status == CODIST_OK && own->dry_run) {
		const struct codist_study_how how = {
			.n_threads = (unsigned)own->threads,
			.memory = own->memory,
		};

		status = rank ? CODIST_OK :
				dry_run(&study, &how, own->format, err);
	} else if (status == CODIST_OK) {
		store = study_store(&study, own->output);
		status = store ? carry_out(&study, own, store, rank, err) :
				 codist_no_memory(err, "a path");
	}
	free(store);
	codist_processes_end();
	codist_study_release(&study);
	return status;
}

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct command_option options[] = {
	{ .name = "output", .argument = "STORE", .kind = OPTION_TEXT,
	  FIELD(output),
	  .help = "the file of results (default: the study's name with .db, "
		  "in this folder)" },
	{ .name = "dry-run", .kind = OPTION_FLAG, FIELD(dry_run),
	  .help = "print the grid, with what each run would cost by a trial of "
		  "a few scores, and do nothing" },
	{ .name = "changed", .argument = "HOW", .kind = OPTION_TEXT,
	  FIELD(changed), .fallback = "refuse",
	  .help = "what to do where the store's results are of other data, or "
		  "of another library: refuse, or renew them" },
	{ .name = "shard", .argument = "I/N", .kind = OPTION_TEXT,
	  FIELD(shard),
	  .help = "the I-th of N parts of all samples, for codist merge" },
	OPTION_ROW_THREADS(struct config, threads),
	OPTION_ROW_MEMORY(struct config, memory),
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_run = {
	.name = "run",
	.summary = "carry out a study that is declared in a file",
	.operands = "STUDY",
	.description =
		"Compute all runs of a study, which is a YAML file of specs, "
		"and keep their results in one SQLite file. A list as a value "
		"is an axis, and lists multiply into a grid; doc/study.md "
		"explains all keys.\n"
		"All that is wrong with the study is told, with its line, "
		"before anything is done. What is done is saved as it comes: "
		"after an interrupt, or however the process ended, the same "
		"command goes on, and ends in the same results. Runs that are "
		"done are not done again; those added to the study are.\n"
		"Ctrl-C finishes what is at hand, some seconds of work; a "
		"second one ends the program at once, and loses only that.",
	.examples =
		"codist run window.yaml\n"
		"codist run window.yaml --dry-run\n"
		"codist run window.yaml --shard 2/8 --output part-2.db\n"
		"mpirun -n 8 codist run window.yaml --threads 4",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
