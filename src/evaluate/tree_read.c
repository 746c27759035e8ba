/*
 * tree_read.c - trees from Newick and NEXUS
 *
 * Nodes are taken as they come, each with its parent, and numbered at the end,
 * so that nothing here is as deep as the tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "evaluate/tree_tokens.h"

#include <codist/tree.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A node as it came; its parent came before it. */
struct node {
	size_t parent;
	size_t number;  /* among the leaves, or among inner nodes */
	int has_children;
	double length;
	char *name;     /* NULL: none */
};

/* A short name of NEXUS for a leaf. */
struct translation {
	char *from, *to;
};

struct reading {
	struct codist_tokens tokens;
	struct node *nodes; /* [n] */
	size_t n, capacity;
	size_t n_leaves, n_closed; /* numbers given to leaves and inner nodes */
	char rooted;        /* 'R', 'U', or 0: it was not said */
	struct translation *translations; /* [n_translations] */
	size_t n_translations, more_translations;
};

static void release(struct reading *reading)
{
	for (size_t i = 0; i < reading->n; i++)
		free(reading->nodes[i].name);
	for (size_t i = 0; i < reading->n_translations; i++) {
		free(reading->translations[i].from);
		free(reading->translations[i].to);
	}
	free(reading->nodes);
	free(reading->translations);
	free(reading->tokens.word.chars);
}

/* Room for one more; 0: there is no memory. */
static int grow(void **items, size_t n, size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? 2 * *capacity : 64;
	void *larger;

	if (n < *capacity)
		return 1;
	larger = realloc(*items, wanted * size);
	if (!larger)
		return 0;
	*items = larger;
	*capacity = wanted;
	return 1;
}

static enum codist_status add_node(struct reading *reading, size_t parent,
				   struct codist_error *err)
{
	void *nodes = reading->nodes;
	int fits = grow(&nodes, reading->n, &reading->capacity,
			sizeof(*reading->nodes));

	reading->nodes = nodes;
	if (!fits)
		return codist_no_memory(err, reading->tokens.name);
	reading->nodes[reading->n++] = (struct node){
		.parent = parent, .length = NAN,
	};
	if (parent != CODIST_NO_NODE)
		reading->nodes[parent].has_children = 1;
	return CODIST_OK;
}

static enum codist_status take_word(struct codist_tokens *tokens, char **word,
				    struct codist_error *err)
{
	*word = codist_text_format("%s", tokens->word.chars);
	if (!*word)
		return codist_no_memory(err, tokens->name);
	return codist_tokens_next(tokens, err);
}

/* What may follow a leaf or a ')': a name, and a length behind a colon. */
static enum codist_status read_label(struct reading *reading, size_t v,
				     struct codist_error *err)
{
	struct codist_tokens *tokens = &reading->tokens;

	if (tokens->sign == 'w')
		CODIST_TRY(take_word(tokens, &reading->nodes[v].name, err));
	if (tokens->sign != ':')
		return CODIST_OK;
	CODIST_TRY(codist_tokens_next(tokens, err));
	if (tokens->sign != 'w' || tokens->is_quoted ||
	    !codist_parse_real(tokens->word.chars, &reading->nodes[v].length))
		return codist_tokens_wrong(tokens, "a finite number, the "
					   "length of a branch", err);
	return codist_tokens_next(tokens, err);
}

/* From the sign at hand to behind the ';'. */
static enum codist_status read_newick(struct reading *reading,
				      struct codist_error *err)
{
	struct codist_tokens *tokens = &reading->tokens;
	size_t v = CODIST_NO_NODE; /* the one that is open, if any */

	reading->rooted = tokens->rooted;
	for (;;) {
		size_t leaf;

		/* Down, to a leaf. */
		for (; tokens->sign == '('; v = reading->n - 1) {
			CODIST_TRY(add_node(reading, v, err));
			CODIST_TRY(codist_tokens_next(tokens, err));
		}
		if (tokens->sign != 'w')
			return codist_tokens_wrong(tokens, "the name of a "
						   "leaf, or '('", err);
		CODIST_TRY(add_node(reading, v, err));
		leaf = reading->n - 1;
		reading->nodes[leaf].number = reading->n_leaves++;
		CODIST_TRY(read_label(reading, leaf, err));
		/* Up, as far as nodes are closed. */
		while (v != CODIST_NO_NODE && tokens->sign == ')') {
			CODIST_TRY(codist_tokens_next(tokens, err));
			CODIST_TRY(read_label(reading, v, err));
			reading->nodes[v].number = reading->n_closed++;
			v = reading->nodes[v].parent;
		}
		if (v == CODIST_NO_NODE)
			break;
		if (tokens->sign != ',')
			return codist_tokens_wrong(tokens, "',' or ')'", err);
		CODIST_TRY(codist_tokens_next(tokens, err));
	}
	if (tokens->sign != ';')
		return codist_tokens_wrong(tokens, "';'", err);
	return codist_tokens_next(tokens, err);
}

static int compare_translations(const void *a, const void *b)
{
	return strcmp(((const struct translation *)a)->from,
		      ((const struct translation *)b)->from);
}

/* SHORT NAME, SHORT NAME ... ; */
static enum codist_status read_translations(struct reading *reading,
					    struct codist_error *err)
{
	struct codist_tokens *tokens = &reading->tokens;

	do {
		void *list = reading->translations;
		int fits = grow(&list, reading->n_translations,
				&reading->more_translations,
				sizeof(struct translation));
		struct translation *new;

		reading->translations = list;
		if (!fits)
			return codist_no_memory(err, tokens->name);
		CODIST_TRY(codist_tokens_next(tokens, err));
		if (tokens->sign == ';' && reading->n_translations > 0)
			break; /* after a comma too many, as is seen */
		if (tokens->sign != 'w')
			return codist_tokens_wrong(tokens, "a short name", err);
		new = &reading->translations[reading->n_translations++];
		*new = (struct translation){ 0 };
		CODIST_TRY(take_word(tokens, &new->from, err));
		if (tokens->sign != 'w')
			return codist_tokens_wrong(tokens, "the name that a "
						   "short one stands for", err);
		CODIST_TRY(take_word(tokens, &new->to, err));
	} while (tokens->sign == ',');
	if (tokens->sign != ';')
		return codist_tokens_wrong(tokens, "',' or ';'", err);
	qsort(reading->translations, reading->n_translations,
	      sizeof(*reading->translations), compare_translations);
	return CODIST_OK;
}

static enum codist_status translate(struct reading *reading,
				    struct codist_error *err)
{
	for (size_t i = 0; i < reading->n; i++) {
		struct node *node = &reading->nodes[i];
		struct translation key = { .from = node->name }, *found;
		char *name;

		if (node->has_children || reading->n_translations == 0)
			continue;
		found = bsearch(&key, reading->translations,
				reading->n_translations, sizeof(key),
				compare_translations);
		if (!found)
			continue;
		name = codist_text_format("%s", found->to);
		if (!name)
			return codist_no_memory(err, reading->tokens.name);
		free(node->name);
		node->name = name;
	}
	return CODIST_OK;
}

static enum codist_status skip_statement(struct codist_tokens *tokens,
					 struct codist_error *err)
{
	while (tokens->sign && tokens->sign != ';')
		CODIST_TRY(codist_tokens_next(tokens, err));
	return CODIST_OK;
}

/* TREE NAME = NEWICK */
static enum codist_status read_tree(struct reading *reading,
				    struct codist_error *err)
{
	struct codist_tokens *tokens = &reading->tokens;

	if (reading->n > 0)
		return codist_tokens_wrong(tokens, "a single tree", err);
	CODIST_TRY(codist_tokens_next(tokens, err));
	if (tokens->sign != 'w')
		return codist_tokens_wrong(tokens, "the name of a tree", err);
	CODIST_TRY(codist_tokens_next(tokens, err));
	if (tokens->sign != '=')
		return codist_tokens_wrong(tokens, "'='", err);
	tokens->rooted = '\0'; /* of what comes, not of an earlier comment */
	CODIST_TRY(codist_tokens_next(tokens, err));
	return read_newick(reading, err);
}

/* Statements end in ';', at which the block's own loop looks for the next. */
static enum codist_status read_block(struct reading *reading,
				     struct codist_error *err)
{
	struct codist_tokens *tokens = &reading->tokens;

	CODIST_TRY(codist_tokens_next(tokens, err));
	while (tokens->sign && !codist_tokens_are(tokens, "end") &&
	       !codist_tokens_are(tokens, "endblock")) {
		if (codist_tokens_are(tokens, "tree") ||
		    codist_tokens_are(tokens, "utree")) {
			CODIST_TRY(read_tree(reading, err));
			continue;
		}
		if (codist_tokens_are(tokens, "translate"))
			CODIST_TRY(read_translations(reading, err));
		CODIST_TRY(skip_statement(tokens, err));
		CODIST_TRY(codist_tokens_next(tokens, err));
	}
	return skip_statement(tokens, err);
}

static enum codist_status read_nexus(struct reading *reading,
				     struct codist_error *err)
{
	struct codist_tokens *tokens = &reading->tokens;

	while (tokens->sign) {
		int is_begin = codist_tokens_are(tokens, "begin");

		CODIST_TRY(codist_tokens_next(tokens, err));
		if (!is_begin || !codist_tokens_are(tokens, "trees"))
			continue;
		CODIST_TRY(codist_tokens_next(tokens, err));
		if (tokens->sign != ';')
			return codist_tokens_wrong(tokens, "';'", err);
		CODIST_TRY(read_block(reading, err));
	}
	if (reading->n == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: no tree in it, expected a block TREES "
				   "with one", tokens->name);
	return translate(reading, err);
}

/* The node in the tree; inner ones were numbered after all below them. */
static size_t final(const struct reading *reading, size_t i)
{
	const struct node *node = &reading->nodes[i];

	return node->number + (node->has_children ? reading->n_leaves : 0);
}

static enum codist_status build(struct reading *reading,
				struct codist_tree *tree,
				struct codist_error *err)
{
	char **names = calloc(reading->n, sizeof(*names));
	enum codist_status status;

	if (!names)
		return codist_no_memory(err, reading->tokens.name);
	for (size_t i = 0; i < reading->n; i++)
		names[final(reading, i)] = reading->nodes[i].name;
	status = codist_tree_init(tree, reading->n_leaves, reading->n_closed,
				  (const char *const *)names, err);
	free(names);
	for (size_t i = 0; status == CODIST_OK && i < reading->n; i++) {
		struct node *node = &reading->nodes[i];
		size_t v = final(reading, i);

		tree->length[v] = node->length;
		if (node->parent != CODIST_NO_NODE)
			tree->parent[v] = final(reading, node->parent);
		if (!node->has_children)
			continue;
		tree->names[v] = node->name;
		node->name = NULL;
	}
	return status;
}

static enum codist_status check_names(const struct codist_tree *tree,
				      const char *name,
				      struct codist_error *err)
{
	const char *const *names = (const char *const *)tree->names;
	const char *repeated;

	for (size_t i = 0; i < tree->n_leaves; i++)
		if (!*names[i])
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: a leaf with an empty name",
					   name);
	CODIST_TRY(codist_names_repeated(&repeated, names, tree->n_leaves,
					 err));
	if (!repeated)
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: two leaves are named '%s'", name, repeated);
}

static int root_has_two_children(const struct codist_tree *tree)
{
	size_t n_children = 0;

	for (size_t v = 0; v + 1 < tree->n_nodes; v++)
		n_children += tree->parent[v] == tree->n_nodes - 1;
	return n_children == 2;
}

static enum codist_status read_any(struct reading *reading,
				   struct codist_error *err)
{
	static const char nexus[] = "#NEXUS";
	struct codist_tokens *tokens = &reading->tokens;

	CODIST_TRY(codist_tokens_next(tokens, err));
	if (codist_tokens_are(tokens, nexus))
		return read_nexus(reading, err);
	CODIST_TRY(read_newick(reading, err));
	if (tokens->sign)
		return codist_tokens_wrong(tokens, "the end, after one tree",
					   err);
	return CODIST_OK;
}

enum codist_status codist_tree_read(struct codist_tree *tree,
				    struct codist_bytes text, const char *name,
				    struct codist_error *err)
{
	const char *begin = text.nbytes ? (const char *)text.data : "";
	struct reading reading = {
		.tokens = { .at = begin, .end = begin + text.nbytes,
			    .name = name, .line = 1 },
	};
	enum codist_status status = read_any(&reading, err);

	if (status == CODIST_OK)
		status = build(&reading, tree, err);
	release(&reading);
	if (status != CODIST_OK)
		return status;
	tree->is_rooted = reading.rooted ? reading.rooted == 'R' :
					   root_has_two_children(tree);
	status = check_names(tree, name, err);
	if (status != CODIST_OK)
		codist_tree_release(tree);
	return status;
}
