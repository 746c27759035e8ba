/*
 * predictions.h - what a store has of a run's samples, row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_PREDICTIONS_H
#define CODIST_STUDY_PREDICTIONS_H

#include "study/results.h"

#include <codist/comparison.h>

/* A run that is done. */
struct codist_done {
	int64_t id;
	size_t n, n_classes;
	double per_bit; /* of class scores, by the aggregator */
};

/* CODIST_EUSAGE: there is none of that name, or it is not done. */
enum codist_status codist_done_find(struct codist_done *done, sqlite3 *db,
				    const char *name,
				    struct codist_error *err);

/* The i-th of done->n. Scores are doubles, little-endian. */
struct codist_prediction {
	size_t i, sample, part;
	unsigned truth, predicted;
	const unsigned char *scores; /* [8 n_classes] */
};

/* How far one is that may read many runs. */
struct codist_watching {
	const struct codist_watch *watch; /* NULL: nobody */
	struct codist_progress progress;  /* in predictions */
};

/* A query: how many predictions the runs have that are compared. */
extern const char codist_count_predictions[];

/* codist_watching_add() tells that so many more are done. */
enum codist_status codist_watching_add(struct codist_watching *watching,
				       size_t n, struct codist_error *err);

/*
 * codist_predictions_read() calls `take` with each, samples ascending.
 *
 *   watching   NULL: nobody
 */
enum codist_status
codist_predictions_read(sqlite3 *db, const struct codist_done *done,
			struct codist_watching *watching,
			void (*take)(void *user,
				     const struct codist_prediction *row),
			void *user, struct codist_error *err);

double codist_score_at(const unsigned char bytes[8]);

/* As codist_classified_read(). */
enum codist_status codist_classified_from(struct codist_classified *classified,
					  sqlite3 *db,
					  const struct codist_done *done,
					  int with_scores,
					  struct codist_watching *watching,
					  struct codist_error *err);

#endif
