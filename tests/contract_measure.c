/*
 * contract_measure.c - what every measure promises
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contract.h"
#include "draw.h"

#include "measure/formula.h"
#include "measure/sketch.h"

#include <math.h>

/* Each in memory of just its size, so that a step beyond is seen. */
#define N_ITEMS 6
static struct codist_bytes items[N_ITEMS];

enum { EMPTY, LETTER, ZEROS, DENSE, SPARSE, REPEATED };

static int make_items(void **state)
{
	static const size_t sizes[N_ITEMS] = { 0, 1, 64, 300, 300, 5000 };

	(void)state;
	for (size_t i = 0; i < N_ITEMS; i++) {
		unsigned char *bytes = malloc(sizes[i]);

		if (!bytes && sizes[i])
			return -1;
		for (size_t at = 0; at < sizes[i]; at++) {
			unsigned char byte = (unsigned char)draw(256);

			if (i == LETTER)
				byte = 'a';
			if (i == ZEROS || (i == SPARSE && draw(2)))
				byte = 0;
			if (i == REPEATED && at >= 50)
				byte = bytes[at - 50];
			bytes[at] = byte;
		}
		items[i] = (struct codist_bytes){ bytes, sizes[i] };
	}
	return 0;
}

static int free_items(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ITEMS; i++)
		free((void *)items[i].data);
	return 0;
}

/* A measure at work, with a coder if it needs one. */
struct work {
	const struct codist_measure *measure;
	const void *config;
	struct codist_spec backend;
	struct codist_coder *coder;
	double base;
};

static void begin(struct work *work, const struct codist_spec *spec)
{
	struct codist_error err = { 0 };

	*work = (struct work){
		.measure = (const struct codist_measure *)spec->plugin,
		.config = spec->config,
	};
	if (!work->measure->needs_backend)
		return;
	if (codist_spec_init(&work->backend, &codist_backends, "deflate",
			     &err) ||
	    codist_coder_new(&work->coder, &work->backend, &err))
		fail_msg("%s", err.message);
}

static void end(struct work *work)
{
	codist_coder_free(work->coder);
	codist_spec_release(&work->backend);
}

static double value_of(struct work *work, struct codist_bytes item)
{
	struct codist_error err = { 0 };
	double value = 0;

	if (work->measure->value &&
	    work->measure->value(work->config, work->coder, item, &value, &err))
		fail_msg("%s", err.message);
	return value;
}

static void take_reference(struct work *work, struct codist_bytes reference)
{
	struct codist_error err = { 0 };

	if (work->measure->reference &&
	    work->measure->reference(work->config, work->coder, reference,
				     &work->base, &err))
		fail_msg("%s", err.message);
}

/* The length of a, and b behind it. */
static double joined(struct work *work, struct codist_bytes a,
		     struct codist_bytes b)
{
	unsigned char *both = malloc(a.nbytes + b.nbytes + 1);
	struct codist_bytes all = { both, a.nbytes + b.nbytes };
	struct codist_error err = { 0 };
	double bits;

	assert_non_null(both);
	if (a.nbytes)
		memcpy(both, a.data, a.nbytes);
	if (b.nbytes)
		memcpy(both + a.nbytes, b.data, b.nbytes);
	if (codist_coder_length(work->coder, all, &bits, &err))
		fail_msg("%s", err.message);
	free(both);
	return bits;
}

static double formula_of(struct work *work, size_t reference, size_t query)
{
	const struct codist_bytes nothing = { NULL, 0 };
	struct codist_spec spec = { (const struct codist_plugin *)work->measure,
				    (void *)work->config };
	struct codist_bytes x = items[query], y = items[reference];
	struct codist_lengths l = {
		.x = joined(work, x, nothing), .y = joined(work, y, nothing),
		.xy = joined(work, x, y), .yx = joined(work, y, x),
		.xx = joined(work, x, x), .yy = joined(work, y, y),
		.x_nbytes = x.nbytes, .y_nbytes = y.nbytes,
	};

	return codist_formula(&spec, &l, joined(work, nothing, nothing));
}

static void *sketch_of(struct work *work, struct codist_bytes item)
{
	struct codist_spec spec = { (const struct codist_plugin *)work->measure,
				    (void *)work->config };
	struct codist_error err = { 0 };
	void *sketch = NULL;

	if (work->measure->sketch &&
	    codist_sketch_new(&spec, item, &sketch, &err))
		fail_msg("%s", err.message);
	return sketch;
}

static double score_of(struct work *work, size_t reference, size_t query)
{
	void *sketches[2] = { sketch_of(work, items[reference]),
			      sketch_of(work, items[query]) };
	struct codist_item y = { .bytes = items[reference],
				 .value = value_of(work, items[reference]),
				 .sketch = sketches[0] };
	struct codist_item x = { .bytes = items[query],
				 .value = value_of(work, items[query]),
				 .sketch = sketches[1] };
	struct codist_error err = { 0 };
	double score;

	if (work->measure->formula)
		return formula_of(work, reference, query);
	if (work->measure->score(work->config, work->coder, work->base, &y, &x,
				 &score, &err))
		fail_msg("%s", err.message);
	free(sketches[0]);
	free(sketches[1]);
	return score;
}

/* With a coder of its own. */
static double fresh_score(const struct codist_spec *spec, size_t reference,
			  size_t query)
{
	struct work work;
	double score;

	begin(&work, spec);
	take_reference(&work, items[reference]);
	score = score_of(&work, reference, query);
	end(&work);
	return score;
}

static void check_independence(const struct codist_spec *spec,
			       const char *text)
{
	struct work work;

	begin(&work, spec);
	for (size_t r = 0; r < N_ITEMS; r++) {
		double scores[N_ITEMS];

		take_reference(&work, items[r]);
		for (size_t q = 0; q < N_ITEMS; q++)
			scores[q] = score_of(&work, r, q);
		for (size_t q = N_ITEMS; q-- > 0;) {
			promise(text, score_of(&work, r, q) == scores[q]);
			promise(text, fresh_score(spec, r, q) == scores[q]);
		}
	}
	end(&work);
}

static void a_score_does_not_depend_on_those_before(void **state)
{
	(void)state;
	contract_specs(&codist_measures, check_independence);
}

static void check_numbers(const struct codist_spec *spec, const char *text)
{
	struct work work;

	begin(&work, spec);
	for (size_t r = 0; r < N_ITEMS; r++) {
		take_reference(&work, items[r]);
		for (size_t q = 0; q < N_ITEMS; q++) {
			double score = score_of(&work, r, q);

			promise(text, !isnan(score) && score > -INFINITY);
			if (work.measure->counts_lengths)
				promise(text, fmod(score, 8) == 0);
		}
	}
	promise(text,
		work.measure->needs_backend || !work.measure->counts_lengths);
	end(&work);
}

static void scores_are_numbers_and_lengths_whole_bytes(void **state)
{
	(void)state;
	contract_specs(&codist_measures, check_numbers);
}

static void check_nearness(const struct codist_spec *spec, const char *text)
{
	promise(text, fresh_score(spec, DENSE, DENSE) <
			      fresh_score(spec, DENSE, SPARSE));
	promise(text, fresh_score(spec, SPARSE, SPARSE) <
			      fresh_score(spec, SPARSE, DENSE));
}

static void a_sample_is_nearer_to_itself_than_an_unrelated_one(void **state)
{
	(void)state;
	contract_specs(&codist_measures, check_nearness);
}

/* One that says nothing of it is its own mirror, but for the coder's whims. */
static void check_direction(const struct codist_spec *spec, const char *text)
{
	const struct codist_measure *measure =
		(const struct codist_measure *)spec->plugin;

	if (measure->needs_backend ||
	    (measure->is_directed && measure->is_directed(spec->config)))
		return;
	for (size_t a = 0; a < N_ITEMS; a++)
		for (size_t b = 0; b < N_ITEMS; b++)
			promise(text, fresh_score(spec, a, b) ==
					      fresh_score(spec, b, a));
}

static void a_measure_is_symmetric_or_says_so(void **state)
{
	(void)state;
	contract_specs(&codist_measures, check_direction);
}

static void check_values(const struct codist_spec *spec, const char *text)
{
	struct work work;

	begin(&work, spec);
	promise(text, work.measure->value || !work.measure->values_add);
	for (size_t a = 0; a < N_ITEMS; a++) {
		double value = value_of(&work, items[a]);

		promise(text, isfinite(value));
		promise(text, value_of(&work, items[a]) == value);
		for (size_t b = 0; b < N_ITEMS && work.measure->values_add;
		     b++) {
			size_t n = items[a].nbytes, m = items[b].nbytes;
			unsigned char *joined = malloc(n + m + 1);

			assert_non_null(joined);
			if (n)
				memcpy(joined, items[a].data, n);
			if (m)
				memcpy(joined + n, items[b].data, m);
			promise(text,
				value_of(&work, (struct codist_bytes){
							joined, n + m }) ==
					value + value_of(&work, items[b]));
			free(joined);
		}
	}
	end(&work);
}

static void values_repeat_and_add_up_if_they_say_so(void **state)
{
	(void)state;
	contract_specs(&codist_measures, check_values);
}

static void tables_are_sound(void **state)
{
	(void)state;
	contract_tables(&codist_measures);
	contract_refusals(&codist_measures);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(a_score_does_not_depend_on_those_before),
		cmocka_unit_test(scores_are_numbers_and_lengths_whole_bytes),
		cmocka_unit_test(
			a_sample_is_nearer_to_itself_than_an_unrelated_one),
		cmocka_unit_test(a_measure_is_symmetric_or_says_so),
		cmocka_unit_test(values_repeat_and_add_up_if_they_say_so),
	};

	return cmocka_run_group_tests(tests, make_items, free_items);
}
