/*
 * job.h - what commands that classify are asked alike: data, doors, threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_JOB_H
#define CODIST_CLI_JOB_H

#include "options.h"
#include "source.h"

/* A part of a command's config, named `job`, that JOB_ROWS fill. */
struct job {
	const char *data, *train, *test; /* NULL: not given */
	size_t limit;
	struct specs transforms;
	struct codist_spec reference, measure, aggregate;
	int drops_duplicates, allows_unseen;
	size_t threads, memory;
};

#define JOB_FIELD(config, field) .offset = offsetof(config, job.field)

#define JOB_ROWS_DATA(config)                                             \
	{ .name = "data", .argument = "NAME", .kind = OPTION_TEXT,         \
	  JOB_FIELD(config, data),                                         \
	  .help = "the set to train on and to test: mnist, synthetic, a "  \
		  "folder" },                                              \
	{ .name = "train", .argument = "SPEC", .kind = OPTION_TEXT,        \
	  JOB_FIELD(config, train),                                        \
	  .help = "or the samples to train on: a loader with options, or " \
		  "a path" },                                              \
	{ .name = "test", .argument = "SPEC", .kind = OPTION_TEXT,         \
	  JOB_FIELD(config, test), .help = "and those to be classified" }, \
	{ .name = "limit", .argument = "N", .kind = OPTION_COUNT,          \
	  JOB_FIELD(config, limit), .minimum = 1, .maximum = SIZE_MAX / 2, \
	  .help = "classify the first N samples only" },                   \
	{ .name = "drop-duplicates", .kind = OPTION_FLAG,                  \
	  JOB_FIELD(config, drops_duplicates),                             \
	  .help = "leave out test samples that stand among the training "  \
		  "samples as well, and of equal samples in a set that is " \
		  "cross-validated all but the first" },                   \
	{ .name = "allow-unseen", .kind = OPTION_FLAG,                     \
	  JOB_FIELD(config, allows_unseen),                                \
	  .help = "take test samples of classes that have no training "    \
		  "sample, and count them as errors" },                    \
	{ .name = "transform", .argument = "SPEC", .kind = OPTION_SPECS,   \
	  JOB_FIELD(config, transforms), .registry = &codist_transforms,   \
	  .help = "what every sample is turned into first; several in "    \
		  "order, as in 'binarize + pack'" },                                               \
	{ .name = "reference", .argument = "SPEC", .kind = OPTION_SPEC,    \
	  JOB_FIELD(config, reference), .registry = &codist_references,    \
	  .fallback = "class", .help = "what samples are scored against" }, \
	{ .name = "measure", .argument = "SPEC", .kind = OPTION_SPEC,      \
	  JOB_FIELD(config, measure), .registry = &codist_measures,        \
	  .fallback = "conditional",                                       \
	  .help = "the score of a sample and a reference" }

#define JOB_ROWS_REST(config)                                             \
	{ .name = "aggregate", .argument = "SPEC", .kind = OPTION_SPEC,    \
	  JOB_FIELD(config, aggregate), .registry = &codist_aggregators,   \
	  .fallback = "min",                                               \
	  .help = "how scores become the scores of classes" },             \
	OPTION_ROW_THREADS(config, job.threads),                           \
	OPTION_ROW_MEMORY(config, job.memory)

/*
 * job_pipeline() is the pipeline of these doors; it borrows from the job, and
 * `backend` may be NULL.
 */
struct codist_pipeline job_pipeline(const struct job *job,
				    const struct codist_spec *backend);

/* job_check() makes sure that the data was named in one of the ways. */
enum codist_status job_check(const struct job *job, struct codist_error *err);

/* Samples that stand twice: in both parts, or in a set that has one. */
struct repeats {
	size_t n, n_dropped;
};

/*
 * job_load() loads both parts, for source_release() even after a failure. Test
 * samples that are training samples, too, are told of on the standard error, or
 * dropped if that was asked for.
 */
enum codist_status job_load(const struct job *job, const char *command,
			    struct source *train, struct source *test,
			    struct repeats *repeats, struct codist_error *err);

/* job_load_one() likewise loads the one part that is cross-validated. */
enum codist_status job_load_one(const struct job *job, const char *command,
				struct source *set, struct repeats *repeats,
				struct codist_error *err);

/*
 * job_say_threads() tells on the standard error if fewer threads than there
 * might be were at work, since a coder each would not have fit the memory.
 */
void job_say_threads(const char *command, const struct codist_cost *cost);

/*
 * job_say_voters() tells on the standard error if the k nearest references vote
 * where there are fewer than k, or where each class has one.
 */
void job_say_voters(const struct job *job, const char *command,
		    const struct codist_cost *cost);

#endif
