/*
 * report_ranks.h - a critical-difference diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_RANKS_H
#define CODIST_STUDY_REPORT_RANKS_H

#include "study/report_page.h"

#include <codist/comparison.h>

#define CODIST_RANKS_SIGNIFICANCE 0.05

/*
 * codist_ranks_draw() draws mean ranks on a line, and bars over those that do
 * not differ (Demsar 2006, figure 1). Too many methods are not drawn.
 */
void codist_ranks_draw(struct codist_page *page,
		       const struct codist_ranking *ranking, const char *over);

#endif
