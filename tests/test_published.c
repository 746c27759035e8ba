/*
 * test_published.c - the published experiments as compiled in
 *
 * The matrices are read again from their files, with srcdir as make check
 * sets it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scratch.h"

#include <codist.h>

#define N CODIST_PUBLISHED_CLASSES

/* Counts of correct predictions, as published, and files of matrices. */
static const struct {
	const char *name;
	size_t n_correct;
	const char *matrix;
} expected[] = {
	{ "deflate-default", 2676, "deflate-default" },
	{ "deflate-wbits-10", 3469, "deflate-level9-wbits-10" },
	{ "binarized-class", 4523, "binarized-deflate-level9" },
	{ "chunk64-logsumexp", 7379, "binarized-chunk64-logsumexp" },
	{ "chunk64-mean", 7129, "binarized-chunk64-mean" },
	{ "knn20-pixels", 2015, "knn20-pixel-count" },
	{ "nearest-mean-pixels", 2201, NULL },
};

static void the_experiments_are_the_published_ones(void **state)
{
	(void)state;
	assert_int_equal(codist_n_published, 7);
	for (size_t i = 0; i < codist_n_published; i++) {
		const struct codist_published *p = &codist_published[i];
		int is_knn = strcmp(p->name, "knn20-pixels") == 0;

		assert_string_equal(p->name, expected[i].name);
		assert_int_equal(p->n_correct, expected[i].n_correct);
		assert_int_equal(p->lowest, is_knn ? 1950 : p->n_correct);
		assert_int_equal(p->highest, is_knn ? 2080 : p->n_correct);
	}
}

static void read_matrix(const char *name, size_t matrix[N * N])
{
	const char *srcdir = getenv("srcdir");
	char path[1024], *contents, *at;

	snprintf(path, sizeof(path), "%s/experiments/published/%s.csv",
		 srcdir ? srcdir : ".", name);
	contents = scratch_read(path, NULL);
	at = contents;
	for (size_t i = 0; i < N * N; i++) {
		char *end;

		matrix[i] = strtoul(at, &end, 10);
		assert_true(end > at);
		assert_int_equal(*end, (i + 1) % N ? ',' : '\n');
		at = end + 1;
	}
	assert_int_equal(*at, '\0');
	free(contents);
}

/* Each has 10,000 test images, and the published count on its diagonal. */
static void the_matrices_are_those_of_their_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < codist_n_published; i++) {
		const struct codist_published *p = &codist_published[i];
		size_t matrix[N * N], n = 0, n_correct = 0;

		if (!expected[i].matrix) {
			assert_null(p->confusion);
			continue;
		}
		read_matrix(expected[i].matrix, matrix);
		assert_memory_equal(p->confusion, matrix, sizeof(matrix));
		for (size_t k = 0; k < N * N; k++)
			n += matrix[k];
		for (size_t c = 0; c < N; c++)
			n_correct += matrix[c * N + c];
		assert_int_equal(n, 10000);
		assert_int_equal(n_correct, p->n_correct);
	}
}

static void parse(struct codist_study *study)
{
	struct codist_error err = { 0 };
	char text[4096];

	snprintf(text, sizeof(text), "data: mnist\n%s", codist_published_study);
	if (codist_study_parse(study, "published",
			       (struct codist_bytes){
				       (const unsigned char *)text,
				       strlen(text) },
			       NULL, NULL, &err))
		fail_msg("%s", err.message);
}

static void the_study_has_these_experiments_in_this_order(void **state)
{
	struct codist_study study;

	(void)state;
	parse(&study);
	assert_int_equal(study.n_runs, codist_n_published);
	for (size_t i = 0; i < study.n_runs; i++) {
		assert_string_equal(study.runs[i].name,
				    codist_published[i].name);
		assert_in_range(study.runs[i].n_transforms, 0, 1);
	}
	codist_study_release(&study);
}

static void the_study_is_that_of_its_file(void **state)
{
	const char *srcdir = getenv("srcdir");
	struct codist_study study, read;
	struct codist_error err = { 0 };
	char path[1024];

	(void)state;
	snprintf(path, sizeof(path), "%s/experiments/mnist-by-zip.yaml",
		 srcdir ? srcdir : ".");
	if (codist_study_read(&read, path, NULL, NULL, &err))
		fail_msg("%s", err.message);
	parse(&study);
	assert_string_equal(study.title, read.title);
	assert_int_equal(study.n_runs, read.n_runs);
	for (size_t i = 0; i < study.n_runs; i++)
		assert_string_equal(study.runs[i].text, read.runs[i].text);
	codist_study_release(&study);
	codist_study_release(&read);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_experiments_are_the_published_ones),
		cmocka_unit_test(the_matrices_are_those_of_their_files),
		cmocka_unit_test(the_study_has_these_experiments_in_this_order),
		cmocka_unit_test(the_study_is_that_of_its_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
