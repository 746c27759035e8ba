/*
 * test_tree.c - trees out of distances, and trees as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char *const letters[] = { "a", "b", "c", "d", "e" };

static void assert_text(char *text, const char *expected)
{
	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
}

static enum codist_status read_text(struct codist_tree *tree, const char *text,
				    struct codist_error *err)
{
	struct codist_bytes bytes = { (const unsigned char *)text,
				      strlen(text) };

	return codist_tree_read(tree, bytes, "it", err);
}

struct refusal {
	const char *text, *message;
};

static void assert_refused(const struct refusal *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct codist_error err = { 0 };
		struct codist_tree tree;

		assert_int_equal(read_text(&tree, cases[i].text, &err),
				 CODIST_EFORMAT);
		if (!strstr(err.message, cases[i].message))
			fail_msg("'%s': %s", cases[i].text, err.message);
	}
}

static struct codist_tree tree_of(const char *text)
{
	struct codist_error err = { 0 };
	struct codist_tree tree;

	if (read_text(&tree, text, &err))
		fail_msg("%s", err.message);
	return tree;
}

/*
 * The paths in ((a:2,b:3):3,c:4,(d:2,e:1):2): a to b 2 + 3, a to c 2 + 3 + 4,
 * a to d 2 + 3 + 2 + 2, b to e 3 + 3 + 2 + 1 and so on.
 */
static const double additive[] = {
	0, 5,  9,  9,  8,
	5, 0,  10, 10, 9,
	9, 10, 0,  8,  7,
	9, 10, 8,  0,  3,
	8, 9,  7,  3,  0,
};

static void neighbour_joining_recovers_a_tree_from_its_paths(void **state)
{
	struct codist_tree tree;

	(void)state;
	assert_int_equal(codist_tree_join(&tree, additive, 5, letters, NULL),
			 CODIST_OK);
	assert_false(tree.is_rooted);
	assert_text(codist_tree_newick(&tree),
		    "(d:2,e:1,(c:4,(a:2,b:3):3):2);\n");
	codist_tree_release(&tree);
}

/*
 * Three leaves: a = (3 + 4 - 9) / 2, b = (3 + 9 - 4) / 2, c = (4 + 9 - 3) / 2.
 */
static void what_is_no_metric_gives_negative_lengths(void **state)
{
	const double d[] = { 0, 3, 4, 3, 0, 9, 4, 9, 0 };
	struct codist_tree tree;

	(void)state;
	assert_int_equal(codist_tree_join(&tree, d, 3, letters, NULL),
			 CODIST_OK);
	assert_text(codist_tree_newick(&tree), "(a:-1,b:4,c:5);\n");
	codist_tree_release(&tree);
}

static void one_and_two_leaves_are_trees(void **state)
{
	const double d[] = { 0, 3, 3, 0 };
	struct codist_merge merges[1];
	struct codist_tree tree;

	(void)state;
	for (size_t n = 1; n <= 2; n++) {
		const char *newick = n == 1 ? "a;\n" : "(a:1.5,b:1.5);\n";
		struct codist_quartets_how how = { 0 };
		struct codist_quartets_found found;
		struct codist_quartets quartets;
		double score = 0;

		assert_int_equal(codist_tree_join(&tree, d, n, letters, NULL),
				 CODIST_OK);
		assert_text(codist_tree_newick(&tree), newick);
		codist_tree_release(&tree);
		assert_int_equal(codist_cluster(merges, CODIST_SINGLE, d, n,
						NULL), CODIST_OK);
		assert_int_equal(codist_tree_from_merges(&tree, merges, n,
							 letters, NULL),
				 CODIST_OK);
		assert_text(codist_tree_newick(&tree), newick);
		assert_int_equal(codist_quartets_init(&quartets, d, n, NULL,
						      NULL), CODIST_OK);
		assert_int_equal(codist_quartets_score(&quartets, &tree,
						       &score, NULL),
				 CODIST_OK);
		assert_true(score == 1);
		codist_tree_release(&tree);
		assert_int_equal(codist_quartets_climb(&quartets, letters, 0,
						       &how, &found, NULL),
				 CODIST_OK);
		assert_true(found.score == 1);
		assert_text(codist_tree_newick(&found.tree),
			    n == 1 ? "a;\n" : "(a,b);\n");
		codist_tree_release(&found.tree);
	}
}

/*
 * UPGMA of the additive matrix: d, e at 3; a, b at 5; c to {d,e} (8 + 7) / 2 =
 * 7.5; {a,b} to {c,d,e} (9 + 10 + 9 + 10 + 8 + 9) / 6 = 55 / 6. Nodes stand at
 * half of that.
 */
static void upgma_stands_at_half_the_distances(void **state)
{
	struct codist_merge merges[4];
	struct codist_tree tree;

	(void)state;
	assert_int_equal(codist_cluster(merges, CODIST_AVERAGE, additive, 5,
					NULL), CODIST_OK);
	assert_int_equal(merges[2].first, 2);
	assert_int_equal(merges[2].second, 5);
	assert_int_equal(merges[2].n_items, 3);
	assert_true(merges[2].distance == 7.5);
	assert_true(fabs(merges[3].distance - 55. / 6) < 1e-14);
	assert_int_equal(codist_tree_from_merges(&tree, merges, 5, letters,
						 NULL), CODIST_OK);
	assert_true(tree.is_rooted);
	assert_int_equal(tree.parent[2], 7);
	assert_true(tree.length[2] == 3.75);
	assert_true(tree.length[5] == 3.75 - 1.5);
	assert_true(tree.length[0] == 2.5);
	codist_tree_release(&tree);
}

/*
 * All pairs are as near, and remain so; Ward: ((1 + 1) + (1 + 1) - 1) / 3 = 1.
 * So 0 and 1 come first, then their cluster, at the place of 0, and 2.
 */
static void ties_go_to_the_smallest_indices(void **state)
{
	const double d[] = { 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0 };
	struct codist_merge merges[3];
	struct codist_tree tree;

	(void)state;
	for (int l = CODIST_SINGLE; l <= CODIST_WARD; l++) {
		assert_int_equal(codist_cluster(merges, (enum codist_linkage)l,
						d, 4, NULL), CODIST_OK);
		assert_int_equal(merges[0].first, 0);
		assert_int_equal(merges[0].second, 1);
		assert_int_equal(merges[1].first, 2);
		assert_int_equal(merges[1].second, 4);
	}
	assert_int_equal(codist_tree_join(&tree, d, 4, letters, NULL),
			 CODIST_OK);
	assert_int_equal(tree.parent[0], 4);
	assert_int_equal(tree.parent[1], 4);
	codist_tree_release(&tree);
}

static void bad_distances_are_named(void **state)
{
	static const struct {
		size_t at;
		double value;
		const char *message;
	} cases[] = {
		{ 1, NAN, "'a' and 'b': nan, expected a finite number" },
		{ 3, INFINITY, "'b' and 'a': inf, expected a finite" },
		{ 0, 0.5, "'a' and 'a': 0.5, expected 0" },
		{ 2, -1, "'a' and 'b': -1, expected 0 or more" },
		{ 1, 2e100, "expected at most 1e100" },
		{ 1, 7, "'b' and 'a': 1, expected the same as the other" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		double d[] = { 0, 1, 1, 0 };
		struct codist_error err = { 0 };
		struct codist_quartets quartets;
		struct codist_merge merges[1];
		struct codist_tree tree;

		d[cases[i].at == 3 ? 2 : cases[i].at == 2 ? 1 : cases[i].at] =
			cases[i].value;
		assert_int_equal(codist_tree_join(&tree, d, 2, letters, &err),
				 CODIST_EFORMAT);
		if (!strstr(err.message, cases[i].message))
			fail_msg("%s", err.message);
		assert_int_equal(codist_cluster(merges, CODIST_WARD, d, 2,
						NULL), CODIST_EFORMAT);
		assert_int_equal(codist_quartets_init(&quartets, d, 2, NULL,
						      NULL), CODIST_EFORMAT);
	}
}

static double score_of(const struct codist_tree *tree, const double *d,
		       size_t n)
{
	struct codist_quartets quartets;
	double score = -1;

	assert_int_equal(codist_quartets_init(&quartets, d, n, NULL, NULL),
			 CODIST_OK);
	assert_int_equal(codist_quartets_score(&quartets, tree, &score, NULL),
			 CODIST_OK);
	return score;
}

/*
 * With d(a,b) = 1, d(c,d) = 2, d(a,c) = 3, d(b,d) = 4, d(a,d) = 5, d(b,c) = 7:
 * ab|cd costs 3, ac|bd 7, ad|bc 12. So S = 1, (12 - 7) / (12 - 3) and 0.
 */
static void the_score_of_four_leaves_is_that_of_their_quartet(void **state)
{
	const double d[] = { 0, 1, 3, 5, 1, 0, 7, 4, 3, 7, 0, 2, 5, 4, 2, 0 };
	/* Leaves are numbered as they come, so each is a tree of a, b, c, d. */
	static const struct {
		size_t parents[4];
		double score;
	} cases[] = {
		{ { 4, 4, 5, 5 }, 1 },
		{ { 4, 5, 4, 5 }, 5. / 9 },
		{ { 4, 5, 5, 4 }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct codist_tree tree;

		assert_int_equal(codist_tree_init(&tree, 4, 2, letters, NULL),
				 CODIST_OK);
		memcpy(tree.parent, cases[i].parents,
		       sizeof(cases[i].parents));
		tree.parent[4] = 5;
		assert_true(fabs(score_of(&tree, d, 4) - cases[i].score) <
			    1e-15);
		codist_tree_release(&tree);
	}
}

static void a_tree_that_is_not_binary_has_no_score(void **state)
{
	struct codist_tree tree = tree_of("(a,b,c,d,e);");
	struct codist_error err = { 0 };
	struct codist_quartets quartets;
	double score;

	(void)state;
	assert_int_equal(codist_quartets_init(&quartets, additive, 5, NULL,
					      NULL), CODIST_OK);
	assert_int_equal(codist_quartets_score(&quartets, &tree, &score, &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "not binary"));
	codist_tree_release(&tree);
	tree = tree_of("(a,b,(c,d));");
	assert_int_equal(codist_quartets_score(&quartets, &tree, &score, &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "4 leaves, expected 5"));
	codist_tree_release(&tree);
}

/* Paths in a caterpillar of branches that are 1 long. */
static double *caterpillar(size_t n)
{
	double *d = calloc(n * n, sizeof(*d));

	assert_non_null(d);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++) {
			size_t from = j > 0 ? j : 1;
			size_t to = i < n - 1 ? i : n - 2;

			d[i * n + j] = d[j * n + i] =
				to > from ? (double)(to - from + 2) : 2;
		}
	return d;
}

static void the_quartet_method_finds_the_tree_of_an_additive_matrix(void **state)
{
	static const char *const names[] = { "0", "1", "2", "3", "4", "5",
					     "6", "7", "8", "9", "10", "11" };
	double *d = caterpillar(12);
	struct codist_quartets_how how = { .seed = 3 };
	struct codist_quartets_found found, again;
	struct codist_tree_distance distance;
	struct codist_quartets quartets;
	struct codist_tree truth;

	(void)state;
	assert_int_equal(codist_quartets_init(&quartets, d, 12, NULL, NULL),
			 CODIST_OK);
	assert_int_equal(codist_quartets_climb(&quartets, names, 0, &how,
					       &found, NULL), CODIST_OK);
	assert_true(fabs(found.score - 1) < 1e-12);
	truth = tree_of("(((((((((((0,1),2),3),4),5),6),7),8),9),10),11);");
	assert_int_equal(codist_tree_compare(&found.tree, &truth, &distance,
					     NULL), CODIST_OK);
	assert_int_equal(distance.n_splits[0], 9);
	assert_int_equal(distance.n_differing, 0);
	codist_tree_release(&truth);

	assert_int_equal(codist_quartets_climb(&quartets, NULL, 0, &how,
					       &again, NULL), CODIST_OK);
	assert_int_equal(again.n_steps, found.n_steps);
	assert_text(codist_tree_newick(&again.tree),
		    "(0,1,(2,(3,(4,(5,(6,(7,(8,(9,(10,11))))))))));\n");
	codist_tree_release(&again.tree);
	assert_int_equal(codist_quartets_climb(&quartets, NULL, 1, &how,
					       &again, NULL), CODIST_OK);
	assert_int_not_equal(again.n_steps, found.n_steps);
	codist_tree_release(&again.tree);
	codist_tree_release(&found.tree);
	free(d);
}

static int stop_at_once(void *user)
{
	++*(int *)user;
	return 1;
}

static void the_quartet_method_stops_when_asked_to(void **state)
{
	/* No tree has S = 1: the quartets of five agree with none. */
	double d[] = { 0, 1, 5, 5, 1, 1, 0, 1, 5, 5, 5, 1, 0, 1, 5,
		       5, 5, 1, 0, 1, 1, 5, 5, 1, 0 };
	int n_calls = 0;
	struct codist_quartets_how how = { .stop = stop_at_once,
					   .user = &n_calls };
	struct codist_quartets_found found;
	struct codist_error err = { 0 };
	struct codist_quartets quartets;

	(void)state;
	assert_int_equal(codist_quartets_init(&quartets, d, 5, &how, &err),
			 CODIST_ECANCELLED);
	assert_int_equal(n_calls, 1);
	assert_int_equal(codist_quartets_init(&quartets, d, 5, NULL, NULL),
			 CODIST_OK);
	assert_int_equal(codist_quartets_climb(&quartets, NULL, 0, &how,
					       &found, &err),
			 CODIST_ECANCELLED);
	assert_non_null(strstr(err.message, "stopped when asked"));
	assert_int_equal(n_calls, 2);
}

/*
 * {a,b}, {a,b,c} and {e,f} against {a,b}, {a,b,d} and {e,f}: 2 of 6 differ.
 */
static void trees_differ_by_the_splits_that_only_one_has(void **state)
{
	struct codist_tree a = tree_of("(((a,b),c),d,(e,f));");
	struct codist_tree b = tree_of("((f,e),((b,a),d),c);");
	struct codist_tree star = tree_of("(a,b,c,d,e,f);");
	struct codist_tree_distance distance;

	(void)state;
	assert_int_equal(codist_tree_compare(&a, &b, &distance, NULL),
			 CODIST_OK);
	assert_int_equal(distance.n_splits[0], 3);
	assert_int_equal(distance.n_splits[1], 3);
	assert_int_equal(distance.n_differing, 2);
	assert_true(distance.normalized == 2. / 6);
	assert_int_equal(codist_tree_compare(&a, &star, &distance, NULL),
			 CODIST_OK);
	assert_int_equal(distance.n_splits[1], 0);
	assert_int_equal(distance.n_differing, 3);
	assert_true(distance.normalized == 1);
	assert_int_equal(codist_tree_compare(&star, &star, &distance, NULL),
			 CODIST_OK);
	assert_true(distance.normalized == 0);
	codist_tree_release(&a);
	codist_tree_release(&b);
	codist_tree_release(&star);
}

static void trees_of_other_leaves_are_not_compared(void **state)
{
	static const char *const others[] = { "(a,b,d);", "(a,b);",
					      "(a,b,c,cat);" };
	static const char *const messages[] = {
		"leaf 'c' is only in the first tree",
		"leaf 'c' is only in the first tree",
		"leaf 'cat' is only in the second tree",
	};
	static const char *const twice[] = { "a", "b", "b" };
	struct codist_tree a = tree_of("(a,b,c);"), b;
	struct codist_tree_distance distance;
	struct codist_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		b = tree_of(others[i]);
		assert_int_equal(codist_tree_compare(&a, &b, &distance, &err),
				 CODIST_EFORMAT);
		assert_non_null(strstr(err.message, messages[i]));
		codist_tree_release(&b);
	}
	assert_int_equal(codist_tree_init(&b, 3, 1, twice, NULL), CODIST_OK);
	for (size_t i = 0; i < 3; i++)
		b.parent[i] = 3;
	assert_int_equal(codist_tree_compare(&b, &b, &distance, &err),
			 CODIST_EFORMAT);
	assert_non_null(strstr(err.message, "'b' stands twice"));
	codist_tree_release(&a);
	codist_tree_release(&b);
}

static size_t misplaced(const struct codist_tree *tree, const char *members)
{
	unsigned char is_member[8] = { 0 };
	size_t n = 99;

	for (size_t v = 0; v < tree->n_leaves; v++)
		is_member[v] = strchr(members, *tree->names[v]) != NULL;
	assert_int_equal(codist_tree_misplaced(tree, is_member, &n, NULL),
			 CODIST_OK);
	return n;
}

static void a_group_is_together_if_a_branch_parts_it_from_the_rest(void **state)
{
	struct codist_tree tree = tree_of("(((a,b),c),d,(e,f));");

	(void)state;
	assert_int_equal(misplaced(&tree, "ab"), 0);
	assert_int_equal(misplaced(&tree, "def"), 0); /* as abc is */
	assert_int_equal(misplaced(&tree, "a"), 0);
	assert_int_equal(misplaced(&tree, "abcdef"), 0);
	assert_int_equal(misplaced(&tree, "ac"), 1); /* b is among them */
	assert_int_equal(misplaced(&tree, "abe"), 1); /* e stands apart */
	assert_int_equal(misplaced(&tree, "bdf"), 2); /* d and f, or b and d */
	codist_tree_release(&tree);
}

static void newick_comes_back_as_it_was_written(void **state)
{
	static const char *const texts[] = {
		"a;\n",
		"(a,b,c);\n",
		"(a:1,b:-2.5,(c,d)inner:0.1)root:7;\n",
		"('it''s','two words','under_score','(',';','caf\xc3\xa9');\n",
		"(b,(((a))));\n",
		"(a,b,c,(d,e),(h,(f,g)));\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct codist_tree tree = tree_of(texts[i]);

		/* A plain name of more than ASCII needs no quotes. */
		if (i == 3)
			assert_text(codist_tree_newick(&tree),
				    "('it''s','two words','under_score','(',"
				    "';',caf\xc3\xa9);\n");
		else
			assert_text(codist_tree_newick(&tree), texts[i]);
		codist_tree_release(&tree);
	}
}

static void newick_is_read_with_comments_and_blanks(void **state)
{
	struct codist_tree tree = tree_of(
		"[one [in another]] [&R]\n( a_1 :1e-3 , 'b'[c]\t:.5,[d]c)\n;\n\n");

	(void)state;
	assert_true(tree.is_rooted);
	assert_string_equal(tree.names[0], "a_1");
	assert_true(tree.length[0] == 1e-3);
	assert_true(tree.length[1] == .5);
	assert_true(isnan(tree.length[2]));
	codist_tree_release(&tree);
	tree = tree_of("(a,(b,c));");
	assert_true(tree.is_rooted);
	codist_tree_release(&tree);
	tree = tree_of("[&U](a,(b,c));");
	assert_false(tree.is_rooted);
	codist_tree_release(&tree);
}

static void bad_newick_is_refused_with_its_line(void **state)
{
	static const struct refusal cases[] = {
		{ "", "it: line 1: the text ends, expected the name" },
		{ "\n\n(a,b)", "line 3: the text ends, expected ';'" },
		{ "(a,b;", "line 1: ';', expected ',' or ')'" },
		{ "(a,,b);", "',', expected the name of a leaf" },
		{ "();", "')', expected the name of a leaf" },
		{ "(a,b));", "')', expected ';'" },
		{ "(a b,c);", "'b', expected ',' or ')'" },
		{ "(a,b);(c,d);", "'(', expected the end, after one tree" },
		{ "(a:x,b);", "'x', expected a finite number" },
		{ "(a:,b);", "',', expected a finite number" },
		{ "(a:nan,b);", "'nan', expected a finite number" },
		{ "(a:1e999,b);", "'1e999', expected a finite number" },
		{ "(a:'1',b);", "'1', expected a finite number" },
		{ "(a,\n'b,c);", "line 2: a quote is not closed" },
		{ "(a,[[b],c);", "line 1: a comment is not closed" },
		{ "(a,b]);", "']', expected ',' or ')'" },
		{ "(a,'');", "it: a leaf with an empty name" },
		{ "(a,(b,a));", "it: two leaves are named 'a'" },
	};

	(void)state;
	assert_refused(cases, sizeof(cases) / sizeof(cases[0]));
}

static void depth_costs_no_stack(void **state)
{
	size_t depth = 300000;
	char *text = malloc(2 * depth + 8), *end = text, *back;
	struct codist_tree tree;

	(void)state;
	assert_non_null(text);
	memset(end, '(', depth);
	end += depth;
	*end++ = 'a';
	memset(end, ')', depth);
	end += depth;
	strcpy(end, ";\n");
	tree = tree_of(text);
	assert_int_equal(tree.n_nodes, depth + 1);
	back = codist_tree_newick(&tree);
	assert_non_null(back);
	assert_string_equal(back, text);
	free(back);
	codist_tree_release(&tree);
	free(text);
}

static void nexus_is_read_with_its_short_names(void **state)
{
	struct codist_tree tree = tree_of(
		"#nexus [of a kind]\nBegin Taxa; Dimensions ntax=3;\n"
		"Taxlabels 'tree' b c; End;\n"
		"begin trees;\n\tTitle 'some; tree';\n"
		"\ttranslate 1 'the tree', 2 b, 3 c;\n"
		"\ttree best = [&r] [x] ((1:2,2:3):4,3[&u]);\nend;\n"
		"begin notes; tree; end;\n");

	(void)state;
	assert_true(tree.is_rooted);
	assert_text(codist_tree_newick(&tree), "(c,('the tree':2,b:3):4);\n");
	codist_tree_release(&tree);
}

static void nexus_comes_back_as_it_was_written(void **state)
{
	struct codist_tree tree = tree_of("[&R](a_b:1,'c d':2,'e''s');");
	char *text = codist_tree_nexus(&tree), *again;

	(void)state;
	assert_non_null(text);
	codist_tree_release(&tree);
	tree = tree_of(text);
	assert_true(tree.is_rooted);
	again = codist_tree_nexus(&tree);
	assert_non_null(again);
	assert_string_equal(text, again);
	assert_non_null(strstr(text, "NTAX=3;"));
	assert_non_null(strstr(text, "\n\t\t'e''s';\nEND;\n"));
	codist_tree_release(&tree);
	free(text);
	free(again);
}

static void bad_nexus_is_refused(void **state)
{
	static const struct refusal cases[] = {
		{ "#NEXUS", "it: no tree in it" },
		{ "#NEXUS begin trees;", "no tree in it" },
		{ "#NEXUS begin trees", "the text ends, expected ';'" },
		{ "#NEXUS begin trees; tree = (a,b);",
		  "'=', expected the name of a tree" },
		{ "#NEXUS begin trees; tree x (a,b);", "'(', expected '='" },
		{ "#NEXUS begin trees; tree x = (a,b); tree y = (b,a); end;",
		  "'tree', expected a single tree" },
		{ "#NEXUS begin trees; translate 1; tree x = (a,b);",
		  "';', expected the name that a short one stands for" },
		{ "#NEXUS begin trees; translate 1 a 2 b; tree x = (1,2);",
		  "'2', expected ',' or ';'" },
		{ "#NEXUS begin trees; translate 1 a, 2 a; tree x = (1,2);",
		  "two leaves are named 'a'" },
	};

	(void)state;
	assert_refused(cases, sizeof(cases) / sizeof(cases[0]));
}

static void a_drawing_has_a_line_for_each_leaf(void **state)
{
	struct codist_tree tree = tree_of("(((cat,dog),cow),rat,bat);");

	(void)state;
	assert_text(codist_tree_drawing(&tree),
		    "+------ rat\n"
		    "+------ bat\n"
		    "`-+---- cow\n"
		    "  `-+-- cat\n"
		    "    `-- dog\n");
	codist_tree_release(&tree);
	tree = tree_of("'a\nb';");
	assert_text(codist_tree_drawing(&tree), "a?b\n");
	codist_tree_release(&tree);
}

static void graphviz_gets_every_branch(void **state)
{
	struct codist_tree tree = tree_of("('a\"b':1,c,d);");

	(void)state;
	assert_text(codist_tree_dot(&tree),
		    "graph tree {\n"
		    "\tlayout=neato;\n"
		    "\tn0 [shape=plaintext, label=\"a\\\"b\"];\n"
		    "\tn1 [shape=plaintext, label=\"c\"];\n"
		    "\tn2 [shape=plaintext, label=\"d\"];\n"
		    "\tn3 [shape=point, label=\"\"];\n"
		    "\tn3 -- n0 [tooltip=\"1\"];\n"
		    "\tn3 -- n1;\n"
		    "\tn3 -- n2;\n"
		    "}\n");
	codist_tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbour_joining_recovers_a_tree_from_its_paths),
		cmocka_unit_test(what_is_no_metric_gives_negative_lengths),
		cmocka_unit_test(one_and_two_leaves_are_trees),
		cmocka_unit_test(upgma_stands_at_half_the_distances),
		cmocka_unit_test(ties_go_to_the_smallest_indices),
		cmocka_unit_test(bad_distances_are_named),
		cmocka_unit_test(the_score_of_four_leaves_is_that_of_their_quartet),
		cmocka_unit_test(a_tree_that_is_not_binary_has_no_score),
		cmocka_unit_test(the_quartet_method_finds_the_tree_of_an_additive_matrix),
		cmocka_unit_test(the_quartet_method_stops_when_asked_to),
		cmocka_unit_test(trees_differ_by_the_splits_that_only_one_has),
		cmocka_unit_test(trees_of_other_leaves_are_not_compared),
		cmocka_unit_test(a_group_is_together_if_a_branch_parts_it_from_the_rest),
		cmocka_unit_test(newick_comes_back_as_it_was_written),
		cmocka_unit_test(newick_is_read_with_comments_and_blanks),
		cmocka_unit_test(bad_newick_is_refused_with_its_line),
		cmocka_unit_test(depth_costs_no_stack),
		cmocka_unit_test(nexus_is_read_with_its_short_names),
		cmocka_unit_test(nexus_comes_back_as_it_was_written),
		cmocka_unit_test(bad_nexus_is_refused),
		cmocka_unit_test(a_drawing_has_a_line_for_each_leaf),
		cmocka_unit_test(graphviz_gets_every_branch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
