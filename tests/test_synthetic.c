/*
 * test_synthetic.c - drawn digits: the same everywhere, and much like MNIST
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static void load(struct codist_dataset *set, const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	if (codist_spec_init(&spec, &codist_loaders, text, &err) ||
	    codist_dataset_load(set, &spec, &err))
		fail_msg("%s", err.message);
	codist_spec_release(&spec);
}

static void assert_same_sample(const struct codist_dataset *a, size_t i,
			       const struct codist_dataset *b, size_t j)
{
	struct codist_bytes x = codist_dataset_sample(a, i);
	struct codist_bytes y = codist_dataset_sample(b, j);

	assert_int_equal(x.nbytes, y.nbytes);
	assert_memory_equal(x.data, y.data, x.nbytes);
	assert_string_equal(a->class_names[a->labels[i]],
			    b->class_names[b->labels[j]]);
}

static void a_sample_depends_on_nothing_but_its_index(void **state)
{
	struct codist_dataset all, some;

	(void)state;
	load(&all, "synthetic:n=120");
	load(&some, "synthetic:n=70,offset=20,limit=30");
	assert_int_equal(all.n_samples, 120);
	assert_int_equal(some.n_samples, 30);
	for (size_t i = 0; i < 30; i++)
		assert_same_sample(&some, i, &all, 20 + i);
	codist_dataset_release(&some);
	load(&some, "synthetic:n=120,classes=3");
	assert_int_equal(some.n_samples, 12);
	for (size_t i = 0, j = 0; i < all.n_samples; i++)
		if (strcmp(all.class_names[all.labels[i]], "3") == 0)
			assert_same_sample(&all, i, &some, j++);
	codist_dataset_release(&some);
	codist_dataset_release(&all);
}

static void seeds_and_parts_share_no_sample(void **state)
{
	static const char *const others[] = { "synthetic:n=300,part=test",
					      "synthetic:n=300,seed=2" };
	struct codist_dataset set, other;
	size_t n_shared;

	(void)state;
	load(&set, "synthetic:n=300");
	for (size_t i = 0; i < 2; i++) {
		load(&other, others[i]);
		assert_int_equal(codist_dataset_duplicates(&set, &other,
							   &n_shared, NULL),
				 CODIST_OK);
		assert_int_equal(n_shared, 0);
		codist_dataset_release(&other);
	}
	codist_dataset_release(&set);
}

/*
 * By whatever compiler, on whatever machine: the digest is that of a build by
 * gcc 12 for x86-64, -O2, and is compared with in every other one.
 */
static void digits_are_the_same_on_every_machine(void **state)
{
	char digest[CODIST_CHECKSUM_SIZE];
	struct codist_dataset set;

	(void)state;
	load(&set, "synthetic");
	codist_dataset_checksum(&set, digest);
	assert_string_equal(digest, "b234ea5da03127a1f6e7706fa82b389c"
				    "f6609236a20c83be0ab54cd1e0f10792");
	codist_dataset_release(&set);
}

static struct codist_spec spec_of(const struct codist_registry *registry,
				  const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec = { 0 };

	if (text && codist_spec_init(&spec, registry, text, &err))
		fail_msg("%s", err.message);
	return spec;
}

/* How many of the test digits a published experiment gets right. */
static size_t correct(const char *name, const struct codist_dataset *train,
		      const struct codist_dataset *test)
{
	const struct codist_study_run *e = NULL;
	struct codist_study study;
	struct codist_predictions predictions;
	struct codist_pipeline pipeline = { .n_aggregators = 1 };
	char text[4096];
	const struct codist_how how = { 0 };
	struct codist_error err = { 0 };
	size_t n;

	snprintf(text, sizeof(text), "data: synthetic\n%s",
		 codist_published_study);
	if (codist_study_parse(&study, "published",
			       (struct codist_bytes){
				       (const unsigned char *)text,
				       strlen(text) },
			       NULL, NULL, &err))
		fail_msg("%s", err.message);
	for (size_t i = 0; i < study.n_runs; i++)
		if (strcmp(study.runs[i].name, name) == 0)
			e = &study.runs[i];
	assert_non_null(e);
	pipeline.reference = &e->reference;
	pipeline.measure = &e->measure;
	pipeline.backend = e->backend.plugin ? &e->backend : NULL;
	pipeline.aggregators = &e->aggregate;
	if (codist_pipeline_run(&pipeline, train, test, &how, &predictions,
				NULL, &err))
		fail_msg("%s", err.message);
	n = codist_confusion_correct(&predictions.confusion);
	codist_predictions_release(&predictions);
	codist_study_release(&study);
	return n;
}

static void binarize(struct codist_dataset *set)
{
	struct codist_spec spec = spec_of(&codist_transforms, "binarize");

	assert_int_equal(codist_dataset_transform(set, &spec, NULL),
			 CODIST_OK);
	codist_spec_release(&spec);
}

/* 27 < 35 < 45 < 71 < 74 % of MNIST. */
static void experiments_come_out_in_the_order_of_mnist(void **state)
{
	struct codist_dataset train, test;
	size_t n[5];

	(void)state;
	for (int seed = 1; seed <= 2; seed++) {
		char text[64];

		snprintf(text, sizeof(text), "synthetic:seed=%d", seed);
		load(&train, text);
		snprintf(text, sizeof(text), "synthetic:part=test,seed=%d",
			 seed);
		load(&test, text);
		n[0] = correct("deflate-default", &train, &test);
		n[1] = correct("deflate-wbits-10", &train, &test);
		binarize(&train);
		binarize(&test);
		n[2] = correct("binarized-class", &train, &test);
		n[3] = correct("chunk64-mean", &train, &test);
		n[4] = correct("chunk64-logsumexp", &train, &test);
		for (int i = 1; i < 5; i++)
			if (n[i] <= n[i - 1])
				fail_msg("seed %d: %zu, %zu, %zu, %zu, %zu",
					 seed, n[0], n[1], n[2], n[3], n[4]);
		codist_dataset_release(&train);
		codist_dataset_release(&test);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sample_depends_on_nothing_but_its_index),
		cmocka_unit_test(seeds_and_parts_share_no_sample),
		cmocka_unit_test(digits_are_the_same_on_every_machine),
		cmocka_unit_test(experiments_come_out_in_the_order_of_mnist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
