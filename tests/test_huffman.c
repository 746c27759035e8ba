/*
 * test_huffman.c - code lengths are those of zlib's moves, made one by one
 *
 * The twin here sinks an entry until it finds its place, joins two nodes at a
 * time, and goes up from each symbol to the root. Overlong codes are limited
 * as zlib's gen_bitlen() does. CODIST_ROUNDS sets how many trees are drawn,
 * CODIST_SEED which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "../backends/deflate/huffman.h"
#include "stream_property.h"

struct node {
	unsigned frequency, depth, parent, length;
};

struct twin {
	struct node nodes[SIZER_MOST_NODES];
	unsigned heap[SIZER_MOST_SYMBOLS + 2], n; /* from 1 on */
	unsigned order[SIZER_MOST_NODES], n_ordered; /* as they were taken */
};

static const struct sizer_alphabet alphabets[] = { { 5, 15 }, { 1, 15 }, { 1, 7 } };
static const unsigned n_symbols[] = { 286, 30, 19 };

static int is_less(const struct twin *twin, unsigned a, unsigned b)
{
	const struct node *x = &twin->nodes[a], *y = &twin->nodes[b];

	return x->frequency < y->frequency ||
	       (x->frequency == y->frequency && x->depth <= y->depth);
}

static void put_down(struct twin *twin, unsigned at)
{
	unsigned node = twin->heap[at], child;

	while ((child = 2 * at) <= twin->n) {
		if (child < twin->n && is_less(twin, twin->heap[child + 1],
					       twin->heap[child]))
			child++;
		if (is_less(twin, node, twin->heap[child]))
			break;
		twin->heap[at] = twin->heap[child];
		at = child;
	}
	twin->heap[at] = node;
}

static unsigned take(struct twin *twin)
{
	unsigned node = twin->heap[1];

	twin->heap[1] = twin->heap[twin->n--];
	put_down(twin, 1);
	twin->order[twin->n_ordered++] = node;
	return node;
}

/* Joins all; returns the root. */
static unsigned grow(struct twin *twin)
{
	unsigned next = SIZER_MOST_SYMBOLS, a, b;

	for (unsigned at = twin->n / 2; at > 0; at--)
		put_down(twin, at);
	while (twin->n > 1) {
		a = take(twin);
		b = twin->heap[1];
		twin->order[twin->n_ordered++] = b;
		twin->nodes[a].parent = twin->nodes[b].parent = next;
		twin->nodes[next].frequency = twin->nodes[a].frequency +
					      twin->nodes[b].frequency;
		twin->nodes[next].depth =
			1 + (twin->nodes[a].depth > twin->nodes[b].depth ?
				     twin->nodes[a].depth :
				     twin->nodes[b].depth);
		twin->heap[1] = next++;
		put_down(twin, 1);
	}
	return next - 1;
}

static void limit(struct twin *twin, unsigned max, int overflow)
{
	unsigned n_of[16] = { 0 }, bits, i = 0;

	for (unsigned k = 0; k < twin->n_ordered; k++)
		if (twin->order[k] < SIZER_MOST_SYMBOLS)
			n_of[twin->nodes[twin->order[k]].length]++;
	for (; overflow > 0; overflow -= 2) {
		for (bits = max - 1; n_of[bits] == 0; bits--)
			;
		n_of[bits]--;
		n_of[bits + 1] += 2;
		n_of[max]--;
	}
	for (bits = max; bits > 0; bits--)
		for (; n_of[bits] > 0; i++)
			if (twin->order[i] < SIZER_MOST_SYMBOLS) {
				twin->nodes[twin->order[i]].length = bits;
				n_of[bits]--;
			}
}

/* 1: codes came out overlong */
static int measure(struct twin *twin, unsigned max)
{
	unsigned root = grow(twin);
	int overflow = 0;

	for (unsigned i = twin->n_ordered; i-- > 0;) {
		struct node *node = &twin->nodes[twin->order[i]];

		node->length = 1;
		for (unsigned up = node->parent; up != root;
		     up = twin->nodes[up].parent)
			node->length++;
		if (node->length > max) {
			node->length = max;
			overflow++;
		}
	}
	if (overflow)
		limit(twin, max, overflow);
	return overflow > 0;
}

/* Ties, frequencies that halve, and such as make the deepest of trees. */
static void draw_frequencies(uint16_t *frequency, unsigned n, uint64_t *state)
{
	unsigned kind = draw(state, 5), left = 65535, most, deep[2] = { 1, 1 };

	for (unsigned i = 0; i < n; i++) {
		most = kind == 0 ? 3 :
		       kind == 1 ? 200 :
		       kind == 2 ? 1u << draw(state, 12) :
				   20000;
		if (kind == 3) {
			most = deep[0];
			deep[0] = deep[1];
			deep[1] += most;
		}
		if (draw(state, 8) == 0 || most > left || left < n)
			continue;
		frequency[i] = (uint16_t)(kind == 3 ? most : draw(state, most) + 1);
		if (frequency[i] > left)
			frequency[i] = 0;
		left -= frequency[i];
	}
	for (unsigned i = n; i-- > 1;) {
		unsigned k = draw(state, i + 1);
		uint16_t swap = frequency[i];

		frequency[i] = frequency[k];
		frequency[k] = swap;
	}
}

static unsigned plant(struct twin *twin, const struct sizer_tree *tree)
{
	*twin = (struct twin){ 0 };
	for (unsigned i = 0; i <= tree->max_code; i++)
		if (tree->used[i / 64] >> i % 64 & 1) {
			unsigned frequency = tree->frequency[i];

			twin->heap[++twin->n] = i;
			/* what is never sent has a code as well */
			twin->nodes[i].frequency = frequency ? frequency : 1;
		}
	return twin->n;
}

static int compare(const struct sizer_tree *tree)
{
	static struct twin twin;
	uint64_t bits = 0;
	int is_limited;

	assert_true(plant(&twin, tree) >= 2);
	is_limited = measure(&twin, tree->alphabet->max_length);
	for (unsigned i = 0; i <= tree->max_code; i++) {
		assert_int_equal(tree->length[i], twin.nodes[i].length);
		bits += (uint64_t)tree->frequency[i] * twin.nodes[i].length;
	}
	assert_int_equal(tree->bits, bits);
	return is_limited;
}

static void draw_tree(struct sizer_tree *tree, uint16_t *frequency,
		      uint64_t *state)
{
	unsigned which = draw(state, 3);

	*tree = (struct sizer_tree){ .alphabet = &alphabets[which],
				     .frequency = frequency };
	memset(frequency, 0, SIZER_MOST_SYMBOLS * sizeof(*frequency));
	draw_frequencies(frequency, draw(state, n_symbols[which] + 1), state);
	for (unsigned i = 0; i < n_symbols[which]; i++)
		if (frequency[i])
			sizer_set_add(tree->used, i);
}

static void lengths_are_those_of_the_twin(void **test)
{
	static uint16_t frequency[2][SIZER_MOST_SYMBOLS];
	static struct sizer_tree trees[2], alone;
	uint64_t state = 88172645463325252u +
			 (uint64_t)from_environment("CODIST_SEED", 0);
	int rounds = from_environment("CODIST_ROUNDS", 20000), n_limited = 0;

	(void)test;
	for (int i = 0; i < rounds; i++) {
		draw_tree(&trees[0], frequency[0], &state);
		draw_tree(&trees[1], frequency[1], &state);
		alone = trees[0];
		codist_sizer_tree_build(&alone);
		codist_sizer_trees_build(&trees[0], &trees[1]);
		n_limited += compare(&alone);
		compare(&trees[0]);
		compare(&trees[1]);
	}
	assert_true(n_limited > 0 || rounds < 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_are_those_of_the_twin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
