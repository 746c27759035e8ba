/*
 * test_pairwise.c - all pairs at once are each pair by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pairs.h"

#include "measure/formula.h"

#include <math.h>

/*
 * A compressor without prime(), to which it matters what comes first: a byte
 * that is another than the one before it costs 9 bits and a little more the
 * later it comes, else 1; and 16 bits for the whole.
 */
static enum codist_status toy_init(void *coder, const void *config,
				   struct codist_error *err)
{
	(void)coder;
	(void)config;
	(void)err;
	return CODIST_OK;
}

static void toy_release(void *coder)
{
	(void)coder;
}

static enum codist_status toy_length(void *coder, struct codist_bytes x,
				     double *bits, struct codist_error *err)
{
	(void)coder;
	(void)err;
	*bits = 16;
	for (size_t i = 0; i < x.nbytes; i++)
		*bits += i > 0 && x.data[i] == x.data[i - 1] ?
				 1 : 9 + (double)(i / 7);
	return CODIST_OK;
}

static const struct codist_backend toy_backend = {
	.plugin = { .name = "toy", .summary = "a toy" },
	.init = toy_init, .release = toy_release, .length = toy_length,
};

static const char *const measure_texts[] = {
	"ncd",
	"ncd:order=yx,unit=byte",
	"cdm:separator=%20,order=mean",
	"clm:order=min,empty=subtract",
	"cosine:separator=%20,empty=subtract,order=yx",
	"nccd:separator=%0A%0D",
	"length:unit=byte",
	"ncd:separator=%0A%0D,order=mean,unit=byte,empty=subtract",
	"euclidean",
	"lzjd",
	"bag-of-words",
	/* Directed. */
	"benedetto:separator=%20",
	"benedetto:symmetric=yes",
	"conditional",
	"fcd",
};
#define N_MEASURES (sizeof(measure_texts) / sizeof(*measure_texts))
#define N_UNDIRECTED (N_MEASURES - 4)
static struct codist_spec measures[N_MEASURES];

static int setup(void **state)
{
	(void)state;
	pairs_make_items();
	for (size_t m = 0; m < N_MEASURES; m++)
		toy_spec(&measures[m], &codist_measures, measure_texts[m]);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	codist_dataset_release(&pairs_set);
	for (size_t m = 0; m < N_MEASURES; m++)
		codist_spec_release(&measures[m]);
	return 0;
}

static const char *const separators[] = { "", "%20", "%0A%0D" };
#define N_SEPARATORS (sizeof(separators) / sizeof(*separators))

/* Lengths of items joined, each by a coder of its own. */
struct slow {
	double of[N_SEPARATORS][PAIRS_ITEMS][PAIRS_ITEMS], empty;
	double alone[PAIRS_ITEMS];
};

static double length(const struct codist_spec *backend, struct codist_bytes x,
		     const char *separator, struct codist_bytes y)
{
	unsigned char joined[2048];
	size_t nbytes = x.nbytes;
	struct codist_error err = { 0 };
	struct codist_coder *coder;
	double bits = NAN;

	if (x.nbytes)
		memcpy(joined, x.data, x.nbytes);
	nbytes += codist_separator(separator, joined + nbytes);
	if (y.nbytes)
		memcpy(joined + nbytes, y.data, y.nbytes);
	nbytes += y.nbytes;
	assert_true(nbytes <= sizeof(joined));
	if (codist_coder_new(&coder, backend, &err) ||
	    codist_coder_length(coder, (struct codist_bytes){ joined, nbytes },
				&bits, &err))
		fail_msg("%s", err.message);
	codist_coder_free(coder);
	return bits;
}

static void find_lengths(struct slow *slow, const struct codist_spec *backend)
{
	const struct codist_bytes nothing = { NULL, 0 };

	slow->empty = length(backend, nothing, "", nothing);
	for (size_t i = 0; i < PAIRS_ITEMS; i++)
		slow->alone[i] = length(backend, pairs_items[i], "", nothing);
	for (size_t s = 0; s < N_SEPARATORS; s++)
		for (size_t i = 0; i < PAIRS_ITEMS; i++)
			for (size_t k = 0; k < PAIRS_ITEMS; k++)
				slow->of[s][i][k] =
					length(backend, pairs_items[i],
					       separators[s], pairs_items[k]);
}

static const struct codist_measure *measure_of(const struct codist_spec *spec)
{
	return (const struct codist_measure *)spec->plugin;
}

static double by_formula(const struct codist_spec *spec,
			 const struct slow *slow, size_t x, size_t y)
{
	struct codist_lengths bits = {
		.x = slow->alone[x], .y = slow->alone[y], .joint = NAN,
		.x_nbytes = pairs_items[x].nbytes,
		.y_nbytes = pairs_items[y].nbytes,
	};
	size_t s = 0;

	while (strcmp(codist_formula_separator(spec), separators[s]) != 0)
		s++;
	bits.xy = slow->of[s][x][y];
	bits.yx = slow->of[s][y][x];
	bits.xx = slow->of[s][x][x];
	bits.yy = slow->of[s][y][y];
	return codist_formula(spec, &bits, slow->empty);
}

static double by_itself(const struct codist_spec *spec,
			const struct codist_bytes *x,
			const struct codist_bytes *y)
{
	const struct codist_measure *measure = measure_of(spec);
	struct codist_item query = { .bytes = *x }, reference = { .bytes = *y };
	struct codist_error err = { 0 };
	void *sketches[2] = { NULL, NULL };
	double score;

	for (size_t i = 0; measure->sketch && i < 2; i++) {
		struct codist_bytes item = i ? *y : *x;
		size_t nbytes;

		sketches[i] = malloc(measure->sketch_size(spec->config, item));
		assert_non_null(sketches[i]);
		assert_int_equal(measure->sketch(spec->config, item,
						 sketches[i], &nbytes, &err),
				 CODIST_OK);
	}
	query.sketch = sketches[0];
	reference.sketch = sketches[1];
	assert_int_equal(measure->score(spec->config, NULL, 0, &reference,
					&query, &score, &err),
			 CODIST_OK);
	free(sketches[0]);
	free(sketches[1]);
	return score;
}

static double slowly(const struct codist_spec *spec, const struct slow *slow,
		     size_t x, size_t y)
{
	if (measure_of(spec)->formula)
		return by_formula(spec, slow, x, y);
	if (!measure_of(spec)->needs_backend)
		return by_itself(spec, &pairs_items[x], &pairs_items[y]);
	assert_string_equal(spec->plugin->name, "conditional");
	return slow->of[0][y][x] - slow->alone[y];
}

/* [N_MEASURES][PAIRS_ITEMS][PAIRS_ITEMS] */
static double *all_slowly(const struct codist_spec *backend)
{
	double *values = calloc(N_MEASURES * PAIRS_ITEMS * PAIRS_ITEMS,
				sizeof(*values)), *to = values;
	struct slow slow;

	assert_non_null(values);
	find_lengths(&slow, backend);
	for (size_t m = 0; m < N_MEASURES; m++)
		for (size_t i = 0; i < PAIRS_ITEMS; i++)
			for (size_t k = 0; k < PAIRS_ITEMS; k++)
				*to++ = slowly(&measures[m], &slow, i, k);
	return values;
}

static const struct codist_how hows[] = {
	{ .n_threads = 3 },
	{ .n_threads = 1, .memory = 1 }, /* a row at a time */
};
#define N_HOWS (sizeof(hows) / sizeof(*hows))

static void assert_same(double found, double expected, size_t m, size_t i,
			size_t k)
{
	if (found != expected)
		fail_msg("%s of items %zu and %zu: %.17g, expected %.17g",
			 measure_texts[m], i, k, found, expected);
}

static void check_square(const struct codist_spec *backend,
			 const double *expected, int is_full)
{
	size_t n_measures = is_full ? N_MEASURES : N_UNDIRECTED;

	for (size_t h = 0; h < N_HOWS; h++) {
		struct codist_error err = { 0 };
		struct pairs pairs;

		pairs_square(&pairs, measures, n_measures, backend, 1, is_full);
		if (pairs_run(&pairs, &hows[h], &err))
			fail_msg("%s", err.message);
		for (size_t at = 0; at < n_measures * pairs.n_values; at++) {
			size_t m = at / pairs.n_values;
			size_t i = at % pairs.n_values / PAIRS_ITEMS;
			size_t k = at % PAIRS_ITEMS;
			size_t twin = !is_full && i > k ?
				(m * PAIRS_ITEMS + k) * PAIRS_ITEMS + i : at;

			assert_same(pairs.of[m][i * PAIRS_ITEMS + k],
				    !is_full && i == k ? 0 : expected[twin],
				    m, i, k);
		}
		for (size_t i = 0; i < n_measures * PAIRS_ITEMS; i++)
			assert_int_equal(pairs.values.done[i], 1);
		pairs_release(&pairs);
	}
}

/* Rows are the items from 2 on, columns those up to 5. */
static void check_oblong(const struct codist_spec *backend,
			 const double *expected)
{
	for (size_t h = 0; h < N_HOWS; h++) {
		struct codist_error err = { 0 };
		struct pairs pairs = { .asked = {
			.rows = pairs_items + 2, .n_rows = PAIRS_ITEMS - 2,
			.columns = pairs_items, .n_columns = 6,
			.measures = measures, .n_measures = N_MEASURES,
			.backends = backend, .n_backends = 1,
		} };

		pairs_allocate(&pairs);
		if (pairs_run(&pairs, &hows[h], &err))
			fail_msg("%s", err.message);
		for (size_t at = 0; at < N_MEASURES * pairs.n_values; at++) {
			size_t m = at / pairs.n_values;
			size_t i = at % pairs.n_values / 6 + 2;
			size_t k = at % 6;

			assert_same(pairs.of[m][at % pairs.n_values],
				    expected[(m * PAIRS_ITEMS + i) *
						     PAIRS_ITEMS + k],
				    m, i, k);
		}
		pairs_release(&pairs);
	}
}

/* `slow` is the same backend, told to be asked for each length by itself. */
static void check_backend(const struct codist_spec *backend,
			  const struct codist_spec *slow)
{
	double *expected = all_slowly(slow);

	check_square(backend, expected, 0);
	check_square(backend, expected, 1);
	check_oblong(backend, expected);
	free(expected);
}

static void check_named(const char *text, const char *slow_text)
{
	struct codist_error err = { 0 };
	struct codist_spec backend, slow;

	if (codist_spec_init(&backend, &codist_backends, text, &err)) {
		print_message("%s\n", err.message);
		skip();
	}
	toy_spec(&slow, &codist_backends, slow_text);
	check_backend(&backend, &slow);
	codist_spec_release(&backend);
	codist_spec_release(&slow);
}

/* zlib itself: the other engine tries itself in each new coder, at length. */
static void pairs_by_deflate_are_those_of_items_joined(void **state)
{
	(void)state;
	check_named("deflate", "deflate:engine=library");
}

static void pairs_by_deflate_in_bits_are_those_of_items_joined(void **state)
{
	(void)state;
	check_named("deflate:level=9,wbits=-9,unit=bit",
		    "deflate:level=9,wbits=-9,unit=bit,engine=library");
}

static void pairs_by_the_library_are_those_of_items_joined(void **state)
{
	(void)state;
	check_named("deflate:level=1,engine=library",
		    "deflate:level=1,engine=library");
}

static void pairs_by_bzip2_are_those_of_items_joined(void **state)
{
	(void)state;
	check_named("bzip2:level=1", "bzip2:level=1");
}

static void pairs_by_lzma_are_those_of_items_joined(void **state)
{
	(void)state;
	check_named("lzma:preset=0", "lzma:preset=0");
}

static void pairs_by_zstd_are_those_of_items_joined(void **state)
{
	(void)state;
	check_named("zstd", "zstd");
}

static void pairs_by_null_are_those_of_items_joined(void **state)
{
	(void)state;
	check_named("null", "null");
}

static void pairs_without_a_prefix_are_those_of_items_joined(void **state)
{
	const struct codist_spec toy = { &toy_backend.plugin, NULL };

	(void)state;
	check_backend(&toy, &toy);
}

static enum codist_status collect(void *user, size_t first, size_t n,
				  size_t n_references, const double *scores,
				  struct codist_error *err)
{
	(void)err;
	memcpy((double *)user + first * n_references, scores,
	       n * n_references * sizeof(*scores));
	return CODIST_OK;
}

/* Of items as samples and as references, each by itself. */
static void scores_of_a_pipeline_are_the_rows_of_a_full_matrix(void **state)
{
	struct codist_spec each, knn, backend;

	(void)state;
	toy_spec(&each, &codist_references, "each");
	toy_spec(&knn, &codist_aggregators, "knn:k=1");
	toy_spec(&backend, &codist_backends, "deflate:level=4");
	for (size_t m = 0; m < N_MEASURES; m++) {
		size_t n_backends =
			measure_of(&measures[m])->needs_backend ? 1 : 0;
		struct codist_pipeline pipeline = {
			&each, &measures[m], n_backends ? &backend : NULL,
			&knn, 1, 0,
		};
		double scores[PAIRS_ITEMS * PAIRS_ITEMS];
		struct codist_how how = { .n_threads = 2, .scores = collect,
					  .user = scores };
		struct codist_predictions predictions = { 0 };
		struct codist_error err = { 0 };
		struct pairs pairs;

		pairs_square(&pairs, &measures[m], 1, &backend, n_backends, 1);
		if (pairs_run(&pairs, &hows[0], &err) ||
		    codist_pipeline_run(&pipeline, &pairs_set, &pairs_set, &how,
					&predictions, NULL, &err))
			fail_msg("%s", err.message);
		codist_predictions_release(&predictions);
		for (size_t i = 0; i < pairs.n_values; i++)
			assert_same(scores[i], pairs.of[0][i], m,
				    i / PAIRS_ITEMS, i % PAIRS_ITEMS);
		pairs_release(&pairs);
	}
	codist_spec_release(&each);
	codist_spec_release(&knn);
	codist_spec_release(&backend);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_by_deflate_are_those_of_items_joined),
		cmocka_unit_test(
			pairs_by_deflate_in_bits_are_those_of_items_joined),
		cmocka_unit_test(pairs_by_the_library_are_those_of_items_joined),
		cmocka_unit_test(pairs_by_bzip2_are_those_of_items_joined),
		cmocka_unit_test(pairs_by_lzma_are_those_of_items_joined),
		cmocka_unit_test(pairs_by_zstd_are_those_of_items_joined),
		cmocka_unit_test(pairs_by_null_are_those_of_items_joined),
		cmocka_unit_test(
			pairs_without_a_prefix_are_those_of_items_joined),
		cmocka_unit_test(
			scores_of_a_pipeline_are_the_rows_of_a_full_matrix),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
