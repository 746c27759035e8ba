/*
 * test_knn.c - votes by hand, and ties against all ways to break them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "draw.h"
#include "fold.h"

#include <math.h>
#include <stdio.h>

#define MOST_REFERENCES 7

static struct folded fold(const char *text, size_t n_references,
			  const double *scores, const unsigned *class_of)
{
	static const size_t samples_in[MOST_REFERENCES] = { 1, 1, 1, 1,
							    1, 1, 1 };
	struct codist_row row = {
		.n_references = n_references,
		.n_classes = 3,
		.scores = scores,
		.class_of = class_of,
		.samples_in = samples_in,
	};

	assert_true(n_references <= MOST_REFERENCES);
	return fold_text(text, &row);
}

static void each_of_the_k_has_one_vote(void **state)
{
	static const double scores[] = { 5, 1, 4, 3, 9, 2 };
	static const unsigned class_of[] = { 0, 1, 0, 0, 2, 1 };
	struct folded one = fold("knn", 6, scores, class_of);
	struct folded five = fold("knn:k=5", 6, scores, class_of);

	(void)state;
	assert_scores(one, 0, -1, 0);
	assert_int_equal(one.predicted, 1);
	assert_scores(five, -0.6, -0.4, 0);
	assert_int_equal(five.predicted, 0);
	assert_false(signbit(five.class_scores[2]));
}

/* Votes of 1/2, 1/4 and 1/8: class 0 has 4/8 of 7/8, class 1 has 3/8. */
static void votes_may_weigh_by_distance(void **state)
{
	static const double scores[] = { 8, 16, 4, 2 };
	static const unsigned class_of[] = { 1, 2, 1, 0 };
	struct folded folded = fold("knn:k=3,weights=distance", 4, scores,
				    class_of);

	(void)state;
	assert_scores(folded, -4.0 / 7, -3.0 / 7, 0);
	assert_int_equal(folded.predicted, 0);
}

static void exact_matches_vote_alone(void **state)
{
	static const double scores[] = { 1e-300, 0, 1, 0, -8 };
	static const unsigned class_of[] = { 0, 1, 0, 1, 2 };
	struct folded three = fold("knn:k=3,weights=distance", 4, scores,
				   class_of);
	struct folded five = fold("knn:k=5,weights=distance", 5, scores,
				  class_of);

	(void)state;
	assert_scores(three, 0, -1, INFINITY);
	/* A negative difference of lengths is a match too. */
	assert_scores(five, 0, -2.0 / 3, -1.0 / 3);
}

/* 1 / 5e-324 would be infinite. */
static void the_smallest_distance_does_not_overflow(void **state)
{
	static const double scores[] = { 5e-324, 5e-324, 1 };
	static const unsigned class_of[] = { 0, 1, 2 };
	struct folded folded = fold("knn:k=3,weights=distance", 3, scores,
				    class_of);

	(void)state;
	assert_scores(folded, -0.5, -0.5);
}

static void fewer_references_than_k_all_vote(void **state)
{
	static const double scores[] = { 3, 2, 1 };
	static const unsigned class_of[] = { 1, 1, 0 };
	struct folded folded = fold("knn:k=1000000000", 3, scores, class_of);

	(void)state;
	assert_scores(folded, -1.0 / 3, -2.0 / 3, INFINITY);
	assert_int_equal(folded.predicted, 1);
}

static void the_last_place_goes_to_the_first_of_equals(void **state)
{
	static const double scores[] = { 9, 4, 4, 1, 4 };
	static const unsigned class_of[] = { 0, 2, 1, 1, 0 };
	struct folded two = fold("knn:k=2", 5, scores, class_of);
	struct folded three = fold("knn:k=3", 5, scores, class_of);

	(void)state;
	assert_scores(two, 0, -0.5, -0.5);
	/*
	 * 1 has a vote, and so has whoever gets the other seat: 1 itself, or
	 * 0 or 2, which then tie with it.
	 */
	assert_string_equal(who_may_win(&two, 3), "012");
	/* With two seats 1 cannot be passed, and 0 and 2 have one each. */
	assert_scores(three, 0, -2.0 / 3, -1.0 / 3);
	assert_string_equal(who_may_win(&three, 3), "012");
}

/*
 * Of five equals, two seats go to the middles of the halves, places 5/4 and
 * 15/4 counted from 0 and rounded down: the second and the fourth, of class 1.
 */
static void the_last_places_may_be_spread_evenly(void **state)
{
	static const double scores[] = { 4, 1, 4, 4, 9, 4, 4 };
	static const unsigned class_of[] = { 0, 0, 1, 2, 2, 1, 2 };
	struct folded three = fold("knn:k=3,equals=even", 7, scores, class_of);
	struct folded six = fold("knn:k=6,equals=even", 7, scores, class_of);

	(void)state;
	assert_scores(three, -1.0 / 3, -2.0 / 3, 0);
	assert_string_equal(who_may_win(&three, 3), "012");
	assert_scores(six, -2.0 / 6, -2.0 / 6, -2.0 / 6);
}

static void a_sure_winner_is_no_tie(void **state)
{
	static const double scores[] = { 1, 1, 4, 4, 4 };
	static const unsigned class_of[] = { 1, 1, 0, 2, 1 };
	struct folded folded = fold("knn:k=3", 5, scores, class_of);

	(void)state;
	assert_string_equal(who_may_win(&folded, 3), ".1.");
}

static void the_infinitely_far_do_not_vote(void **state)
{
	static const double some[] = { INFINITY, NAN, 5, NAN };
	static const double none[] = { INFINITY, NAN, NAN, INFINITY };
	static const unsigned class_of[] = { 0, 0, 1, 2 };
	static const char *const texts[] = { "knn:k=4",
					     "knn:k=4,weights=distance" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct folded folded = fold(texts[i], 4, some, class_of);

		assert_scores(folded, 0, -1, 0);
		assert_string_equal(who_may_win(&folded, 3), ".1.");
		folded = fold(texts[i], 4, none, class_of);
		assert_scores(folded, INFINITY, INFINITY, INFINITY);
		assert_int_equal(folded.predicted, 0);
		assert_string_equal(who_may_win(&folded, 3), "012");
	}
}

/*
 * Every way to break ties is an order of the references, and among classes
 * with equal shares any may be taken. Go through all orders.
 */
struct search {
	const struct codist_spec *spec;
	struct codist_row row;
	double scores[MOST_REFERENCES];
	unsigned class_of[MOST_REFERENCES];
	size_t samples_in[MOST_REFERENCES];
	unsigned char may_win[MOST_CLASSES];
};

static void swap(struct search *search, size_t i, size_t j)
{
	double score = search->scores[i];
	unsigned class = search->class_of[i];

	search->scores[i] = search->scores[j];
	search->class_of[i] = search->class_of[j];
	search->scores[j] = score;
	search->class_of[j] = class;
}

static void try_orders(struct search *search, size_t from)
{
	if (from < search->row.n_references) {
		for (size_t i = from; i < search->row.n_references; i++) {
			swap(search, from, i);
			try_orders(search, from + 1);
			swap(search, from, i);
		}
		return;
	}

	struct folded folded = fold_spec(search->spec, &search->row);

	for (size_t c = 0; c < search->row.n_classes; c++)
		if (folded.class_scores[c] ==
		    folded.class_scores[folded.predicted])
			search->may_win[c] = 1;
}

static void ties_are_those_of_some_order(void **state)
{
	static const double distances[] = { 0, 1, 2, 3, 6, INFINITY, NAN, -1 };
	unsigned n_ties = 0, n_decided = 0;

	(void)state;
	for (unsigned trial = 0; trial < 2000; trial++) {
		struct search search = { 0 };
		struct codist_error err = { 0 };
		struct codist_spec spec;
		struct folded folded;
		char text[80];
		unsigned first = draw(3), n = 1 + draw(trial % 20 ? 6 : 7);
		unsigned n_distances = 1 + draw(8 - first);

		search.row = (struct codist_row){
			.n_references = n,
			.n_classes = 1 + draw(4),
			.scores = search.scores,
			.class_of = search.class_of,
			.samples_in = search.samples_in,
		};
		for (unsigned i = 0; i < n; i++) {
			search.scores[i] = distances[first + draw(n_distances)];
			search.class_of[i] =
				draw((unsigned)search.row.n_classes);
			search.samples_in[i] = 1;
		}
		snprintf(text, sizeof(text), "knn:k=%u,weights=%s,equals=%s",
			 1 + draw(n), draw(2) ? "uniform" : "distance",
			 draw(2) ? "first" : "even");
		if (codist_spec_init(&spec, &codist_aggregators, text, &err))
			fail_msg("%s", err.message);
		search.spec = &spec;
		folded = fold_spec(&spec, &search.row);
		try_orders(&search, 0);
		assert_memory_equal(folded.may_win, search.may_win,
				    search.row.n_classes);
		codist_spec_release(&spec);
		n_decided += memchr(folded.may_win, 0,
				    search.row.n_classes) != NULL;
		for (unsigned c = 0; c < search.row.n_classes; c++)
			n_ties += folded.may_win[c] && c != folded.predicted;
	}
	/* Neither are most of these cases without ties, nor all classes tied. */
	assert_true(n_ties > 500);
	assert_true(n_decided > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_of_the_k_has_one_vote),
		cmocka_unit_test(votes_may_weigh_by_distance),
		cmocka_unit_test(exact_matches_vote_alone),
		cmocka_unit_test(the_smallest_distance_does_not_overflow),
		cmocka_unit_test(fewer_references_than_k_all_vote),
		cmocka_unit_test(the_last_place_goes_to_the_first_of_equals),
		cmocka_unit_test(the_last_places_may_be_spread_evenly),
		cmocka_unit_test(a_sure_winner_is_no_tie),
		cmocka_unit_test(the_infinitely_far_do_not_vote),
		cmocka_unit_test(ties_are_those_of_some_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
