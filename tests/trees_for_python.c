/*
 * trees_for_python.c - what codist makes of the distances a script feeds in
 *
 *     cluster LINKAGE  matrices, each "n" and n times n distances; of each, the
 *                      lines "first second distance n_items" of the merges
 *     tree METHOD      likewise; of each, a tree in Newick and its score, by
 *                      neighbour joining (join) or the quartet method (climb)
 *     score            trees in Newick by line, each before such a matrix;
 *                      their scores
 *     compare          pairs of lines, trees in Newick; of each pair both
 *                      numbers of splits, that of those that differ, normalized
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
	fprintf(stderr, "trees_for_python: %s\n", what);
	exit(1);
}

static void *take(size_t n, size_t size)
{
	void *taken = calloc(n + 1, size);

	if (!taken)
		fail("out of memory");
	return taken;
}

static double *read_matrix(size_t n)
{
	double *distances = take(n * n, sizeof(*distances));

	for (size_t i = 0; i < n * n; i++)
		if (scanf("%lf", &distances[i]) != 1)
			fail("expected a distance");
	return distances;
}

static void cluster(const char *linkage)
{
	static const char *const names[] = { "single", "complete", "average",
					     "weighted", "ward" };
	struct codist_error err = { 0 };
	size_t n, l = 0;

	while (strcmp(names[l], linkage) != 0)
		if (++l == sizeof(names) / sizeof(names[0]))
			fail("no such linkage");
	while (scanf("%zu", &n) == 1) {
		double *distances = read_matrix(n);
		struct codist_merge *merges = take(n, sizeof(*merges));

		if (codist_cluster(merges, (enum codist_linkage)l, distances,
				   n, &err))
			fail(err.message);
		for (size_t i = 0; i + 1 < n; i++)
			printf("%zu %zu %.17g %zu\n", merges[i].first,
			       merges[i].second, merges[i].distance,
			       merges[i].n_items);
		free(merges);
		free(distances);
	}
}

static void print_score(const struct codist_tree *tree,
			const double *distances, size_t n)
{
	struct codist_error err = { 0 };
	struct codist_quartets quartets;
	double score = 0;

	if (codist_quartets_init(&quartets, distances, n, NULL, &err) ||
	    codist_quartets_score(&quartets, tree, &score, &err))
		fail(err.message);
	printf("%.17g\n", score);
}

static void climb(struct codist_tree *tree, const double *distances, size_t n)
{
	struct codist_quartets_how how = { .seed = n, .patience = 2000 };
	struct codist_quartets_found found;
	struct codist_error err = { 0 };
	struct codist_quartets quartets;

	if (codist_quartets_init(&quartets, distances, n, &how, &err) ||
	    codist_quartets_climb(&quartets, NULL, 0, &how, &found, &err))
		fail(err.message);
	*tree = found.tree;
}

static void build_trees(const char *method)
{
	struct codist_error err = { 0 };
	size_t n;

	while (scanf("%zu", &n) == 1) {
		double *distances = read_matrix(n);
		struct codist_tree tree;
		char *text;

		if (strcmp(method, "climb") == 0)
			climb(&tree, distances, n);
		else if (codist_tree_join(&tree, distances, n, NULL, &err))
			fail(err.message);
		text = codist_tree_newick(&tree);
		if (!text)
			fail("out of memory");
		printf("%s", text);
		print_score(&tree, distances, n);
		free(text);
		codist_tree_release(&tree);
		free(distances);
	}
}

static int read_tree(struct codist_tree *tree)
{
	static char line[1 << 16];
	struct codist_error err = { 0 };
	struct codist_bytes text;

	do
		if (!fgets(line, sizeof(line), stdin))
			return 0;
	while (*line == '\n');
	text = (struct codist_bytes){ (unsigned char *)line, strlen(line) };
	if (codist_tree_read(tree, text, "a line", &err))
		fail(err.message);
	return 1;
}

static void score_trees(void)
{
	struct codist_tree tree;
	size_t n;

	while (read_tree(&tree)) {
		double *distances;

		if (scanf("%zu", &n) != 1)
			fail("expected a matrix");
		distances = read_matrix(n);
		print_score(&tree, distances, n);
		codist_tree_release(&tree);
		free(distances);
	}
}

static void compare_trees(void)
{
	struct codist_tree a, b;
	struct codist_tree_distance distance;
	struct codist_error err = { 0 };

	while (read_tree(&a) && read_tree(&b)) {
		if (codist_tree_compare(&a, &b, &distance, &err))
			fail(err.message);
		printf("%zu %zu %zu %.17g\n", distance.n_splits[0],
		       distance.n_splits[1], distance.n_differing,
		       distance.normalized);
		codist_tree_release(&a);
		codist_tree_release(&b);
	}
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "cluster") == 0)
		cluster(argv[2]);
	else if (argc == 3 && strcmp(argv[1], "tree") == 0)
		build_trees(argv[2]);
	else if (argc == 2 && strcmp(argv[1], "score") == 0)
		score_trees();
	else if (argc == 2 && strcmp(argv[1], "compare") == 0)
		compare_trees();
	else
		fail("expected cluster LINKAGE, tree METHOD, score or compare");
	return 0;
}
