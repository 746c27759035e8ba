/*
 * source.h - a part of a data set, named on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_SOURCE_H
#define CODIST_CLI_SOURCE_H

#include "options.h"

/* Start with {0}; source_release() is harmless on that. */
struct source {
	struct codist_spec loader;  /* without plug-in: no such part */
	struct codist_dataset set;  /* once it is loaded */
	size_t n_loaded;            /* samples before a limit */
	size_t n_samples, n_classes; /* of the set */
	char checksum[CODIST_CHECKSUM_SIZE]; /* of the set before transforms */
};

void source_release(struct source *source);

/*
 * source_find_both() finds the parts of the set of that name, which
 * codist_data_find() explains. Of these, one may be missing.
 */
enum codist_status source_find_both(struct source *train, struct source *test,
				    const char *name,
				    struct codist_error *err);

/*
 * source_find() finds one part: of a set that has it, or the set itself if it
 * has no parts. `part` is "train" or "test".
 */
enum codist_status source_find(struct source *source, const char *name,
			       const char *part, struct codist_error *err);

/*
 * source_load() loads the part, of which it keeps the first `limit` samples,
 * 0: all, and applies the transforms in order; source_train() does the same of
 * samples to train on, of which transforms may make copies.
 */
enum codist_status source_load(struct source *source, size_t limit,
			       const struct specs *transforms,
			       struct codist_error *err);
enum codist_status source_train(struct source *source, size_t limit,
				const struct specs *transforms,
				struct codist_error *err);

/*
 * source_look() loads the part, and keeps what is known of it, but not the
 * samples.
 */
enum codist_status source_look(struct source *source, size_t limit,
			       struct codist_error *err);

#define SHAPE_SIZE 192
/* source_shape() writes the shape of the samples, as in "28x28". */
void source_shape(const struct codist_dataset *set, char text[SHAPE_SIZE]);

#endif
