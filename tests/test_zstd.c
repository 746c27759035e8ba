/*
 * test_zstd.c - libzstd's lengths, behind a prefix, alone, and by a dictionary
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stream_property.h"

#include <zstd.h>

struct options {
	int level, strategy, window_log, min_match, long_distance, checksum,
		content_size;
};

static const char *const strategies[] = { "level", "fast", "dfast", "greedy",
					  "lazy", "lazy2", "btlazy2", "btopt",
					  "btultra", "btultra2" };

static void draw_spec(char text[256], void *options, uint64_t *state)
{
	static const int levels[] = { -50, -1, 0, 1, 2, 3, 4, 6, 9, 12, 16, 19 };
	struct options *o = options;

	*o = (struct options){ .level = levels[draw(state, 12)],
			       .content_size = draw(state, 4) != 0,
			       .checksum = draw(state, 4) == 0,
			       .long_distance = draw(state, 4) == 0 };
	if (draw(state, 3) == 0)
		o->strategy = (int)draw(state, 10);
	if (draw(state, 3) == 0)
		o->window_log = 10 + (int)draw(state, 12);
	if (draw(state, 3) == 0)
		o->min_match = 3 + (int)draw(state, 5);
	snprintf(text, 256,
		 "zstd:level=%d,strategy=%s,window_log=%d,min_match=%d,long=%s,"
		 "checksum=%s,content_size=%s",
		 o->level, strategies[o->strategy], o->window_log,
		 o->min_match, o->long_distance ? "on" : "off",
		 o->checksum ? "on" : "off", o->content_size ? "on" : "off");
}

static void set(ZSTD_CCtx *context, ZSTD_cParameter parameter, int value)
{
	size_t code = ZSTD_CCtx_setParameter(context, parameter, value);

	if (ZSTD_isError(code))
		fail_msg("%s", ZSTD_getErrorName(code));
}

static ZSTD_CCtx *fresh(const struct options *o)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();

	assert_non_null(context);
	set(context, ZSTD_c_compressionLevel, o->level);
	if (o->strategy)
		set(context, ZSTD_c_strategy, o->strategy);
	if (o->window_log)
		set(context, ZSTD_c_windowLog, o->window_log);
	if (o->min_match)
		set(context, ZSTD_c_minMatch, o->min_match);
	/* 1 and 2 are on and off since 1.5.0; 0 is "the library decides" */
	set(context, ZSTD_c_enableLongDistanceMatching,
	    o->long_distance ? 1 : 2);
	set(context, ZSTD_c_checksumFlag, o->checksum);
	set(context, ZSTD_c_contentSizeFlag, o->content_size);
	return context;
}

static size_t whole(const void *options, const unsigned char *x, size_t n)
{
	size_t bound = ZSTD_compressBound(n), made;
	ZSTD_CCtx *context = fresh(options);
	unsigned char *out = malloc(bound);

	assert_non_null(out);
	made = ZSTD_compress2(context, out, bound, x, n);
	if (ZSTD_isError(made))
		fail_msg("%s", ZSTD_getErrorName(made));
	free(out);
	ZSTD_freeCCtx(context);
	return made;
}

static void lengths_behind_a_prefix_are_those_of_whole_frames(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 300000, .query_most = 20000, .rounds = 20,
		.draw_spec = draw_spec, .whole = whole, .options = &options });
}

/* Queries of one size, among which are others, go on from a halted frame. */
static void so_are_those_of_many_queries_of_one_size(void **state)
{
	static unsigned char bytes[1600000];
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct options options;
		struct stream_property property = { .whole = whole,
						    .options = &options };
		struct codist_error err = { 0 };
		struct codist_coder *coder = NULL;
		struct codist_spec spec;
		enum material kind = draw(&seed, N_MATERIALS);
		size_t p = (1 + draw(&seed, 4)) * (size_t)131072 +
			   draw(&seed, 2) * draw(&seed, 400000);
		size_t x = draw(&seed, 4) ? draw(&seed, 2) * draw(&seed, 2000) :
					    200000;
		char text[256];

		draw_spec(text, &options, &seed);
		make_material(bytes, p, kind, &seed);
		if (codist_spec_init(&spec, &codist_backends, text, &err) ||
		    codist_coder_new(&coder, &spec, &err) ||
		    codist_coder_prime(coder, (struct codist_bytes){ bytes, p },
				       &err))
			fail_msg("%s: %s", text, err.message);
		for (int q = 0; q < 8; q++) {
			size_t n = q == 5 ? draw(&seed, 300000) : x;

			make_material(bytes + p, n, kind, &seed);
			check_primed(&property, coder, text, bytes, p, n);
		}
		codist_coder_free(coder);
		codist_spec_release(&spec);
	}
}

/* A frame by the dictionary p, which gives x back when it is read with p. */
static size_t frame_by_dictionary(const struct options *o,
				  const unsigned char *bytes, size_t p,
				  size_t x)
{
	size_t bound = ZSTD_compressBound(x), made, back;
	ZSTD_CCtx *context = fresh(o);
	ZSTD_DCtx *reader = ZSTD_createDCtx();
	unsigned char *out = malloc(bound), *again = malloc(x + 1);

	assert_non_null(out);
	assert_non_null(again);
	assert_int_equal(ZSTD_CCtx_loadDictionary(context, bytes, p), 0);
	made = ZSTD_compress2(context, out, bound, bytes + p, x);
	back = ZSTD_decompress_usingDict(reader, again, x + 1, out, made,
					 bytes, p);
	if (ZSTD_isError(made) || ZSTD_isError(back))
		fail_msg("%s", ZSTD_getErrorName(made));
	assert_int_equal(back, x);
	assert_memory_equal(again, bytes + p, x);
	free(out);
	free(again);
	ZSTD_freeCCtx(context);
	ZSTD_freeDCtx(reader);
	return made;
}

static void a_dictionary_is_the_raw_prefix(void **state)
{
	static unsigned char bytes[120000];
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 40; i++) {
		struct options options;
		struct codist_error err = { 0 };
		struct codist_coder *coder = NULL;
		struct codist_spec spec;
		char drawn[256], text[300];
		size_t p = 9 + draw(&seed, 60000), x = draw(&seed, 3000);
		struct codist_bytes prefix = { bytes, p };
		struct codist_bytes query = { bytes + p, x };
		double bits = 0;

		draw_spec(drawn, &options, &seed);
		snprintf(text, sizeof(text), "zstd-dict%s",
			 strchr(drawn, ':'));
		make_material(bytes, p + x, draw(&seed, N_MATERIALS), &seed);
		if (codist_spec_init(&spec, &codist_backends, text, &err) ||
		    codist_coder_new(&coder, &spec, &err) ||
		    codist_coder_prime(coder, prefix, &err) ||
		    codist_coder_length_primed(coder, query, NULL, &bits,
					       &err))
			fail_msg("%s: %s", text, err.message);
		assert_true(bits == 8 * (double)frame_by_dictionary(
						&options, bytes, p, x));
		codist_coder_free(coder);
		codist_spec_release(&spec);
	}
}

/* The bytes of a context that compressed x, behind the dictionary p if any. */
static size_t context_nbytes(const struct options *o,
			     const unsigned char *bytes, size_t p, size_t x,
			     int is_dictionary)
{
	size_t n = is_dictionary ? x : p + x, room = ZSTD_compressBound(n);
	ZSTD_CCtx *context = fresh(o);
	void *out = malloc(room);

	assert_non_null(out);
	if (is_dictionary)
		assert_int_equal(ZSTD_CCtx_loadDictionary(context, bytes, p),
				 0);
	assert_false(ZSTD_isError(ZSTD_compress2(
		context, out, room, bytes + p + x - n, n)));
	n = ZSTD_sizeof_CCtx(context);
	ZSTD_freeCCtx(context);
	free(out);
	return n;
}

static void a_coder_takes_no_more_memory_than_is_told(void **state)
{
	static unsigned char bytes[600000];
	uint64_t seed = 11;

	(void)state;
	for (int i = 0; i < 60; i++) {
		static const size_t mosts[] = { 20000, 140000, 590000 };
		struct options options;
		struct codist_spec spec;
		char drawn[256], text[300];
		size_t p = draw(&seed, (unsigned)mosts[i % 3]);
		size_t x = draw(&seed, 9000), whole, behind, alone;

		draw_spec(drawn, &options, &seed);
		make_material(bytes, p + x, draw(&seed, N_MATERIALS), &seed);
		whole = context_nbytes(&options, bytes, p, x, 0);
		behind = context_nbytes(&options, bytes, p, x, 1);
		alone = context_nbytes(&options, bytes + p, 0, x, 0);
		for (int is_dictionary = 0; is_dictionary < 2;
		     is_dictionary++) {
			size_t taken = is_dictionary ? behind + alone :
						       whole + p + x;
			size_t told;

			snprintf(text, sizeof(text), "zstd%s%s",
				 is_dictionary ? "-dict" : "",
				 strchr(drawn, ':'));
			if (codist_spec_init(&spec, &codist_backends, text,
					     NULL))
				fail_msg("%s", text);
			told = codist_backend_memory(&spec, p, x);
			if (told < taken + ZSTD_compressBound(x))
				fail_msg("%s, %zu and %zu bytes: %zu told, "
					 "%zu taken", text, p, x, told, taken);
			codist_spec_release(&spec);
		}
	}
}

static void assert_refused(const char *text, const char *words)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	assert_int_equal(codist_spec_init(&spec, &codist_backends, text, &err),
			 CODIST_EUSAGE);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

static void what_libzstd_would_not_take_is_refused(void **state)
{
	(void)state;
	assert_refused("zstd:window_log=9", "expects 10..31");
	assert_refused("zstd:hash_log=5", "hash_log=5, libzstd");
	assert_refused("zstd-dict:min_match=2", "expects 3..7");
	assert_refused("zstd:level=23", "level=23");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_behind_a_prefix_are_those_of_whole_frames),
		cmocka_unit_test(so_are_those_of_many_queries_of_one_size),
		cmocka_unit_test(a_dictionary_is_the_raw_prefix),
		cmocka_unit_test(a_coder_takes_no_more_memory_than_is_told),
		cmocka_unit_test(what_libzstd_would_not_take_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
