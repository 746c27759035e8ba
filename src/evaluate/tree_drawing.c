/*
 * tree_drawing.c - a tree in plain characters
 *
 *     +---- rat
 *     +---- cow
 *     `-+-- cat
 *       `-- dog
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "evaluate/children.h"

#include <stdlib.h>

struct drawing {
	const struct codist_tree *tree;
	struct codist_children children;
	size_t *depth;  /* [n_nodes], of the root 0 */
	size_t *column; /* [most + 1], the node that a column is of */
	size_t most;    /* the greatest depth */
	struct codist_text text;
};

/* Control characters would break the line, or worse. */
static void add_name(struct codist_text *text, const char *name)
{
	for (const char *c = name; *c; c++)
		codist_text_add_char(text, (unsigned char)*c < ' ' ||
					   *c == 0x7f ? '?' : *c);
}

static int is_last(const struct drawing *drawing, size_t v)
{
	return codist_next_sibling(&drawing->children, drawing->tree, v) ==
	       CODIST_NO_NODE;
}

static int is_first(const struct drawing *drawing, size_t v)
{
	return codist_first_child(&drawing->children,
				  drawing->tree->parent[v]) == v;
}

/* The line of a leaf, from the uppermost node whose line it is as well. */
static void add_line(struct drawing *drawing, size_t leaf)
{
	const struct codist_tree *tree = drawing->tree;
	struct codist_text *text = &drawing->text;
	size_t top = drawing->depth[leaf];

	for (size_t v = leaf; v + 1 < tree->n_nodes; v = tree->parent[v])
		drawing->column[drawing->depth[v]] = v;
	while (top > 1 && is_first(drawing, drawing->column[top]))
		top--;
	for (size_t i = 1; i <= drawing->depth[leaf]; i++) {
		size_t v = drawing->column[i];

		if (i < top)
			codist_text_add(text, is_last(drawing, v) ? "  " :
								    "| ");
		else
			codist_text_add(text, is_last(drawing, v) &&
						      !is_first(drawing, v) ?
						      "`-" : "+-");
	}
	for (size_t i = drawing->depth[leaf]; i < drawing->most; i++)
		codist_text_add(text, "--");
	codist_text_add(text, "%s", drawing->most > 0 ? "- " : "");
	add_name(text, tree->names[leaf]);
	codist_text_add_char(text, '\n');
}

static void add_lines(struct drawing *drawing)
{
	const struct codist_tree *tree = drawing->tree;
	size_t root = tree->n_nodes - 1, next = root;

	while (next != CODIST_NO_NODE) {
		size_t v = next;

		while (v >= tree->n_leaves)
			v = codist_first_child(&drawing->children, v);
		add_line(drawing, v);
		while (v != root && is_last(drawing, v))
			v = tree->parent[v];
		next = v == root ? CODIST_NO_NODE :
				   codist_next_sibling(&drawing->children,
						       tree, v);
	}
}

char *codist_tree_drawing(const struct codist_tree *tree)
{
	struct drawing drawing = { .tree = tree };
	int has_memory = codist_children_init(&drawing.children, tree);

	drawing.depth = calloc(tree->n_nodes, sizeof(*drawing.depth));
	drawing.column = calloc(tree->n_nodes + 1, sizeof(*drawing.column));
	has_memory = has_memory && drawing.depth && drawing.column;
	for (size_t v = tree->n_nodes - 1; has_memory && v-- > 0;) {
		drawing.depth[v] = drawing.depth[tree->parent[v]] + 1;
		if (drawing.depth[v] > drawing.most)
			drawing.most = drawing.depth[v];
	}
	if (has_memory)
		add_lines(&drawing);
	codist_children_release(&drawing.children);
	free(drawing.depth);
	free(drawing.column);
	if (has_memory && !drawing.text.failed)
		return drawing.text.chars;
	free(drawing.text.chars);
	return NULL;
}
