/*
 * decide.h - the class that class scores are in favour of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_DECIDE_H
#define CODIST_STUDY_DECIDE_H

#include <codist/evaluate.h>

/*
 * codist_decide() predicts n samples, as codist_fold() does: the smallest score
 * wins, and of equals the smallest label.
 *
 *   scores      [n][n_classes]; NaN becomes INFINITY
 *   predicted   receives [n]
 *   ties        are added to
 *
 * CODIST_ENOMEM.
 */
enum codist_status codist_decide(double *scores, const unsigned *truth,
				 size_t n, size_t n_classes,
				 unsigned *predicted, struct codist_ties *ties,
				 struct codist_error *err);

#endif
