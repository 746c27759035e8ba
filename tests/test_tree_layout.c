/*
 * test_tree_layout.c - where the nodes of a tree are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/tree_layout.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

/* Leaves a, b and c are nodes 0 to 2, the inner node is 3, and the root 4. */
static struct codist_tree small(const char *text)
{
	struct codist_bytes bytes = { (const unsigned char *)text,
				      strlen(text) };
	struct codist_tree tree;

	assert_int_equal(codist_tree_read(&tree, bytes, "it", NULL),
			 CODIST_OK);
	assert_int_equal(tree.n_nodes, 5);
	return tree;
}

static void assert_places(const double *values, const double *expected)
{
	for (size_t v = 0; v < 5; v++)
		if (!(fabs(values[v] - expected[v]) < 1e-12))
			fail_msg("node %zu at %g, expected %g", v, values[v],
				 expected[v]);
}

/* c comes first, as leaves are before inner nodes; then a and b. */
static void rectangular_leaves_are_in_rows(void **state)
{
	static const double y[] = { -1, -2, 0, -1.5, -0.75 };
	static const double to_scale[] = { 2, 3, 3, 1, 0 };
	static const double by_depth[] = { 0, 0, 0, -1, -2 };
	struct codist_tree tree = small("((a:1,b:2):1,c:3);");
	struct codist_tree_layout layout;

	(void)state;
	assert_true(codist_layout_init(&layout, &tree, 1, 1));
	assert_places(layout.x, to_scale);
	assert_places(layout.y, y);
	assert_int_equal(layout.leaves[0], 2);
	assert_int_equal(layout.leaves[1], 0);
	assert_int_equal(layout.leaves[2], 1);
	codist_layout_release(&layout);
	assert_true(codist_layout_init(&layout, &tree, 1, 0));
	assert_places(layout.x, by_depth);
	assert_places(layout.y, y);
	codist_layout_release(&layout);
	codist_tree_release(&tree);
}

/*
 * A third of the circle for each leaf: c at 60 degrees, the inner node at 240,
 * the middle of the rest, with a at 180 and b at 300. -1 counts as 0.
 */
static void around_each_leaf_has_the_same_angle(void **state)
{
	const double s = sqrt(0.75);
	const double x[] = { -1.5, -0.5, 1.5, -0.5, 0 };
	const double y[] = { -s, -s, 3 * s, -s, 0 };
	const double x_even[] = { -1.5, 0, 0.5, -0.5, 0 };
	const double y_even[] = { -s, -2 * s, s, -s, 0 };
	struct codist_tree tree = small("((a:1,b:-1):1,c:3);");
	struct codist_tree_layout layout;

	(void)state;
	assert_true(codist_layout_init(&layout, &tree, 0, 1));
	assert_places(layout.x, x);
	assert_places(layout.y, y);
	codist_layout_release(&layout);
	assert_true(codist_layout_init(&layout, &tree, 0, 0));
	assert_places(layout.x, x_even);
	assert_places(layout.y, y_even);
	codist_layout_release(&layout);
	codist_tree_release(&tree);
}

static void lengths_are_to_scale_only_if_all_are_known(void **state)
{
	static const struct {
		const char *text;
		int expected;
	} cases[] = {
		{ "((a:1,b:2):1,c:3);", 1 },  { "((a:1,b:2),c:3);", 0 },
		{ "((a:1,b):1,c:3);", 0 },    { "((a:0,b:0):0,c:0);", 0 },
		{ "((a:0,b:0):0,c:-3);", 0 }, { "((a:0,b:0):0,c:3):9;", 1 },
		{ "((a:1e308,b:1):1,c:1);", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct codist_tree tree = small(cases[i].text);

		assert_int_equal(codist_tree_has_lengths(&tree),
				 cases[i].expected);
		codist_tree_release(&tree);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rectangular_leaves_are_in_rows),
		cmocka_unit_test(around_each_leaf_has_the_same_angle),
		cmocka_unit_test(lengths_are_to_scale_only_if_all_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
