/*
 * backend_check.c - whether a backend keeps what backends promise
 *
 * What fresh coders say, used once, is the measure of all others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/frame.h"
#include "base/material.h"
#include "base/system.h"
#include "experiment/across_threads.h"

#include <codist/check.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A prefix and a sample; the longest cross a window of 32 KB. */
static const struct pair {
	const char *name;
	enum material prefix;
	size_t prefix_nbytes;
	enum material sample;
	size_t sample_nbytes;
} pairs[] = {
	{ "nothing after nothing", NOISE, 0, NOISE, 0 },
	{ "noise after nothing", NOISE, 0, NOISE, 300 },
	{ "nothing after words", WORDS, 3000, NOISE, 0 },
	{ "a byte after a byte", NOISE, 1, NOISE, 1 },
	{ "noise after noise", NOISE, 5000, NOISE, 300 },
	{ "zeros after zeros", NOTHING, 5000, NOTHING, 784 },
	{ "words after words", WORDS, 20000, WORDS, 1000 },
	{ "two values", TWO_VALUES, 50176, TWO_VALUES, 784 },
	{ "few values after noise", NOISE, 3000, FOUR_VALUES, 3000 },
	{ "copies over a window", COPIES, 70000, COPIES, 20000 },
	{ "a ramp over a window", PERIOD, 40000, PERIOD, 2000 },
	{ "grey runs", GREY, 30000, GREY, 784 },
};

#define N_PAIRS (sizeof(pairs) / sizeof(pairs[0]))
#define N_QUERIES 1000
#define BRIEF_NBYTES 300
#define QUERY_SECONDS 2 /* after which fewer will do, but two of each pair */
#define N_THREADS 4

struct material_of_pair {
	unsigned char *bytes; /* the prefix, and the sample behind it */
	struct codist_bytes prefix, sample, joined;
	struct codist_bytes brief; /* what the sample begins with */
	double alone, joined_bits, primed; /* by fresh coders; bits */
};

/* The work on one backend. */
struct check {
	const struct codist_spec *spec;
	struct material_of_pair of[N_PAIRS];
	unsigned char has_begun[N_THREADS];
};

static void free_materials(struct check *check)
{
	for (size_t i = 0; i < N_PAIRS; i++)
		free(check->of[i].bytes);
}

/* Takes `plain` over: n and m bytes. */
static enum codist_status frame(struct material_of_pair *of,
				unsigned char *plain, size_t n, size_t m,
				struct codist_error *err)
{
	size_t brief = m < BRIEF_NBYTES ? m : BRIEF_NBYTES;
	unsigned char *out = malloc(FRAMED_SIZE(n) + FRAMED_SIZE(m) +
				    FRAMED_SIZE(brief));

	of->bytes = out;
	if (out) {
		of->prefix.nbytes = frame_pictures(out, plain, n);
		of->sample.nbytes = frame_pictures(out + of->prefix.nbytes,
						   plain + n, m);
		of->joined.nbytes = of->prefix.nbytes + of->sample.nbytes;
		of->brief.nbytes = frame_pictures(out + of->joined.nbytes,
						  plain + n, brief);
		of->prefix.data = of->joined.data = out;
		of->sample.data = out + of->prefix.nbytes;
		of->brief.data = out + of->joined.nbytes;
	}
	free(plain);
	return out ? CODIST_OK : codist_no_memory(err, "pictures to compress");
}

static enum codist_status make_materials(struct check *check,
					 struct codist_error *err)
{
	uint64_t state = 20051112;

	for (size_t i = 0; i < N_PAIRS; i++) {
		struct material_of_pair *of = &check->of[i];
		size_t n = pairs[i].prefix_nbytes, m = pairs[i].sample_nbytes;

		of->bytes = malloc(n + m + 1);
		if (!of->bytes)
			return codist_no_memory(err, "bytes to compress");
		make_material(of->bytes, n, pairs[i].prefix, &state);
		make_material(of->bytes + n, m, pairs[i].sample, &state);
		of->prefix = (struct codist_bytes){ of->bytes, n };
		of->sample = (struct codist_bytes){ of->bytes + n, m };
		of->joined = (struct codist_bytes){ of->bytes, n + m };
		of->brief = of->sample;
		if (m > BRIEF_NBYTES)
			of->brief.nbytes = BRIEF_NBYTES;
		if (codist_backend_takes_pictures(check->spec))
			CODIST_TRY(frame(of, of->bytes, n, m, err));
	}
	return CODIST_OK;
}

/* A length is another than expected: a failure, of which the first is told. */
static enum codist_status expect(double bits, double expected, size_t i,
				 struct codist_error *err)
{
	if (bits == expected)
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY,
			   "%s: %.15g bits, expected %.15g (prefix of %zu, "
			   "sample of %zu bytes)", pairs[i].name, bits,
			   expected, pairs[i].prefix_nbytes,
			   pairs[i].sample_nbytes);
}

static enum codist_status length(struct codist_coder *coder,
				 struct codist_bytes x, double expected,
				 size_t i, struct codist_error *err)
{
	double bits = NAN;

	CODIST_TRY(codist_coder_length(coder, x, &bits, err));
	return expect(bits, expected, i, err);
}

static enum codist_status primed(struct codist_coder *coder,
				 const struct material_of_pair *of,
				 const void *prepared, size_t i,
				 struct codist_error *err)
{
	double bits = NAN;

	CODIST_TRY(codist_coder_length_primed(coder, of->sample, prepared,
					      &bits, err));
	return expect(bits, of->primed, i, err);
}

/* One length by a coder of its own. */
static enum codist_status fresh(const struct codist_spec *spec,
				const struct codist_bytes *prefix,
				struct codist_bytes x, double *bits,
				struct codist_error *err)
{
	struct codist_coder *coder;
	enum codist_status status = CODIST_OK;

	CODIST_TRY(codist_coder_new(&coder, spec, err));
	if (prefix)
		status = codist_coder_prime(coder, *prefix, err);
	if (status == CODIST_OK && prefix)
		status = codist_coder_length_primed(coder, x, NULL, bits, err);
	else if (status == CODIST_OK)
		status = codist_coder_length(coder, x, bits, err);
	codist_coder_free(coder);
	return status;
}

static enum codist_status sound(struct check *check, double bits, size_t i,
				struct codist_error *err)
{
	double step = codist_backend_granularity(check->spec);

	if (isfinite(bits) && bits >= 0 && step > 0 && fmod(bits, step) == 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY,
			   "%s: %g bits, expected a multiple of %g",
			   pairs[i].name, bits, step);
}

static enum codist_status lengths_are_sound(struct check *check,
					    struct codist_coder *coder,
					    struct codist_error *err)
{
	(void)coder;
	for (size_t i = 0; i < N_PAIRS; i++) {
		struct material_of_pair *of = &check->of[i];

		CODIST_TRY(fresh(check->spec, NULL, of->sample, &of->alone,
				 err));
		CODIST_TRY(fresh(check->spec, NULL, of->joined,
				 &of->joined_bits, err));
		CODIST_TRY(fresh(check->spec, &of->prefix, of->sample,
				 &of->primed, err));
		CODIST_TRY(sound(check, of->alone, i, err));
		CODIST_TRY(sound(check, of->joined_bits, i, err));
		CODIST_TRY(sound(check, of->primed, i, err));
	}
	return CODIST_OK;
}

/* Each after each other one, and twice in a row. */
static enum codist_status history_is_forgotten(struct check *check,
					       struct codist_coder *coder,
					       struct codist_error *err)
{
	for (size_t i = 0; i < N_PAIRS; i++)
		for (size_t k = 0; k < N_PAIRS; k++) {
			const struct material_of_pair *of = &check->of[k];

			CODIST_TRY(length(coder, check->of[i].sample,
					  check->of[i].alone, i, err));
			CODIST_TRY(length(coder, of->sample, of->alone, k,
					  err));
			CODIST_TRY(length(coder, of->sample, of->alone, k,
					  err));
		}
	return CODIST_OK;
}

static enum codist_status primed_is_joined(struct check *check,
					   struct codist_coder *coder,
					   struct codist_error *err)
{
	(void)coder;
	for (size_t i = 0; i < N_PAIRS; i++)
		CODIST_TRY(expect(check->of[i].primed,
				  check->of[i].joined_bits, i, err));
	return CODIST_OK;
}

static enum codist_status priming_again_is_fresh(struct check *check,
						 struct codist_coder *coder,
						 struct codist_error *err)
{
	for (size_t n = 0; n < 2 * N_PAIRS; n++) {
		size_t i = n < N_PAIRS ? n : 2 * N_PAIRS - 1 - n;

		CODIST_TRY(codist_coder_prime(coder, check->of[i].prefix, err));
		CODIST_TRY(primed(coder, &check->of[i], NULL, i, err));
		CODIST_TRY(primed(coder, &check->of[i], NULL, i, err));
	}
	return CODIST_OK;
}

/* What prepare() makes of a sample is for free(), NULL for nothing. */
static enum codist_status prepare(struct check *check,
				  struct codist_coder *coder, size_t i,
				  void **prepared, struct codist_error *err)
{
	struct codist_bytes x = check->of[i].sample;
	size_t size = codist_backend_prepared_size(check->spec, x.nbytes);
	enum codist_status status;

	*prepared = NULL;
	if (size == 0)
		return CODIST_OK;
	*prepared = malloc(size);
	if (!*prepared)
		return codist_no_memory(err, "a prepared sample");
	status = codist_coder_prepare(coder, x, *prepared, err);
	if (status != CODIST_OK)
		free(*prepared);
	return status;
}

static enum codist_status nothing_disturbs(struct check *check,
					   struct codist_coder *coder,
					   struct codist_error *err)
{
	for (size_t i = 0; i < N_PAIRS; i++) {
		size_t other = (i + 5) % N_PAIRS;
		void *prepared;

		CODIST_TRY(codist_coder_prime(coder, check->of[i].prefix, err));
		CODIST_TRY(length(coder, check->of[other].joined,
				  check->of[other].joined_bits, other, err));
		CODIST_TRY(primed(coder, &check->of[i], NULL, i, err));
		CODIST_TRY(prepare(check, coder, other, &prepared, err));
		free(prepared);
		CODIST_TRY(primed(coder, &check->of[i], NULL, i, err));
	}
	return CODIST_OK;
}

static enum codist_status preparing_changes_nothing(struct check *check,
						    struct codist_coder *coder,
						    struct codist_error *err)
{
	for (size_t i = 0; i < N_PAIRS; i++) {
		enum codist_status status;
		void *prepared;

		CODIST_TRY(codist_coder_prime(coder, check->of[i].prefix, err));
		CODIST_TRY(prepare(check, coder, i, &prepared, err));
		status = primed(coder, &check->of[i], prepared, i, err);
		free(prepared);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

/* Samples of all pairs follow one prefix, and then its own again. */
static enum codist_status many_queries_wear_nothing(struct check *check,
						    struct codist_coder *coder,
						    struct codist_error *err)
{
	const size_t own = 7;
	double bits, began = codist_seconds();

	CODIST_TRY(codist_coder_prime(coder, check->of[own].prefix, err));
	for (size_t n = 0;
	     n < N_QUERIES && (n < 2 * N_PAIRS ||
			       codist_seconds() - began < QUERY_SECONDS);
	     n++) {
		struct codist_bytes x = check->of[n % N_PAIRS].brief;

		CODIST_TRY(codist_coder_length_primed(coder, x, NULL, &bits,
						      err));
	}
	return primed(coder, &check->of[own], NULL, own, err);
}

static enum codist_turn next(void *job, unsigned thread)
{
	struct check *check = job;

	if (check->has_begun[thread])
		return CODIST_TURN_DONE;
	check->has_begun[thread] = 1;
	return CODIST_TURN_WORK;
}

static enum codist_status work(void *job, unsigned thread, size_t *order,
			       struct codist_error *err)
{
	struct check *check = job;
	struct codist_coder *coder;
	enum codist_status status = codist_coder_new(&coder, check->spec, err);

	*order = thread;
	CODIST_TRY(status);
	for (size_t n = 0; n < N_PAIRS && status == CODIST_OK; n++) {
		size_t i = (n + 3 * thread) % N_PAIRS;

		status = codist_coder_prime(coder, check->of[i].prefix, err);
		if (status == CODIST_OK)
			status = primed(coder, &check->of[i], NULL, i, err);
		if (status == CODIST_OK)
			status = length(coder, check->of[i].joined,
					check->of[i].joined_bits, i, err);
	}
	codist_coder_free(coder);
	return status;
}

static enum codist_status tick(void *job, struct codist_error *err)
{
	(void)job;
	(void)err;
	return CODIST_OK;
}

static enum codist_status threads_are_strangers(struct check *check,
						struct codist_coder *coder,
						struct codist_error *err)
{
	const struct codist_shared_job job = { check, next, work, tick };

	(void)coder;
	return codist_across_threads(&job, codist_usable_threads(N_THREADS),
				     err);
}

/* The first one fills in what the others compare with. */
static const struct promise {
	const char *name;
	enum codist_status (*check)(struct check *check,
				    struct codist_coder *coder,
				    struct codist_error *err);
} promises[CODIST_N_PROPERTIES] = {
	{ "lengths are finite, not negative, and multiples of the step",
	  lengths_are_sound },
	{ "C(x) repeats, whatever the coder compressed before",
	  history_is_forgotten },
	{ "after a prefix, the length is that of the joined bytes",
	  primed_is_joined },
	{ "after another prefix, the length is that of a fresh coder",
	  priming_again_is_fresh },
	{ "length() and prepare() leave the prefix as it is",
	  nothing_disturbs },
	{ "what is prepared has the same length", preparing_changes_nothing },
	{ "after many samples the prefix is as it was",
	  many_queries_wear_nothing },
	{ "coders of several threads do not know of each other",
	  threads_are_strangers },
};

/* Why a promise need not be kept, or NULL. */
static const char *exemption(const struct promise *promise,
			     const struct codist_spec *spec)
{
	if (promise->check == primed_is_joined &&
	    codist_backend_is_dictionary(spec))
		return "the prefix is a dictionary";
	if (promise->check == preparing_changes_nothing &&
	    codist_backend_prepared_size(spec, 784) == 0)
		return "it prepares nothing";
	return NULL;
}

static void exempt(struct codist_property *property,
		   const struct promise *promise, const char *why)
{
	*property = (struct codist_property){
		.name = promise->name,
		.verdict = CODIST_NOT_APPLICABLE,
	};
	snprintf(property->detail, CODIST_DETAIL_SIZE, "%s", why);
}

static void look_at(struct check *check, const struct promise *promise,
		    struct codist_property *property)
{
	const char *why_not = exemption(promise, check->spec);
	struct codist_coder *coder = NULL;
	struct codist_error why = { 0 };
	enum codist_status status;

	if (why_not) {
		exempt(property, promise, why_not);
		return;
	}
	*property = (struct codist_property){ .name = promise->name };
	status = codist_coder_new(&coder, check->spec, &why);
	if (status == CODIST_OK)
		status = promise->check(check, coder, &why);
	codist_coder_free(coder);
	if (status == CODIST_OK)
		return;
	property->verdict = CODIST_FAILS;
	snprintf(property->detail, CODIST_DETAIL_SIZE, "%.*s",
		 CODIST_DETAIL_SIZE - 1, why.message);
}

enum codist_status
codist_backend_check(const struct codist_spec *backend,
		     struct codist_property properties[CODIST_N_PROPERTIES],
		     struct codist_error *err)
{
	struct check check = { .spec = backend };
	enum codist_status status = make_materials(&check, err);

	for (size_t i = 0; i < CODIST_N_PROPERTIES && status == CODIST_OK; i++)
		if (i == 0 || properties[0].verdict == CODIST_HOLDS)
			look_at(&check, &promises[i], &properties[i]);
		else
			exempt(&properties[i], &promises[i],
			       "lengths are not sound");
	free_materials(&check);
	return status;
}
