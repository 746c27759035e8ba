/*
 * test_pipeline_failures.c - what cannot be run, and runs that fail
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "toys.h"

#include <math.h>
#include <stdatomic.h>
#include <time.h>

#define N_REFERENCES 20
#define N_SAMPLES 30

/*
 * A compressor whose lengths are all 8 bits, but fail from a call on; and a
 * measure whose scores are told apart by the one byte of each item.
 */
static atomic_long calls_to_go;

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
	(void)coder;
	(void)x;
	*bits = 8;
	if (atomic_fetch_sub(&calls_to_go, 1) > 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY, "the toy broke");
}

static const struct codist_backend toy_backend = {
	.plugin = { .name = "toy", .summary = "a toy" },
	.init = toy_init,
	.release = toy_release,
	.length = toy_length,
};

static enum codist_status toy_reference(const void *config,
					struct codist_coder *coder,
					struct codist_bytes reference,
					double *base, struct codist_error *err)
{
	(void)config;
	(void)coder;
	(void)err;
	*base = reference.data[0];
	return CODIST_OK;
}

static enum codist_status (*rule)(unsigned reference, unsigned sample,
				  double *score, struct codist_error *err);

static enum codist_status toy_score(const void *config,
				    struct codist_coder *coder, double base,
				    const struct codist_item *reference,
				    const struct codist_item *query,
				    double *score, struct codist_error *err)
{
	(void)config;
	(void)coder;
	(void)reference;
	return rule((unsigned)base, query->bytes.data[0], score, err);
}

static const struct codist_measure toy_measure = {
	.plugin = { .name = "toy", .summary = "a toy" },
	.needs_backend = 1,
	.reference = toy_reference,
	.score = toy_score,
};

static struct codist_spec spec_each, spec_min, spec_nearest_mean,
	spec_logsumexp, spec_conditional, spec_pixels, spec_deflate;
static const struct codist_spec spec_toy_backend = { &toy_backend.plugin,
						     NULL };
static const struct codist_spec spec_toy_measure = { &toy_measure.plugin,
						     NULL };
static struct codist_dataset train, test;

static int setup(void **state)
{
	(void)state;
	toy_spec(&spec_each, &codist_references, "each");
	toy_spec(&spec_min, &codist_aggregators, "min");
	toy_spec(&spec_nearest_mean, &codist_aggregators, "nearest-mean");
	toy_spec(&spec_logsumexp, &codist_aggregators, "logsumexp");
	toy_spec(&spec_conditional, &codist_measures, "conditional");
	toy_spec(&spec_pixels, &codist_measures, "pixels");
	toy_spec(&spec_deflate, &codist_backends, "deflate");
	toy_numbers(&train, "train", N_REFERENCES, 2);
	toy_numbers(&test, "test", N_SAMPLES, 2);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	codist_spec_release(&spec_each);
	codist_spec_release(&spec_min);
	codist_spec_release(&spec_nearest_mean);
	codist_spec_release(&spec_logsumexp);
	codist_spec_release(&spec_conditional);
	codist_spec_release(&spec_pixels);
	codist_spec_release(&spec_deflate);
	codist_dataset_release(&train);
	codist_dataset_release(&test);
	return 0;
}

static void assert_fails(const struct codist_spec *measure,
			 const struct codist_spec *backend,
			 const struct codist_spec *aggregator,
			 const struct codist_how *how,
			 enum codist_status status, const char *message)
{
	struct codist_pipeline pipeline = { &spec_each, measure, backend,
					    aggregator, 1, 0 };
	struct codist_predictions predictions, nothing = { 0 };
	struct codist_error err = { 0 };

	memset(&predictions, 0xff, sizeof(predictions));
	assert_int_equal(codist_pipeline_run(&pipeline, &train, &test, how,
					     &predictions, NULL, &err),
			 status);
	assert_string_equal(err.message, message);
	assert_memory_equal(&predictions, &nothing, sizeof(nothing));
}

static void doors_that_do_not_fit_are_refused(void **state)
{
	const struct codist_how how = { 0 };

	(void)state;
	assert_fails(&spec_conditional, NULL, &spec_min, &how, CODIST_EUSAGE,
		     "measure conditional: needs a backend, found none");
	assert_fails(&spec_pixels, &spec_deflate, &spec_min, &how,
		     CODIST_EUSAGE,
		     "measure pixels: uses no backend, found backend deflate");
	assert_fails(&spec_pixels, NULL, &spec_logsumexp, &how, CODIST_EUSAGE,
		     "aggregator logsumexp: needs differences of lengths, "
		     "which measure pixels does not give");
	assert_fails(&spec_conditional, &spec_deflate, &spec_nearest_mean,
		     &how, CODIST_EUSAGE,
		     "aggregator nearest-mean: needs values that add up, such "
		     "as a count of pixels, which measure conditional does "
		     "not give");
}

static void a_test_set_without_samples_is_refused(void **state)
{
	const struct codist_how how = { 0 };
	size_t n_samples = test.n_samples;

	(void)state;
	test.n_samples = 0;
	assert_fails(&spec_pixels, NULL, &spec_min, &how, CODIST_EFORMAT,
		     "test: no samples, expected at least one to classify");
	test.n_samples = n_samples;
}

static void sets_that_differ_in_their_shapes_are_refused(void **state)
{
	const struct codist_how how = { 0 };

	(void)state;
	test.rank = 1;
	test.dimensions[0] = 1;
	assert_fails(&spec_pixels, NULL, &spec_min, &how, CODIST_EFORMAT,
		     "test: samples 1, expected of varying length as in "
		     "train");
	test.rank = 0;
}

static enum codist_status one_is_nan(unsigned reference, unsigned sample,
				     double *score, struct codist_error *err)
{
	(void)err;
	*score = reference == 7 && sample == 11 ? NAN : 0;
	return CODIST_OK;
}

static void a_score_that_is_not_a_number_ends_the_run(void **state)
{
	(void)state;
	rule = one_is_nan;
	for (unsigned n_threads = 1; n_threads < 4; n_threads++) {
		const struct codist_how how = { .n_threads = n_threads };

		assert_fails(&spec_toy_measure, &spec_toy_backend, &spec_min,
			     &how, CODIST_EFORMAT,
			     "test: measure toy: the score of sample 11 "
			     "against reference 7, of class '1', is not a "
			     "number");
	}
}

/* 20 references take a call for C(p) each, and 30 for the samples: 620. */
static void a_backend_that_fails_ends_the_run_with_its_message(void **state)
{
	static const struct {
		long calls;
		const char *says;
	} cases[] = {
		{ 0, "sample 0 of test against reference 0, of class '" },
		{ 1, "sample 0 of test against reference 0, of class '" },
		/* 300 = 9 * 31 + 1 + 20 */
		{ 300, "sample 20 of test against reference 9, of class '" },
		{ 619, "sample 29 of test against reference 19, of class '" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (unsigned n_threads = 1; n_threads < 4; n_threads++) {
			const struct codist_how how = {
				.n_threads = n_threads,
			};

			struct codist_pipeline pipeline = {
				&spec_each, &spec_conditional,
				&spec_toy_backend, &spec_min, 1, 0,
			};
			struct codist_predictions predictions;
			struct codist_error err = { 0 };

			atomic_store(&calls_to_go, cases[i].calls);
			assert_int_equal(codist_pipeline_run(
						 &pipeline, &train, &test, &how,
						 &predictions, NULL, &err),
					 CODIST_ELIBRARY);
			if (!strstr(err.message, "': the toy broke"))
				fail_msg("%s", err.message);
			/* With more threads it may be a later one. */
			if (n_threads == 1 &&
			    strncmp(err.message, cases[i].says,
				    strlen(cases[i].says)) != 0)
				fail_msg("%s", err.message);
		}
}

static enum codist_status all_fail(unsigned reference, unsigned sample,
				   double *score, struct codist_error *err)
{
	*score = 0;
	return codist_fail(err, CODIST_EIO, "%u against %u", sample,
			   reference);
}

static void of_many_failures_the_first_is_told(void **state)
{
	const struct codist_how how = { .n_threads = 7 };

	(void)state;
	rule = all_fail;
	for (unsigned i = 0; i < 50; i++)
		assert_fails(&spec_toy_measure, &spec_toy_backend, &spec_min,
			     &how, CODIST_EIO, "0 against 0");
}

static atomic_int has_failed;
static atomic_uint n_after;

/* The others wait for the failure, and then take a millisecond each. */
static enum codist_status first_fails(unsigned reference, unsigned sample,
				      double *score, struct codist_error *err)
{
	static const struct timespec a_millisecond = { 0, 1000000 };

	*score = 0;
	if (reference == 0 && sample == 0) {
		atomic_store(&has_failed, 1);
		return codist_fail(err, CODIST_EIO, "no more");
	}
	do
		nanosleep(&a_millisecond, NULL);
	while (!atomic_load(&has_failed));
	atomic_fetch_add(&n_after, 1);
	return CODIST_OK;
}

static void a_failure_soon_ends_the_work_of_all_threads(void **state)
{
	const struct codist_how how = { .n_threads = 2 };

	(void)state;
	rule = first_fails;
	assert_fails(&spec_toy_measure, &spec_toy_backend, &spec_min, &how,
		     CODIST_EIO, "no more");
	assert_true(atomic_load(&n_after) < N_REFERENCES * N_SAMPLES / 2);
}

static enum codist_status refuse_scores(void *user, size_t first, size_t n,
					size_t n_references,
					const double *scores,
					struct codist_error *err)
{
	(void)user;
	(void)n;
	(void)n_references;
	(void)scores;
	if (first == 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_EIO, "no room for sample %zu", first);
}

static void a_failing_hook_ends_the_run_with_its_message(void **state)
{
	const struct codist_how how = {
		.memory = 10 * N_REFERENCES * sizeof(double),
		.scores = refuse_scores,
	};

	(void)state;
	assert_fails(&spec_pixels, NULL, &spec_min, &how, CODIST_EIO,
		     "no room for sample 10");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(doors_that_do_not_fit_are_refused),
		cmocka_unit_test(a_test_set_without_samples_is_refused),
		cmocka_unit_test(sets_that_differ_in_their_shapes_are_refused),
		cmocka_unit_test(a_score_that_is_not_a_number_ends_the_run),
		cmocka_unit_test(
			a_backend_that_fails_ends_the_run_with_its_message),
		cmocka_unit_test(of_many_failures_the_first_is_told),
		cmocka_unit_test(a_failure_soon_ends_the_work_of_all_threads),
		cmocka_unit_test(a_failing_hook_ends_the_run_with_its_message),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
