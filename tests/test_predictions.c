/*
 * test_predictions.c - the CSV files, byte by byte and read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "scratch.h"

#include <float.h>
#include <math.h>

static void write_predictions(const char *path, size_t n_samples,
			      char **class_names, double *scores)
{
	unsigned labels[] = { 0, 1, 0, 1 }, predicted[] = { 1, 1, 0, 0 };
	struct codist_dataset test = {
		.n_samples = n_samples,
		.n_classes = 2,
		.labels = labels,
		.class_names = class_names,
	};
	struct codist_predictions predictions = {
		.n_samples = n_samples,
		.n_classes = 2,
		.predicted = predicted,
		.class_scores = scores,
	};
	struct codist_error err = { 0 };

	assert_true(n_samples <= 4);
	if (codist_write_predictions(path, &predictions, &test, &err))
		fail_msg("%s", err.message);
}

static void names_stand_for_classes(void **state)
{
	const char *path = scratch_path(state, "a.csv");
	char *names[] = { "cat", "dog" };
	double scores[] = { 8, 0.5, 16, -3, 1e300, 0.1 };

	write_predictions(path, 3, names, scores);
	assert_contents(path, "index,true,predicted,score_cat,score_dog\n"
			      "0,cat,dog,8,0.5\n"
			      "1,dog,dog,16,-3\n"
			      "2,cat,cat,1e+300,0.1\n");
}

/* RFC 4180, section 2, rules 6 and 7. */
static void fields_are_quoted_where_they_need_it(void **state)
{
	const char *path = scratch_path(state, "a.csv");
	char *names[] = { "a,\"b\"", "c\nd" };
	double scores[] = { 1, 2, 3, 4 };

	write_predictions(path, 2, names, scores);
	assert_contents(path, "index,true,predicted,"
			      "\"score_a,\"\"b\"\"\",\"score_c\nd\"\n"
			      "0,\"a,\"\"b\"\"\",\"c\nd\",1,2\n"
			      "1,\"c\nd\",\"c\nd\",3,4\n");
}

static void scores_read_back_as_the_same_doubles(void **state)
{
	const char *path = scratch_path(state, "a.csv");
	char *names[] = { "0", "1" };
	double scores[] = {
		1.0 / 3, -0.0, DBL_MAX, DBL_TRUE_MIN,
		0.1 + 0.2, 9007199254740993.0, INFINITY, -INFINITY,
	};
	char *contents, *line;

	write_predictions(path, 4, names, scores);
	contents = scratch_read(path, NULL);
	assert_non_null(strstr(contents, "\n3,1,0,inf,-inf\n"));
	line = strchr(contents, '\n');
	for (size_t i = 0; i < 4; i++) {
		double back[2];

		assert_int_equal(sscanf(line, "\n%*u,%*u,%*u,%lf,%lf",
					&back[0], &back[1]),
				 2);
		assert_memory_equal(back, scores + 2 * i, sizeof(back));
		line = strchr(line + 1, '\n');
	}
	assert_string_equal(line, "\n");
	free(contents);
}

/* The layout of the published matrices. */
static void a_confusion_matrix_is_bare_numbers(void **state)
{
	const char *path = scratch_path(state, "a.csv");
	size_t counts[] = { 868, 0, 12345, 0, 1082, 2, 97, 2, 0 };
	struct codist_confusion confusion = { 3, counts };
	struct codist_error err = { 0 };

	assert_int_equal(codist_write_confusion(path, &confusion, &err),
			 CODIST_OK);
	assert_contents(path, "868,0,12345\n0,1082,2\n97,2,0\n");
}

/* Once within stdio's buffer, and once beyond it. */
static void a_failed_write_is_reported(void **state)
{
	static const size_t sizes[] = { 1, 200 };
	static size_t counts[200 * 200];

	(void)state;
	if (access("/dev/full", W_OK) != 0) {
		print_message("no /dev/full here\n");
		skip();
	}
	for (size_t i = 0; i < 2; i++) {
		struct codist_confusion confusion = { sizes[i], counts };
		struct codist_error err = { 0 };

		assert_int_equal(codist_write_confusion("/dev/full",
							&confusion, &err),
				 CODIST_EIO);
		assert_string_equal(err.message, "/dev/full: cannot write: "
						 "No space left on device");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(names_stand_for_classes),
		IN_SCRATCH(fields_are_quoted_where_they_need_it),
		IN_SCRATCH(scores_read_back_as_the_same_doubles),
		IN_SCRATCH(a_confusion_matrix_is_bare_numbers),
		cmocka_unit_test(a_failed_write_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
