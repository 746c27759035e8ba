/*
 * test_pipeline.c - a run gives what two plain loops give, whatever the
 * threads and the memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "toys.h"

#include <math.h>

#define N_TRAIN 90
#define N_TEST 12
#define MOST_CLASSES 3
#define MOST_AGGREGATORS 2

/* The bytes of both one after the other, compressed from scratch. */
static double joined_length(struct codist_coder *coder, struct codist_bytes p,
			    struct codist_bytes x)
{
	struct codist_bytes joined;
	struct codist_error err = { 0 };
	unsigned char *bytes = malloc(p.nbytes + x.nbytes + 1);
	double bits;

	assert_non_null(bytes);
	if (p.nbytes)
		memcpy(bytes, p.data, p.nbytes);
	if (x.nbytes)
		memcpy(bytes + p.nbytes, x.data, x.nbytes);
	joined.data = bytes;
	joined.nbytes = p.nbytes + x.nbytes;
	if (codist_coder_length(coder, joined, &bits, &err))
		fail_msg("%s", err.message);
	free(bytes);
	return bits;
}

static double count_pixels(struct codist_bytes x)
{
	size_t n = 0;

	for (size_t i = 0; i < x.nbytes; i++)
		n += x.data[i] != 0;
	return (double)n;
}

struct setup {
	const char *reference, *measure, *backend;
	const char *aggregators[MOST_AGGREGATORS];
	unsigned n_classes; /* up to MOST_CLASSES */
};

/* What is under test, and what the plain loops made. */
struct fixture {
	struct codist_dataset train, test;
	struct codist_spec reference, measure, backend;
	struct codist_spec aggregators[MOST_AGGREGATORS];
	struct codist_pipeline pipeline;
	struct codist_reference_set references;
	double *scores; /* [N_TEST][n_references] */
	size_t n_told;  /* samples whose scores the hook was handed */
};

static void plain_scores(struct fixture *f)
{
	const struct codist_bytes empty = { NULL, 0 };
	size_t n = f->references.n_references;
	struct codist_coder *coder = NULL;
	struct codist_error err = { 0 };

	if (f->pipeline.backend &&
	    codist_coder_new(&coder, &f->backend, &err))
		fail_msg("%s", err.message);
	f->scores = malloc(N_TEST * n * sizeof(*f->scores));
	assert_non_null(f->scores);
	for (size_t i = 0; i < N_TEST; i++)
		for (size_t r = 0; r < n; r++) {
			struct codist_bytes p = f->references.bytes_of[r];
			struct codist_bytes x =
				codist_dataset_sample(&f->test, i);

			f->scores[i * n + r] = coder ?
				joined_length(coder, p, x) -
					joined_length(coder, p, empty) :
				fabs(count_pixels(p) /
					     (double)f->references
						     .samples_in[r] -
				     count_pixels(x));
		}
	codist_coder_free(coder);
}

static void fixture_init(struct fixture *f, const struct setup *setup)
{
	struct codist_error err = { 0 };

	*f = (struct fixture){ 0 };
	toy_set(&f->train, "train", N_TRAIN, setup->n_classes, 1);
	toy_set(&f->test, "test", N_TEST, setup->n_classes, 2);
	toy_spec(&f->reference, &codist_references, setup->reference);
	toy_spec(&f->measure, &codist_measures, setup->measure);
	f->pipeline = (struct codist_pipeline){
		.reference = &f->reference,
		.measure = &f->measure,
		.aggregators = f->aggregators,
	};
	if (setup->backend) {
		toy_spec(&f->backend, &codist_backends, setup->backend);
		f->pipeline.backend = &f->backend;
	}
	for (size_t a = 0; a < MOST_AGGREGATORS && setup->aggregators[a]; a++)
		toy_spec(&f->aggregators[f->pipeline.n_aggregators++],
			 &codist_aggregators, setup->aggregators[a]);
	if (codist_references_cut(&f->references, &f->reference, &f->train,
				  &err))
		fail_msg("%s", err.message);
	plain_scores(f);
}

static void fixture_release(struct fixture *f)
{
	free(f->scores);
	codist_references_release(&f->references);
	for (size_t a = 0; a < f->pipeline.n_aggregators; a++)
		codist_spec_release(&f->aggregators[a]);
	codist_spec_release(&f->backend);
	codist_spec_release(&f->measure);
	codist_spec_release(&f->reference);
	codist_dataset_release(&f->test);
	codist_dataset_release(&f->train);
}

static enum codist_status compare_scores(void *user, size_t first, size_t n,
					 size_t n_references,
					 const double *scores,
					 struct codist_error *err)
{
	struct fixture *f = user;

	(void)err;
	assert_int_equal(first, f->n_told);
	assert_int_equal(n_references, f->references.n_references);
	assert_true(n > 0 && first + n <= N_TEST);
	assert_memory_equal(scores, f->scores + first * n_references,
			    n * n_references * sizeof(*scores));
	f->n_told += n;
	return CODIST_OK;
}

static void compare_predictions(const struct fixture *f, size_t a,
				const struct codist_predictions *made)
{
	size_t n_classes = f->test.n_classes;
	struct codist_confusion confusion;
	struct codist_ties ties = { 0 };
	struct codist_error err = { 0 };
	struct codist_row row = {
		.n_references = f->references.n_references,
		.n_classes = n_classes,
		.class_of = f->references.class_of,
		.samples_in = f->references.samples_in,
	};
	double *values = calloc(row.n_references, sizeof(*values));
	void *scratch;

	assert_non_null(values);
	for (size_t r = 0; r < row.n_references; r++)
		values[r] = count_pixels(f->references.bytes_of[r]);
	if (f->pipeline.backend)
		row.granularity = codist_backend_granularity(&f->backend);
	else
		row.reference_values = values;
	scratch = malloc(codist_fold_scratch(&f->aggregators[a], &row) + 1);
	assert_non_null(scratch);
	if (codist_confusion_init(&confusion, n_classes, &err))
		fail_msg("%s", err.message);
	assert_int_equal(made->n_samples, N_TEST);
	assert_int_equal(made->n_classes, n_classes);
	for (size_t i = 0; i < N_TEST; i++) {
		double class_scores[MOST_CLASSES];
		unsigned char may_win[MOST_CLASSES];
		unsigned predicted;

		row.scores = f->scores + i * row.n_references;
		if (!f->pipeline.backend)
			row.query_value = count_pixels(
				codist_dataset_sample(&f->test, i));
		predicted = codist_fold(&f->aggregators[a], &row, scratch,
					class_scores, may_win);
		assert_int_equal(made->predicted[i], predicted);
		assert_memory_equal(made->class_scores + i * n_classes,
				    class_scores, n_classes * sizeof(double));
		codist_confusion_count(&confusion, f->test.labels[i],
				       predicted);
		codist_ties_count(&ties, may_win, n_classes,
				  f->test.labels[i]);
	}
	assert_memory_equal(made->confusion.counts, confusion.counts,
			    n_classes * n_classes * sizeof(size_t));
	assert_memory_equal(&made->ties, &ties, sizeof(ties));
	codist_confusion_release(&confusion);
	free(scratch);
	free(values);
}

/* With the memory for so many rows of scores; 0: the default. */
static void compare_run(struct fixture *f, unsigned n_threads, size_t n_rows)
{
	struct codist_predictions predictions[MOST_AGGREGATORS];
	struct codist_cost cost;
	struct codist_error err = { 0 };
	size_t row_size = f->references.n_references * sizeof(double);
	struct codist_how how = {
		.n_threads = n_threads,
		.memory = n_rows * row_size,
		.scores = compare_scores,
		.user = f,
	};

	f->n_told = 0;
	if (codist_pipeline_run(&f->pipeline, &f->train, &f->test, &how,
				predictions, &cost, &err))
		fail_msg("%s", err.message);
	assert_int_equal(f->n_told, N_TEST);
	assert_int_equal(cost.n_references, f->references.n_references);
	assert_int_equal(cost.n_scores,
			 N_TEST * f->references.n_references);
	for (size_t a = 0; a < f->pipeline.n_aggregators; a++) {
		compare_predictions(f, a, &predictions[a]);
		codist_predictions_release(&predictions[a]);
	}
}

static void compare_runs(const struct setup *setup)
{
	static const unsigned n_threads[] = { 1, 2, 3, 7 };
	static const size_t n_rows[] = { 0, 1, 5 };
	struct fixture f;

	fixture_init(&f, setup);
	for (size_t t = 0; t < sizeof(n_threads) / sizeof(*n_threads); t++)
		for (size_t m = 0; m < sizeof(n_rows) / sizeof(*n_rows); m++)
			compare_run(&f, n_threads[t], n_rows[m]);
	fixture_release(&f);
}

static void whole_classes_are_scored_as_by_plain_loops(void **state)
{
	const struct setup setup = { "class", "conditional",
				     "deflate:level=6,unit=bit",
				     { "min", "mean" }, 3 };

	(void)state;
	compare_runs(&setup);
}

static void chunks_are_scored_as_by_plain_loops(void **state)
{
	const struct setup setup = { "chunk:size=4", "conditional",
				     "deflate:level=9,wbits=-9",
				     { "logsumexp", "knn:k=3" }, 3 };

	(void)state;
	compare_runs(&setup);
}

static void samples_are_scored_without_a_backend_as_by_plain_loops(void **state)
{
	const struct setup setup = { "each", "pixels", NULL,
				     { "knn:k=5,weights=distance",
				       "nearest-mean" }, 3 };

	(void)state;
	compare_runs(&setup);
}

static void joined_samples_are_scored_by_their_mean_value(void **state)
{
	const struct setup setup = { "chunk:size=7", "pixels", NULL,
				     { "min", "nearest-mean" }, 3 };

	(void)state;
	compare_runs(&setup);
}

/* Then the coder is ready for the next block before it begins. */
static void the_only_class_is_scored_as_by_plain_loops(void **state)
{
	const struct setup setup = { "class", "conditional", "deflate",
				     { "min" }, 1 };

	(void)state;
	compare_runs(&setup);
}

static void a_row_is_kept_even_where_the_memory_is_less(void **state)
{
	const struct setup setup = { "each", "pixels", NULL, { "min" }, 3 };
	struct codist_predictions predictions;
	struct codist_how how = { .n_threads = 1, .memory = 1 };
	struct codist_error err = { 0 };
	struct fixture f;

	(void)state;
	fixture_init(&f, &setup);
	how.scores = compare_scores;
	how.user = &f;
	if (codist_pipeline_run(&f.pipeline, &f.train, &f.test, &how,
				&predictions, NULL, &err))
		fail_msg("%s", err.message);
	assert_int_equal(f.n_told, N_TEST);
	compare_predictions(&f, 0, &predictions);
	codist_predictions_release(&predictions);
	fixture_release(&f);
}

static void scores_can_be_had_without_an_aggregator(void **state)
{
	const struct setup setup = { "chunk:size=4", "conditional", "deflate",
				     { NULL }, 3 };
	struct fixture f;

	(void)state;
	fixture_init(&f, &setup);
	compare_run(&f, 2, 3);
	fixture_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_classes_are_scored_as_by_plain_loops),
		cmocka_unit_test(chunks_are_scored_as_by_plain_loops),
		cmocka_unit_test(
			samples_are_scored_without_a_backend_as_by_plain_loops),
		cmocka_unit_test(joined_samples_are_scored_by_their_mean_value),
		cmocka_unit_test(the_only_class_is_scored_as_by_plain_loops),
		cmocka_unit_test(a_row_is_kept_even_where_the_memory_is_less),
		cmocka_unit_test(scores_can_be_had_without_an_aggregator),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
