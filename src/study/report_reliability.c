/*
 * report_reliability.c - whether class scores are worth what they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_plot.h"
#include "study/report_sections.h"

#include <math.h>
#include <stdlib.h>

#define CURVES 4 /* more lie upon one another */
#define BINS 15  /* as codist stats has them */
#define MANY 30  /* runs, whose numbers are folded away */

/* Of all runs. */
struct calibrations {
	const struct codist_report_runs *runs;
	struct codist_run_calibration *of; /* [runs->n] */
	size_t chosen[CURVES]; /* [n_chosen], the most accurate runs */
	size_t n_chosen;
};

static const struct codist_calibration *
fitted_of(const struct calibrations *calibrations, size_t run)
{
	return &calibrations->of[run].fitted;
}

static const char *name_of(const struct calibrations *calibrations, size_t run)
{
	return calibrations->runs->items[run].name;
}

static enum codist_status init(struct calibrations *calibrations,
			       const struct codist_report_runs *runs,
			       struct codist_watching *watching,
			       struct codist_error *err)
{
	*calibrations = (struct calibrations){
		.runs = runs, .of = calloc(runs->n, sizeof(*calibrations->of)),
	};
	if (!calibrations->of)
		return codist_no_memory(err, "calibrations");
	for (size_t i = 0; i < runs->n; i++)
		CODIST_TRY(codist_run_calibration_from(
			&calibrations->of[i], runs->db, runs->items[i].name,
			BINS, watching, err));
	for (size_t i = 0; i < runs->n && calibrations->n_chosen < CURVES; i++)
		if (fitted_of(calibrations, runs->best[i])->n_samples > 0)
			calibrations->chosen[calibrations->n_chosen++] =
				runs->best[i];
	return CODIST_OK;
}

static void release(struct calibrations *calibrations)
{
	for (size_t i = 0; calibrations->of && i < calibrations->runs->n; i++)
		codist_run_calibration_release(&calibrations->of[i]);
	free(calibrations->of);
}

static void add_curve(struct codist_plot *plot, size_t series,
		      const struct codist_calibration *found,
		      const char *name)
{
	codist_plot_name(plot, series, name);
	for (size_t b = 0; b < found->n_bins; b++) {
		char *note;

		if (!found->bins[b].n_samples)
			continue;
		note = codist_text_format("%s: %zu samples", name,
					  found->bins[b].n_samples);
		codist_plot_point(plot, series, (struct codist_plot_point){
			found->bins[b].confidence, found->bins[b].accuracy,
			NAN, NAN, note });
		free(note);
	}
}

static void draw(struct codist_page *page,
		 const struct calibrations *calibrations)
{
	struct codist_plot plot = {
		.name = "reliability", .title = "Reliability, at T",
		.description = "Reliability curves: accuracy against "
			       "confidence, of the most accurate runs; the "
			       "table that follows has their numbers",
		.caption = "Of what is predicted with a confidence, at T, that "
			   "share should be correct: the diagonal. Below it, "
			   "scores say more than they know.",
		.x = { "confidence", 0, 1, 0, 0, 1, 0 },
		.y = { "accuracy", 0, 1, 0, 0, 1, 0 }, .is_joined = 1,
		.guide_name = "as it should be",
	};

	codist_plot_guide(&plot, 0, 0);
	codist_plot_guide(&plot, 1, 1);
	for (size_t s = 0; s < calibrations->n_chosen; s++)
		add_curve(&plot, s,
			  fitted_of(calibrations, calibrations->chosen[s]),
			  name_of(calibrations, calibrations->chosen[s]));
	codist_plot_end(&plot, page);
}

static void put_bins(struct codist_page *page,
		     const struct calibrations *calibrations)
{
	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){ .name = "run" });
	codist_page_column(page, (struct codist_page_column){
				 "samples", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 "confidence", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 "accuracy", 1, 0, 0 });
	for (size_t s = 0; s < calibrations->n_chosen; s++) {
		size_t run = calibrations->chosen[s];
		const struct codist_calibration *found =
			fitted_of(calibrations, run);

		for (size_t b = 0; b < found->n_bins; b++) {
			if (!found->bins[b].n_samples)
				continue;
			codist_page_cell(page, "%s",
					 name_of(calibrations, run));
			codist_page_cell(page, "%zu",
					 found->bins[b].n_samples);
			codist_page_real(page, found->bins[b].confidence, 4);
			codist_page_real(page, found->bins[b].accuracy, 4);
		}
	}
	codist_page_table_end(page, "Reliability curves", "sortable");
}

static void put_run(struct codist_page *page, const char *name,
		    const struct codist_run_calibration *calibration)
{
	const struct codist_calibration *literal = &calibration->literal;
	const struct codist_calibration *fitted = &calibration->fitted;

	codist_page_cell(page, "%s", name);
	codist_page_cell(page, "%zu", literal->n_samples);
	codist_page_real(page, literal->accuracy, 4);
	codist_page_short(page, literal->log_loss, 4);
	codist_page_real(page, literal->brier, 4);
	codist_page_real(page, literal->ece, 4);
	codist_page_short(page, calibration->temperature, 4);
	codist_page_short(page, fitted->log_loss, 4);
	codist_page_real(page, fitted->brier, 4);
	codist_page_real(page, fitted->ece, 4);
}

static void put_runs(struct codist_page *page,
		     const struct calibrations *calibrations)
{
	static const struct codist_page_column columns[] = {
		{ "run", 0, 0, 0 }, { "samples", 1, 0, 0 },
		{ "accuracy", 1, 0, 1 }, { "log-loss", 1, 0, 0 },
		{ "Brier", 1, 0, 0 }, { "ECE", 1, 0, 0 }, { "T", 1, 0, 0 },
		{ "log-loss at T", 1, 0, 1 }, { "Brier at T", 1, 0, 1 },
		{ "ECE at T", 1, 0, 1 },
	};

	codist_page_table(page);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		codist_page_column(page, columns[i]);
	for (size_t i = 0; i < calibrations->runs->n; i++)
		if (fitted_of(calibrations, i)->n_samples > 0)
			put_run(page, name_of(calibrations, i),
				&calibrations->of[i]);
	codist_page_table_end(page, "Calibration of each run", "sortable");
}

static void put_section(struct codist_page *page,
			const struct calibrations *calibrations)
{
	codist_page_section(page, "calibration", "Calibration");
	codist_page_paragraph(page, "Class scores are taken for code lengths "
			      "in bits (those of logsumexp, natural logarithms, "
			      "are divided by ln 2): as they are, and at T, the temperature "
			      "of the least log-loss. Of each class the first, "
			      "third and so on of the samples are for the "
			      "temperature; all that is told is of the others, "
			      "with equals won by the first class. Log-loss "
			      "is in bits a sample, ECE the expected "
			      "calibration error in %d bins.", BINS);
	draw(page, calibrations);
	if (codist_page_is_html(page)) {
		codist_page_fold(page, "Numbers of the reliability curves");
		put_bins(page, calibrations);
		codist_page_unfold(page);
	}
	if (calibrations->runs->n > MANY)
		codist_page_fold(page, "Calibration of each run");
	put_runs(page, calibrations);
	if (calibrations->runs->n > MANY)
		codist_page_unfold(page);
}

enum codist_status
codist_report_reliability(struct codist_page *page,
			  const struct codist_report_runs *runs,
			  struct codist_watching *watching,
			  struct codist_error *err)
{
	struct calibrations calibrations;
	enum codist_status status = init(&calibrations, runs, watching, err);

	if (status == CODIST_OK && calibrations.n_chosen > 0)
		put_section(page, &calibrations);
	release(&calibrations);
	return status;
}
