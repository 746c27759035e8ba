/*
 * codist/comparison.h - the runs of a study, compared with one another
 *
 * What a store has of runs is read into plain arrays, and runs that classified
 * the same samples are brought together for the tests of codist/statistics.h
 * and codist/evaluate.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_COMPARISON_H
#define CODIST_COMPARISON_H

#include <codist/evaluate.h>
#include <codist/pipeline.h>
#include <codist/statistics.h>
#include <codist/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Who is told how far it is. {0}: nobody. */
struct codist_watch {
	/*
	 * Called often, with predictions or pairs that are done. Nonzero stops
	 * with CODIST_ECANCELLED.
	 */
	int (*progress)(void *user, const struct codist_progress *progress);
	void *user;
};

/* The samples that a run classified. */
struct codist_classified {
	size_t n, n_classes;
	size_t *samples;   /* [n], their numbers in the set, ascending */
	size_t *parts;     /* [n], the folds that they are in, from 0; else 0 */
	unsigned *truth, *predicted; /* [n], each < n_classes */
	double *scores;    /* [n][n_classes], row-major; NULL if not wanted */
	char **class_names; /* [n_classes] */
};

/*
 * codist_classified_read() reads them from a store; for
 * codist_classified_release(), whatever is returned.
 *
 *   run           the name of one that is done
 *   with_scores   0: they are left out
 *
 * CODIST_EUSAGE: there is no such run, or it is not done. Else as
 * codist_results_read().
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_classified_read(struct codist_classified *classified, const char *path,
		       const char *run, int with_scores,
		       struct codist_error *err);
/* Harmless on {0}. */
CODIST_API void
codist_classified_release(struct codist_classified *classified);

/* One of the runs that are done. */
struct codist_compared_run {
	const struct codist_result *result;
	size_t group;            /* of runs on the same samples */
	unsigned char *correct;  /* [n_samples of the group], 1 or 0 */
	struct codist_report report;
	char **class_names;      /* [report.n_classes] */
	double *fold_accuracies; /* [result->n_folds]; NULL: no folds, or the
				    store has a shard of them only */
};

/* Runs that classified the same samples, in the order of the grid. */
struct codist_compared_group {
	size_t n_samples, n_runs;
	size_t *samples;            /* [n_samples], numbers, ascending */
	unsigned *truth;            /* [n_samples], classes of the first run */
	size_t *runs;               /* [n_runs], indices */
	size_t best;                /* index of the run with most correct, of
				       equals the first */
	struct codist_test cochran; /* of all of them; p is 1 for one */
};

struct codist_comparison_own;

struct codist_comparison {
	struct codist_results results; /* also of runs that are not done */
	struct codist_compared_run *runs; /* [n_runs] */
	size_t n_runs;
	struct codist_compared_group *groups; /* [n_groups], by first run */
	size_t n_groups;
	struct codist_comparison_own *own; /* [n_runs] */
};

/*
 * codist_comparison_init() reads all runs of a store that are done; for
 * codist_comparison_release(), whatever is returned.
 *
 *   watch   NULL: nobody
 *
 * Runs are on the same samples if these have the same numbers and classes in
 * sets that are the same: by checksum, or as the study declares them, however
 * they are transformed, and whatever is trained on. Memory is a byte for each
 * prediction, and 12 for each sample. Errors as of codist_results_read().
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_comparison_init(struct codist_comparison *comparison, const char *path,
		       const struct codist_watch *watch,
		       struct codist_error *err);
/* Harmless on {0}. */
CODIST_API void codist_comparison_release(struct codist_comparison *comparison);

/* codist_comparison_find() is the index of the run of that name, or n_runs. */
CODIST_API size_t
codist_comparison_find(const struct codist_comparison *comparison,
		       const char *name);

/* Which pairs of runs on the same samples. */
enum codist_pair_choice {
	CODIST_PAIRS_ALL,
	CODIST_PAIRS_WITH_BEST, /* of its group */
	CODIST_PAIRS_WITH_RUN,
};

struct codist_pairs_how {
	enum codist_pair_choice which;
	size_t run;         /* index, of CODIST_PAIRS_WITH_RUN */
	size_t n_resamples; /* as of codist_difference_bootstrap() */
	double confidence;
	uint64_t seed;      /* the same for each pair */
	struct codist_watch watch;
};

struct codist_pair {
	size_t first, second; /* indices of runs: the best or the one asked for
				 is the first */
	size_t n_first_only, n_second_only; /* samples that only it has right */
	double p;                           /* McNemar's, exact */
	double p_holm;                      /* adjusted for all of these pairs */
	struct codist_difference difference;
};

/* codist_comparison_n_pairs() is how many there are. */
CODIST_API size_t
codist_comparison_n_pairs(const struct codist_comparison *comparison,
			  const struct codist_pairs_how *how);

/*
 * codist_comparison_pairs() compares them, by groups, then in the order of the
 * grid.
 *
 *   pairs   receives [codist_comparison_n_pairs()], for free()
 *
 * A pair of 100000 samples takes some milliseconds, for 10000 resamples.
 * CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_comparison_pairs(const struct codist_comparison *comparison,
			const struct codist_pairs_how *how,
			struct codist_pair **pairs, struct codist_error *err);

/* What the blocks are that methods are ranked within. */
enum codist_blocks {
	CODIST_BLOCKS_DATA,        /* sets of data */
	CODIST_BLOCKS_SEED,
	CODIST_BLOCKS_TRAIN_LIMIT,
	CODIST_BLOCKS_FOLD,        /* of cross-validated sets */
	CODIST_N_BLOCKS
};

/* codist_blocks_name() is the study's key of that name, such as "data". */
CODIST_API const char *codist_blocks_name(enum codist_blocks blocks);

/* Methods: what runs are that are equal but for what makes the blocks. */
struct codist_ranking {
	size_t n_blocks, n_methods; /* both are 0 if either is below two */
	char **blocks, **methods;   /* their names */
	double *accuracies;         /* [n_blocks][n_methods] */
	struct codist_friedman friedman;
	struct codist_nemenyi nemenyi;
	size_t n_left_out; /* methods that are not on all blocks */
};

/*
 * codist_ranking_init() ranks methods by their accuracies; for
 * codist_ranking_release(), whatever is returned. The blocks are those of the
 * method that has most of them, of equals the first.
 *
 *   significance   of the critical difference, as of codist_nemenyi_init()
 *
 * CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_ranking_init(struct codist_ranking *ranking,
		    const struct codist_comparison *comparison,
		    enum codist_blocks over, double significance,
		    struct codist_error *err);
/* Harmless on {0}. */
CODIST_API void codist_ranking_release(struct codist_ranking *ranking);

/* The calibration of a run by halves of the samples that it classified. */
struct codist_run_calibration {
	size_t n_fitted;    /* samples that the temperature is fitted on */
	double temperature; /* as of codist_temperature(), of scores in bits */
	/* Of the other samples: scores as they are, and at that temperature. */
	struct codist_calibration literal, fitted;
};

/*
 * codist_run_calibration_init() reads a run's scores, and splits its samples:
 * of each class the first, third and so on are for the temperature, the second,
 * fourth and so on for what is told. For codist_run_calibration_release(),
 * whatever is returned.
 *
 *   n_bins   as of codist_calibration_init()
 *
 * Errors as of codist_classified_read(). Memory is that of the scores.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_run_calibration_init(struct codist_run_calibration *calibration,
			    const char *path, const char *run, size_t n_bins,
			    struct codist_error *err);
/* Harmless on {0}. */
CODIST_API void
codist_run_calibration_release(struct codist_run_calibration *calibration);

#ifdef __cplusplus
}
#endif

#endif
