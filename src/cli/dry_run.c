/*
 * dry_run.c - what a study will cost, without carrying it out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "dry_run.h"

#include "interrupt.h"
#include "progress.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

static enum codist_study_stop
stop(void *user, const struct codist_study_progress *so_far)
{
	(void)user;
	(void)so_far;
	return interrupt_came() ? CODIST_STOP_NOW : CODIST_STOP_NOT;
}

static enum codist_status estimate(const struct codist_study *study,
				   const struct codist_study_how *how,
				   struct codist_study_estimate *estimates,
				   struct codist_error *err)
{
	struct codist_study_how trial = *how;
	struct progress progress;
	enum codist_status status = CODIST_OK;

	trial.progress = stop;
	progress_begin(&progress, "trials", "runs");
	for (size_t i = 0; i < study->n_runs && status == CODIST_OK; i++) {
		progress_update(&progress, i, study->n_runs);
		status = interrupt_check(err);
		if (status == CODIST_OK)
			status = codist_study_estimate(study, i, &trial,
						       estimates,
						       &estimates[i], err);
	}
	progress_end(&progress);
	return status;
}

/* Runs that share their scores with an earlier one cost nothing more. */
static struct codist_study_estimate
sum(const struct codist_study_estimate *estimates, size_t n)
{
	struct codist_study_estimate total = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct codist_study_estimate *e = &estimates[i];

		total.n_scores += e->shares ? 0 : e->n_scores;
		total.seconds += e->shares ? 0 : e->seconds;
		if (e->memory > total.memory)
			total.memory = e->memory;
	}
	return total;
}

static enum codist_status
print_grid(const struct codist_study *study,
	   const struct codist_study_estimate *estimates, enum format format,
	   struct codist_error *err)
{
	static const char *const heads[] = { "run", "samples", "references",
					     "deltas", "seconds", "MB" };
	struct table table;
	enum codist_status status;

	table_init(&table, 6, "lr");
	for (size_t k = 0; k < 6; k++)
		table_add(&table, "%s", heads[k]);
	for (size_t i = 0; i < study->n_runs; i++) {
		const struct codist_study_estimate *e = &estimates[i];

		table_add(&table, "%s", study->runs[i].name);
		table_add(&table, "%zu", e->n_samples);
		table_add(&table, "%zu", e->n_references);
		table_add(&table, "%zu", e->shares ? 0 : e->n_scores);
		table_add(&table, "%.2f", e->shares ? 0 : e->seconds);
		table_add(&table, "%.1f", (double)e->memory / 1e6);
	}
	status = table_print(&table, format, err);
	table_release(&table);
	return status;
}

static void print_total(const struct codist_study *study,
			struct codist_study_estimate total)
{
	char duration[DURATION_SIZE], memory[QUANTITY_SIZE];

	format_duration(duration, total.seconds);
	format_quantity(memory, (double)total.memory, "B");
	printf("%s: %zu run%s, %zu deltas, about %s and %s\n\n", study->title,
	       study->n_runs, study->n_runs == 1 ? "" : "s", total.n_scores,
	       duration, memory);
}

enum codist_status dry_run(const struct codist_study *study,
			   const struct codist_study_how *how, enum format format,
			   struct codist_error *err)
{
	struct codist_study_estimate *estimates =
		calloc(study->n_runs + 1, sizeof(*estimates));
	enum codist_status status;

	if (!estimates)
		return codist_no_memory(err, "estimates");
	status = estimate(study, how, estimates, err);
	if (status == CODIST_OK && format == FORMAT_TEXT)
		print_total(study, sum(estimates, study->n_runs));
	if (status == CODIST_OK)
		status = print_grid(study, estimates, format, err);
	free(estimates);
	return status;
}
