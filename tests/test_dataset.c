/*
 * test_dataset.c - which sets fit each other, and the smallest ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

/*
 * A set of 2x3 bytes a sample, all 0.
 *
 *   classes   a letter for each class
 *   samples   the class of each sample, by its letter
 */
static struct codist_dataset set_of(const char *name, const char *classes,
				    const char *samples)
{
	struct codist_dataset set;
	size_t n = strlen(samples), n_classes = strlen(classes);

	if (codist_dataset_allocate(&set, name, n, n_classes, 6 * n, NULL))
		fail();
	memset(set.bytes, 0, 6 * n);
	for (size_t c = 0; c < n_classes; c++) {
		char letter[2] = { classes[c], '\0' };

		set.class_names[c] = strdup(letter);
	}
	for (size_t i = 0; i < n; i++) {
		set.labels[i] = (unsigned)(strchr(classes, samples[i]) -
					   classes);
		set.starts[i + 1] = 6 * (i + 1);
	}
	set.rank = 2;
	set.dimensions[0] = 2;
	set.dimensions[1] = 3;
	return set;
}

/* NULL for `words`: they are compatible. */
static void expect(struct codist_dataset train, struct codist_dataset test,
		   const char *words)
{
	struct codist_error err = { 0 };
	enum codist_status status = codist_dataset_compatible(&train, &test,
							      0, &err);

	assert_int_equal(status, words ? CODIST_EFORMAT : CODIST_OK);
	if (words && !strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
	codist_dataset_release(&train);
	codist_dataset_release(&test);
}

static void classes_and_shape_must_be_the_same(void **state)
{
	struct codist_dataset wide = set_of("wide", "ab", "ab");
	struct codist_dataset flat = set_of("flat", "ab", "ab");
	struct codist_dataset loose = set_of("loose", "ab", "ab");

	(void)state;
	expect(set_of("train", "ab", "aab"), set_of("test", "ab", "b"), NULL);
	expect(set_of("train", "ab", "ab"), set_of("test", "abc", "b"),
	       "test: has class 'c', which is not among the 2 classes of train");
	expect(set_of("train", "abc", "abc"), set_of("test", "ac", "a"),
	       "train: has class 'b', which is not among the 2 classes of test");
	/* 1 in one and 2 in the other would be taken for the same class. */
	expect(set_of("train", "abc", "abc"), set_of("test", "acb", "a"),
	       "test: has class 'c' where train has 'b'");
	wide.dimensions[1] = 4;
	expect(set_of("train", "ab", "ab"), wide,
	       "wide: samples 2x4, expected 2x3 as in train");
	flat.rank = 1;
	flat.dimensions[0] = 6;
	expect(flat, set_of("test", "ab", "ab"),
	       "test: samples 2x3, expected 6 as in flat");
	loose.rank = 0;
	expect(set_of("train", "ab", "ab"), loose,
	       "loose: samples of varying length, expected 2x3");
}

static void only_the_training_set_needs_samples_of_every_class(void **state)
{
	(void)state;
	expect(set_of("train", "abc", "bac"), set_of("test", "abc", "c"),
	       NULL);
	expect(set_of("train", "abc", "aac"), set_of("test", "abc", "abc"),
	       "train: class 'b' has no sample");
}

static struct codist_spec spec_of(const struct codist_registry *registry,
				  const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	if (codist_spec_init(&spec, registry, text, &err))
		fail_msg("%s", err.message);
	return spec;
}

static void a_set_without_samples_has_a_shape_to_transform(void **state)
{
	struct codist_spec pack = spec_of(&codist_transforms, "pack");
	struct codist_spec invert = spec_of(&codist_transforms, "invert");
	struct codist_dataset set = set_of("none", "ab", "");

	(void)state;
	assert_int_equal(codist_dataset_transform(&set, &invert, NULL),
			 CODIST_OK);
	assert_int_equal(set.rank, 2);
	assert_int_equal(codist_dataset_transform(&set, &pack, NULL),
			 CODIST_OK);
	assert_int_equal(set.rank, 1);
	assert_int_equal(set.dimensions[0], 1); /* of 6 pixels */
	codist_dataset_release(&set);
	codist_spec_release(&pack);
	codist_spec_release(&invert);
}

static void empty_samples_make_empty_references(void **state)
{
	struct codist_spec spec = spec_of(&codist_references, "chunk:size=2");
	struct codist_dataset set = set_of("empty", "ab", "aaab");
	struct codist_reference_set references;

	(void)state;
	memset(set.starts, 0, 5 * sizeof(set.starts[0]));
	set.rank = 0;
	assert_int_equal(codist_references_cut(&references, &spec, &set, NULL),
			 CODIST_OK);
	assert_int_equal(references.n_references, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(references.bytes_of[i].nbytes, 0);
	assert_int_equal(references.samples_in[0], 2);
	codist_references_release(&references);
	codist_dataset_release(&set);
	codist_spec_release(&spec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_and_shape_must_be_the_same),
		cmocka_unit_test(
			only_the_training_set_needs_samples_of_every_class),
		cmocka_unit_test(
			a_set_without_samples_has_a_shape_to_transform),
		cmocka_unit_test(empty_samples_make_empty_references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
