/*
 * fuzz_tree.c - any bytes as a tree: refused, or read as it is written back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include <codist.h>

#include <string.h>

/* What is written must be read again, and be the same. */
static void read_back(const struct codist_tree *tree, char *text)
{
	struct codist_tree_distance distance;
	struct codist_bytes bytes;
	struct codist_tree again;

	FUZZ_PROMISE(text);
	bytes = (struct codist_bytes){ (unsigned char *)text, strlen(text) };
	FUZZ_PROMISE(!codist_tree_read(&again, bytes, "again", NULL));
	FUZZ_PROMISE(again.n_leaves == tree->n_leaves);
	FUZZ_PROMISE(again.n_nodes == tree->n_nodes);
	FUZZ_PROMISE(!codist_tree_compare(tree, &again, &distance, NULL));
	FUZZ_PROMISE(distance.n_differing == 0);
	codist_tree_release(&again);
	free(text);
}

static void check(const struct codist_tree *tree)
{
	FUZZ_PROMISE(tree->n_leaves >= 1);
	for (size_t v = 0; v < tree->n_nodes; v++) {
		size_t parent = tree->parent[v];

		FUZZ_PROMISE(v + 1 == tree->n_nodes ?
				     parent == CODIST_NO_NODE :
				     parent > v && parent < tree->n_nodes &&
				     parent >= tree->n_leaves);
	}
	for (size_t v = 0; v < tree->n_leaves; v++)
		FUZZ_PROMISE(*tree->names[v]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct codist_bytes bytes = { data, size };
	struct codist_error err = { 0 };
	struct codist_tree tree;
	char *text;

	if (codist_tree_read(&tree, bytes, "input", &err)) {
		FUZZ_PROMISE(err.status == CODIST_EFORMAT);
		FUZZ_PROMISE(strstr(err.message, "input: "));
		return 0;
	}
	check(&tree);
	read_back(&tree, codist_tree_newick(&tree));
	read_back(&tree, codist_tree_nexus(&tree));
	text = codist_tree_dot(&tree);
	FUZZ_PROMISE(text);
	free(text);
	text = codist_tree_drawing(&tree);
	FUZZ_PROMISE(text);
	free(text);
	codist_tree_release(&tree);
	return 0;
}
