/*
 * test_sizer.c - the sizer's lengths equal those of the linked zlib
 *
 * Many short pairs, over all parameters, of bytes meant to be hard, in bits
 * and in bytes. That zlib is driven rightly, test_streams.c tells.
 * CODIST_PAIRS sets how many pairs are drawn, CODIST_SEED which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hard_bytes.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define MOST_PREFIX ((size_t)5 << 20)
#define MOST_QUERY ((size_t)200000)
#define PREFIXES 24 /* of one coder */
#define QUERIES 8   /* of one prefix */

enum { SIZER, LIBRARY, N_ENGINES };
enum { BYTE, BIT, N_UNITS };

static const char *const engines[] = { "sizer", "library" };
static const char *const units[] = { "byte", "bit" };

static unsigned char *bytes; /* [MOST_PREFIX + MOST_QUERY] */

struct setup {
	int level, wbits, memlevel;
	const char *strategy;
	struct limits limits;
	struct codist_spec specs[N_ENGINES][N_UNITS];
	struct codist_coder *coders[N_ENGINES][N_UNITS];
};

static unsigned long from_environment(const char *name, unsigned long fallback)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 10) : fallback;
}

static void describe(char *text, size_t size, const struct setup *setup,
		     const char *engine, const char *unit)
{
	snprintf(text, size,
		 "deflate:level=%d,wbits=%d,memlevel=%d,strategy=%s,engine=%s,"
		 "unit=%s",
		 setup->level, setup->wbits, setup->memlevel, setup->strategy,
		 engine, unit);
}

static void set_up(struct setup *setup)
{
	struct codist_error err = { 0 };
	char text[128];

	setup->limits = limits_of(setup->wbits, setup->memlevel);
	for (int e = 0; e < N_ENGINES; e++)
		for (int u = 0; u < N_UNITS; u++) {
			describe(text, sizeof(text), setup, engines[e],
				 units[u]);
			if (codist_spec_init(&setup->specs[e][u],
					     &codist_backends, text, &err) ||
			    codist_coder_new(&setup->coders[e][u],
					     &setup->specs[e][u], &err))
				fail_msg("%s: %s", text, err.message);
		}
}

static void tear_down(struct setup *setup)
{
	for (int e = 0; e < N_ENGINES; e++)
		for (int u = 0; u < N_UNITS; u++) {
			codist_coder_free(setup->coders[e][u]);
			codist_spec_release(&setup->specs[e][u]);
		}
}

/* Small windows mostly, where all is near an edge. */
static struct setup draw_setup(uint64_t *state)
{
	static const char *const strategies[] = { "default", "default",
						  "default", "filtered",
						  "fixed",   "huffman",
						  "rle" };
	unsigned bits = draw(state, 3) ? 8 + draw(state, 3) :
					 9 + draw(state, 7);
	unsigned framing = bits == 8 ? 1 : draw(state, 3);

	return (struct setup){
		.level = (int)draw(state, 10),
		.wbits = framing == 0 ? -(int)bits :
			 framing == 1 ? (int)bits :
					(int)bits + 16,
		.memlevel = 1 + (int)(draw(state, 2) ? draw(state, 3) :
						       draw(state, 9)),
		.strategy = strategies[draw(state, 7)],
	};
}

static size_t draw_prefix_size(const struct setup *setup, uint64_t *state)
{
	unsigned window = setup->limits.window;

	switch (draw(state, window > 4096 ? 12 : 4)) {
	case 0: /* just where the buffer slides, or fills */
		return window + draw(state, 3) * window +
		       draw(state, 2 * MIN_LOOKAHEAD) - MIN_LOOKAHEAD;
	case 1:
		return draw(state, 5 * window);
	case 2:
		return draw(state, 4);
	default:
		return draw(state, 3000);
	}
}

static size_t draw_query_size(const struct setup *setup, uint64_t *state)
{
	unsigned window = setup->limits.window;

	switch (draw(state, 40)) {
	case 0:
		return about(16384, state);
	case 1:
		return draw(state, 3 * window);
	case 2:
	case 3:
	case 4:
	case 5:
		return draw(state, 4);
	default:
		return draw(state, draw(state, 2) ? 100 : 1200);
	}
}

static double tell(struct setup *setup, int engine, int unit,
		   struct codist_bytes x, int prepare)
{
	struct codist_coder *coder = setup->coders[engine][unit];
	size_t size = prepare ? codist_backend_prepared_size(
					&setup->specs[engine][unit], x.nbytes) :
				0;
	void *prepared = size ? malloc(size) : NULL;
	struct codist_error err = { 0 };
	double bits = 0;

	if ((prepared && codist_coder_prepare(coder, x, prepared, &err)) ||
	    codist_coder_length_primed(coder, x, prepared, &bits, &err))
		fail_msg("%s", err.message);
	free(prepared);
	return bits;
}

static double tell_alone(struct setup *setup, int engine, int unit,
			 struct codist_bytes x)
{
	struct codist_error err = { 0 };
	double bits;

	if (codist_coder_length(setup->coders[engine][unit], x, &bits, &err))
		fail_msg("%s", err.message);
	return bits;
}

static void check(const struct setup *setup, int unit, double found,
		  double expected, size_t p, size_t x, uint64_t seed)
{
	char text[128];

	if (found == expected)
		return;
	describe(text, sizeof(text), setup, engines[SIZER], units[unit]);
	fail_msg("%s: %.0f bits, expected %.0f; prefix of %zu, query of %zu "
		 "bytes, of seed %llu",
		 text, found, expected, p, x, (unsigned long long)seed);
}

/* bytes[p..p + n) behind bytes[0..p), in each unit; now and then alone. */
static void check_query(struct setup *setup, size_t p, size_t n,
			uint64_t *state, uint64_t seed)
{
	struct codist_bytes x = { bytes + p, n };
	int prepare = draw(state, 2) == 0, alone = draw(state, 8) == 0;

	for (int u = 0; u < N_UNITS; u++) {
		check(setup, u, tell(setup, SIZER, u, x, prepare),
		      tell(setup, LIBRARY, u, x, 0), p, n, seed);
		if (alone)
			check(setup, u, tell_alone(setup, SIZER, u, x),
			      tell_alone(setup, LIBRARY, u, x), 0, n, seed);
	}
}

static void prime(struct setup *setup, size_t p)
{
	struct codist_bytes prefix = { bytes, p };
	struct codist_error err = { 0 };

	for (int e = 0; e < N_ENGINES; e++)
		for (int u = 0; u < N_UNITS; u++)
			if (codist_coder_prime(setup->coders[e][u], prefix,
					       &err))
				fail_msg("%s", err.message);
}

static void pairs_of_hard_bytes_have_the_lengths_of_zlib(void **state)
{
	uint64_t seed = 0x9e3779b97f4a7c15u +
			from_environment("CODIST_SEED", 0);
	unsigned long n_pairs = from_environment("CODIST_PAIRS", 20000);

	(void)state;
	for (unsigned long n = 0; n < n_pairs;) {
		struct setup setup = draw_setup(&seed);

		set_up(&setup);
		for (int i = 0; i < PREFIXES; i++) {
			uint64_t begun = seed;
			size_t p = draw_prefix_size(&setup, &seed), x;

			put_hard(bytes, 0, p, &setup.limits, &seed);
			prime(&setup, p);
			for (int q = 0; q < QUERIES; q++, n++) {
				x = draw_query_size(&setup, &seed);
				put_hard(bytes, p, p + x, &setup.limits,
					 &seed);
				check_query(&setup, p, x, &seed, begun);
			}
		}
		tear_down(&setup);
	}
}

/* The window slides a hundred times before the query, and within it. */
static void long_prefixes_and_long_queries_have_the_lengths_of_zlib(void **state)
{
	static const struct {
		int level;
		const char *strategy;
	} ways[] = { { 0, "default" }, { 1, "default" }, { 3, "fixed" },
		     { 4, "default" }, { 6, "filtered" }, { 9, "default" },
		     { 5, "huffman" }, { 5, "rle" } };
	uint64_t seed = 1 + from_environment("CODIST_SEED", 0);

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct setup setup = { .level = ways[i].level,
				       .wbits = i % 2 ? 15 : -15,
				       .memlevel = i % 3 ? 8 : 9,
				       .strategy = ways[i].strategy };
		size_t p = MOST_PREFIX - draw(&seed, 1 << 18);

		set_up(&setup);
		put_hard(bytes, 0, p, &setup.limits, &seed);
		prime(&setup, p);
		for (size_t x = MOST_QUERY; x > 10; x /= 4) {
			put_hard(bytes, p, p + x, &setup.limits, &seed);
			check_query(&setup, p, x, &seed, seed);
		}
		tear_down(&setup);
	}
}

/* Stored blocks end after 65,535 bytes. */
static void stored_blocks_end_where_those_of_zlib_do(void **state)
{
	struct setup setup = { .level = 0, .wbits = 31, .memlevel = 1,
			       .strategy = "default" };
	uint64_t seed = 1;

	(void)state;
	make_material(bytes, 300000, NOISE, &seed);
	set_up(&setup);
	for (size_t p = 65535 - 3; p < 200000; p += 65535 - 1) {
		prime(&setup, p);
		for (size_t x = 0; x < 8; x++)
			check_query(&setup, p, x, &seed, seed);
		check_query(&setup, p, 65535, &seed, seed);
	}
	tear_down(&setup);
}

/* 1.2.12 makes some fixed blocks differently; others parse in other ways. */
static int is_zlib_as_known(void)
{
	return ZLIB_VERNUM >= 0x12d0 && !strstr(zlibVersion(), "ng");
}

static int set_up_bytes(void **state)
{
	(void)state;
	bytes = malloc(MOST_PREFIX + MOST_QUERY);
	return bytes ? 0 : -1;
}

static int tear_down_bytes(void **state)
{
	(void)state;
	free(bytes);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_of_hard_bytes_have_the_lengths_of_zlib),
		cmocka_unit_test(
			long_prefixes_and_long_queries_have_the_lengths_of_zlib),
		cmocka_unit_test(stored_blocks_end_where_those_of_zlib_do),
	};

	if (!is_zlib_as_known()) {
		printf("zlib %s is not what the sizer reproduces\n",
		       zlibVersion());
		return 77;
	}
	return cmocka_run_group_tests(tests, set_up_bytes, tear_down_bytes);
}
