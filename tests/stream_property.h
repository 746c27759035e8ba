/*
 * stream_property.h - primed lengths equal those of whole streams, over random
 * and hard material
 *
 * For a test of one library: it hands in how the library itself, asked without
 * codist, compresses p followed by x. CODIST_ROUNDS sets how many prefixes are
 * drawn, CODIST_SEED which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_STREAM_PROPERTY_H
#define CODIST_TESTS_STREAM_PROPERTY_H

#include "base/material.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stream_property {
	size_t prefix_most, query_most; /* bytes */
	int rounds;
	/* Draw options: a spec, and what whole() needs of them. */
	void (*draw_spec)(char text[256], void *options, uint64_t *state);
	/* The bytes of the library's stream of x[n]. */
	size_t (*whole)(const void *options, const unsigned char *x, size_t n);
	void *options;
};

static inline int from_environment(const char *name, int fallback)
{
	const char *text = getenv(name);

	return text ? atoi(text) : fallback;
}

static inline size_t draw_size(uint64_t *state, size_t most)
{
	switch (draw(state, 6)) {
	case 0:
		return draw(state, 12);
	case 1:
		return most / 200 + draw(state, (unsigned)most / 200 + 1);
	case 2:
		return draw(state, (unsigned)most + 1);
	default:
		return draw(state, (unsigned)most / 10 + 1);
	}
}

/* p, then x, in `bytes`; often x has parts of p in it. */
static inline size_t draw_query_behind(unsigned char *bytes, size_t p,
				       size_t most, enum material kind,
				       uint64_t *state)
{
	size_t x = draw_size(state, most);

	make_material(bytes + p, x,
		      draw(state, 3) ? kind : draw(state, N_MATERIALS), state);
	if (x > 0 && x < p && draw(state, 2))
		memcpy(bytes + p, bytes + draw(state, (unsigned)(p - x)), x);
	return x;
}

static inline void check_primed(const struct stream_property *property,
				struct codist_coder *coder, const char *spec,
				const unsigned char *bytes, size_t p, size_t x)
{
	struct codist_bytes query = { bytes + p, x };
	struct codist_error err = { 0 };
	double found, expected = 8 * (double)property->whole(
					     property->options, bytes, p + x);

	if (codist_coder_length_primed(coder, query, NULL, &found, &err))
		fail_msg("%s: %s", spec, err.message);
	if (found != expected)
		fail_msg("%s: %g bits, expected %g; prefix of %zu, query of "
			 "%zu bytes", spec, found, expected, p, x);
}

static inline void check_alone(const struct stream_property *property,
			       struct codist_coder *coder, const char *spec,
			       const unsigned char *bytes, size_t n)
{
	struct codist_bytes x = { bytes, n };
	struct codist_error err = { 0 };
	double found, expected = 8 * (double)property->whole(
					     property->options, bytes, n);

	if (codist_coder_length(coder, x, &found, &err))
		fail_msg("%s: %s", spec, err.message);
	if (found != expected)
		fail_msg("%s: %g bits, expected %g; %zu bytes without a prefix",
			 spec, found, expected, n);
}

/* One coder, several prefixes one after the other, several queries each. */
static inline void check_stream_property(const struct stream_property *property)
{
	uint64_t state = 88172645463325252u +
			 (uint64_t)from_environment("CODIST_SEED", 0);
	int rounds = from_environment("CODIST_ROUNDS", property->rounds);
	size_t room = property->prefix_most + property->query_most + 1;
	unsigned char *bytes = malloc(room);

	assert_non_null(bytes);
	for (int i = 0; i < rounds; i++) {
		struct codist_error err = { 0 };
		struct codist_coder *coder = NULL;
		struct codist_spec spec;
		char text[256];

		property->draw_spec(text, property->options, &state);
		if (codist_spec_init(&spec, &codist_backends, text, &err) ||
		    codist_coder_new(&coder, &spec, &err))
			fail_msg("%s: %s", text, err.message);
		for (int k = 0; k < 3; k++) {
			enum material kind = draw(&state, N_MATERIALS);
			size_t p = draw_size(&state, property->prefix_most);
			struct codist_bytes prefix = { bytes, p };

			make_material(bytes, p, kind, &state);
			if (codist_coder_prime(coder, prefix, &err))
				fail_msg("%s: %s", text, err.message);
			check_primed(property, coder, text, bytes, p, 0);
			for (int q = 0; q < 3; q++) {
				size_t x = draw_query_behind(
					bytes, p, property->query_most, kind,
					&state);

				check_primed(property, coder, text, bytes, p,
					     x);
				if (q == 1)
					check_alone(property, coder, text,
						    bytes + p, x);
			}
		}
		codist_coder_free(coder);
		codist_spec_release(&spec);
	}
	free(bytes);
}

#endif
