/*
 * codist/tree.h - trees out of distances, their scores, and trees as text
 *
 * Distances are a matrix [n][n], row-major, n >= 1: finite, at least 0 and at
 * most 1e100, symmetric to the last bit, with zeros on the diagonal. Every
 * function that takes one checks that, and CODIST_EFORMAT names the entry.
 * Where several choices are equally good, the one of the smallest indices is
 * taken, so that the same distances give the same tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TREE_H
#define CODIST_TREE_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The parent of the root. */
#define CODIST_NO_NODE SIZE_MAX

/*
 * A tree of n_leaves >= 1 leaves, which are the nodes below n_leaves. The
 * others are inner nodes, and each is greater than all nodes below it, so that
 * the root is the last; a tree of one leaf may consist of that alone. One loop
 * up or down the nodes therefore goes through the tree from the leaves or from
 * the root, however deep it is. Children are ordered by their indices.
 *
 * An unrooted tree is held at some inner node too, which then means nothing.
 */
struct codist_tree {
	size_t n_leaves, n_nodes;
	int is_rooted;
	size_t *parent; /* [n_nodes] */
	double *length; /* [n_nodes], of the branch to the parent; NaN: none is
	                   known, as for the root */
	char **names;   /* [n_nodes]; those of inner nodes may be NULL */
};

/*
 * codist_tree_init() allocates nodes without parents, lengths or, except for
 * the leaves, names, to be released with codist_tree_release().
 *
 *   n_leaves   >= 1
 *   n_inner    0 only for a single leaf
 *   names      [n_leaves], copied; NULL: "0", "1" and so on
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_tree_init(struct codist_tree *tree, size_t n_leaves, size_t n_inner,
		 const char *const *names, struct codist_error *err);
/* codist_tree_release() frees what a tree holds. Harmless on {0}. */
CODIST_API void codist_tree_release(struct codist_tree *tree);

/*
 * codist_distances_check() fails as the functions below would.
 *
 *   names   [n], for messages; NULL: indices
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_distances_check(const double *distances, size_t n,
		       const char *const *names, struct codist_error *err);

/*
 * codist_tree_join() is neighbour joining (Saitou and Nei 1987, in the form of
 * Studier and Keppler 1988): an unrooted tree, binary from n = 3 on. Where
 * distances are the lengths of paths in a tree, it is that tree; otherwise
 * lengths may also be negative, and are left so. Takes O(n^3) time.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_tree_join(struct codist_tree *tree, const double *distances, size_t n,
		 const char *const *names, struct codist_error *err);

/* How the distance of two clusters comes about. */
enum codist_linkage {
	CODIST_SINGLE,   /* the least distance of a member to one of the other */
	CODIST_COMPLETE, /* the greatest */
	CODIST_AVERAGE,  /* the mean over all pairs: UPGMA */
	CODIST_WEIGHTED, /* the mean of those of the two parts: WPGMA */
	CODIST_WARD,     /* Ward 1963, of distances taken for Euclidean */
};

/* One step of clustering, numbers as of SciPy's linkage(). */
struct codist_merge {
	size_t first, second; /* items, or n + i for the cluster of step i;
	                         first < second */
	double distance;      /* of the two, at least that of the step before,
	                         but for rounding */
	size_t n_items;       /* in the cluster of both */
};

/*
 * codist_cluster() merges the two nearest clusters until there is one, with
 * distances to it by the formula of Lance and Williams 1967.
 *
 *   merges   receives [n - 1]
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_cluster(struct codist_merge *merges, enum codist_linkage linkage,
	       const double *distances, size_t n, struct codist_error *err);

/*
 * codist_tree_from_merges() makes a rooted, binary tree of them, in which the
 * path between two leaves is as long as the distance at which they came
 * together: a node stands at half of that above the leaves.
 *
 *   merges   [n - 1], as by codist_cluster()
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_tree_from_merges(struct codist_tree *tree,
			const struct codist_merge *merges, size_t n,
			const char *const *names, struct codist_error *err);

/*
 * The quartet method (Cilibrasi and Vitanyi 2005, section VII, and 2011). Any
 * four leaves can be joined in three ways, of which uv|wx costs d(u,v) +
 * d(w,x), and an unrooted binary tree has one of them in it for any four. Its
 * cost C is the sum over all quartets. With m and M the sums of the least and
 * of the greatest cost of each quartet, its score is
 *
 *     S = (M - C) / (M - m)
 *
 * within 0..1, and 1 if M = m, as when n < 4.
 */
struct codist_quartets {
	size_t n;
	const double *distances; /* [n][n], borrowed */
	double least, greatest;  /* m and M */
};

/* {0}, or what is wanted. */
struct codist_quartets_how {
	uint64_t seed;
	size_t patience; /* steps without success after which a search ends;
	                    0: 100,000 */
	/*
	 * Called a few hundred times a second or more often, from whichever
	 * thread is at work. Nonzero stops with CODIST_ECANCELLED. NULL: not
	 * wanted.
	 */
	int (*stop)(void *user);
	void *user;
};

/*
 * codist_quartets_init() sums up m and M, in O(n^4) time; 4 million quartets
 * of 100 leaves take hundredths of a second.
 *
 *   how   NULL is fine
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_quartets_init(struct codist_quartets *quartets, const double *distances,
		     size_t n, const struct codist_quartets_how *how,
		     struct codist_error *err);

/*
 * codist_quartets_score() is S of any tree of these n leaves, in the order of
 * the matrix, that has three branches at each inner node; a root may have two.
 * CODIST_EUSAGE if it is none. Takes O(n^2) time.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_quartets_score(const struct codist_quartets *quartets,
		      const struct codist_tree *tree, double *score,
		      struct codist_error *err);

/* What one search found. */
struct codist_quartets_found {
	struct codist_tree tree; /* unrooted, without lengths */
	double score;            /* S */
	size_t n_steps;          /* trees tried */
};

/*
 * codist_quartets_climb() searches for a tree of a great S: from a random one
 * on, it changes the best so far at random, by k mutations of the three kinds
 * of the 2011 paper (swap two leaves, swap two subtrees, move a subtree), and
 * takes what is better, until S = 1 or its patience ends. The probability of k
 * has a fat tail: proportional to 1 / ((k + 2) ln^2 (k + 2)), up to k = n.
 *
 *   names     [n]; NULL as above
 *   restart   searches of different numbers are independent of each other
 *   found     receives the result, its tree for codist_tree_release()
 *
 * The result depends on the distances, seed, patience and restart only.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_quartets_climb(const struct codist_quartets *quartets,
		      const char *const *names, size_t restart,
		      const struct codist_quartets_how *how,
		      struct codist_quartets_found *found,
		      struct codist_error *err);

/* How far two trees of the same leaves are from each other. */
struct codist_tree_distance {
	size_t n_splits[2]; /* of each: branches between two inner nodes */
	size_t n_differing; /* splits that only one has: Robinson and Foulds */
	double normalized;  /* over the sum of n_splits; 0 if that is 0 */
};

/*
 * codist_tree_compare() counts the differing bipartitions of two trees, taken
 * as unrooted (Robinson and Foulds 1981). CODIST_EFORMAT names a leaf that only
 * one has, or has twice.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_tree_compare(const struct codist_tree *a, const struct codist_tree *b,
		    struct codist_tree_distance *distance,
		    struct codist_error *err);

/*
 * codist_tree_misplaced() tells whether some leaves come out together: how many
 * leaves, at the branch where they are the fewest, are on the wrong side for
 * that branch to part the group from all others. 0: one does.
 *
 *   is_member   [n_leaves], nonzero for the leaves of the group
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_tree_misplaced(const struct codist_tree *tree,
		      const unsigned char *is_member, size_t *n_misplaced,
		      struct codist_error *err);

/*
 * Trees as text, each a string for free(), or NULL when out of memory.
 *
 *   newick   one line: parentheses, names quoted where they need it, which is
 *            also where they have an underscore, and lengths
 *   nexus    the blocks TAXA and TREES (Maddison, Swofford and Maddison 1997)
 *   dot      a graph for Graphviz; what is no UTF-8 is left as it is
 *   drawing  a line for each leaf, lengths not to scale
 */
CODIST_API char *codist_tree_newick(const struct codist_tree *tree);
CODIST_API char *codist_tree_nexus(const struct codist_tree *tree);
CODIST_API char *codist_tree_dot(const struct codist_tree *tree);
CODIST_API char *codist_tree_drawing(const struct codist_tree *tree);

/*
 * codist_tree_read() reads one tree in Newick, or in the TREES block of NEXUS
 * if the text begins with "#NEXUS". Nodes may have any number of children,
 * comments in brackets are skipped, except that [&R] and [&U] before a tree
 * tell whether it is rooted; without them it is if the root has two children.
 * Underscores stay underscores.
 *
 *   text   any bytes
 *   name   of the text, for messages
 *
 * CODIST_EFORMAT names what is wrong and the line: leaves without a name or of
 * the same name, more than one tree, a length that is not a finite number.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_tree_read(struct codist_tree *tree, struct codist_bytes text,
		 const char *name, struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
