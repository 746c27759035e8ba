/*
 * report_figures.h - the figures of a report as files, each in three formats,
 * and as data for gnuplot
 *
 * All functions are harmless where no files are wanted, and after a failure,
 * which is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_FIGURES_H
#define CODIST_STUDY_REPORT_FIGURES_H

#include "study/report_plot.h"

#include <codist/comparison.h>

struct codist_figures {
	const char *folder;
	enum codist_status status; /* of the first failure */
	struct codist_error err;
};

/* codist_figures_check() makes the folder where there is none. */
enum codist_status codist_figures_check(const char *folder,
					struct codist_error *err);

/* Files NAME.svg, NAME.png and NAME.pdf; names of series as of a legend. */
void codist_figures_draw(struct codist_figures *figures, const char *name,
			 const char *title,
			 const struct codist_drawing *drawing,
			 char *const *names);
void codist_figures_confusion(struct codist_figures *figures, const char *name,
			      const char *title,
			      const struct codist_confusion *confusion,
			      char *const *class_names);

/* Files NAME.dat and NAME.gp, which draws NAME-gnuplot.svg. */
void codist_figures_plot(struct codist_figures *figures,
			 const struct codist_plot *plot);
void codist_figures_ranks(struct codist_figures *figures, const char *name,
			  const char *title,
			  const struct codist_ranking *ranking);
void codist_figures_counts(struct codist_figures *figures, const char *name,
			   const char *title,
			   const struct codist_confusion *confusion,
			   char *const *class_names);

/* codist_figures_write() writes FOLDER/NAME.ENDING, whole or not at all. */
void codist_figures_write(struct codist_figures *figures, const char *name,
			  const char *ending, const struct codist_text *text);

#endif
