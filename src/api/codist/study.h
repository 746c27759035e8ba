/*
 * codist/study.h - a grid of runs, declared in a text
 *
 * A study is a text in YAML. It has a key for each door, with specs as they are
 * spelled everywhere, and a few more:
 *
 *     title: Does the window matter?
 *     data: mnist
 *     test.limit: 1000
 *     transform: [none, binarize]
 *     reference: chunk:size=64
 *     backend: [deflate:level=9, zstd]
 *     aggregate: [logsumexp, mean]
 *
 * A list as a value is an axis: lists multiply into a grid, here of 8 runs.
 * So do alternatives within a spec, as in "deflate:level=6|9".
 *
 *     title         what the report is headed by
 *     data          a set with both parts, as of codist_data_find()
 *     train, test   or each part by itself: a loader's spec, or a path
 *     train.limit   so many training samples, stratified by class, drawn by
 *                   the seed; smaller ones are part of larger ones
 *     test.limit    the first so many test samples
 *     transform     "none", or transforms in order: "binarize + pack"
 *     reference     default: class
 *     measure       default: conditional
 *     backend       default: deflate, if the measure needs one
 *     aggregate     default: min; options that are `fit` are fitted
 *     fit           the part of the training samples, or of those of each fold,
 *                   that is held back to fit what is fitted, a fraction such as
 *                   0.1, stratified by class, drawn by the seed
 *     folds         cross-validate the training samples so many times over;
 *                   there are no test samples then
 *     validate      hold back a part of the training samples, and classify
 *                   that in place of the test samples, which are left to
 *                   codist_study_test(): a fraction such as 0.2, stratified by
 *                   class, drawn by the seed
 *     seed          default: 0
 *     repeat        that many runs with the seeds from `seed` on
 *     drop-duplicates, allow-unseen   yes or no; as of codist classify
 *     zip           a mapping of keys to lists of one length, that go together
 *     runs          a list of mappings of such keys, each a grid of its own in
 *                   which they take the place of those outside
 *     name          of a run, or the beginning of the names of several
 *     combine       a list of mappings, each of which makes further runs, whose
 *                   class scores are sums of those of others:
 *         of        which: the name of a run, or a pattern of fnmatch(3); a
 *                   mapping of keys to what runs have there; or a list of such
 *         weights   equal, the default; a list of numbers, in the order in which
 *                   the members are listed; or fit
 *         name      default: combined
 *
 * Whatever is fitted needs results of samples whose class is known. These are
 * never test samples, but training samples that are held back: the run that is
 * to be fitted, or each member, is carried out on those, too, by the rest of the
 * training samples. Those runs are part of the study, and are named "held back: "
 * and what they are for.
 *
 * A combination is made of runs on the same samples: those that have the same
 * keys from `data` to `seed`. If there are several such, as of several seeds,
 * one is made of each, and all must have the same members.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_H
#define CODIST_STUDY_H

#include <codist/pipeline.h>

#ifdef __cplusplus
extern "C" {
#endif

struct codist_study_own;

/* What a run is the sum of, in the order in which scores are added. */
struct codist_study_combination {
	size_t n;               /* members, > 0 */
	const size_t *members;  /* [n], indices of runs of the study */
	const size_t *held;     /* [n], the same on samples held back; NULL if
				   nothing is fitted */
	const double *weights;  /* [n], >= 0; NULL: fitted */
};

/* One run of the grid; all of it the study's. */
struct codist_study_run {
	/*
	 * Unique in the study: the `name` of its mapping, and the values of the
	 * keys in which it differs from others.
	 */
	const char *name;
	size_t line; /* of the mapping or file that it comes from */

	const char *train, *test; /* loaders' specs, or names of sets; test is
				     NULL if there is none of its own */
	int is_data;              /* both are the name of one set */
	const char *final_test;   /* of a run with `validate`: what it could be
				     tested on in the end; NULL: nothing */
	size_t train_limit, test_limit; /* 0: all */
	const struct codist_spec *transforms; /* [n_transforms] */
	size_t n_transforms;
	struct codist_spec reference, measure, backend, aggregate;
	                          /* backend.plugin may be NULL */
	size_t n_folds;           /* 0: no cross-validation */
	double validate;          /* 0: no; else within 0..1, exclusive */
	uint64_t seed;
	int drops_duplicates, allows_unseen;

	/*
	 * What is fitted, by codist_weights_fit() or, of aggregators, on the
	 * ladder of codist/combination.h: for each fold by itself.
	 */
	double fit;    /* 0: the key was not given */
	int is_fitted; /* its aggregator, or the weights of its members */
	size_t twin;   /* if its aggregator is: the run on samples held back */
	/*
	 * > 0: a run that serves only to fit others by. Of the training samples,
	 * or those of each fold, it classifies so many by the others.
	 */
	double held;
	/* NULL: none. A run that is one has no specs; but it has transforms,
	 * where the duplicates that it drops depend on them. */
	const struct codist_study_combination *combination;

	/*
	 * All of it but the name, as lines of "key: value" in a fixed order and
	 * canonical form. Equal text, equal run.
	 */
	const char *text;
};

struct codist_study {
	char *path, *name, *title; /* name: of the file, without its ending */
	char *source;              /* the YAML */
	struct codist_study_run *runs; /* [n_runs], in the order of the grid:
					  doors behind change faster, and
					  aggregators fastest; then those that
					  are combined, and then those that
					  serve to fit */
	size_t n_runs;
	struct codist_study_own *own; /* what runs point into */
};

/* The most runs that a study may come to. */
#define CODIST_STUDY_RUNS 10000

/*
 * codist_study_read() reads a study, and checks all that can be checked before
 * data is loaded. For codist_study_release(), whatever is returned.
 *
 *   problem   called with each thing that is wrong, such as "a.yaml:7: unknown
 *             key 'backnd', did you mean 'backend'?"; NULL: only the first is
 *             told, by `err`
 *
 * CODIST_EFORMAT: no YAML, or not a study; err says how many problems there
 * are. CODIST_EIO: cannot be read.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_study_read(struct codist_study *study, const char *path,
		  void (*problem)(void *user, const char *message), void *user,
		  struct codist_error *err);
CODIST_API void codist_study_release(struct codist_study *study);

/*
 * codist_study_parse() likewise, of a text in memory.
 *
 *   path   names it in messages, and is study->path
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_study_parse(struct codist_study *study, const char *path,
		   struct codist_bytes text,
		   void (*problem)(void *user, const char *message),
		   void *user, struct codist_error *err);

/*
 * codist_study_test() appends a run to a study that is run i, with `validate`,
 * on the test samples and by all training samples: to look at what was chosen
 * on samples held back. Its name is that of run i behind "tested: ".
 *
 * CODIST_EUSAGE if run i has no `validate`, or the study no test samples for it.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_study_test(struct codist_study *study, size_t i,
		  struct codist_error *err);

/* How far a study is. */
struct codist_study_progress {
	const char *run;           /* the first of those at hand */
	size_t n_done, n_runs;     /* chosen runs that are done, of all */
	size_t scores, all_scores; /* of those at hand, in this process */
	double seconds;            /* spent on them, in this process */
	size_t n_correct, n_classified; /* so far, of the first at hand */
};

/* What the hook of the progress asks for. */
enum codist_study_stop {
	CODIST_STOP_NOT,
	CODIST_STOP_SOON, /* what is at hand, at most some seconds of work, is
			     finished and saved */
	CODIST_STOP_NOW,  /* it is lost */
};

/* What to do where results were made of other data, or by another library. */
enum codist_changed {
	CODIST_CHANGED_REFUSE, /* nothing is done */
	CODIST_CHANGED_RENEW,  /* they are removed, and computed anew */
};

/* How a study is carried out. {0} takes the defaults, but for `store`. */
struct codist_study_how {
	const char *store;  /* the file of its results; need not be there */
	unsigned n_threads; /* as in struct codist_how */
	size_t memory;      /* likewise */
	enum codist_changed changed;
	/* Only the `shard`-th of `n_shards` parts of all samples, from 1; for
	 * codist_store_merge(). 0 and 0: all. */
	size_t shard, n_shards;
	/*
	 * [n_runs of the study]; runs that have 0 wait, unless others are made
	 * of them or fitted by them. NULL: none does.
	 */
	const unsigned char *chosen;
	/*
	 * Called when runs are done that share their scores, and for those that
	 * were done before, in the order of the study, but that runs to fit by
	 * come first and sums come last; the store can be read.
	 * A failure ends the work with that status. NULL: not wanted.
	 */
	enum codist_status (*done)(void *user,
				   const struct codist_study_run *const *runs,
				   size_t n, struct codist_error *err);
	/*
	 * Called a few times a second; a stop is CODIST_ECANCELLED. NULL: not
	 * wanted.
	 */
	enum codist_study_stop (*progress)(
		void *user, const struct codist_study_progress *progress);
	/* Called with what is worth to be known, a line each. NULL: no. */
	void (*tell)(void *user, const char *message);
	void *user;
};

/* What a run will cost. */
struct codist_study_estimate {
	size_t n_train, n_samples, n_references; /* a combination has none of
						    the last, and no scores */
	size_t n_scores;  /* of all folds */
	double seconds;   /* by a trial of a few scores, on all threads */
	size_t memory;    /* bytes: data, coders, scores at a time */
	int shares; /* 1: all this is an earlier run's, whose scores it has */
};

/*
 * codist_study_estimate() loads the data of run i and tries some scores, for
 * three seconds at most; where a coder takes longer over one reference, as long as
 * each thread's first takes. Nothing is written. `how` tells threads and memory,
 * and its progress(), if any, may stop the trial.
 *
 *   earlier   [i], the estimates of the runs before it: one whose scores are
 *             those of an earlier run is not tried. NULL: there are none
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_study_estimate(const struct codist_study *study, size_t i,
		      const struct codist_study_how *how,
		      const struct codist_study_estimate *earlier,
		      struct codist_study_estimate *estimate,
		      struct codist_error *err);

/*
 * codist_study_run_all() computes the runs that are not done yet, and writes
 * each into the store, block by block. After a process ended in whatever way,
 * the same call goes on where it stood; results are the same bytes in any case,
 * for any number of threads and any memory. (After a loss of power the last
 * blocks may have to be computed again.)
 *
 *   n_computed   receives the number of runs that became done; NULL: not wanted
 *
 * CODIST_EUSAGE: the data or the library is not what earlier results in the
 * store were made of (see `changed`), or another process is at work on it.
 * CODIST_EIO: a full disk, a folder that is not writable; all that was saved
 * is kept.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_study_run_all(const struct codist_study *study,
		     const struct codist_study_how *how, size_t *n_computed,
		     struct codist_error *err);

/*
 * codist_processes_begin() makes the processes that mpirun started a team, in a
 * build with MPI; in another build, and where nothing started them, each is
 * alone. All of a team call codist_study_run_all() with the same study: process
 * 0 has the store, and calls the hooks; the others compute for it, and need no
 * store. To be called once, by the thread that calls that, and before it;
 * codist_processes_end() when all is done.
 *
 *   rank   receives this process's number, from 0
 *   size   and how many there are
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_processes_begin(unsigned *rank, unsigned *size,
		       struct codist_error *err);
CODIST_API void codist_processes_end(void);

/* codist_yaml_version() is libyaml's at run time. */
CODIST_API const char *codist_yaml_version(void);

#ifdef __cplusplus
}
#endif

#endif
