/*
 * toys.h - small sets, and specs, for tests of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_TOYS_H
#define CODIST_TESTS_TOYS_H

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* Numerical Recipes' quick generator: the same on every machine. */
static inline unsigned toy_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 16;
}

/*
 * Samples of 0 to 40 bytes, in classes by turns; each class has letters of its
 * own, and some zeros.
 */
static inline void toy_set(struct codist_dataset *set, const char *name,
			   size_t n_samples, unsigned n_classes, uint32_t seed)
{
	struct codist_error err = { 0 };
	size_t used = 0;

	if (codist_dataset_allocate(set, name, n_samples, n_classes,
				    40 * n_samples, &err))
		fail_msg("%s", err.message);
	for (unsigned c = 0; c < n_classes; c++) {
		char digit[2] = { (char)('0' + c), '\0' };

		set->class_names[c] = strdup(digit);
		assert_non_null(set->class_names[c]);
	}
	for (size_t i = 0; i < n_samples; i++) {
		unsigned c = (unsigned)(i % n_classes);
		unsigned nbytes = toy_random(&seed) % 41;

		set->labels[i] = c;
		for (unsigned k = 0; k < nbytes; k++) {
			unsigned r = toy_random(&seed) % 8;

			set->bytes[used++] = (unsigned char)
				(r < 2 ? 0 : 'a' + 3 * c + r);
		}
		set->starts[i + 1] = used;
	}
}

/* n samples of one byte, 0, 1, 2..., in classes by turns. */
static inline void toy_numbers(struct codist_dataset *set, const char *name,
			       size_t n_samples, unsigned n_classes)
{
	toy_set(set, name, n_samples, n_classes, 0);
	assert_true(n_samples <= 256);
	for (size_t i = 0; i < n_samples; i++) {
		set->bytes[i] = (unsigned char)i;
		set->starts[i + 1] = i + 1;
	}
}

static inline void toy_spec(struct codist_spec *spec,
			    const struct codist_registry *registry,
			    const char *text)
{
	struct codist_error err = { 0 };

	if (codist_spec_init(spec, registry, text, &err))
		fail_msg("%s", err.message);
}

#endif
