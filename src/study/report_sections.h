/*
 * report_sections.h - the parts of a report, in their order
 *
 * Each adds its section to the page, or nothing where the runs have nothing to
 * say about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_SECTIONS_H
#define CODIST_STUDY_REPORT_SECTIONS_H

#include "study/report_runs.h"

void codist_report_summary(struct codist_page *page,
			   const struct codist_report_runs *runs);
void codist_report_results(struct codist_page *page,
			   const struct codist_report_runs *runs);
enum codist_status
codist_report_fitted(struct codist_page *page,
		     const struct codist_report_runs *runs,
		     struct codist_error *err);
enum codist_status
codist_report_curves(struct codist_page *page,
		     const struct codist_report_runs *runs,
		     struct codist_error *err);
void codist_report_pivot(struct codist_page *page,
			 const struct codist_report_runs *runs);
void codist_report_costs(struct codist_page *page,
			 const struct codist_report_runs *runs);
enum codist_status
codist_report_ranks(struct codist_page *page,
		    const struct codist_report_runs *runs,
		    struct codist_error *err);
enum codist_status
codist_report_matrices(struct codist_page *page,
		       const struct codist_report_runs *runs,
		       struct codist_error *err);
enum codist_status
codist_report_pairs(struct codist_page *page,
		    const struct codist_report_runs *runs,
		    struct codist_error *err);
enum codist_status
codist_report_differences(struct codist_page *page,
			  const struct codist_report_runs *runs,
			  struct codist_error *err);
enum codist_status
codist_report_reliability(struct codist_page *page,
			  const struct codist_report_runs *runs,
			  struct codist_watching *watching,
			  struct codist_error *err);
enum codist_status
codist_report_hardest(struct codist_page *page,
		      const struct codist_report_runs *runs,
		      struct codist_error *err);
enum codist_status
codist_report_origins(struct codist_page *page,
		      const struct codist_report_runs *runs,
		      struct codist_error *err);

#endif
