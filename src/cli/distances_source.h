/*
 * distances_source.h - distances between items: from a file, or of the items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_DISTANCES_SOURCE_H
#define CODIST_CLI_DISTANCES_SOURCE_H

#include "distances.h"
#include "groups.h"

/* A part of a command's config, named `source`, beside `distances`. */
struct distances_source_config {
	const char *format, *symmetrize, *groups; /* NULL: not given */
};

#define DISTANCES_SOURCE_ROWS(config)                                       \
	{ .name = "format-in", .argument = "NAME", .kind = OPTION_TEXT,      \
	  .offset = offsetof(config, source.format),                        \
	  .help = "of MATRIX: csv, tsv, phylip, nexus, json or npy "        \
		  "(default: by the ending, or else by the content)" },     \
	{ .name = "symmetrize", .argument = "HOW", .kind = OPTION_TEXT,      \
	  .offset = offsetof(config, source.symmetrize),                    \
	  .help = "make the two values of each pair their mean, min or "    \
		  "max, and the diagonal 0" },                              \
	{ .name = "groups", .argument = "FILE", .kind = OPTION_TEXT,         \
	  .offset = offsetof(config, source.groups),                        \
	  .help = "lines of a name, a tab and a group, for colours and for " \
		  "what is told of groups (default: the classes of a data " \
		  "set)" }

/* What the help of a command says of its operands. */
#define DISTANCES_SOURCE_HELP                                                \
	"A single file is a MATRIX, as codist matrix writes it, and so is "  \
	"'-', the standard input. It has the same names for rows and "       \
	"columns, and is symmetric, and 0 on the diagonal, up to 1e-12 "     \
	"times its largest value, unless --symmetrize makes it so. Else "    \
	"operands are ITEMs, whose distances are computed, by one measure "  \
	"and one compressor, each pair once, or with --symmetrize both "     \
	"ways.\n"                                                            \
	ITEMS_HELP

/* Start with {0}; then distances_source_release(). */
struct distances_source {
	struct codist_matrix matrix;
	struct groups groups; /* n is 0: none */
	struct items items;   /* that were compared */
	const char *path;     /* of the matrix; NULL: it was computed, */
	char *name;           /* as "ncd by deflate" tells */
};

/*
 * distances_obtain() reads or computes symmetric distances, for `command`.
 *
 *   output   a file that the command writes, and that is no item; or NULL
 */
enum codist_status
distances_obtain(struct distances_source *source,
		 const struct distances_source_config *config,
		 const struct distances_config *distances, const char *command,
		 const char *output, size_t n_operands, char *const *operands,
		 struct codist_error *err);
/* distances_title() is the path of the matrix, or what was computed. */
const char *distances_title(const struct distances_source *source);
void distances_source_release(struct distances_source *source);

#endif
