/*
 * test_study_sums.c - runs that a study implies: to fit by, and added up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scratch.h"

#include <codist.h>

#define REST                                        \
	"train: synthetic:part=train,n=80\n"        \
	"test: synthetic:part=test,n=20\n"          \
	"test.limit: 15\n"                          \
	"fit: 0.25\n"                               \
	"seed: 7\n"                                 \
	"reference: chunk:size=4\n"                 \
	"backend: deflate:engine=library\n"         \
	"transform: [none, binarize]\n"             \
	"aggregate: [mean, logsumexp:temperature=fit]\n" \
	"combine:\n"                                \
	"  - {name: fitted, of: '*', weights: fit}\n" \
	"  - {name: given, of: ['*/mean'], weights: [2, 0.5]}\n"

static void parse(struct codist_study *study, const char *text)
{
	struct codist_error err = { 0 };

	if (codist_study_parse(study, "a/sums.yaml",
			       (struct codist_bytes){
				       (const unsigned char *)text,
				       strlen(text) },
			       NULL, NULL, &err))
		fail_msg("%s", err.message);
}

static size_t find(const struct codist_study *study, const char *name)
{
	for (size_t i = 0; i < study->n_runs; i++)
		if (strcmp(study->runs[i].name, name) == 0)
			return i;
	fail_msg("no run '%s'", name);
	return 0;
}

/* Four of the grid, two sums, and of each of the four what is held back. */
static void the_grid_comes_first_and_what_serves_to_fit_last(void **state)
{
	static const char *const names[] = {
		"none/mean", "none/logsumexp:temperature=fit",
		"binarize/mean", "binarize/logsumexp:temperature=fit",
		"fitted", "given",
	};
	struct codist_study study;
	const struct codist_study_combination *sum;

	(void)state;
	parse(&study, REST);
	assert_int_equal(study.n_runs, 10);
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(study.runs[i].name, names[i]);
	for (size_t i = 0; i < 10; i++) {
		assert_true((study.runs[i].held == 0.25) == (i >= 6));
		assert_true(!study.runs[i].test == (i >= 6));
	}
	sum = study.runs[4].combination;
	assert_int_equal(sum->n, 4);
	assert_null(sum->weights);
	for (size_t m = 0; m < 4; m++) {
		assert_int_equal(sum->members[m], m);
		assert_in_range(sum->held[m], 6, 9);
	}
	assert_int_equal(study.runs[1].twin, sum->held[1]);
	sum = study.runs[5].combination;
	assert_int_equal(sum->n, 2);
	assert_true(sum->weights[0] == 2 && sum->weights[1] == 0.5);
	assert_int_equal(sum->members[1], 2);
	assert_null(sum->held);
	codist_study_release(&study);
}

/* A run that holds samples back is tested as if it had not. */
static void assert_tested_as(const char *name)
{
	struct codist_study validated, plain;
	const struct codist_study_run *tested, *expected;
	struct codist_error err = { 0 };
	char tested_name[64];

	parse(&validated, "validate: 0.5\n" REST);
	parse(&plain, REST);
	if (codist_study_test(&validated, find(&validated, name), &err))
		fail_msg("%s", err.message);
	snprintf(tested_name, sizeof(tested_name), "tested: %s", name);
	tested = &validated.runs[find(&validated, tested_name)];
	expected = &plain.runs[find(&plain, name)];
	assert_string_equal(tested->text, expected->text);
	assert_string_equal(tested->test, expected->test);
	if (expected->combination)
		for (size_t m = 0; m < expected->combination->n; m++) {
			size_t a = tested->combination->members[m];
			size_t b = expected->combination->members[m];

			assert_string_equal(validated.runs[a].text,
					    plain.runs[b].text);
			if (!expected->combination->held)
				continue;
			a = tested->combination->held[m];
			b = expected->combination->held[m];
			assert_string_equal(validated.runs[a].text,
					    plain.runs[b].text);
		}
	else if (expected->is_fitted)
		assert_string_equal(validated.runs[tested->twin].text,
				    plain.runs[expected->twin].text);
	codist_study_release(&validated);
	codist_study_release(&plain);
}

static void what_was_validated_is_tested_by_all(void **state)
{
	(void)state;
	assert_tested_as("none/mean");
	assert_tested_as("none/logsumexp:temperature=fit");
	assert_tested_as("given");
	assert_tested_as("fitted");
}

static void what_serves_to_fit_cannot_be_tested(void **state)
{
	struct codist_study study;
	struct codist_error err = { 0 };

	(void)state;
	parse(&study, "validate: 0.5\n" REST);
	assert_int_equal(codist_study_test(&study, study.n_runs - 1, &err),
			 CODIST_EUSAGE);
	assert_int_equal(study.n_runs, 10);
	codist_study_release(&study);
}

/* All but the sum of given weights. */
static void a_sum_that_is_chosen_is_not_chosen_alone(void **state)
{
	static const unsigned char chosen[10] = { [4] = 1 };
	const struct codist_study_how how = {
		.store = scratch_path(state, "store.db"), .chosen = chosen,
	};
	struct codist_study study;
	struct codist_results results;
	struct codist_error err = { 0 };
	size_t n_computed;

	parse(&study, REST);
	if (codist_study_run_all(&study, &how, &n_computed, &err) ||
	    codist_results_read(&results, how.store, &err))
		fail_msg("%s", err.message);
	assert_int_equal(n_computed, 9);
	assert_int_equal(results.n, 10);
	for (size_t i = 0; i < 10; i++)
		assert_string_equal(results.items[i].state,
				    i == 5 ? "waiting" : "done");
	assert_int_equal(results.items[4].n_samples, 15);
	assert_int_equal(results.items[6].n_samples, 20);
	assert_memory_equal(results.items[4].fitted, "weight ", 7);
	assert_memory_equal(results.items[1].fitted, "temperature ", 12);
	assert_string_equal(results.items[0].fitted, "");
	assert_string_equal(results.items[4].transform, "several");
	assert_string_equal(results.items[4].reference, "chunk:size=4");
	codist_results_release(&results);
	codist_study_release(&study);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_grid_comes_first_and_what_serves_to_fit_last),
		cmocka_unit_test(what_was_validated_is_tested_by_all),
		cmocka_unit_test(what_serves_to_fit_cannot_be_tested),
		IN_SCRATCH(a_sum_that_is_chosen_is_not_chosen_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
