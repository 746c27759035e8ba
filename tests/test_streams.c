/*
 * test_streams.c - lengths after a prefix equal those of whole zlib streams
 *
 * Each engine is compared with a fresh zlib stream that is fed the prefix,
 * then the query, then finished, over all parameters and hard material. The
 * engines are compared with each other in bits, too. CODIST_ROUNDS sets how
 * many prefixes are drawn, CODIST_SEED which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stream_property.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define PREFIX_MOST 400000
#define QUERY_MOST 20000
#define QUERIES 5

static unsigned char prefix[PREFIX_MOST + QUERY_MOST], query[QUERY_MOST];
static unsigned char out[2 * (PREFIX_MOST + QUERY_MOST)];

struct parameters {
	int level, wbits, memlevel, strategy;
};

static const char *const strategies[] = { "default", "filtered", "huffman",
					  "rle", "fixed" };

/*
 * The length of a stream that zlib was fed p, then x; bytes. Level 0 cuts its
 * blocks by how it is fed, and is fed at once.
 */
static size_t whole_stream(const struct parameters *parameters, size_t p,
			   size_t x)
{
	z_stream stream = { 0 };

	assert_int_equal(deflateInit2(&stream, parameters->level, Z_DEFLATED,
				      parameters->wbits, parameters->memlevel,
				      parameters->strategy),
			 Z_OK);
	if (parameters->level == 0) {
		memcpy(prefix + p, query, x);
		p += x;
	}
	stream.next_out = out;
	stream.avail_out = sizeof(out);
	stream.next_in = prefix;
	stream.avail_in = (uInt)p;
	if (parameters->level > 0) {
		if (p)
			assert_int_equal(deflate(&stream, Z_NO_FLUSH), Z_OK);
		stream.next_in = query;
		stream.avail_in = (uInt)x;
	}
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	deflateEnd(&stream);
	return stream.total_out;
}

static struct codist_coder *coder_for(struct codist_spec *spec,
				      const struct parameters *parameters,
				      const char *unit, const char *engine)
{
	struct codist_error err = { 0 };
	struct codist_coder *coder = NULL;
	char text[128];

	snprintf(text, sizeof(text),
		 "deflate:level=%d,wbits=%d,memlevel=%d,strategy=%s,unit=%s,"
		 "engine=%s",
		 parameters->level, parameters->wbits, parameters->memlevel,
		 strategies[parameters->strategy], unit, engine);
	if (codist_spec_init(spec, &codist_backends, text, &err) ||
	    codist_coder_new(&coder, spec, &err))
		fail_msg("%s", err.message);
	return coder;
}

static double primed(struct codist_coder *coder, size_t x, int prepare,
		     const struct codist_spec *spec)
{
	struct codist_bytes bytes = { query, x };
	size_t size = codist_backend_prepared_size(spec, x);
	void *prepared = prepare && size ? malloc(size) : NULL;
	struct codist_error err = { 0 };
	double bits = 0;

	if ((prepared && codist_coder_prepare(coder, bytes, prepared, &err)) ||
	    codist_coder_length_primed(coder, bytes, prepared, &bits, &err))
		fail_msg("%s", err.message);
	free(prepared);
	return bits;
}

static void check_equal(double found, double expected, const char *what,
			const struct parameters *q, size_t p, size_t x)
{
	if (found != expected)
		fail_msg("%s: %g bits, expected %g; level %d, wbits %d, "
			 "memlevel %d, strategy %d, prefix of %zu, query of "
			 "%zu bytes",
			 what, found, expected, q->level, q->wbits,
			 q->memlevel, q->strategy, p, x);
}

/* Sometimes what the query is made of stands in the prefix, nearly. */
static size_t draw_query(uint64_t *state, size_t p, enum material kind)
{
	size_t x = draw_size(state, QUERY_MOST);

	make_material(query, x,
		      draw(state, 3) ? kind : draw(state, N_MATERIALS), state);
	if (x > 0 && x < p && draw(state, 2)) {
		memcpy(query, prefix + draw(state, (unsigned)(p - x)), x);
		for (int i = 0; i < 5; i++)
			query[draw(state, (unsigned)x)] ^=
				(unsigned char)draw(state, 2);
	}
	return x;
}

static size_t draw_prefix(uint64_t *state, enum material kind)
{
	size_t p = draw_size(state, PREFIX_MOST);
	size_t tail = draw(state, 600);

	make_material(prefix, p, kind, state);
	if (tail < p && draw(state, 2))
		make_material(prefix + p - tail, tail,
			      draw(state, N_MATERIALS), state);
	return p;
}

static void compare(const struct parameters *parameters, uint64_t *state)
{
	static const char *const engines[] = { "library", "auto" };
	struct codist_coder *coders[2][2];
	struct codist_spec specs[2][2];
	struct codist_error err = { 0 };
	enum material kind = draw(state, N_MATERIALS);
	size_t p = draw_prefix(state, kind), x;
	struct codist_bytes bytes = { prefix, p };
	double bits[2];

	for (int e = 0; e < 2; e++)
		for (int u = 0; u < 2; u++) {
			coders[e][u] = coder_for(&specs[e][u], parameters,
						 u ? "bit" : "byte",
						 engines[e]);
			if (codist_coder_prime(coders[e][u], bytes, &err))
				fail_msg("%s", err.message);
		}
	for (int i = 0; i < QUERIES; i++) {
		x = i ? draw_query(state, p, kind) : 0;
		for (int e = 0; e < 2; e++)
			check_equal(primed(coders[e][0], x, i % 2,
					   &specs[e][0]),
				    8 * (double)whole_stream(parameters, p, x),
				    engines[e], parameters, p, x);
		check_equal(primed(coders[1][1], x, i % 2, &specs[1][1]),
			    primed(coders[0][1], x, 0, &specs[0][1]),
			    "auto against library, in bits", parameters, p, x);
	}
	for (int u = 0; u < 2; u++) {
		for (int e = 0; e < 2; e++)
			if (codist_coder_length(coders[e][u], bytes, &bits[e],
						&err))
				fail_msg("%s", err.message);
		check_equal(bits[1], bits[0], "without a prefix", parameters,
			    p, 0);
	}
	for (int i = 0; i < 4; i++) {
		codist_coder_free(coders[i / 2][i % 2]);
		codist_spec_release(&specs[i / 2][i % 2]);
	}
}

static struct parameters draw_parameters(uint64_t *state)
{
	struct parameters q = { .level = (int)draw(state, 10),
				.wbits = 9 + (int)draw(state, 7),
				.memlevel = 8 };

	if (draw(state, 2)) /* what the sizer is for */
		q.level = 4 + (int)draw(state, 6);
	else if (draw(state, 3) == 0)
		q.strategy = (int)draw(state, 5);
	if (draw(state, 2))
		q.memlevel = 1 + (int)draw(state, 9);
	if (draw(state, 3) == 0)
		q.wbits = -q.wbits;
	else if (draw(state, 2))
		q.wbits += 16;
	return q;
}

static void lengths_after_a_prefix_are_those_of_whole_streams(void **state)
{
	uint64_t seed = 88172645463325252u +
			(uint64_t)from_environment("CODIST_SEED", 0);
	int rounds = from_environment("CODIST_ROUNDS", 120);

	(void)state;
	for (int i = 0; i < rounds; i++) {
		struct parameters q = draw_parameters(&seed);

		compare(&q, &seed);
	}
}

/*
 * Each level with each window, in one framing or another. Of 2^8 bytes there
 * are zlib streams only.
 */
static void all_levels_and_windows_agree(void **state)
{
	uint64_t seed = 42;

	(void)state;
	for (int level = 0; level <= 9; level++)
		for (int wbits = 8; wbits <= 15; wbits++) {
			int framing = wbits == 8 ? 1 : (level + wbits) % 3;
			struct parameters q = {
				.level = level,
				.wbits = framing == 0 ? -wbits :
					 framing == 1 ? wbits :
							wbits + 16,
				.memlevel = 1 + (level + wbits) % 9,
			};

			compare(&q, &seed);
		}
}

static void the_sizer_is_at_work_where_it_can_be(void **state)
{
	struct codist_spec spec;

	(void)state;
	if (codist_spec_init(&spec, &codist_backends, "deflate:level=9", NULL))
		fail();
	if (strncmp(zlibVersion(), "1.2.1", 5) != 0 ||
	    strstr(zlibVersion(), "ng"))
		skip(); /* another zlib may parse in another way */
	assert_string_equal(codist_backend_engine(&spec), "sizer");
	codist_spec_release(&spec);
	if (codist_spec_init(&spec, &codist_backends,
			     "deflate:level=9,engine=library", NULL))
		fail();
	assert_string_equal(codist_backend_engine(&spec), "library");
	codist_spec_release(&spec);
	assert_int_equal(codist_spec_init(&spec, &codist_backends,
					  "deflate:level=1,engine=sizer",
					  NULL),
			 CODIST_EUSAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_after_a_prefix_are_those_of_whole_streams),
		cmocka_unit_test(all_levels_and_windows_agree),
		cmocka_unit_test(the_sizer_is_at_work_where_it_can_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
