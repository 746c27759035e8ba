/*
 * items.h - items of any kind, named on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_ITEMS_H
#define CODIST_CLI_ITEMS_H

#include "options.h"
#include "own_files.h"

/* What the help of a command says of its operands. */
#define ITEMS_HELP                                                            \
	"An ITEM is a file; a folder, for the files in it, or in its folders " \
	"where these are classes; @LIST, a file "                             \
	"with a path in each line; a data set or a loader with options, for " \
	"its samples, as in text:mail.txt or synthetic:limit=10; or -, the "  \
	"standard input. Of a data set that has a part to train on and one "  \
	"to test both are taken, each with its limit, unless part= chooses "  \
	"one. Items are called by their paths, without the folders " \
	"that all have in common."

/* Start with {0}; items_release() is harmless on that. */
struct items {
	struct codist_dataset set;
	struct codist_bytes *bytes; /* [n] */
	const char **names;         /* [n] */
	size_t n;
};

/*
 * items_load() reads all that the operands name, and applies the transforms in
 * order; images that are all of one height and width, of whatever sets, are
 * images to these. CODIST_EUSAGE if two items have the same name.
 *
 *   own   files that are passed over, and a line is said of each; or NULL
 */
enum codist_status items_load(struct items *items, size_t n_operands,
			      const char *const *operands,
			      const struct specs *transforms,
			      const struct own_files *own,
			      struct codist_error *err);
void items_release(struct items *items);

#endif
