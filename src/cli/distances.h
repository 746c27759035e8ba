/*
 * distances.h - what commands that compare items are asked alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_DISTANCES_H
#define CODIST_CLI_DISTANCES_H

#include "backend_lists.h"
#include "items.h"

/* A part of a command's config, named `distances`, that the rows fill. */
struct distances_config {
	struct texts measures, backends;
	struct specs transforms;
	size_t threads, memory;
};

#define DISTANCES_FIELD(config, field) .offset = offsetof(config, distances.field)

#define DISTANCES_ROWS(config)                                              \
	{ .name = "measure", .argument = "LIST", .kind = OPTION_TEXTS,       \
	  DISTANCES_FIELD(config, measures),                                 \
	  .help = "the measures, with commas between (default: ncd); of an " \
		  "option, several values with '|' between. May be given "   \
		  "several times" },                                         \
	{ .name = "backend", .argument = "LIST", .kind = OPTION_TEXTS,       \
	  DISTANCES_FIELD(config, backends),                                 \
	  .help = "the compressors, likewise (default: deflate)" },          \
	{ .name = "transform", .argument = "SPEC", .kind = OPTION_SPECS,     \
	  DISTANCES_FIELD(config, transforms), .registry = &codist_transforms, \
	  .help = "what every item is turned into first; several in order, " \
		 "as in 'binarize + pack'" },                                 \
	OPTION_ROW_THREADS(config, distances.threads),                       \
	OPTION_ROW_MEMORY(config, distances.memory)

/* What is to be computed. Start with {0}; then distances_release(). */
struct distances {
	struct codist_spec *measures, *backends;
	size_t n_measures, n_backends;
	struct codist_pairwise pairwise; /* of these; items are for others */
};

/* distances_init() understands the options. */
enum codist_status distances_init(struct distances *distances,
				  const struct distances_config *config,
				  struct codist_error *err);
void distances_release(struct distances *distances);

/* distances_name() is as in "ncd by deflate:level=9", for free(), or NULL. */
char *distances_name(struct codist_pairwise_result result);

/* distances_run() computes them, with progress and threads as asked for. */
enum codist_status
distances_run(const struct distances *distances,
	      const struct distances_config *config,
	      const struct codist_pairwise_values *values, const char *command,
	      struct codist_cost *cost, struct codist_error *err);

#endif
