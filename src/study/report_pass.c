/*
 * report_pass.c - all predictions of a store, gone through once
 *
 * There may be tens of millions, so that nothing is kept of each but counts.
 * For calibration, which costs more, so many of a run are taken that the whole
 * is a matter of seconds: every k-th, by turns to find a temperature and to
 * tell what it comes to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_pass.h"

#include <stdlib.h>
#include <string.h>

#define SCORES 4000000 /* of all runs, to be calibrated */
#define MOST_TAKEN 4000 /* samples of a run */
#define LEAST_TAKEN 100

/* The samples of a run that are taken, of each half. */
struct taken {
	double *scores; /* [n][n_classes] */
	unsigned *truth; /* [n] */
	size_t n;
};

struct pass {
	struct codist_report_pass *whole;
	const struct codist_report_runs *runs;
	sqlite3_stmt *s;
	const struct codist_report_run *run;
	size_t at; /* of it */
	struct codist_pass_set *set;
	struct taken halves[2];
	size_t stride;
};

static enum codist_status find_set(struct pass *pass, struct codist_error *err)
{
	struct codist_report_pass *whole = pass->whole;
	struct codist_pass_set *sets = whole->sets;
	size_t i = 0;

	while (i < whole->n_sets && strcmp(sets[i].classified,
					   pass->run->classified) != 0)
		i++;
	if (i == whole->n_sets) {
		sets = realloc(sets, (i + 1) * sizeof(*sets));
		if (!sets)
			return codist_no_memory(err, "sets of samples");
		sets[i] = (struct codist_pass_set){
			.classified = pass->run->classified,
		};
		whole->sets = sets;
		whole->n_sets++;
	}
	pass->set = &sets[i];
	return CODIST_OK;
}

static enum codist_status reach(struct codist_pass_set *set, size_t sample,
				struct codist_error *err)
{
	struct codist_pass_sample *samples;
	size_t n = set->n ? 2 * set->n : 1024;

	if (sample < set->n)
		return CODIST_OK;
	while (n <= sample && n < SIZE_MAX / 4 / sizeof(*samples))
		n *= 2;
	samples = n > sample ? realloc(set->samples, n * sizeof(*samples)) :
			       NULL;
	if (!samples)
		return codist_no_memory(err, "counts of samples");
	memset(samples + set->n, 0, (n - set->n) * sizeof(*samples));
	set->samples = samples;
	set->n = n;
	return CODIST_OK;
}

static enum codist_status count(struct pass *pass, size_t number,
				size_t truth, size_t predicted,
				struct codist_error *err)
{
	struct codist_pass_sample *sample;

	CODIST_TRY(reach(pass->set, number, err));
	sample = &pass->set->samples[number];
	if (sample->n_runs++ == 0) {
		sample->truth = (uint32_t)truth;
		sample->first = (uint32_t)pass->at;
	}
	if (truth == predicted)
		return CODIST_OK;
	sample->n_wrong++;
	sample->last_wrong = (uint32_t)pass->at;
	return CODIST_OK;
}

static double score_at(const unsigned char *bytes)
{
	uint64_t bits = 0;
	double score;

	for (size_t k = 0; k < 8; k++)
		bits |= (uint64_t)bytes[k] << (8 * k);
	memcpy(&score, &bits, sizeof(score));
	return score;
}

static void take(struct pass *pass, struct taken *half, size_t truth)
{
	size_t n_classes = pass->run->n_classes;
	const unsigned char *bytes = sqlite3_column_blob(pass->s, 3);

	for (size_t c = 0; c < n_classes; c++)
		half->scores[half->n * n_classes + c] =
			score_at(bytes + 8 * c);
	half->truth[half->n++] = (unsigned)truth;
}

static enum codist_status look(struct pass *pass, size_t i,
			       struct codist_error *err)
{
	size_t number = codist_column_size(pass->s, 0);
	size_t truth = codist_column_size(pass->s, 1);
	size_t predicted = codist_column_size(pass->s, 2);
	size_t n_classes = pass->run->n_classes;

	if (truth >= n_classes || predicted >= n_classes)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: run '%s', sample %zu: class %zu, "
				   "predicted %zu, expected less than %zu",
				   sqlite3_db_filename(pass->runs->db, "main"),
				   pass->run->name, number, truth, predicted,
				   n_classes);
	CODIST_TRY(count(pass, number, truth, predicted, err));
	if (i % pass->stride || i / pass->stride >= MOST_TAKEN)
		return CODIST_OK;
	if ((size_t)sqlite3_column_bytes(pass->s, 3) != 8 * n_classes)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: run '%s', sample %zu: %d bytes of "
				   "scores, expected %zu",
				   sqlite3_db_filename(pass->runs->db, "main"),
				   pass->run->name, number,
				   sqlite3_column_bytes(pass->s, 3),
				   8 * n_classes);
	take(pass, &pass->halves[i / pass->stride % 2], truth);
	return CODIST_OK;
}

static enum codist_status calibrate(struct pass *pass,
				    struct codist_error *err)
{
	struct codist_pass_calibration *to =
		&pass->whole->calibrations[pass->at];
	const struct taken *fit = &pass->halves[0], *test = &pass->halves[1];
	size_t n_classes = pass->run->n_classes;

	to->temperature = codist_temperature(fit->scores, fit->truth, fit->n,
					     n_classes);
	return codist_calibration_init(&to->found, test->scores, test->truth,
				       test->n, n_classes, to->temperature,
				       CODIST_PASS_BINS, err);
}

static size_t stride_of(const struct codist_report_runs *runs,
			const struct codist_report_run *run)
{
	size_t n = SCORES / runs->n / run->n_classes;

	n = n < LEAST_TAKEN ? LEAST_TAKEN : n > MOST_TAKEN ? MOST_TAKEN : n;
	return (run->n_samples + n - 1) / n;
}

static enum codist_status go_through(struct pass *pass,
				     struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	int has_row;

	pass->stride = stride_of(pass->runs, pass->run);
	if (pass->stride == 0)
		pass->stride = 1;
	sqlite3_bind_int64(pass->s, 1, pass->run->id);
	for (size_t i = 0; status == CODIST_OK; i++) {
		status = codist_database_step(pass->s, &has_row, err);
		if (status != CODIST_OK || !has_row)
			break;
		status = look(pass, i, err);
	}
	sqlite3_reset(pass->s);
	return status;
}

static enum codist_status pass_run(struct pass *pass, struct codist_error *err)
{
	size_t n_classes = pass->run->n_classes;
	enum codist_status status = find_set(pass, err);

	CODIST_TRY(status);
	if (n_classes == 0)
		return CODIST_OK;
	for (size_t h = 0; h < 2; h++) {
		pass->halves[h] = (struct taken){
			.scores = calloc(MOST_TAKEN / 2 * n_classes,
					 sizeof(double)),
			.truth = calloc(MOST_TAKEN / 2, sizeof(unsigned)),
		};
		if (!pass->halves[h].scores || !pass->halves[h].truth)
			status = codist_no_memory(err, "scores");
	}
	if (status == CODIST_OK)
		status = go_through(pass, err);
	if (status == CODIST_OK)
		status = calibrate(pass, err);
	for (size_t h = 0; h < 2; h++) {
		free(pass->halves[h].scores);
		free(pass->halves[h].truth);
	}
	return status;
}

enum codist_status codist_report_pass_init(struct codist_report_pass *whole,
					   const struct codist_report_runs *runs,
					   struct codist_error *err)
{
	struct pass pass = { .whole = whole, .runs = runs };
	enum codist_status status;

	*whole = (struct codist_report_pass){
		.calibrations = calloc(runs->n, sizeof(*whole->calibrations)),
		.n_calibrations = runs->n,
	};
	if (!whole->calibrations)
		return codist_no_memory(err, "calibrations");
	CODIST_TRY(codist_database_prepare(
		runs->db, &pass.s, "SELECT sample, truth, predicted, scores "
				   "FROM prediction WHERE run = ? ORDER BY "
				   "sample", err));
	status = CODIST_OK;
	for (size_t i = 0; i < runs->n && status == CODIST_OK; i++) {
		pass.run = &runs->items[i];
		pass.at = i;
		status = pass_run(&pass, err);
	}
	sqlite3_finalize(pass.s);
	return status;
}

void codist_report_pass_release(struct codist_report_pass *pass)
{
	for (size_t i = 0; pass->calibrations && i < pass->n_calibrations; i++)
		codist_calibration_release(&pass->calibrations[i].found);
	for (size_t i = 0; i < pass->n_sets; i++)
		free(pass->sets[i].samples);
	free(pass->calibrations);
	free(pass->sets);
	*pass = (struct codist_report_pass){ 0 };
}
