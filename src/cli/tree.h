/*
 * tree.h - what codist tree found, and how it is printed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_TREE_H
#define CODIST_CLI_TREE_H

#include "distances_source.h"

/* How a tree is made of distances. */
struct tree_method {
	const char *name;
	const char *title;
	int is_linkage, is_quartet; /* neither: neighbour joining */
	enum codist_linkage linkage;
};

struct found_tree {
	struct distances_source source;
	const char *symmetrize;
	const struct tree_method *method;
	size_t seed;
	size_t *misplaced; /* [source.groups.n], see codist_tree_misplaced() */
	struct codist_tree tree;
	double score; /* S(T) */
	int has_score;
	struct codist_merge *merges; /* [n - 1], of a linkage; else NULL */
	struct codist_search_found search; /* of quartets, without its tree */
};

enum codist_status tree_print_text(const struct found_tree *found,
				   struct codist_error *err);
enum codist_status tree_print_json(const struct found_tree *found,
				   struct codist_error *err);

#endif
