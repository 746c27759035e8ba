/*
 * distances_file.h - a matrix of distances, from a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_DISTANCES_FILE_H
#define CODIST_CLI_DISTANCES_FILE_H

#include "options.h"

/* A part of a command's config, named `source`, that DISTANCES_ROWS fill. */
struct distances_source {
	const char *format, *symmetrize; /* the latter NULL: not given */
};

#define DISTANCES_ROWS(config)                                              \
	{ .name = "format-in", .argument = "NAME", .kind = OPTION_TEXT,      \
	  .offset = offsetof(config, source.format), .fallback = "auto",    \
	  .help = "of MATRIX: csv, tsv, phylip, nexus, json or npy; auto "  \
		  "goes by the ending, or else by the content" },           \
	{ .name = "symmetrize", .argument = "HOW", .kind = OPTION_TEXT,      \
	  .offset = offsetof(config, source.symmetrize),                    \
	  .help = "make the two values of each pair their mean, min or "    \
		  "max, and the diagonal 0" }

/*
 * distances_read() reads a matrix of distances, '-' for the standard input,
 * and makes it symmetric, or sure that it is. For codist_matrix_release(),
 * after a failure too.
 */
enum codist_status distances_read(struct codist_matrix *matrix,
				  const char *path,
				  const struct distances_source *source,
				  struct codist_error *err);

#endif
