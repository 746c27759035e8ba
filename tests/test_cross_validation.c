/*
 * test_cross_validation.c - folds, and samples classified by other folds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "toys.h"

#include <math.h>

/* Classes of 15, 9, 5 and 1 samples, mixed up. */
static void mixed_set(struct codist_dataset *set)
{
	static const char classes[] = "abacabadabacabaabacababacabcab";

	toy_set(set, "mixed", 30, 4, 5);
	for (size_t i = 0; i < 30; i++)
		set->labels[i] = (unsigned)(classes[i] - 'a');
}

static void folds_are_stratified_and_hang_on_the_seed(void **state)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };
	size_t folds[30], again[30], other[30], sizes[4] = { 0 };
	size_t counts[4][4] = { { 0 } };

	(void)state;
	mixed_set(&set);
	if (codist_dataset_folds(&set, 4, 1, folds, &err) ||
	    codist_dataset_folds(&set, 4, 1, again, &err) ||
	    codist_dataset_folds(&set, 4, 2, other, &err))
		fail_msg("%s", err.message);
	assert_memory_equal(folds, again, sizeof(folds));
	assert_memory_not_equal(folds, other, sizeof(folds));
	for (size_t i = 0; i < 30; i++) {
		assert_true(folds[i] < 4);
		sizes[folds[i]]++;
		counts[set.labels[i]][folds[i]]++;
	}
	for (size_t f = 0; f < 4; f++) {
		assert_true(sizes[f] == 7 || sizes[f] == 8); /* 30 / 4 */
		for (size_t c = 0; c < 4; c++) {
			size_t n = 0;

			for (size_t k = 0; k < 4; k++)
				n += counts[c][k];
			assert_true(counts[c][f] == n / 4 ||
				    counts[c][f] == n / 4 + 1);
		}
	}
	codist_dataset_release(&set);
}

/* Each beginning has, of each class, its share up to one sample. */
static void an_order_has_all_classes_from_the_beginning_on(void **state)
{
	static const double sizes[] = { 15, 9, 5, 1 };
	struct codist_dataset set;
	size_t order[30], again[30], other[30], counts[4] = { 0 };
	unsigned char seen[30] = { 0 };

	(void)state;
	mixed_set(&set);
	for (unsigned c = 0; c < 4; c++) {
		size_t n = 0;

		for (size_t i = 0; i < 30; i++)
			n += set.labels[i] == c;
		assert_int_equal(n, (size_t)sizes[c]);
	}
	assert_int_equal(codist_dataset_order(&set, 1, order, NULL),
			 CODIST_OK);
	assert_int_equal(codist_dataset_order(&set, 1, again, NULL),
			 CODIST_OK);
	assert_int_equal(codist_dataset_order(&set, 2, other, NULL),
			 CODIST_OK);
	assert_memory_equal(order, again, sizeof(order));
	assert_memory_not_equal(order, other, sizeof(order));
	for (size_t i = 0; i < 30; i++) {
		assert_true(order[i] < 30);
		assert_int_equal(seen[order[i]]++, 0);
		counts[set.labels[order[i]]]++;
		for (size_t c = 0; c < 4; c++)
			assert_true(fabs((double)counts[c] -
					 sizes[c] * (double)(i + 1) / 30) <=
				    1);
	}
	codist_dataset_release(&set);
}

static void as_many_folds_as_samples_leave_one_out(void **state)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };
	size_t folds[30];

	(void)state;
	mixed_set(&set);
	assert_int_equal(codist_dataset_folds(&set, 30, 9, folds, &err),
			 CODIST_OK);
	for (size_t i = 0; i < 30; i++)
		assert_int_equal(folds[i], i);
	assert_int_equal(codist_dataset_folds(&set, 31, 9, folds, &err),
			 CODIST_EUSAGE);
	assert_int_equal(codist_dataset_folds(&set, 1, 9, folds, &err),
			 CODIST_EUSAGE);
	assert_string_equal(err.message,
			    "mixed: 1 folds of 30 samples, expected from 2 to "
			    "as many as samples");
	codist_dataset_release(&set);
}

/* A pipeline, and what came of it. */
struct work {
	struct codist_spec reference, measure, backend, aggregator;
	struct codist_pipeline pipeline;
	struct codist_predictions predictions;
};

static void begin(struct work *work, const char *reference, const char *measure,
		  const char *aggregator)
{
	*work = (struct work){ 0 };
	toy_spec(&work->reference, &codist_references, reference);
	toy_spec(&work->measure, &codist_measures, measure);
	toy_spec(&work->backend, &codist_backends, "deflate");
	toy_spec(&work->aggregator, &codist_aggregators, aggregator);
	work->pipeline = (struct codist_pipeline){
		&work->reference, &work->measure,
		((const struct codist_measure *)work->measure.plugin)
				->needs_backend ? &work->backend : NULL,
		&work->aggregator, 1, 1,
	};
}

static void end(struct work *work)
{
	codist_predictions_release(&work->predictions);
	codist_spec_release(&work->reference);
	codist_spec_release(&work->measure);
	codist_spec_release(&work->backend);
	codist_spec_release(&work->aggregator);
}

/* The slow twin: a run for one fold, trained on all others. */
static void check_fold(const struct work *work,
		       const struct codist_dataset *set, const size_t *fold_of,
		       size_t fold, struct codist_ties *ties)
{
	struct codist_dataset train, test;
	struct codist_predictions made;
	struct codist_how how = { .n_threads = 1 };
	struct codist_error err = { 0 };
	size_t in[64], out[64], n_in = 0, n_out = 0;

	for (size_t i = 0; i < set->n_samples; i++)
		if (fold_of[i] == fold)
			in[n_in++] = i;
		else
			out[n_out++] = i;
	if (codist_dataset_subset(&train, set, out, n_out, &err) ||
	    codist_dataset_subset(&test, set, in, n_in, &err) ||
	    codist_pipeline_run(&work->pipeline, &train, &test, &how, &made,
				NULL, &err))
		fail_msg("%s", err.message);
	for (size_t i = 0; i < n_in; i++) {
		assert_int_equal(work->predictions.predicted[in[i]],
				 made.predicted[i]);
		assert_memory_equal(work->predictions.class_scores +
					    in[i] * set->n_classes,
				    made.class_scores + i * set->n_classes,
				    set->n_classes * sizeof(double));
	}
	ties->n_samples += made.ties.n_samples;
	ties->n_tied += made.ties.n_tied;
	ties->correct_low += made.ties.correct_low;
	ties->correct_high += made.ties.correct_high;
	codist_predictions_release(&made);
	codist_dataset_release(&train);
	codist_dataset_release(&test);
}

static void check(const char *reference, const char *measure,
		  const char *aggregator, size_t n_folds)
{
	struct codist_dataset set;
	struct codist_ties ties = { 0 };
	struct codist_how how = { .n_threads = 3, .memory = 4096 };
	struct codist_error err = { 0 };
	struct codist_cost cost;
	size_t folds[30];
	struct work work;

	mixed_set(&set);
	begin(&work, reference, measure, aggregator);
	if (codist_dataset_folds(&set, n_folds, 3, folds, &err) ||
	    codist_cross_validate(&work.pipeline, &set, folds, n_folds, &how,
				  &work.predictions, &cost, &err))
		fail_msg("%s", err.message);
	for (size_t f = 0; f < n_folds; f++)
		check_fold(&work, &set, folds, f, &ties);
	assert_int_equal(codist_confusion_total(&work.predictions.confusion),
			 30);
	assert_memory_equal(&ties, &work.predictions.ties, sizeof(ties));
	assert_true(cost.n_scores > 0);
	end(&work);
	codist_dataset_release(&set);
}

static void each_fold_is_classified_by_the_others_alone(void **state)
{
	(void)state;
	check("each", "ncd", "knn:k=3", 5);
	check("each", "ncd:order=min,separator=%00", "knn", 30);
	check("each", "conditional", "mean", 4);
	check("each", "pixels", "nearest-mean", 3);
	check("each", "lzjd", "knn:k=4,weights=distance,equals=even", 7);
	check("each", "conditional", "logsumexp", 6);
	check("class", "conditional", "min", 5);
	check("chunk:size=3", "ncd", "mean", 2);
	check("class", "pixels", "nearest-mean", 30);
}

static void a_row_says_what_stands_at_its_front(void **state)
{
	static const double scores[] = { 5, 3, 3, NAN, 4, 3 };
	static const unsigned class_of[] = { 0, 2, 1, 0, 0, 3 };
	struct codist_row row = { .n_references = 6, .n_classes = 4,
				  .scores = scores, .class_of = class_of };
	struct codist_front front = codist_row_front(&row);

	(void)state;
	assert_int_equal(front.n_nearest, 3);
	assert_int_equal(front.first, 2);
	assert_int_equal(front.second, 1);
	/* 5, 3: the second is the one that was first before. */
	row.n_references = 2;
	front = codist_row_front(&row);
	assert_int_equal(front.n_nearest, 1);
	assert_int_equal(front.first, 2);
	assert_int_equal(front.second, 0);
	row.n_references = 1;
	front = codist_row_front(&row);
	assert_int_equal(front.n_nearest, 1);
	assert_int_equal(front.second, 0);
	/* NAN, 4, 3: what is no number is the farthest. */
	row.scores += 3;
	row.class_of += 3;
	row.n_references = 3;
	front = codist_row_front(&row);
	assert_int_equal(front.n_nearest, 1);
	assert_int_equal(front.first, 3);
	assert_int_equal(front.second, 0);
}

static struct codist_dataset made_of(const char *name, const char *const *lines)
{
	struct codist_builder builder;
	struct codist_dataset set;
	struct codist_error err = { 0 };

	codist_builder_init(&builder, name);
	for (; lines[0]; lines += 2) {
		struct codist_bytes x = { (const unsigned char *)lines[1],
					  strlen(lines[1]) };

		if (codist_builder_add(&builder, x, lines[0], lines[1], &err))
			fail_msg("%s", err.message);
	}
	if (codist_builder_finish(&builder, &set, &err))
		fail_msg("%s", err.message);
	codist_builder_release(&builder);
	return set;
}

static void sets_get_the_classes_of_either(void **state)
{
	static const char *const one[] = { "b", "x", "d", "y", NULL };
	static const char *const two[] = { "a", "p", "d", "q", NULL };
	struct codist_dataset a = made_of("one", one), b = made_of("two", two);
	struct codist_error err = { 0 };

	(void)state;
	assert_int_equal(codist_datasets_unify(&a, &b, &err), CODIST_OK);
	assert_int_equal(a.n_classes, 3);
	assert_int_equal(b.n_classes, 3);
	for (size_t c = 0; c < 3; c++) {
		assert_string_equal(a.class_names[c], c == 0 ? "a" :
						      c == 1 ? "b" : "d");
		assert_string_equal(a.class_names[c], b.class_names[c]);
	}
	assert_int_equal(a.labels[0], 1);
	assert_int_equal(a.labels[1], 2);
	assert_int_equal(b.labels[0], 0);
	assert_int_equal(b.labels[1], 2);
	assert_int_equal(codist_dataset_compatible(&a, &b, 0, &err),
			 CODIST_EFORMAT);
	assert_string_equal(err.message,
			    "one: class 'a' has no sample, expected at least "
			    "one to train on, as two has 1");
	assert_int_equal(codist_dataset_compatible(&a, &b, 1, &err), CODIST_OK);
	codist_dataset_release(&a);
	codist_dataset_release(&b);
}

static void duplicates_are_dropped_where_they_repeat(void **state)
{
	static const char *const lines[] = { "a", "x", "a", "", "b", "yy",
					     "b", "x", "a", "", "a", "yy",
					     "b", "z", NULL };
	static const char *const others[] = { "a", "z", "a", "", NULL };
	struct codist_dataset set = made_of("set", lines);
	struct codist_dataset other = made_of("other", others);
	size_t n;

	(void)state;
	assert_int_equal(codist_dataset_drop_duplicates(&set, NULL, &n, NULL),
			 CODIST_OK);
	assert_int_equal(n, 3);
	assert_int_equal(set.n_samples, 4);
	assert_string_equal(set.sample_names[0], "x");
	assert_string_equal(set.sample_names[1], "");
	assert_string_equal(set.sample_names[2], "yy");
	assert_string_equal(set.sample_names[3], "z");
	assert_int_equal(set.starts[4], 4);
	assert_int_equal(set.labels[2], 1);
	assert_memory_equal(set.bytes, "xyyz", 4);
	assert_int_equal(codist_dataset_drop_duplicates(&set, &other, &n, NULL),
			 CODIST_OK);
	assert_int_equal(n, 2);
	assert_int_equal(set.n_samples, 2);
	assert_memory_equal(set.bytes, "xyy", 3);
	assert_int_equal(codist_dataset_drop_duplicates(&set, &set, &n, NULL),
			 CODIST_OK);
	assert_int_equal(set.n_samples, 0);
	codist_dataset_release(&set);
	codist_dataset_release(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_are_stratified_and_hang_on_the_seed),
		cmocka_unit_test(an_order_has_all_classes_from_the_beginning_on),
		cmocka_unit_test(as_many_folds_as_samples_leave_one_out),
		cmocka_unit_test(each_fold_is_classified_by_the_others_alone),
		cmocka_unit_test(a_row_says_what_stands_at_its_front),
		cmocka_unit_test(sets_get_the_classes_of_either),
		cmocka_unit_test(duplicates_are_dropped_where_they_repeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
