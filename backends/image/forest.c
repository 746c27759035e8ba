/*
 * forest.c - context trees, each of which predicts a bit by those before it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "coding.h"
#include "forest.h"

#include <assert.h>
#include <stdlib.h>

/* No weight gets so near to 0 or to 1 that it cannot come back. */
#define LEAST_WEIGHT 0x1p-30

/* The nodes of a context, from the root on, and what they say of a 1. */
struct path {
	unsigned n;
	size_t node[CODIST_DEPTH_MOST + 1];
	double mixed[CODIST_DEPTH_MOST]; /* of all but the last */
};

/* The same of nodes that only listen: all but the last of a path. */
struct question {
	const struct codist_node *path[CODIST_DEPTH_MOST];
	unsigned n;
	int32_t at; /* where it goes on, or has ended */
};

void codist_forest_release(struct codist_forest *forest)
{
	free(forest->nodes);
	free(forest->changes);
	forest->nodes = NULL;
	forest->changes = NULL;
}

void codist_forest_clear(struct codist_forest *forest)
{
	forest->n_nodes = forest->n_changes = 0;
	forest->is_marked = 0;
}

/* Room for more elements of an array; 1 if there is. */
static int grow(void **array, size_t size, size_t n, size_t more,
		size_t *capacity)
{
	size_t wanted = *capacity + *capacity / 2 + more;
	void *grown;

	if (n + more <= *capacity)
		return 1;
	if (wanted > INT32_MAX || wanted > SIZE_MAX / size)
		return 0;
	grown = realloc(*array, wanted * size);
	if (!grown)
		return 0;
	*array = grown;
	*capacity = wanted;
	return 1;
}

/* Room for all that a visit makes and changes. */
static int make_room(struct codist_forest *forest)
{
	return grow((void **)&forest->nodes, sizeof(*forest->nodes),
		    forest->n_nodes, 2 * CODIST_DEPTH_MOST + 2,
		    &forest->capacity) &&
	       (!forest->is_marked ||
		grow((void **)&forest->changes, sizeof(*forest->changes),
		     forest->n_changes, CODIST_DEPTH_MOST + 1,
		     &forest->changes_capacity));
}

static int32_t add_node(struct codist_forest *forest)
{
	assert(forest->n_nodes < forest->capacity);
	forest->nodes[forest->n_nodes] = (struct codist_node){
		.weight = 0, .own = 0.5,
	};
	return (int32_t)forest->n_nodes++;
}

enum codist_status codist_forest_plant(struct codist_forest *forest,
				       int32_t *tree, struct codist_error *err)
{
	if (!make_room(forest))
		return codist_no_memory(err, "context trees");
	*tree = add_node(forest);
	return CODIST_OK;
}

static int is_fresh(const struct codist_node *node)
{
	return node->n[0] == 0 && node->n[1] == 0;
}

static int is_lone(const struct codist_node *node)
{
	return node->weight == 0;
}

static double mix(double weight, double own, double below)
{
	return below + weight * (own - below);
}

static uint32_t in_parts(double p1)
{
	uint32_t parts = (uint32_t)(p1 * CODIST_PROBABILITY_ONE + 0.5);

	return parts < 1 ? 1 :
	       parts > CODIST_PROBABILITY_ONE - 1 ? CODIST_PROBABILITY_ONE - 1 :
						    parts;
}

/*
 * What a lone node says of a context, with the children that it would have on the
 * path of its own context, as far as both go the same way.
 */
static double listen_to_lone(const struct codist_forest *forest,
			     const struct codist_node *node, unsigned depth,
			     uint32_t context)
{
	uint32_t differs = (node->below.context ^ context) >> depth;
	double said = 0.5;
	unsigned n = depth;

	while (n < forest->depth && !(differs & 1)) {
		differs >>= 1;
		n++;
	}
	if (n == forest->depth)
		return node->own;
	do
		said = mix(forest->weight, node->own, said);
	while (n-- > depth);
	return said;
}

/* One node further on a context's path; 0 at its end. */
static int step(const struct codist_forest *forest, struct question *question,
		uint32_t context)
{
	const struct codist_node *node;
	unsigned n = question->n;

	if (question->at == CODIST_NO_TREE)
		return 0;
	node = &forest->nodes[question->at];
	if (n == forest->depth || is_lone(node))
		return 0;
	question->path[n] = node;
	question->at = node->below.child[context >> n & 1];
	question->n++;
#if defined(__GNUC__)
	if (question->at != CODIST_NO_TREE)
		__builtin_prefetch(&forest->nodes[question->at]);
#endif
	return 1;
}

static uint32_t answer(const struct codist_forest *forest,
		       const struct question *question, uint32_t context)
{
	unsigned n = question->n;
	double said = 0.5;

	if (question->at != CODIST_NO_TREE)
		said = listen_to_lone(forest, &forest->nodes[question->at], n,
				      context);
	while (n-- > 0)
		said = mix(question->path[n]->weight, question->path[n]->own,
			   said);
	return in_parts(said);
}

void codist_forest_predict(const struct codist_forest *forest, size_t n,
			   const int32_t *trees, const uint32_t *contexts,
			   uint32_t *p1)
{
	struct question questions[CODIST_AT_ONCE];
	int goes_on;

	assert(n <= CODIST_AT_ONCE);
	for (size_t i = 0; i < n; i++) {
		questions[i].at = trees[i];
		questions[i].n = 0;
	}
	do {
		goes_on = 0;
		for (size_t i = 0; i < n; i++)
			goes_on |= step(forest, &questions[i], contexts[i]);
	} while (goes_on);
	for (size_t i = 0; i < n; i++)
		p1[i] = answer(forest, &questions[i], contexts[i]);
}

/* It is about to change. */
static void note(struct codist_forest *forest, size_t at)
{
	if (forest->is_marked && at < forest->mark)
		forest->changes[forest->n_changes++] = (struct codist_change){
			at, forest->nodes[at] };
}

/* It is visited in another context: the child of the old one is made. */
static void make_child_of_lone(struct codist_forest *forest, size_t at,
			       unsigned depth)
{
	int32_t child = add_node(forest);
	struct codist_node *node = &forest->nodes[at];
	struct codist_node *made = &forest->nodes[child];
	uint32_t context = node->below.context;

	made->n[0] = node->n[0];
	made->n[1] = node->n[1];
	made->own = node->own;
	if (depth + 1 < forest->depth)
		made->below.context = context;
	node->below.child[0] = node->below.child[1] = CODIST_NO_TREE;
	node->below.child[context >> depth & 1] = child;
	node->weight = forest->weight;
}

/* Make what is missing of a context's path, down to a lone node. */
static void walk(struct codist_forest *forest, struct path *path, int32_t tree,
		 uint32_t context)
{
	size_t at = (size_t)tree;

	for (path->n = 0;; path->n++) {
		unsigned depth = path->n, bit = context >> depth & 1;

		path->node[depth] = at;
		note(forest, at);
		if (depth == forest->depth)
			break;
		if (is_fresh(&forest->nodes[at]))
			forest->nodes[at].below.context = context;
		if (is_lone(&forest->nodes[at])) {
			uint32_t other = forest->nodes[at].below.context;

			if ((other ^ context) >> depth == 0)
				break;
			make_child_of_lone(forest, at, depth);
		}
		if (forest->nodes[at].below.child[bit] == CODIST_NO_TREE) {
			int32_t child = add_node(forest);

			forest->nodes[at].below.child[bit] = child;
		}
		at = (size_t)forest->nodes[at].below.child[bit];
	}
	path->n++;
}

/* What each node of a path says, from the last one up, which has no child. */
static double listen(const struct codist_forest *forest, struct path *path)
{
	unsigned d = path->n - 1;
	double said;

	said = forest->nodes[path->node[d]].own;
	while (d-- > 0) {
		const struct codist_node *node = &forest->nodes[path->node[d]];

		said = mix(node->weight, node->own, said);
		path->mixed[d] = said;
	}
	return said;
}

static double of_bit(double p1, unsigned bit)
{
	return bit ? p1 : 1 - p1;
}

/* Bayes's rule. What says the same as all others neither gains nor loses. */
static double judged(double weight, double own, double mixed)
{
	if (own == mixed)
		return weight;
	weight = weight * own / mixed;
	return weight < LEAST_WEIGHT	 ? LEAST_WEIGHT :
	       weight > 1 - LEAST_WEIGHT ? 1 - LEAST_WEIGHT :
					   weight;
}

static void count(const struct codist_forest *forest, struct codist_node *node,
		  unsigned bit)
{
	node->n[bit]++;
	node->own = (node->n[1] + forest->alpha) /
		    ((double)node->n[0] + node->n[1] + 2 * forest->alpha);
}

uint32_t codist_forest_learn(struct codist_forest *forest, int32_t tree,
			     uint32_t context, unsigned bit)
{
	struct path path;
	double p1;

	if (!make_room(forest))
		return 0;
	walk(forest, &path, tree, context);
	p1 = listen(forest, &path);
	for (unsigned d = 0; d + 1 < path.n; d++) {
		struct codist_node *node = &forest->nodes[path.node[d]];

		node->weight = judged(node->weight, of_bit(node->own, bit),
				      of_bit(path.mixed[d], bit));
		count(forest, node, bit);
	}
	count(forest, &forest->nodes[path.node[path.n - 1]], bit);
	return in_parts(p1);
}

void codist_forest_mark(struct codist_forest *forest)
{
	forest->is_marked = 1;
	forest->mark = forest->n_nodes;
	forest->n_changes = 0;
}

/* The last change first: a node may have changed more than once. */
void codist_forest_undo(struct codist_forest *forest)
{
	while (forest->n_changes > 0) {
		const struct codist_change *change =
			&forest->changes[--forest->n_changes];

		forest->nodes[change->at] = change->was;
	}
	forest->n_nodes = forest->mark;
	forest->is_marked = 0;
}
