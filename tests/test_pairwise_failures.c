/*
 * test_pairwise_failures.c - runs over all pairs that end early, and go on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pairs.h"

#include "experiment/pairwise_run.h"

#include <math.h>
#include <stdatomic.h>
#include <time.h>

/*
 * A compressor without prime(), so that each length is one call: of nothing, of
 * 14 items, and of each pair. It breaks after so many.
 */
static atomic_long n_calls, calls_to_go;
static long nanoseconds_a_call;

static enum codist_status toy_init(void *coder, const void *config,
				   struct codist_error *err)
{
	(void)coder;
	(void)config;
	(void)err;
	return CODIST_OK;
}

static void toy_release(void *coder)
{
	(void)coder;
}

static enum codist_status toy_length(void *coder, struct codist_bytes x,
				     double *bits, struct codist_error *err)
{
	const struct timespec pause = { 0, nanoseconds_a_call };

	(void)coder;
	if (nanoseconds_a_call)
		nanosleep(&pause, NULL);
	*bits = 16;
	for (size_t i = 0; i < x.nbytes; i++)
		*bits += i > 0 && x.data[i] == x.data[i - 1] ?
				 1 : 9 + (double)(i / 7);
	atomic_fetch_add(&n_calls, 1);
	if (atomic_fetch_sub(&calls_to_go, 1) > 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY, "the toy broke");
}

static const struct codist_backend toy_backend = {
	.plugin = { .name = "toy", .summary = "a toy" },
	.init = toy_init, .release = toy_release, .length = toy_length,
};
static const struct codist_spec toy = { &toy_backend.plugin, NULL };

/* NaN where items of these sizes meet, and else something of both. */
static enum codist_status nan_score(const void *config,
				    struct codist_coder *coder, double base,
				    const struct codist_item *reference,
				    const struct codist_item *query,
				    double *score, struct codist_error *err)
{
	(void)config;
	(void)coder;
	(void)base;
	(void)err;
	*score = query->bytes.nbytes == 600 && reference->bytes.nbytes == 200 ?
			 NAN : (double)query->bytes.nbytes;
	return CODIST_OK;
}

static double nan_formula(const void *config,
			  const struct codist_lengths *lengths)
{
	(void)config;
	return lengths->x_nbytes == 600 && lengths->y_nbytes == 200 ?
		       NAN : lengths->joint;
}

static const struct codist_measure scored = {
	.plugin = { .name = "scored", .summary = "a toy" },
	.score = nan_score,
};
static const struct codist_measure formulated = {
	.plugin = { .name = "formulated", .summary = "a toy" },
	.needs_backend = 1, .wants = CODIST_WANTS_JOINT,
	.formula = nan_formula,
};
static char no_separator[] = "";
static struct codist_lengths_options plain = { .separator = no_separator };
static const struct codist_spec nan_measures[] = {
	{ &scored.plugin, NULL },
	{ &formulated.plugin, &plain },
};

static struct codist_spec measures[2];
#define N_MEASURES 2

static int setup(void **state)
{
	(void)state;
	pairs_make_items();
	toy_spec(&measures[0], &codist_measures, "ncd");
	toy_spec(&measures[1], &codist_measures, "cdm");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	codist_dataset_release(&pairs_set);
	for (size_t m = 0; m < N_MEASURES; m++)
		codist_spec_release(&measures[m]);
	return 0;
}

static void mend(void)
{
	nanoseconds_a_call = 0;
	atomic_store(&n_calls, 0);
	atomic_store(&calls_to_go, 1000000);
}

static void run_well(struct pairs *pairs)
{
	const struct codist_how how = { .n_threads = 2 };
	struct codist_error err = { 0 };

	mend();
	if (pairs_run(pairs, &how, &err))
		fail_msg("%s", err.message);
}

/* One that was not disturbed. */
static void run_whole(struct pairs *pairs, int is_full)
{
	pairs_square(pairs, measures, N_MEASURES, &toy, 1, is_full);
	run_well(pairs);
}

/* Lengths of nothing, of items, and of pairs of rows from `first` on. */
static long calls_from(size_t first)
{
	size_t n = PAIRS_ITEMS - 1 - first;

	return (long)(1 + PAIRS_ITEMS + n * (n + 1) / 2);
}

/* So many rows are done, and no others, and these are right. */
static void assert_done(const struct pairs *pairs, const struct pairs *whole,
			size_t n_rows)
{
	for (size_t r = 0; r < pairs->n_results; r++)
		for (size_t i = 0; i < PAIRS_ITEMS; i++) {
			size_t at = r * PAIRS_ITEMS + i;

			assert_int_equal(pairs->values.done[at], i < n_rows);
			if (i < n_rows)
				assert_memory_equal(
					pairs->of[r] + i * PAIRS_ITEMS,
					whole->of[r] + i * PAIRS_ITEMS,
					PAIRS_ITEMS * sizeof(double));
		}
}

/* After n_rows rows the run goes on, to the same, and does what is left. */
static void assert_goes_on(struct pairs *pairs, const struct pairs *whole,
			   size_t n_rows)
{
	assert_done(pairs, whole, n_rows);
	run_well(pairs);
	assert_int_equal(atomic_load(&n_calls), calls_from(n_rows));
	assert_done(pairs, whole, PAIRS_ITEMS);
}

/* 15 lengths first; rows of 13, 12, 11, 10 pairs and so on. */
static void a_coder_that_fails_leaves_the_rows_before(void **state)
{
	static const struct {
		long calls;
		size_t n_rows;
	} cases[] = {
		{ 0, 0 }, { 14, 0 }, { 27, 0 }, { 28, 1 }, { 60, 3 },
		{ 61, 4 }, { 104, 11 },
	};
	struct pairs whole, pairs;

	(void)state;
	run_whole(&whole, 0);
	assert_int_equal(atomic_load(&n_calls), calls_from(0));
	for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++)
		for (unsigned n_threads = 1; n_threads < 4; n_threads++) {
			const struct codist_how how = {
				.n_threads = n_threads, .memory = 1,
			};
			struct codist_error err = { 0 };

			pairs_square(&pairs, measures, N_MEASURES, &toy, 1, 0);
			mend();
			atomic_store(&calls_to_go, cases[c].calls);
			assert_int_equal(pairs_run(&pairs, &how, &err),
					 CODIST_ELIBRARY);
			/* The first length is that of nothing at all, and the
			 * others up to there are of the items. */
			if (cases[c].calls == 14 && n_threads == 1)
				assert_string_equal(err.message,
						    "item 13: the toy broke");
			assert_non_null(strstr(err.message, "the toy broke"));
			assert_goes_on(&pairs, &whole, cases[c].n_rows);
			pairs_release(&pairs);
		}
	pairs_release(&whole);
}

/* What was told to be done; the fifth row finds no room. */
struct sink {
	size_t n, results[64], rows[64];
};

static enum codist_status save(void *user, size_t result, size_t first_row,
			       size_t n_rows, struct codist_error *err)
{
	struct sink *sink = user;

	assert_int_equal(n_rows, 1);
	assert_true(sink->n < 64);
	sink->results[sink->n] = result;
	sink->rows[sink->n++] = first_row;
	if (first_row < 4)
		return CODIST_OK;
	return codist_fail(err, CODIST_EIO, "no room for row %zu", first_row);
}

static void a_sink_that_fails_ends_the_run_with_its_message(void **state)
{
	const struct codist_how how = { .n_threads = 2, .memory = 1 };
	struct codist_error err = { 0 };
	struct sink sink = { 0 };
	struct pairs whole, pairs;

	(void)state;
	run_whole(&whole, 0);
	pairs_square(&pairs, measures, N_MEASURES, &toy, 1, 0);
	pairs.values.save = save;
	pairs.values.user = &sink;
	mend();
	assert_int_equal(pairs_run(&pairs, &how, &err), CODIST_EIO);
	assert_string_equal(err.message, "no room for row 4");
	assert_int_equal(sink.n, 9);
	for (size_t i = 0; i < sink.n; i++) {
		assert_int_equal(sink.results[i], i % 2);
		assert_int_equal(sink.rows[i], i / 2);
	}
	/* Of the fifth row the first result was done, and handed over. */
	for (size_t i = 0; i < PAIRS_ITEMS; i++) {
		assert_int_equal(pairs.values.done[i], i < 5);
		assert_int_equal(pairs.values.done[PAIRS_ITEMS + i], i < 4);
	}
	pairs.values.save = NULL;
	run_well(&pairs);
	assert_int_equal(atomic_load(&n_calls), calls_from(4));
	assert_done(&pairs, &whole, PAIRS_ITEMS);
	pairs_release(&pairs);
	pairs_release(&whole);
}

/* Ask to stop once so many pairs are done, none, or more than the first row. */
static int stop(void *user, const struct codist_progress *progress)
{
	assert_int_equal(progress->total, 91);
	return progress->done >= *(size_t *)user;
}

static void a_run_that_is_stopped_goes_on(void **state)
{
	static const size_t pairs_done[] = { 0, PAIRS_ITEMS };
	struct pairs whole, pairs;

	(void)state;
	run_whole(&whole, 0);
	for (size_t i = 0; i < 2; i++)
		for (unsigned n_threads = 1; n_threads < 3; n_threads++) {
			size_t at = pairs_done[i], n_rows = 0;
			const struct codist_how how = {
				.n_threads = n_threads, .memory = 1,
				.progress = stop, .user = &at,
			};
			struct codist_error err = { 0 };

			pairs_square(&pairs, measures, N_MEASURES, &toy, 1, 0);
			mend();
			nanoseconds_a_call = 8000000;
			assert_int_equal(pairs_run(&pairs, &how, &err),
					 CODIST_ECANCELLED);
			assert_non_null(strstr(err.message, "stopped when "
							    "asked to, after"));
			assert_non_null(strstr(err.message, " of 91 pairs"));
			while (pairs.values.done[n_rows])
				n_rows++;
			/* Asked five times a second: 91 pairs take longer. */
			assert_true(n_rows < PAIRS_ITEMS - 1);
			assert_true(i == 0 ? n_rows == 0 : n_rows > 0);
			assert_goes_on(&pairs, &whole, n_rows);
			pairs_release(&pairs);
		}
	pairs_release(&whole);
}

static void assert_nan(struct pairs *pairs, const char *message)
{
	for (unsigned n_threads = 1; n_threads < 4; n_threads++) {
		const struct codist_how how = { .n_threads = n_threads };
		struct codist_error err = { 0 };

		mend();
		assert_int_equal(pairs_run(pairs, &how, &err),
				 CODIST_EFORMAT);
		assert_string_equal(err.message, message);
	}
}

/* The fifth item has 600 bytes, the tenth 200. */
static void a_distance_that_is_not_a_number_is_told_with_its_pair(void **state)
{
	static const char *const names[] = { "a", "b", "c" };
	static const char *const messages[2][3] = {
		{ "measure scored: the distance of item 4 and item 9 is not a "
		  "number",
		  "measure scored: the distance of 4 and 9 is not a number",
		  "measure scored: the distance of item 4 and b is not a "
		  "number" },
		{ "measure formulated: the distance of item 4 and item 9 is "
		  "not a number",
		  "measure formulated: the distance of 4 and 9 is not a number",
		  "measure formulated: the distance of item 4 and b is not a "
		  "number" },
	};

	(void)state;
	for (size_t m = 0; m < 2; m++) {
		struct pairs pairs;

		for (int is_full = 0; is_full < 2; is_full++) {
			pairs_square(&pairs, &nan_measures[m], 1, &toy, m,
				     is_full);
			assert_nan(&pairs, messages[m][0]);
			pairs.asked.row_names = NULL;
			assert_nan(&pairs, messages[m][1]);
			pairs_release(&pairs);
		}
		pairs_square(&pairs, &nan_measures[m], 1, &toy, m, 0);
		pairs.asked.columns = pairs_items + 8;
		pairs.asked.n_columns = 3;
		pairs.asked.column_names = names;
		assert_nan(&pairs, messages[m][2]);
		pairs_release(&pairs);
	}
}

/* Those of which both results are done keep the -7 that no measure gives. */
static void rows_that_are_done_are_not_computed_again(void **state)
{
	static const unsigned char done[N_MEASURES][PAIRS_ITEMS] = {
		{ 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1 },
		{ 1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1 },
	};
	static const struct codist_how hows[] = {
		{ .n_threads = 1 }, { .n_threads = 3, .memory = 1 },
		{ .n_threads = 2, .memory = 8192 }, /* 4 rows */
	};
	struct pairs whole, pairs;
	struct codist_error err = { 0 };

	(void)state;
	run_whole(&whole, 1);
	for (size_t h = 0; h < sizeof(hows) / sizeof(hows[0]); h++) {
		long expected = 1 + PAIRS_ITEMS;

		pairs_square(&pairs, measures, N_MEASURES, &toy, 1, 1);
		memcpy(pairs.values.done, done, sizeof(done));
		mend();
		assert_int_equal(pairs_run(&pairs, &hows[h], &err), CODIST_OK);
		for (size_t i = 0; i < PAIRS_ITEMS; i++) {
			int was_done = done[0][i] && done[1][i];

			expected += was_done ? 0 : PAIRS_ITEMS;
			for (size_t k = 0; k < N_MEASURES * PAIRS_ITEMS; k++) {
				size_t r = k / PAIRS_ITEMS;
				size_t at = i * PAIRS_ITEMS + k % PAIRS_ITEMS;

				assert_true(pairs.of[r][at] ==
					    (was_done ? -7 :
							whole.of[r][at]));
			}
		}
		assert_int_equal(atomic_load(&n_calls), expected);
		pairs_release(&pairs);
	}
	/* Of a run that is all done nobody is asked for anything. */
	mend();
	assert_int_equal(pairs_run(&whole, &hows[0], &err), CODIST_OK);
	assert_int_equal(atomic_load(&n_calls), 0);
	pairs_release(&whole);
}

/* At 4 s a pair a minute has 15; of 20 items the rows have 19, 18 and so on. */
static void not_more_than_a_minute_is_lost(void **state)
{
	struct codist_unit unit = { .separator = "", .needs = { .xy = 1 } };
	struct codist_pairs pairs = {
		.unit = &unit, .n_rows = 20, .n_columns = 20, .is_half = 1,
		.most = 8, .seconds_a_pair = 4,
	};

	(void)state;
	assert_int_equal(codist_pairs_block(&pairs, 0), 1);
	assert_int_equal(codist_pairs_block(&pairs, 4), 1);
	/* 7 + 6 pairs, and 5 more would be 18; both ways round they are 14. */
	assert_int_equal(codist_pairs_block(&pairs, 12), 2);
	unit.needs.yx = 1;
	assert_int_equal(codist_pairs_block(&pairs, 12), 1);
	/* 5 + 4 + 3 + 2 + 1 + 0 pairs are just a minute; then the items end. */
	unit.needs.yx = 0;
	assert_int_equal(codist_pairs_block(&pairs, 14), 6);
	pairs.seconds_a_pair = 1e-6;
	assert_int_equal(codist_pairs_block(&pairs, 0), 8);
	assert_int_equal(codist_pairs_block(&pairs, 17), 3);
	pairs.seconds_a_pair = -1;
	assert_int_equal(codist_pairs_block(&pairs, 0), 1);
	/* 3 rows of 5 columns each. */
	pairs.is_half = 0;
	pairs.n_columns = 5;
	pairs.seconds_a_pair = 4;
	assert_int_equal(codist_pairs_block(&pairs, 0), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_coder_that_fails_leaves_the_rows_before),
		cmocka_unit_test(
			a_sink_that_fails_ends_the_run_with_its_message),
		cmocka_unit_test(a_run_that_is_stopped_goes_on),
		cmocka_unit_test(
			a_distance_that_is_not_a_number_is_told_with_its_pair),
		cmocka_unit_test(rows_that_are_done_are_not_computed_again),
		cmocka_unit_test(not_more_than_a_minute_is_lost),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
