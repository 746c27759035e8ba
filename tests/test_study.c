/*
 * test_study.c - a study from memory, and what is told while it is carried out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scratch.h"

#include <codist.h>

static const char text[] =
	"data: synthetic\n"
	"train.limit: 20\n"
	"test.limit: 5\n"
	"reference: chunk:size=1\n"
	"backend: deflate:level=1|9\n"
	"aggregate: [min, mean]\n";

static struct codist_bytes bytes_of(const char *chars)
{
	return (struct codist_bytes){ (const unsigned char *)chars,
				      strlen(chars) };
}

static void parse(struct codist_study *study)
{
	struct codist_error err = { 0 };

	if (codist_study_parse(study, "a/grid.yaml", bytes_of(text), NULL,
			       NULL, &err))
		fail_msg("%s", err.message);
	assert_int_equal(study->n_runs, 4);
}

static void a_text_is_the_same_study_as_its_file(void **state)
{
	struct codist_study study, read;
	struct codist_error err = { 0 };
	const char *path = scratch_path(state, "grid.yaml");
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	parse(&study);
	if (codist_study_read(&read, path, NULL, NULL, &err))
		fail_msg("%s", err.message);
	assert_string_equal(study.path, "a/grid.yaml");
	assert_string_equal(read.path, path);
	assert_string_equal(study.name, "grid");
	assert_string_equal(study.source, text);
	assert_string_equal(read.source, text);
	assert_int_equal(read.n_runs, study.n_runs);
	for (size_t i = 0; i < read.n_runs; i++)
		assert_string_equal(read.runs[i].text, study.runs[i].text);
	codist_study_release(&study);
	codist_study_release(&read);
}

static void keep(void *kept, const char *message)
{
	snprintf(kept, CODIST_MESSAGE_SIZE, "%s", message);
}

static void problems_bear_the_name_that_was_given(void **state)
{
	struct codist_study study;
	struct codist_error err = { 0 };
	char kept[CODIST_MESSAGE_SIZE] = "";

	(void)state;
	assert_int_equal(codist_study_parse(&study, "options",
					    bytes_of("data: synthetic\n"
						     "backnd: deflate\n"),
					    keep, kept, &err),
			 CODIST_EFORMAT);
	assert_string_equal(kept, "options:2: unknown key 'backnd', did you "
				  "mean 'backend'?");
	codist_study_release(&study);
}

/* Names of the runs that became done, in calls of "a b;". */
struct told {
	const char *store;
	char names[512];
	size_t n_calls, fail_at;
};

/* Whatever is told to be done can be read. */
static enum codist_status note(void *user,
			       const struct codist_study_run *const *runs,
			       size_t n, struct codist_error *err)
{
	struct told *told = user;

	if (++told->n_calls == told->fail_at)
		return codist_fail(err, CODIST_EIO, "no more");
	for (size_t i = 0; i < n; i++) {
		struct codist_classified made;

		if (codist_classified_read(&made, told->store, runs[i]->name,
					   0, err))
			fail_msg("%s", err->message);
		assert_int_equal(made.n, 5);
		codist_classified_release(&made);
		strcat(strcat(told->names, runs[i]->name),
		       i + 1 < n ? " " : ";");
	}
	return CODIST_OK;
}

/* How the runs of the store stand, as in "dd-w". */
static void assert_states(const char *store, const char *expected)
{
	struct codist_results results;
	struct codist_error err = { 0 };
	char states[16] = "";

	if (codist_results_read(&results, store, &err))
		fail_msg("%s", err.message);
	assert_in_range(results.n, 0, 15);
	for (size_t i = 0; i < results.n; i++)
		states[i] = results.items[i].state[0];
	assert_string_equal(states, expected);
	codist_results_release(&results);
}

static void run(struct told *told, const unsigned char *chosen,
		enum codist_status expected, size_t n_expected)
{
	const struct codist_study_how how = {
		.store = told->store, .chosen = chosen, .done = note,
		.user = told,
	};
	struct codist_study study;
	struct codist_error err = { 0 };
	size_t n_computed;

	parse(&study);
	assert_int_equal(codist_study_run_all(&study, &how, &n_computed, &err),
			 expected);
	assert_int_equal(n_computed, n_expected);
	codist_study_release(&study);
}

static void runs_that_share_scores_are_told_together(void **state)
{
	struct told told = { .store = scratch_path(state, "store.db") };

	run(&told, NULL, CODIST_OK, 4);
	assert_string_equal(told.names, "deflate:level=1/min "
					"deflate:level=1/mean;"
					"deflate:level=9/min "
					"deflate:level=9/mean;");
	assert_states(told.store, "dddd");
}

static void runs_that_are_not_chosen_wait(void **state)
{
	static const unsigned char second[] = { 0, 1, 0, 0 },
				   others[] = { 1, 1, 0, 1 };
	struct told told = { .store = scratch_path(state, "store.db") };

	run(&told, second, CODIST_OK, 1);
	assert_string_equal(told.names, "deflate:level=1/mean;");
	assert_states(told.store, "wdww");
	told.names[0] = '\0';
	run(&told, others, CODIST_OK, 2);
	assert_string_equal(told.names, "deflate:level=1/min "
					"deflate:level=1/mean;"
					"deflate:level=9/mean;");
	assert_states(told.store, "ddwd");
	run(&told, NULL, CODIST_OK, 1);
	assert_states(told.store, "dddd");
}

static void who_is_told_may_end_the_work(void **state)
{
	struct told told = { .store = scratch_path(state, "store.db"),
			     .fail_at = 1 };

	run(&told, NULL, CODIST_EIO, 2);
	assert_states(told.store, "ddww");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_text_is_the_same_study_as_its_file),
		cmocka_unit_test(problems_bear_the_name_that_was_given),
		IN_SCRATCH(runs_that_share_scores_are_told_together),
		IN_SCRATCH(runs_that_are_not_chosen_wait),
		IN_SCRATCH(who_is_told_may_end_the_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
