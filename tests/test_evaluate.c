/*
 * test_evaluate.c - matrices, reports, intervals and ties by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "scratch.h"

#include <locale.h>
#include <math.h>

/* The example of scikit-learn's documentation of classification_report. */
static size_t example[] = { 1, 0, 0, 1, 0, 0, 0, 1, 2 };
static const struct codist_confusion confusion = { 3, example };

static char *text_of(const struct codist_confusion *matrix,
		     const char *const *names, unsigned digits)
{
	struct codist_error err = { 0 };
	struct codist_report report;
	char *text;

	assert_int_equal(codist_report_init(&report, matrix, &err), CODIST_OK);
	text = codist_report_text(&report, names, digits);
	assert_non_null(text);
	codist_report_release(&report);
	return text;
}

static void rows_are_true_and_columns_predicted_classes(void **state)
{
	static const unsigned truth[] = { 0, 1, 2, 2, 2 };
	static const unsigned predicted[] = { 0, 0, 2, 2, 1 };
	struct codist_error err = { 0 };
	struct codist_confusion counted;

	(void)state;
	assert_int_equal(codist_confusion_init(&counted, 3, &err), CODIST_OK);
	for (size_t i = 0; i < 5; i++)
		codist_confusion_count(&counted, truth[i], predicted[i]);
	assert_memory_equal(counted.counts, example, sizeof(example));
	assert_int_equal(codist_confusion_total(&counted), 5);
	assert_int_equal(codist_confusion_correct(&counted), 3);
	codist_confusion_release(&counted);
	assert_null(counted.counts);
}

static void differing_cells_are_counted(void **state)
{
	static const size_t expected[] = { 1, 0, 0, 0, 1, 0, 0, 1, 2 };

	(void)state;
	assert_int_equal(codist_confusion_differing(&confusion, example), 0);
	assert_int_equal(codist_confusion_differing(&confusion, expected), 2);
}

static void too_many_classes_are_refused(void **state)
{
	struct codist_error err = { 0 };
	struct codist_confusion huge;

	(void)state;
	assert_int_equal(codist_confusion_init(&huge, SIZE_MAX / 2, &err),
			 CODIST_ENOMEM);
	assert_null(huge.counts);
	codist_confusion_release(&huge);
}

/*
 * Class 0: one of two predicted is right, and the only true one is found; F1 =
 * 2 * 1 / (1 + 2). Class 1: none of one. Class 2: both predicted are right, of
 * three; F1 = 2 * 2 / (3 + 2).
 */
static void the_numbers_are_those_worked_by_hand(void **state)
{
	struct codist_error err = { 0 };
	struct codist_report report;

	(void)state;
	assert_int_equal(codist_report_init(&report, &confusion, &err),
			 CODIST_OK);
	assert_true(report.classes[0].precision == 1.0 / 2);
	assert_true(report.classes[0].recall == 1);
	assert_true(report.classes[0].f1 == 2.0 / 3);
	assert_int_equal(report.classes[0].support, 1);
	assert_int_equal(report.classes[0].predicted, 2);
	assert_true(report.classes[1].f1 == 0);
	assert_true(report.classes[2].recall == 2.0 / 3);
	assert_true(report.classes[2].f1 == 4.0 / 5);
	assert_true(report.accuracy == 3.0 / 5);
	assert_true(report.macro.precision == 1.5 / 3);
	assert_true(fabs(report.macro.f1 - 22.0 / 45) < 1e-15);
	assert_true(fabs(report.weighted.precision - 3.5 / 5) < 1e-15);
	assert_true(fabs(report.weighted.recall - 3.0 / 5) < 1e-15);
	assert_true(fabs(report.weighted.f1 - 46.0 / 75) < 1e-15);
	assert_int_equal(report.macro.support, 5);
	assert_int_equal(report.weighted.predicted, 5);
	codist_report_release(&report);
	assert_null(report.classes);
}

static const char documented[] =
	"              precision    recall  f1-score   support\n"
	"\n"
	"     class 0       0.50      1.00      0.67         1\n"
	"     class 1       0.00      0.00      0.00         1\n"
	"     class 2       1.00      0.67      0.80         3\n"
	"\n"
	"    accuracy                           0.60         5\n"
	"   macro avg       0.50      0.56      0.49         5\n"
	"weighted avg       0.70      0.60      0.61         5\n";

static void the_text_is_that_of_the_documentation(void **state)
{
	static const char *const names[] = { "class 0", "class 1", "class 2" };
	char *text = text_of(&confusion, names, 2);

	(void)state;
	assert_string_equal(text, documented);
	free(text);
}

/* German writes 0,5. Where there is no such locale, one is compiled. */
static int write_as_in_german(void **state)
{
	static const char name[] = "de_DE.UTF-8";
	const char *path = scratch_path(state, name);
	char command[600];

	if (setlocale(LC_NUMERIC, name))
		return 1;
	snprintf(command, sizeof(command),
		 "localedef -i de_DE -f UTF-8 ./%s >/dev/null 2>&1", path);
	return system(command) == 0 &&
	       setenv("LOCPATH", ((struct scratch *)*state)->folder, 1) == 0 &&
	       setlocale(LC_NUMERIC, name);
}

static void write_as_in_c(void **state)
{
	char command[600];

	setlocale(LC_NUMERIC, "C");
	unsetenv("LOCPATH");
	snprintf(command, sizeof(command), "rm -rf %s/*",
		 ((struct scratch *)*state)->folder);
	assert_int_equal(system(command), 0);
}

static void the_text_does_not_follow_the_locale(void **state)
{
	static const char *const names[] = { "class 0", "class 1", "class 2" };
	int found = write_as_in_german(state);
	char *text = text_of(&confusion, names, 2);
	char half[8];

	snprintf(half, sizeof(half), "%.1f", 0.5);
	write_as_in_c(state);
	if (found) {
		assert_string_equal(half, "0,5");
		assert_string_equal(text, documented);
	}
	free(text);
	if (!found) {
		print_message("no German locale here, and no localedef\n");
		skip();
	}
}

/* A set of which part was taken: class b is in none of the samples. */
static void a_class_that_nobody_met_is_left_out(void **state)
{
	size_t counts[] = { 1, 0, 1, 0, 0, 0, 0, 0, 2 };
	struct codist_confusion matrix = { 3, counts };
	static const char *const names[] = { "a", "b, of a long name", "c" };
	struct codist_error err = { 0 };
	struct codist_report report;
	char *text = text_of(&matrix, names, 1);

	(void)state;
	assert_string_equal(
		text, "              precision    recall  f1-score   support\n"
		      "\n"
		      "           a        1.0       0.5       0.7         2\n"
		      "           c        0.7       1.0       0.8         2\n"
		      "\n"
		      "    accuracy                            0.8         4\n"
		      "   macro avg        0.8       0.8       0.7         4\n"
		      "weighted avg        0.8       0.8       0.7         4\n");
	free(text);
	assert_int_equal(codist_report_init(&report, &matrix, &err), CODIST_OK);
	/* (1/2 + 1) / 2, not / 3 */
	assert_true(report.macro.recall == 0.75);
	codist_report_release(&report);
}

static void no_samples_make_a_report_of_zeros(void **state)
{
	static const char *const names[] = { "a" };
	size_t counts[] = { 0 };
	struct codist_confusion matrix = { 1, counts };
	char *text = text_of(&matrix, names, 0);

	(void)state;
	assert_string_equal(
		text, "              precision    recall  f1-score   support\n"
		      "\n"
		      "\n"
		      "    accuracy                              0         0\n"
		      "   macro avg          0         0         0         0\n"
		      "weighted avg          0         0         0         0\n");
	free(text);
}

static void assert_interval(size_t n_correct, size_t n, double low,
			    double high)
{
	struct codist_interval interval = codist_wilson(n_correct, n, 0.95);

	assert_true(fabs(interval.low - low) < 0.00005);
	assert_true(fabs(interval.high - high) < 0.00005);
}

/*
 * R. G. Newcombe, Two-sided confidence intervals for the single proportion,
 * Statistics in Medicine 17 (1998) 857-872, table I, method 3.
 */
static void intervals_are_the_published_ones(void **state)
{
	(void)state;
	assert_interval(81, 263, 0.2553, 0.3662);
	assert_interval(15, 148, 0.0624, 0.1605);
	assert_interval(0, 20, 0.0000, 0.1611);
	assert_interval(1, 29, 0.0061, 0.1718);
}

/*
 * z = 1 where the confidence is erf(1 / sqrt 2). Of 1 in 2: (p + 1/4) / (3/2) =
 * 1/2 in the middle, and sqrt(1/8 + 1/16) / (3/2) = 1 / sqrt 12 to each side.
 */
static void an_interval_is_that_worked_by_hand(void **state)
{
	struct codist_interval interval =
		codist_wilson(1, 2, erf(sqrt(0.5)));

	(void)state;
	assert_true(fabs(interval.low - (0.5 - 1 / sqrt(12))) < 1e-15);
	assert_true(fabs(interval.high - (0.5 + 1 / sqrt(12))) < 1e-15);
}

static void an_interval_ends_at_zero_and_one(void **state)
{
	struct codist_interval none = codist_wilson(0, 7, 0.95);
	struct codist_interval all = codist_wilson(7, 7, 0.95);
	struct codist_interval unknown = codist_wilson(0, 0, 0.95);
	struct codist_interval point = codist_wilson(0, 1, 1e-300);
	struct codist_interval sure = codist_wilson(1, 2, 1 - 1e-16);

	(void)state;
	assert_true(none.low == 0 && none.high < 1);
	assert_true(all.low > 0 && all.high == 1);
	assert_true(none.high == 1 - all.low);
	assert_true(unknown.low == 0 && unknown.high == 1);
	assert_true(point.low == 0 && point.high < 1e-12);
	assert_true(sure.low > 0 && sure.low < 0.1);
	assert_true(sure.high > 0.9 && sure.high < 1);
}

static void ties_bound_the_accuracy(void **state)
{
	static const unsigned char may_win[][3] = {
		{ 1, 0, 0 }, /* truly 0: right in any case */
		{ 1, 1, 0 }, /* truly 1: right if the tie goes well */
		{ 1, 0, 1 }, /* truly 1: wrong in any case */
		{ 0, 0, 1 }, /* truly 0: wrong in any case */
	};
	static const unsigned truth[] = { 0, 1, 1, 0 };
	struct codist_ties ties = { 0 };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		codist_ties_count(&ties, may_win[i], 3, truth[i]);
	assert_int_equal(ties.n_samples, 4);
	assert_int_equal(ties.n_tied, 2);
	assert_int_equal(ties.correct_low, 1);
	assert_int_equal(ties.correct_high, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_true_and_columns_predicted_classes),
		cmocka_unit_test(differing_cells_are_counted),
		cmocka_unit_test(too_many_classes_are_refused),
		cmocka_unit_test(the_numbers_are_those_worked_by_hand),
		cmocka_unit_test(the_text_is_that_of_the_documentation),
		IN_SCRATCH(the_text_does_not_follow_the_locale),
		cmocka_unit_test(a_class_that_nobody_met_is_left_out),
		cmocka_unit_test(no_samples_make_a_report_of_zeros),
		cmocka_unit_test(intervals_are_the_published_ones),
		cmocka_unit_test(an_interval_is_that_worked_by_hand),
		cmocka_unit_test(an_interval_ends_at_zero_and_one),
		cmocka_unit_test(ties_bound_the_accuracy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
