/*
 * fold.h - rows of scores in tests, and what an aggregator makes of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_FOLD_H
#define CODIST_TESTS_FOLD_H

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define MOST_CLASSES 8

struct folded {
	unsigned predicted;
	double class_scores[MOST_CLASSES];
	unsigned char may_win[MOST_CLASSES];
};

static inline struct folded fold_spec(const struct codist_spec *spec,
				      const struct codist_row *row)
{
	struct folded folded = { 0 };
	void *scratch = malloc(codist_fold_scratch(spec, row) + 1);

	assert_non_null(scratch);
	assert_true(row->n_classes <= MOST_CLASSES);
	folded.predicted = codist_fold(spec, row, scratch, folded.class_scores,
				       folded.may_win);
	free(scratch);
	return folded;
}

static inline struct folded fold_text(const char *text,
				      const struct codist_row *row)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	struct folded folded;

	if (codist_spec_init(&spec, &codist_aggregators, text, &err))
		fail_msg("%s", err.message);
	folded = fold_spec(&spec, row);
	codist_spec_release(&spec);
	return folded;
}

/* The labels of those that may win, and dots for the others, as in "01.3". */
static inline const char *who_may_win(const struct folded *folded,
				      size_t n_classes)
{
	static char text[MOST_CLASSES + 1];

	for (size_t c = 0; c < n_classes; c++)
		text[c] = folded->may_win[c] ? (char)('0' + c) : '.';
	text[n_classes] = '\0';
	return text;
}

/* Equal doubles; infinities are equal to themselves. */
#define assert_scores(folded, ...)                                          \
	do {                                                                \
		const double expected_scores[] = { __VA_ARGS__ };           \
		for (size_t c_ = 0; c_ < sizeof(expected_scores) /          \
						 sizeof(expected_scores[0]); \
		     c_++)                                                  \
			assert_true((folded).class_scores[c_] ==            \
				    expected_scores[c_]);                   \
	} while (0)

#endif
