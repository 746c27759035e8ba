/*
 * tree_text.c - trees in Newick, NEXUS and Graphviz's language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "evaluate/children.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *finish(struct codist_text *text)
{
	if (!text->failed)
		return text->chars;
	free(text->chars);
	return NULL;
}

/*
 * A word, in quotes if it holds what means something, or an underscore, which
 * some programs take for a blank when it is not in quotes.
 */
static void add_name(struct codist_text *text, const char *name)
{
	int is_plain = *name != '\0';

	for (const char *c = name; *c; c++)
		if ((unsigned char)*c <= ' ' ||
		    strchr("#()[]{}/\\,;:=*'\"`+-<>_", *c))
			is_plain = 0;
	if (is_plain) {
		codist_text_add(text, "%s", name);
		return;
	}
	codist_text_add_char(text, '\'');
	for (const char *c = name; *c; c++) {
		if (*c == '\'')
			codist_text_add_char(text, '\'');
		codist_text_add_char(text, *c);
	}
	codist_text_add_char(text, '\'');
}

static void add_length(struct codist_text *text, double length)
{
	char number[CODIST_REAL_SIZE];

	if (isnan(length))
		return;
	codist_format_real(length, number);
	codist_text_add(text, ":%s", number);
}

/* Down to the first leaf, then up to where there is a sibling, and so on. */
static void add_newick(struct codist_text *text,
		       const struct codist_tree *tree,
		       const struct codist_children *children)
{
	size_t root = tree->n_nodes - 1, v = root, next = root;

	while (next != CODIST_NO_NODE) {
		for (v = next; v >= tree->n_leaves;
		     v = codist_first_child(children, v))
			codist_text_add_char(text, '(');
		add_name(text, tree->names[v]);
		add_length(text, tree->length[v]);
		next = CODIST_NO_NODE;
		while (v != root && next == CODIST_NO_NODE) {
			next = codist_next_sibling(children, tree, v);
			if (next != CODIST_NO_NODE) {
				codist_text_add_char(text, ',');
				continue;
			}
			v = tree->parent[v];
			codist_text_add_char(text, ')');
			if (tree->names[v])
				add_name(text, tree->names[v]);
			add_length(text, tree->length[v]);
		}
	}
	codist_text_add_char(text, ';');
}

char *codist_tree_newick(const struct codist_tree *tree)
{
	struct codist_text text = { 0 };
	struct codist_children children;

	if (!codist_children_init(&children, tree))
		return NULL;
	add_newick(&text, tree, &children);
	codist_children_release(&children);
	codist_text_add_char(&text, '\n');
	return finish(&text);
}

char *codist_tree_nexus(const struct codist_tree *tree)
{
	struct codist_text text = { 0 };
	char *newick = codist_tree_newick(tree);

	if (!newick)
		return NULL;
	codist_text_add(&text, "#NEXUS\n\nBEGIN TAXA;\n"
			"\tDIMENSIONS NTAX=%zu;\n\tTAXLABELS", tree->n_leaves);
	for (size_t i = 0; i < tree->n_leaves; i++) {
		codist_text_add(&text, "\n\t\t");
		add_name(&text, tree->names[i]);
	}
	codist_text_add(&text, ";\nEND;\n\nBEGIN TREES;\n\tTREE codist = [&%c] ",
			tree->is_rooted ? 'R' : 'U');
	codist_text_add(&text, "%sEND;\n", newick);
	free(newick);
	return finish(&text);
}

/* A string of Graphviz's, in which only the quote and backslash are special. */
static void add_string(struct codist_text *text, const char *name)
{
	codist_text_add_char(text, '"');
	for (const char *c = name; *c; c++) {
		if (*c == '"' || *c == '\\')
			codist_text_add_char(text, '\\');
		codist_text_add_char(text, *c);
	}
	codist_text_add_char(text, '"');
}

char *codist_tree_dot(const struct codist_tree *tree)
{
	struct codist_text text = { 0 };
	const char *edge = tree->is_rooted ? "->" : "--";

	codist_text_add(&text, "%s tree {\n",
			tree->is_rooted ? "digraph" : "graph");
	codist_text_add(&text, tree->is_rooted ? "\trankdir=LR;\n" :
						 "\tlayout=neato;\n");
	for (size_t v = 0; v < tree->n_nodes; v++) {
		const char *shape = v < tree->n_leaves ? "plaintext" : "point";

		codist_text_add(&text, "\tn%zu [shape=%s, label=", v, shape);
		add_string(&text, tree->names[v] ? tree->names[v] : "");
		codist_text_add(&text, "];\n");
	}
	for (size_t v = 0; v + 1 < tree->n_nodes; v++) {
		char number[CODIST_REAL_SIZE];

		codist_text_add(&text, "\tn%zu %s n%zu", tree->parent[v], edge,
				v);
		if (!isnan(tree->length[v])) {
			codist_format_real(tree->length[v], number);
			codist_text_add(&text, " [tooltip=\"%s\"]", number);
		}
		codist_text_add(&text, ";\n");
	}
	codist_text_add(&text, "}\n");
	return finish(&text);
}
