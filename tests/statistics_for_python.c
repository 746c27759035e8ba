/*
 * statistics_for_python.c - what codist/statistics.h and codist/combination.h
 * make of a script's cases
 *
 *     random       "seed n count"; so many numbers below n by src/base/random.c
 *     bootstrap    "n n_resamples confidence seed" and two words of n digits,
 *                  1 where right; the difference, low and high
 *     cochran      "n_classifiers n_samples" and such a word for each
 *                  classifier; "statistic freedom p"
 *     friedman     "n_sets n_methods significance" and the values; lines of
 *                  ranks, of the order, "statistic freedom p" of chi-square,
 *                  "statistic freedom freedom p" of F, and the critical
 *                  difference with "first last" of each group
 *     range        "probability k"; the studentized range
 *     calibration  "n_samples n_classes temperature n_bins" and for each sample
 *                  its class and its scores; lines of the best temperature, of
 *                  "log_loss brier ece accuracy confidence n_impossible", of
 *                  "n confidence accuracy" of all bins, and of probabilities of
 *                  all samples
 *     weights      "n_members n_samples n_classes", classes of all samples, and
 *                  the scores of each member; the weights, and "n_fitted
 *                  log_loss log_loss_equal gap"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/random.h"

#include <codist.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
	fprintf(stderr, "statistics_for_python: %s\n", what);
	exit(1);
}

static void *take(size_t n, size_t size)
{
	void *taken = calloc(n + 1, size);

	if (!taken)
		fail("out of memory");
	return taken;
}

static unsigned char *read_correct(size_t n)
{
	unsigned char *correct = take(n, 1);

	for (size_t i = 0; i < n; i++) {
		char digit;

		if (scanf(" %c", &digit) != 1)
			fail("expected a digit for each sample");
		correct[i] = digit == '1';
	}
	return correct;
}

static double *read_numbers(size_t n)
{
	double *numbers = take(n, sizeof(*numbers));

	for (size_t i = 0; i < n; i++)
		if (scanf("%lf", &numbers[i]) != 1)
			fail("expected a number");
	return numbers;
}

static void print_numbers(const double *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%.17g%c", numbers[i], i + 1 < n ? ' ' : '\n');
}

static void random_numbers(void)
{
	unsigned long long seed;
	uint32_t n;
	size_t count;

	while (scanf("%llu %" SCNu32 " %zu", &seed, &n, &count) == 3) {
		struct codist_random random;

		codist_random_init(&random, seed, 0, 0);
		for (size_t i = 0; i < count; i++)
			printf("%" PRIu32 "\n",
			       codist_random_below(&random, n));
	}
}

static void bootstrap(void)
{
	size_t n, n_resamples;
	double confidence;
	unsigned long long seed;

	while (scanf("%zu %zu %lf %llu", &n, &n_resamples, &confidence,
		     &seed) == 4) {
		unsigned char *first = read_correct(n);
		unsigned char *second = read_correct(n);
		struct codist_difference difference;
		struct codist_error err = { 0 };

		if (codist_difference_bootstrap(&difference, first, second, n,
						n_resamples, confidence, seed,
						&err))
			fail(err.message);
		printf("%.17g %.17g %.17g\n", difference.difference,
		       difference.low, difference.high);
		free(first);
		free(second);
	}
}

static void cochran(void)
{
	size_t n_classifiers, n_samples;

	while (scanf("%zu %zu", &n_classifiers, &n_samples) == 2) {
		unsigned char **correct = take(n_classifiers, sizeof(*correct));
		struct codist_test test;

		for (size_t j = 0; j < n_classifiers; j++)
			correct[j] = read_correct(n_samples);
		test = codist_cochran((const unsigned char *const *)correct,
				      n_classifiers, n_samples);
		printf("%.17g %zu %.17g\n", test.statistic, test.freedom[0],
		       test.p);
		for (size_t j = 0; j < n_classifiers; j++)
			free(correct[j]);
		free(correct);
	}
}

static void print_friedman(const struct codist_friedman *friedman,
			   const struct codist_nemenyi *nemenyi)
{
	const struct codist_test *test = &friedman->chi_square;

	print_numbers(friedman->ranks, friedman->n_methods);
	for (size_t j = 0; j < friedman->n_methods; j++)
		printf("%zu ", friedman->order[j]);
	printf("\n%.17g %zu %.17g\n", test->statistic, test->freedom[0],
	       test->p);
	test = &friedman->f;
	printf("%.17g %zu %zu %.17g\n%.17g", test->statistic, test->freedom[0],
	       test->freedom[1], test->p, nemenyi->critical_difference);
	for (size_t g = 0; g < nemenyi->n_groups; g++)
		printf(" %zu %zu", nemenyi->groups[g].first,
		       nemenyi->groups[g].last);
	printf("\n");
}

static void friedman(void)
{
	size_t n_sets, n_methods;
	double significance;

	while (scanf("%zu %zu %lf", &n_sets, &n_methods, &significance) == 3) {
		double *values = read_numbers(n_sets * n_methods);
		struct codist_error err = { 0 };
		struct codist_friedman found;
		struct codist_nemenyi nemenyi;

		if (codist_friedman_init(&found, values, n_sets, n_methods,
					 &err) ||
		    codist_nemenyi_init(&nemenyi, &found, significance, &err))
			fail(err.message);
		print_friedman(&found, &nemenyi);
		codist_nemenyi_release(&nemenyi);
		codist_friedman_release(&found);
		free(values);
	}
}

static void range(void)
{
	double probability;
	size_t k;

	while (scanf("%lf %zu", &probability, &k) == 2)
		printf("%.17g\n",
		       codist_studentized_range_above(probability, k));
}

static void print_calibration(const struct codist_calibration *calibration)
{
	printf("%.17g %.17g %.17g %.17g %.17g %zu\n", calibration->log_loss,
	       calibration->brier, calibration->ece, calibration->accuracy,
	       calibration->confidence, calibration->n_impossible);
	for (size_t b = 0; b < calibration->n_bins; b++)
		printf("%zu %.17g %.17g ", calibration->bins[b].n_samples,
		       calibration->bins[b].confidence,
		       calibration->bins[b].accuracy);
	printf("\n");
}

static void calibrate(size_t n_samples, size_t n_classes, double temperature,
		      size_t n_bins)
{
	double *scores = take(n_samples * n_classes, sizeof(*scores));
	unsigned *truth = take(n_samples, sizeof(*truth));
	double *probabilities = take(n_classes, sizeof(*probabilities));
	struct codist_error err = { 0 };
	struct codist_calibration calibration;

	for (size_t i = 0; i < n_samples; i++) {
		double *row;

		if (scanf("%u", &truth[i]) != 1 || truth[i] >= n_classes)
			fail("expected a class");
		row = read_numbers(n_classes);
		memcpy(scores + i * n_classes, row, n_classes * sizeof(*row));
		free(row);
	}
	if (codist_calibration_init(&calibration, scores, truth, n_samples,
				    n_classes, temperature, n_bins, &err))
		fail(err.message);
	printf("%.17g\n",
	       codist_temperature(scores, truth, n_samples, n_classes));
	print_calibration(&calibration);
	for (size_t i = 0; i < n_samples; i++) {
		codist_probabilities(scores + i * n_classes, n_classes,
				     temperature, probabilities);
		print_numbers(probabilities, n_classes);
	}
	codist_calibration_release(&calibration);
	free(probabilities);
	free(truth);
	free(scores);
}

static void weights(size_t n_members, size_t n_samples, size_t n_classes)
{
	double **scores = take(n_members, sizeof(*scores));
	double *found = take(n_members, sizeof(*found));
	unsigned *truth = take(n_samples, sizeof(*truth));
	struct codist_error err = { 0 };
	struct codist_weights fit;

	for (size_t i = 0; i < n_samples; i++)
		if (scanf("%u", &truth[i]) != 1 || truth[i] >= n_classes)
			fail("expected a class");
	for (size_t m = 0; m < n_members; m++)
		scores[m] = read_numbers(n_samples * n_classes);
	if (codist_weights_fit(found, &fit, (const double *const *)scores,
			       n_members, truth, n_samples, n_classes, &err))
		fail(err.message);
	print_numbers(found, n_members);
	printf("%zu %.17g %.17g %.17g\n", fit.n_fitted, fit.log_loss,
	       fit.log_loss_equal, fit.gap);
	for (size_t m = 0; m < n_members; m++)
		free(scores[m]);
	free(scores);
	free(found);
	free(truth);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "random") == 0) {
		random_numbers();
	} else if (argc == 2 && strcmp(argv[1], "bootstrap") == 0) {
		bootstrap();
	} else if (argc == 2 && strcmp(argv[1], "cochran") == 0) {
		cochran();
	} else if (argc == 2 && strcmp(argv[1], "friedman") == 0) {
		friedman();
	} else if (argc == 2 && strcmp(argv[1], "range") == 0) {
		range();
	} else if (argc == 2 && strcmp(argv[1], "calibration") == 0) {
		size_t n_samples, n_classes, n_bins;
		double temperature;

		while (scanf("%zu %zu %lf %zu", &n_samples, &n_classes,
			     &temperature, &n_bins) == 4)
			calibrate(n_samples, n_classes, temperature, n_bins);
	} else if (argc == 2 && strcmp(argv[1], "weights") == 0) {
		size_t n_members, n_samples, n_classes;

		while (scanf("%zu %zu %zu", &n_members, &n_samples,
			     &n_classes) == 3)
			weights(n_members, n_samples, n_classes);
	} else {
		fail("expected random, bootstrap, cochran, friedman, range, "
		     "calibration or weights");
	}
	return 0;
}
