/*
 * contract_aggregator.c - what every aggregator promises
 *
 * Rows are made up: few references, classes without any, scores of which many
 * are equal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contract.h"
#include "draw.h"
#include "fold.h"

#include <math.h>

#define N_TRIALS 60
#define MOST_REFERENCES 40

/* A row and the memory that it borrows. */
struct made_row {
	struct codist_row row;
	double scores[MOST_REFERENCES];
	unsigned class_of[MOST_REFERENCES];
	size_t samples_in[MOST_REFERENCES];
	double values[MOST_REFERENCES];
};

/* The row itself, wherever what it borrows was copied to. */
static const struct codist_row *row_of(struct made_row *made)
{
	made->row.scores = made->scores;
	made->row.class_of = made->class_of;
	made->row.samples_in = made->samples_in;
	made->row.reference_values = made->values;
	return &made->row;
}

static void make(struct made_row *made, unsigned n_scores)
{
	*made = (struct made_row){ 0 };
	made->row.n_references = draw(MOST_REFERENCES + 1);
	made->row.n_classes = 1 + draw(MOST_CLASSES);
	made->row.granularity = 8;
	made->row.query_value = draw(20);
	for (size_t i = 0; i < made->row.n_references; i++) {
		made->scores[i] = 8.0 * draw(n_scores);
		made->class_of[i] = draw((unsigned)made->row.n_classes);
		made->samples_in[i] = 1 + draw(3);
		made->values[i] = draw(60);
	}
}

static void swap(struct made_row *made, size_t i, size_t j)
{
	struct made_row old = *made;

	made->scores[i] = old.scores[j];
	made->scores[j] = old.scores[i];
	made->class_of[i] = old.class_of[j];
	made->class_of[j] = old.class_of[i];
	made->samples_in[i] = old.samples_in[j];
	made->samples_in[j] = old.samples_in[i];
	made->values[i] = old.values[j];
	made->values[j] = old.values[i];
}

static void shuffle(struct made_row *made)
{
	for (size_t i = made->row.n_references; i > 1; i--)
		swap(made, i - 1, draw((unsigned)i));
}

static int has_references(const struct made_row *made, unsigned class)
{
	for (size_t i = 0; i < made->row.n_references; i++)
		if (made->class_of[i] == class)
			return 1;
	return 0;
}

static const struct codist_aggregator *
aggregator_of(const struct codist_spec *spec)
{
	return (const struct codist_aggregator *)spec->plugin;
}

/* What is promised of any result, whatever the scores are. */
static void check_folded(const struct folded *folded, size_t n_classes,
			 const char *text)
{
	unsigned smallest = 0;

	for (unsigned c = 0; c < n_classes; c++) {
		promise(text, !isnan(folded->class_scores[c]));
		promise(text, folded->may_win[c] <= 1);
		if (folded->class_scores[c] < folded->class_scores[smallest])
			smallest = c;
	}
	promise(text, folded->predicted == smallest);
	promise(text, folded->may_win[folded->predicted] == 1);
}

static struct folded fold_made(const struct codist_spec *spec,
			       struct made_row *made, const char *text)
{
	struct folded folded = fold_spec(spec, row_of(made));

	check_folded(&folded, made->row.n_classes, text);
	return folded;
}

static void check_winner(const struct codist_spec *spec, const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made;

		make(&made, 1 + trial);
		fold_made(spec, &made, text);
	}
}

static void the_smallest_score_of_the_smallest_label_wins(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_winner);
}

static void check_empty_class(const struct codist_spec *spec, const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made;
		struct folded folded;

		make(&made, 10);
		made.row.n_references %= 10;
		folded = fold_made(spec, &made, text);
		for (unsigned c = 0; c < made.row.n_classes; c++)
			promise(text, has_references(&made, c) ==
					      (folded.class_scores[c] <
					       INFINITY));
	}
}

static void a_class_is_infinitely_far_just_if_it_has_no_reference(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_empty_class);
}

#define GUARD 64

/* Scratch full of `dirt`, between guards; the result must not show either. */
static struct folded fold_in_dirt(const struct codist_spec *spec,
				  const struct codist_row *row,
				  unsigned char dirt, const char *text)
{
	size_t size = codist_fold_scratch(spec, row);
	unsigned char *bytes = malloc(size + 2 * GUARD), guard[GUARD];
	struct folded folded;

	assert_non_null(bytes);
	memset(guard, 0xa5, GUARD);
	memset(bytes, 0xa5, size + 2 * GUARD);
	memset(bytes + GUARD, dirt, size);
	memset(&folded, dirt, sizeof(folded));
	folded.predicted = codist_fold(spec, row, bytes + GUARD,
				       folded.class_scores, folded.may_win);
	promise(text, memcmp(bytes, guard, GUARD) == 0);
	promise(text, memcmp(bytes + GUARD + size, guard, GUARD) == 0);
	for (size_t c = row->n_classes; c < MOST_CLASSES; c++)
		promise(text, folded.may_win[c] == dirt);
	free(bytes);
	return folded;
}

static void check_scratch(const struct codist_spec *spec, const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made;
		struct folded one, other;
		size_t n;

		make(&made, 10);
		n = made.row.n_classes;
		one = fold_in_dirt(spec, row_of(&made), 0x00, text);
		other = fold_in_dirt(spec, row_of(&made), 0xff, text);
		promise(text, one.predicted == other.predicted);
		promise(text, memcmp(one.class_scores, other.class_scores,
				     n * sizeof(double)) == 0);
		promise(text, memcmp(one.may_win, other.may_win, n) == 0);
	}
}

static void a_result_repeats_whatever_the_scratch_held(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_scratch);
}

static void check_without_ties(const struct codist_spec *spec, const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made;
		struct folded folded;
		double class_scores[MOST_CLASSES];
		void *scratch;

		make(&made, 10);
		folded = fold_made(spec, &made, text);
		scratch = malloc(codist_fold_scratch(spec, &made.row) + 1);
		assert_non_null(scratch);
		promise(text, codist_fold(spec, &made.row, scratch,
					  class_scores, NULL) ==
				      folded.predicted);
		promise(text, memcmp(class_scores, folded.class_scores,
				     made.row.n_classes * sizeof(double)) == 0);
		free(scratch);
	}
}

static void ties_are_not_needed_for_a_result(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_without_ties);
}

/* Which of equally near references are taken may hang on their order. */
static void check_order(const struct codist_spec *spec, const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made, shuffled;
		struct folded before, after;

		make(&made, 1 + trial);
		shuffled = made;
		shuffle(&shuffled);
		before = fold_made(spec, &made, text);
		after = fold_made(spec, &shuffled, text);
		promise(text, memcmp(before.may_win, after.may_win,
				     made.row.n_classes) == 0);
		promise(text, before.may_win[after.predicted] == 1);
	}
}

static void the_order_of_references_decides_ties_only(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_order);
}

/* But for the rounding of sums. */
static void check_order_of_distinct(const struct codist_spec *spec,
				    const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made, shuffled;
		struct folded before, after;

		make(&made, 1);
		for (size_t i = 0; i < made.row.n_references; i++)
			made.scores[i] = 8.0 * (double)(i * i + 1);
		shuffled = made;
		shuffle(&shuffled);
		before = fold_made(spec, &made, text);
		after = fold_made(spec, &shuffled, text);
		for (size_t c = 0; c < made.row.n_classes; c++) {
			double a = before.class_scores[c];
			double b = after.class_scores[c];

			promise(text, a == b || fabs(a - b) <=
						1e-13 * (1 + fabs(a)));
		}
	}
}

static void distinct_scores_have_no_order(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_order_of_distinct);
}

static void check_nearer(const struct codist_spec *spec, const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made, nearer;
		struct folded before, after;
		unsigned class;

		make(&made, 1 + trial);
		class = draw((unsigned)made.row.n_classes);
		nearer = made;
		for (size_t i = 0; i < made.row.n_references; i++)
			if (made.class_of[i] == class)
				nearer.scores[i] -= 8 * draw(20);
		before = fold_made(spec, &made, text);
		after = fold_made(spec, &nearer, text);
		promise(text, after.class_scores[class] <=
				      before.class_scores[class]);
	}
}

static void nearer_references_bring_their_class_nearer(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_nearer);
}

static void check_not_finite(const struct codist_spec *spec, const char *text)
{
	static const double odd[] = { INFINITY, NAN, -INFINITY };

	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made, infinite;
		struct folded one, other;

		make(&made, 10);
		infinite = made;
		for (size_t i = 0; i < made.row.n_references; i++) {
			unsigned kind = draw(6);

			if (kind >= 3)
				continue;
			made.scores[i] = odd[kind];
			infinite.scores[i] = kind == 1 ? INFINITY : odd[kind];
		}
		one = fold_made(spec, &made, text);
		other = fold_made(spec, &infinite, text);
		promise(text, one.predicted == other.predicted);
		promise(text, memcmp(one.class_scores, other.class_scores,
				     made.row.n_classes * sizeof(double)) == 0);
		promise(text, memcmp(one.may_win, other.may_win,
				     made.row.n_classes) == 0);
	}
}

static void what_is_not_a_number_counts_as_infinite(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_not_finite);
}

static void check_all_infinite(const struct codist_spec *spec, const char *text)
{
	for (unsigned trial = 0; trial < N_TRIALS; trial++) {
		struct made_row made;
		struct folded folded;

		make(&made, 1);
		for (size_t i = 0; i < made.row.n_references; i++) {
			made.scores[i] = draw(2) ? INFINITY : NAN;
			made.values[i] = made.scores[i];
		}
		folded = fold_made(spec, &made, text);
		promise(text, folded.predicted == 0);
		for (size_t c = 0; c < made.row.n_classes; c++) {
			promise(text, folded.class_scores[c] == INFINITY);
			promise(text, folded.may_win[c] == 1);
		}
	}
}

static void where_all_is_infinite_the_smallest_label_wins(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_all_infinite);
}

static void check_needs(const struct codist_spec *spec, const char *text)
{
	struct made_row made;
	struct codist_row row;
	struct folded whole, folded;

	make(&made, 10);
	whole = fold_made(spec, &made, text);
	row = *row_of(&made);
	if (!aggregator_of(spec)->needs_values) {
		row.reference_values = NULL;
		row.query_value = 0;
	}
	if (!aggregator_of(spec)->needs_lengths)
		row.granularity = 0;
	folded = fold_spec(spec, &row);
	promise(text, memcmp(&folded, &whole, sizeof(folded)) == 0);
}

static void what_is_not_asked_for_is_not_needed(void **state)
{
	(void)state;
	contract_specs(&codist_aggregators, check_needs);
}

static void tables_are_sound(void **state)
{
	(void)state;
	contract_tables(&codist_aggregators);
	contract_refusals(&codist_aggregators);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(the_smallest_score_of_the_smallest_label_wins),
		cmocka_unit_test(
			a_class_is_infinitely_far_just_if_it_has_no_reference),
		cmocka_unit_test(a_result_repeats_whatever_the_scratch_held),
		cmocka_unit_test(ties_are_not_needed_for_a_result),
		cmocka_unit_test(the_order_of_references_decides_ties_only),
		cmocka_unit_test(distinct_scores_have_no_order),
		cmocka_unit_test(nearer_references_bring_their_class_nearer),
		cmocka_unit_test(what_is_not_a_number_counts_as_infinite),
		cmocka_unit_test(where_all_is_infinite_the_smallest_label_wins),
		cmocka_unit_test(what_is_not_asked_for_is_not_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
