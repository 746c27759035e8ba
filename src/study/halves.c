/*
 * halves.c - the calibration of a run: half of its samples fit, half judge
 *
 * Halves are dealt within classes, since a set may be sorted by class, or have
 * its classes by turns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/comparison.h"

#include <stdlib.h>

/* The samples of one half. */
struct half {
	double *scores; /* [n][n_classes] */
	unsigned *truth;
	size_t n;
};

struct halves {
	struct half half[2];
	size_t n_classes;
	double per_bit; /* of class scores; here they are bits */
	unsigned char *next; /* [n_classes], the half that the next goes to */
};

static void take(void *user, const struct codist_prediction *row)
{
	struct halves *halves = user;
	struct half *half = &halves->half[halves->next[row->truth]];
	double *scores = half->scores + half->n * halves->n_classes;

	halves->next[row->truth] ^= 1;
	half->truth[half->n++] = row->truth;
	for (size_t c = 0; c < halves->n_classes; c++)
		scores[c] = codist_score_at(row->scores + 8 * c) /
			    halves->per_bit;
}

/* The first half has at most one sample more of each class. */
static int allocate(struct halves *halves, const struct codist_done *done)
{
	size_t most = done->n / 2 + done->n_classes + 1;

	most = most < done->n + 1 ? most : done->n + 1;
	halves->n_classes = done->n_classes;
	halves->per_bit = done->per_bit;
	halves->next = calloc(done->n_classes, 1);
	for (size_t h = 0; h < 2; h++) {
		struct half *half = &halves->half[h];

		half->scores = calloc(most,
				      done->n_classes * sizeof(double));
		half->truth = calloc(most, sizeof(*half->truth));
		if (!half->scores || !half->truth)
			return 0;
	}
	return halves->next != NULL;
}

static enum codist_status judge(struct codist_run_calibration *calibration,
				const struct halves *halves, size_t n_bins,
				struct codist_error *err)
{
	const struct half *fit = &halves->half[0], *other = &halves->half[1];

	calibration->n_fitted = fit->n;
	calibration->temperature = codist_temperature(
		fit->scores, fit->truth, fit->n, halves->n_classes);
	CODIST_TRY(codist_calibration_init(&calibration->literal,
					   other->scores, other->truth,
					   other->n, halves->n_classes, 1,
					   n_bins, err));
	return codist_calibration_init(&calibration->fitted, other->scores,
				       other->truth, other->n,
				       halves->n_classes,
				       calibration->temperature, n_bins, err);
}

enum codist_status
codist_run_calibration_from(struct codist_run_calibration *calibration,
			    sqlite3 *db, const char *run, size_t n_bins,
			    struct codist_watching *watching,
			    struct codist_error *err)
{
	struct halves halves = { .n_classes = 0 };
	struct codist_done done;
	enum codist_status status;

	*calibration = (struct codist_run_calibration){ 0 };
	CODIST_TRY(codist_done_find(&done, db, run, err));
	status = allocate(&halves, &done) ? CODIST_OK :
		 codist_no_memory(err, "class scores");
	if (status == CODIST_OK)
		status = codist_predictions_read(db, &done, watching, take,
						 &halves, err);
	if (status == CODIST_OK)
		status = judge(calibration, &halves, n_bins, err);
	for (size_t h = 0; h < 2; h++) {
		free(halves.half[h].scores);
		free(halves.half[h].truth);
	}
	free(halves.next);
	return status;
}

enum codist_status
codist_run_calibration_init(struct codist_run_calibration *calibration,
			    const char *path, const char *run, size_t n_bins,
			    struct codist_error *err)
{
	sqlite3 *db;
	enum codist_status status;

	*calibration = (struct codist_run_calibration){ 0 };
	CODIST_TRY(codist_results_open(&db, path, err));
	status = codist_database_do(db, "BEGIN", err);
	if (status == CODIST_OK)
		status = codist_run_calibration_from(calibration, db, run,
						     n_bins, NULL, err);
	sqlite3_close(db);
	return status;
}

void codist_run_calibration_release(struct codist_run_calibration *calibration)
{
	codist_calibration_release(&calibration->literal);
	codist_calibration_release(&calibration->fitted);
	*calibration = (struct codist_run_calibration){ 0 };
}
