/*
 * test_pipeline_threads.c - who does what in a run, and who is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "toys.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static atomic_uint n_values, n_scores;

/* What else a score does. */
static void (*at_score)(void);

static enum codist_status toy_value(const void *config,
				    struct codist_coder *coder,
				    struct codist_bytes item, double *value,
				    struct codist_error *err)
{
	(void)config;
	(void)coder;
	(void)err;
	atomic_fetch_add(&n_values, 1);
	*value = 1 + (double)item.nbytes;
	return CODIST_OK;
}

static enum codist_status toy_score(const void *config,
				    struct codist_coder *coder, double base,
				    const struct codist_item *reference,
				    const struct codist_item *query,
				    double *score, struct codist_error *err)
{
	(void)config;
	(void)coder;
	(void)base;
	(void)err;
	atomic_fetch_add(&n_scores, 1);
	if (at_score)
		at_score();
	*score = query->value / reference->value;
	return CODIST_OK;
}

static const struct codist_measure toy_measure = {
	.plugin = { .name = "toy", .summary = "a toy" },
	.value = toy_value,
	.score = toy_score,
};

/* By the toy, folded by min. */
static enum codist_status run(const char *reference,
			      const struct codist_dataset *train,
			      const struct codist_dataset *test,
			      const struct codist_how *how,
			      struct codist_cost *cost,
			      struct codist_error *err)
{
	const struct codist_spec measure = { &toy_measure.plugin, NULL };
	struct codist_spec cut, min;
	struct codist_pipeline pipeline = { &cut, &measure, NULL, &min, 1, 0 };
	struct codist_predictions predictions;
	enum codist_status status;

	atomic_store(&n_values, 0);
	atomic_store(&n_scores, 0);
	toy_spec(&cut, &codist_references, reference);
	toy_spec(&min, &codist_aggregators, "min");
	status = codist_pipeline_run(&pipeline, train, test, how, &predictions,
				     cost, err);
	codist_predictions_release(&predictions);
	codist_spec_release(&min);
	codist_spec_release(&cut);
	return status;
}

static void each_value_and_score_is_computed_once(void **state)
{
	struct codist_dataset train, test;
	struct codist_how how = { .n_threads = 3, .memory = 1 };
	struct codist_error err = { 0 };

	(void)state;
	at_score = NULL;
	toy_set(&train, "train", 200, 2, 3);
	toy_set(&test, "test", 50, 2, 4);
	if (run("each", &train, &test, &how, NULL, &err))
		fail_msg("%s", err.message);
	assert_int_equal(atomic_load(&n_values), 250);
	assert_int_equal(atomic_load(&n_scores), 200 * 50);
	codist_dataset_release(&test);
	codist_dataset_release(&train);
}

static void there_are_no_more_threads_than_scores(void **state)
{
	struct codist_dataset train, test;
	struct codist_how how = { .n_threads = 1000 };
	struct codist_cost cost;
	struct codist_error err = { 0 };

	(void)state;
	at_score = NULL;
	toy_set(&train, "train", 3, 3, 3);
	toy_set(&test, "test", 2, 3, 4);
	if (run("class", &train, &test, &how, &cost, &err))
		fail_msg("%s", err.message);
	assert_int_equal(cost.n_references, 3);
	assert_int_equal(cost.n_scores, 6);
	assert_in_range(cost.n_threads, 1, 6);
	codist_dataset_release(&test);
	codist_dataset_release(&train);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static pthread_t first_thread;
static int has_begun, have_met, has_waited;

/* The first score begins; each later one stays until two threads are here. */
static void meet(void)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += 20;
	pthread_mutex_lock(&lock);
	if (!has_begun) {
		first_thread = pthread_self();
		has_begun = 1;
	} else if (!pthread_equal(first_thread, pthread_self())) {
		have_met = 1;
		pthread_cond_broadcast(&arrived);
	} else {
		while (!have_met && !has_waited)
			has_waited = pthread_cond_timedwait(&arrived, &lock,
							    &end);
	}
	pthread_mutex_unlock(&lock);
}

static void threads_share_the_samples_when_references_are_few(void **state)
{
	struct codist_dataset train, test;
	struct codist_how how = { .n_threads = 2 };
	struct codist_error err = { 0 };

	(void)state;
#ifndef _OPENMP
	print_message("built without OpenMP\n");
	skip();
#endif
	at_score = meet;
	toy_set(&train, "train", 1, 1, 3);
	toy_set(&test, "test", 1000, 1, 4);
	if (run("class", &train, &test, &how, NULL, &err))
		fail_msg("%s", err.message);
	assert_true(have_met);
	codist_dataset_release(&test);
	codist_dataset_release(&train);
}

struct watch {
	pthread_t caller;
	size_t n_calls, done, total;
	size_t stop_at; /* in the call of that number; 0: never */
};

static int watch_progress(void *user, const struct codist_progress *progress)
{
	struct watch *watch = user;

	assert_true(pthread_equal(watch->caller, pthread_self()));
	assert_true(progress->done >= watch->done);
	assert_true(progress->done <= progress->total);
	assert_true(progress->seconds >= 0);
	watch->done = progress->done;
	watch->total = progress->total;
	watch->n_calls++;
	return watch->n_calls == watch->stop_at;
}

static void sleep_a_millisecond(void)
{
	static const struct timespec a_millisecond = { 0, 1000000 };

	nanosleep(&a_millisecond, NULL);
}

/* 10 references, 80 samples, on 2 threads: 0.4 s at least. */
static enum codist_status watch_run(struct watch *watch,
				    struct codist_error *err)
{
	struct codist_dataset train, test;
	struct codist_how how = {
		.n_threads = 2,
		.progress = watch_progress,
		.user = watch,
	};
	enum codist_status status;

	at_score = sleep_a_millisecond;
	watch->caller = pthread_self();
	toy_set(&train, "train", 10, 2, 3);
	toy_set(&test, "test", 80, 2, 4);
	status = run("each", &train, &test, &how, NULL, err);
	codist_dataset_release(&test);
	codist_dataset_release(&train);
	return status;
}

static void the_caller_is_told_how_far_it_is_and_that_it_ended(void **state)
{
	struct watch watch = { .stop_at = 0 };
	struct codist_error err = { 0 };

	(void)state;
	if (watch_run(&watch, &err))
		fail_msg("%s", err.message);
	assert_true(watch.n_calls >= 3);
	assert_int_equal(watch.done, 800);
	assert_int_equal(watch.total, 800);
}

static void the_caller_can_stop_a_run(void **state)
{
	(void)state;
	for (size_t stop_at = 1; stop_at < 3; stop_at++) {
		struct watch watch = { .stop_at = stop_at };
		struct codist_error err = { 0 };
		char message[100];

		assert_int_equal(watch_run(&watch, &err), CODIST_ECANCELLED);
		assert_int_equal(watch.n_calls, stop_at);
		assert_true(watch.done < 800);
		assert_true(atomic_load(&n_scores) < 800);
		snprintf(message, sizeof(message),
			 "stopped when asked to, after %zu of 800 scores",
			 watch.done);
		assert_string_equal(err.message, message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_value_and_score_is_computed_once),
		cmocka_unit_test(there_are_no_more_threads_than_scores),
		cmocka_unit_test(
			threads_share_the_samples_when_references_are_few),
		cmocka_unit_test(
			the_caller_is_told_how_far_it_is_and_that_it_ended),
		cmocka_unit_test(the_caller_can_stop_a_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
