/*
 * pairs.h - a few items, and all that is asked of their pairs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_PAIRS_H
#define CODIST_TESTS_PAIRS_H

#include "toys.h"

#define PAIRS_ITEMS 14

static struct codist_dataset pairs_set;
static struct codist_bytes pairs_items[PAIRS_ITEMS];

/* Empty, of one byte, equals, repeats, and text that repeats others. */
static inline void pairs_make_items(void)
{
	struct codist_error err = { 0 };
	struct codist_builder builder;
	unsigned char bytes[600];
	uint32_t seed = 5;

	memset(bytes, 0, sizeof(bytes));
	codist_builder_init(&builder, "items");
	for (size_t i = 0; i < PAIRS_ITEMS; i++) {
		static const size_t sizes[PAIRS_ITEMS] = {
			300, 0, 1, 300, 600, 64, 0, 90, 90, 200, 2, 599, 33, 17,
		};
		char name[16];

		/* The fourth is the first; the eighth and ninth are runs. */
		for (size_t k = 0; i != 3 && k < sizes[i]; k++)
			bytes[k] = (unsigned char)
				(i == 7 || i == 8 ? 'a' + i % 2 :
				 k >= 40 && toy_random(&seed) % 8 ?
					 bytes[k - 40] :
					 'a' + toy_random(&seed) % 6);
		if (i == 3)
			memcpy(bytes, builder.set.bytes, 300);
		snprintf(name, sizeof(name), "item %zu", i);
		if (codist_builder_add(&builder,
				       (struct codist_bytes){ bytes, sizes[i] },
				       i % 2 ? "odd" : "even", name, &err))
			fail_msg("%s", err.message);
	}
	if (codist_builder_finish(&builder, &pairs_set, &err))
		fail_msg("%s", err.message);
	codist_builder_release(&builder);
	for (size_t i = 0; i < PAIRS_ITEMS; i++)
		pairs_items[i] = codist_dataset_sample(&pairs_set, i);
}

/* What is asked, and room for what comes out. */
struct pairs {
	struct codist_pairwise asked;
	struct codist_pairwise_values values;
	double **of;
	size_t n_results, n_values; /* n_values: of one result */
};

static inline void pairs_allocate(struct pairs *pairs)
{
	struct codist_pairwise *asked = &pairs->asked;

	pairs->n_results = codist_pairwise_results(asked);
	pairs->n_values = asked->n_rows *
			  (asked->columns ? asked->n_columns : asked->n_rows);
	pairs->of = calloc(pairs->n_results, sizeof(*pairs->of));
	pairs->values.done = calloc(pairs->n_results, asked->n_rows);
	assert_non_null(pairs->of);
	assert_non_null(pairs->values.done);
	for (size_t r = 0; r < pairs->n_results; r++) {
		pairs->of[r] = calloc(pairs->n_values, sizeof(double));
		assert_non_null(pairs->of[r]);
		/* A value that no measure gives, to see what is written. */
		for (size_t i = 0; i < pairs->n_values; i++)
			pairs->of[r][i] = -7;
	}
	pairs->values.of = pairs->of;
}

/* All items with themselves, by these. */
static inline void pairs_square(struct pairs *pairs,
				const struct codist_spec *measures,
				size_t n_measures,
				const struct codist_spec *backends,
				size_t n_backends, int is_full)
{
	*pairs = (struct pairs){ .asked = {
		.rows = pairs_items, .n_rows = PAIRS_ITEMS, .is_full = is_full,
		.row_names = (const char *const *)pairs_set.sample_names,
		.measures = measures, .n_measures = n_measures,
		.backends = backends, .n_backends = n_backends,
	} };
	pairs_allocate(pairs);
}

static inline void pairs_release(struct pairs *pairs)
{
	for (size_t r = 0; r < pairs->n_results; r++)
		free(pairs->of[r]);
	free(pairs->of);
	free(pairs->values.done);
}

static inline enum codist_status pairs_run(struct pairs *pairs,
					   const struct codist_how *how,
					   struct codist_error *err)
{
	return codist_pairwise_run(&pairs->asked, how, &pairs->values, NULL,
				   err);
}

#endif
