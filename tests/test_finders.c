/*
 * test_finders.c - the sizer's matches are those of zlib's hash chains
 *
 * Both ways to a match are asked at each place of a parse: walk.c walks as
 * zlib does, and what takes its place must find the same. The lists of phrases
 * have so few keys here that nearly all of them hold other phrases, too, which
 * would be rare otherwise; and stretches are short, so that many are crossed.
 * CODIST_ROUNDS sets how many pairs are drawn, CODIST_SEED which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#define SIZER_KEY_BITS 3
#define SIZER_TEXT_MOST ((size_t)35000) /* little more than a window */
#include "../backends/deflate/behind.c"
#include "../backends/deflate/chain.c"
#include "../backends/deflate/index.c"
#include "../backends/deflate/own.c"
#include "../backends/deflate/params.c"
#include "../backends/deflate/prefix.c"
#define walk walk_in_query /* walk.c has one */
#include "../backends/deflate/query.c"
#undef walk
#include "../backends/deflate/runs.c"
#include "../backends/deflate/search.c"
#include "../backends/deflate/seek.c"
#include "../backends/deflate/walk.c"

#include "hard_bytes.h"
#include "stream_property.h"

#define PREFIX_MOST 400000
#define QUERY_MOST 6000

static unsigned char bytes[PREFIX_MOST + QUERY_MOST];

/* A parse that asks both. */
struct both {
	struct sizer_params params;
	struct sizer_chain chain;
	struct sizer_index index;
	struct sizer_behind behind;
	struct sizer_query_scratch scratch;
	void *prepared;
	struct sizer_prefix prefix;
	struct sizer_search search;
	int is_query;
	size_t n_asked;
};

static int find(void *self, const struct sizer_parse *parse, unsigned chain,
		unsigned most, struct sizer_match *match)
{
	struct both *both = self;
	unsigned known = parse->match.length;
	struct sizer_match expected = { 0, 0 }, found = { 0, 0 };
	int is_sure = codist_sizer_walk(&both->chain, parse, chain, most,
					&expected);

	both->n_asked++;
	assert_int_equal(both->is_query ?
				 codist_sizer_search_find(&both->search, parse,
							  chain, most, &found) :
				 codist_sizer_prefix_find(&both->prefix, parse,
							  chain, most, &found),
			 is_sure);
	if (!is_sure)
		return 0;
	if (expected.length <= known)
		assert_true(found.length <= known);
	else if (found.length != expected.length || found.at != expected.at)
		fail_msg("%u bytes at %zu, expected %u at %zu; at %zu of the "
			 "%s, %u candidates, %u bytes known",
			 found.length, found.at, expected.length, expected.at,
			 parse->at, both->is_query ? "query" : "prefix", chain,
			 known);
	*match = expected;
	return 1;
}

static void set_up(struct both *both, int level, int wbits, int memlevel)
{
	size_t n_heads = (size_t)1 << (memlevel + 7);

	*both = (struct both){ 0 };
	codist_sizer_params_init(&both->params, level, wbits, memlevel, 0);
	assert_true(codist_sizer_chain_init(&both->chain, &both->params));
	assert_true(codist_sizer_index_init(&both->index, &both->params));
	both->scratch.heads = malloc(n_heads * sizeof(*both->scratch.heads));
	both->scratch.previous =
		malloc(QUERY_MOST * sizeof(*both->scratch.previous));
	both->prepared = malloc(codist_sizer_query_size(QUERY_MOST));
	assert_non_null(both->scratch.heads);
	assert_non_null(both->scratch.previous);
	assert_non_null(both->prepared);
}

static void tear_down(struct both *both)
{
	codist_sizer_chain_release(&both->chain);
	codist_sizer_index_release(&both->index);
	codist_sizer_behind_release(&both->behind);
	free(both->scratch.heads);
	free(both->scratch.previous);
	free(both->prepared);
}

static void parse(struct both *both, struct codist_bytes p,
		  struct codist_bytes x)
{
	struct sizer_source source = {
		.params = &both->params,
		.end = p.nbytes,
		.find = find,
		.bytes = p.data,
		.self = both,
	};
	struct sizer_parse state;

	codist_sizer_chain_start(&both->chain, p.data, p.nbytes);
	codist_sizer_prefix_begin(&both->prefix, &both->index, p);
	codist_sizer_parse_init(&state);
	both->is_query = 0;
	codist_sizer_parse_until(&state, &source);
	codist_sizer_parse_ahead(&state, &source);
	codist_sizer_prefix_finish(&both->prefix, &state);
	if (!codist_sizer_search_takes(&both->params, &state, p.nbytes,
				       x.nbytes))
		return;

	codist_sizer_behind_start(&both->behind, p, state.at);
	assert_true(codist_sizer_behind_put(&both->behind, x));
	codist_sizer_query_prepare(both->prepared, &both->params, x.data,
				   x.nbytes, &both->scratch);
	codist_sizer_search_begin(&both->search, &both->index, x,
				  both->prepared);
	source.end = p.nbytes + x.nbytes;
	source.bytes = both->behind.text;
	source.first = both->behind.first;
	codist_sizer_chain_go_on(&both->chain, source.bytes, source.first,
				 source.end);
	both->is_query = 1;
	codist_sizer_parse_finish(&state, &source);
}

/* A prefix of p bytes, and a query of x behind it, which has parts of it. */
static void draw_bytes(size_t p, size_t x, const struct limits *limits,
		       uint64_t *state)
{
	enum material kind = draw(state, N_MATERIALS);

	if (draw(state, 2)) {
		put_hard(bytes, 0, p, limits, state);
		put_hard(bytes, p, p + x, limits, state);
		return;
	}
	make_material(bytes, p, kind, state);
	if (draw(state, 3) == 0)
		kind = draw(state, N_MATERIALS);
	make_material(bytes + p, x, kind, state);
	if (x > 0 && x < p && draw(state, 2))
		memcpy(bytes + p, bytes + draw(state, (unsigned)(p - x)), x);
}

/* Often a stretch's length, nearly, or that of two. */
static size_t draw_prefix_size(uint64_t *state, size_t most)
{
	size_t stretch = SIZER_TEXT_MOST * (1 + draw(state, 2));

	if (most < 2 * stretch || draw(state, 2))
		return 1 + draw_size(state, most - 1);
	return stretch - 600 + draw(state, 1200);
}

/* Pairs of random size up to these; returns how often was asked. */
static size_t compare_finders(size_t prefix_most, size_t query_most, int rounds,
			      uint64_t *state)
{
	size_t n_asked = 0;

	for (int i = 0; i < rounds; i++) {
		int wbits = 9 + (int)draw(state, 7);
		int memlevel = 1 + (int)draw(state, 9);
		struct limits limits = limits_of(wbits, memlevel);
		size_t p = draw_prefix_size(state, prefix_most);
		size_t x = draw_size(state, query_most);
		struct both both;

		set_up(&both, 4 + (int)draw(state, 6), wbits, memlevel);
		draw_bytes(p, x, &limits, state);
		parse(&both, (struct codist_bytes){ bytes, p },
		      (struct codist_bytes){ bytes + p, x });
		n_asked += both.n_asked;
		tear_down(&both);
	}
	return n_asked;
}

static uint64_t start(void)
{
	return 88172645463325252u +
	       (uint64_t)from_environment("CODIST_SEED", 0);
}

static void short_ones_are_found(void **test)
{
	uint64_t state = start();

	(void)test;
	assert_true(compare_finders(1500, 1500,
				    from_environment("CODIST_ROUNDS", 4000),
				    &state) > 0);
}

static void windows_and_stretches_are_crossed(void **test)
{
	uint64_t state = start();

	(void)test;
	assert_true(compare_finders(PREFIX_MOST, QUERY_MOST,
				    from_environment("CODIST_ROUNDS", 4000) /
						    40 + 1,
				    &state) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_ones_are_found),
		cmocka_unit_test(windows_and_stretches_are_crossed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
