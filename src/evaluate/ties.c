/*
 * ties.c - how much the ways to break ties decide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/evaluate.h>

#include <assert.h>

void codist_ties_count(struct codist_ties *ties, const unsigned char *may_win,
		       size_t n_classes, unsigned truth)
{
	size_t n_winners = 0;

	assert(truth < n_classes);
	for (size_t c = 0; c < n_classes; c++)
		n_winners += may_win[c] != 0;
	assert(n_winners > 0);
	ties->n_samples++;
	ties->n_tied += n_winners > 1;
	ties->correct_low += may_win[truth] && n_winners == 1;
	ties->correct_high += may_win[truth] != 0;
}
