/*
 * report_reliability.c - whether class scores are worth what they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_pass.h"
#include "study/report_plot.h"
#include "study/report_sections.h"

#include <stdlib.h>

#define CURVES 4 /* more lie upon one another */

static int has_samples(const struct codist_report_pass *pass, size_t run)
{
	return pass->calibrations[run].found.n_samples > 0;
}

/* The most accurate runs; returns how many. */
static size_t choose(const struct codist_report_runs *runs,
		     const struct codist_report_pass *pass,
		     size_t chosen[CURVES])
{
	size_t n = 0;

	for (size_t i = 0; i < runs->n && n < CURVES; i++)
		if (has_samples(pass, runs->best[i]))
			chosen[n++] = runs->best[i];
	return n;
}

static void draw_curve(struct codist_plot *plot, size_t series,
		       const struct codist_calibration *found,
		       const char *name)
{
	codist_plot_line_begin(plot, "line", series);
	for (size_t b = 0; b < found->n_bins; b++)
		if (found->bins[b].n_samples)
			codist_plot_line_to(plot, found->bins[b].confidence,
					    found->bins[b].accuracy);
	codist_plot_line_end(plot);
	for (size_t b = 0; b < found->n_bins; b++) {
		char *note;

		if (!found->bins[b].n_samples)
			continue;
		note = codist_text_format("%s: %zu samples", name,
					  found->bins[b].n_samples);
		codist_plot_point(plot, series, found->bins[b].confidence,
				  found->bins[b].accuracy, note);
		free(note);
	}
}

static void draw(struct codist_page *page,
		 const struct codist_report_runs *runs,
		 const struct codist_report_pass *pass, const size_t *chosen,
		 size_t n)
{
	struct codist_plot plot;
	struct codist_plot_axis x = { "confidence", 0, 1, 0 };
	struct codist_plot_axis y = { "accuracy", 0, 1, 0 };

	codist_plot_begin(&plot, page, x, y, "Reliability curves: accuracy "
			  "against confidence, of the most accurate runs; the "
			  "table that follows has their numbers");
	codist_plot_line_begin(&plot, "ideal", 0);
	codist_plot_line_to(&plot, 0, 0);
	codist_plot_line_to(&plot, 1, 1);
	codist_plot_line_end(&plot);
	for (size_t s = 0; s < n; s++)
		draw_curve(&plot, s, &pass->calibrations[chosen[s]].found,
			   runs->items[chosen[s]].name);
	codist_plot_end(&plot, "Of what is predicted with a confidence, that "
			"share should be correct: the diagonal. Below it, "
			"scores say more than they know.");
	codist_plot_legend_begin(page);
	for (size_t s = 0; s < n; s++)
		codist_plot_legend(page, s, runs->items[chosen[s]].name);
	codist_plot_legend_end(page);
}

static void put_bins(struct codist_page *page,
		     const struct codist_report_runs *runs,
		     const struct codist_report_pass *pass,
		     const size_t *chosen, size_t n)
{
	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){ .name = "run" });
	codist_page_column(page, (struct codist_page_column){
				 "samples", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 "confidence", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 "accuracy", 1, 0, 0 });
	for (size_t s = 0; s < n; s++) {
		const struct codist_calibration *found =
			&pass->calibrations[chosen[s]].found;

		for (size_t b = 0; b < found->n_bins; b++) {
			if (!found->bins[b].n_samples)
				continue;
			codist_page_cell(page, "%s",
					 runs->items[chosen[s]].name);
			codist_page_cell(page, "%zu",
					 found->bins[b].n_samples);
			codist_page_real(page, found->bins[b].confidence, 4);
			codist_page_real(page, found->bins[b].accuracy, 4);
		}
	}
	codist_page_table_end(page, "Reliability curves", "sortable");
}

static void put_run(struct codist_page *page, const char *name,
		    const struct codist_pass_calibration *calibration)
{
	const struct codist_calibration *found = &calibration->found;

	codist_page_cell(page, "%s", name);
	codist_page_cell(page, "%zu", found->n_samples);
	codist_page_real(page, calibration->temperature, 4);
	codist_page_real(page, found->confidence, 4);
	codist_page_real(page, found->accuracy, 4);
	codist_page_real(page, found->log_loss, 4);
	codist_page_real(page, found->brier, 4);
	codist_page_real(page, found->ece, 4);
}

void codist_report_reliability(struct codist_page *page,
			       const struct codist_report_runs *runs,
			       const struct codist_report_pass *pass)
{
	static const struct codist_page_column columns[] = {
		{ "run", 0, 0, 0 }, { "samples", 1, 0, 0 },
		{ "temperature", 1, 0, 0 }, { "confidence", 1, 0, 1 },
		{ "accuracy", 1, 0, 1 }, { "log-loss", 1, 0, 0 },
		{ "Brier", 1, 0, 0 }, { "ECE", 1, 0, 0 },
	};
	size_t chosen[CURVES], n = choose(runs, pass, chosen);

	if (n == 0)
		return;
	codist_page_section(page, "calibration", "Calibration");
	codist_page_paragraph(page, "Class scores are taken for code lengths, "
			      "and made probabilities at the temperature at "
			      "which every other sample has the least "
			      "log-loss; the rest is held against the truth "
			      "here, with equals won by the first class. "
			      "Log-loss is in bits a sample, ECE the expected "
			      "calibration error in %d bins. Of runs with many "
			      "samples, some are taken at equal distances.",
			      CODIST_PASS_BINS);
	draw(page, runs, pass, chosen, n);
	if (codist_page_is_html(page)) {
		codist_page_fold(page, "Numbers of the reliability curves");
		put_bins(page, runs, pass, chosen, n);
		codist_page_unfold(page);
	}
	codist_page_table(page);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		codist_page_column(page, columns[i]);
	for (size_t i = 0; i < runs->n; i++)
		if (has_samples(pass, i))
			put_run(page, runs->items[i].name,
				&pass->calibrations[i]);
	codist_page_table_end(page, "Calibration of each run", "sortable");
}
