/*
 * test_deflate_dict.c - zlib's lengths with a preset dictionary
 *
 * Against a fresh zlib stream for each query, which inflate must turn back into
 * the query, and which tells where the last block ends: that gives the bits.
 * CODIST_ROUNDS sets how many dictionaries are drawn, CODIST_SEED which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "by_spec.h"
#include "stream_property.h"

#include <zlib.h>

#define PREFIX_MOST 200000
#define QUERY_MOST 20000

struct parameters {
	int level, wbits, memlevel, strategy;
};

static const char *const strategies[] = { "default", "filtered", "huffman",
					  "rle", "fixed" };

static unsigned char out[2 * QUERY_MOST + 1000], back[QUERY_MOST + 1];

/* A stream in out, as the manual of zlib has it: everything in one go. */
static size_t compress_by(const struct parameters *q,
			  const unsigned char *bytes, size_t p, size_t x)
{
	z_stream stream = { 0 };

	assert_int_equal(deflateInit2(&stream, q->level, Z_DEFLATED, q->wbits,
				      q->memlevel, q->strategy),
			 Z_OK);
	assert_int_equal(deflateSetDictionary(&stream, bytes, (uInt)p), Z_OK);
	stream.next_in = (z_const Bytef *)bytes + p;
	stream.avail_in = (uInt)x;
	stream.next_out = out;
	stream.avail_out = sizeof(out);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	deflateEnd(&stream);
	return stream.total_out;
}

/* Inflate what is in out, and tell the bits up to the last block's end. */
static size_t bits_of(size_t made, int wbits, const unsigned char *bytes,
		      size_t p, size_t x)
{
	z_stream stream = { 0 };
	size_t bits = 0;
	int code = Z_OK, n_stops = 0;

	/* Asked for 2^8 bytes, deflate takes 2^9, and inflate does not. */
	assert_int_equal(inflateInit2(&stream, wbits == 8 ? 9 : wbits), Z_OK);
	if (wbits < 0)
		assert_int_equal(inflateSetDictionary(&stream, bytes, (uInt)p),
				 Z_OK);
	stream.next_in = out;
	stream.avail_in = (uInt)made;
	stream.next_out = back;
	stream.avail_out = sizeof(back);
	/* The first call may stop where it begins, and say Z_BUF_ERROR. */
	while (code != Z_STREAM_END && n_stops++ < 10000) {
		code = inflate(&stream, Z_BLOCK);
		if (code == Z_NEED_DICT)
			assert_int_equal(
				inflateSetDictionary(&stream, bytes, (uInt)p),
				Z_OK);
		if ((stream.data_type & 0xc0) == 0xc0) /* after the last one */
			bits = 8 * (size_t)(stream.next_in - out) -
			       (size_t)(stream.data_type & 7);
	}
	assert_int_equal(code, Z_STREAM_END);
	assert_int_equal(stream.total_out, x);
	assert_memory_equal(back, bytes + p, x);
	inflateEnd(&stream);
	return bits + (wbits < 0 ? 0 : 32); /* the checksum, RFC 1950 */
}

static struct codist_coder *coder_for(struct codist_spec *spec,
				      const struct parameters *q,
				      const char *unit)
{
	struct codist_error err = { 0 };
	struct codist_coder *coder = NULL;
	char text[128];

	snprintf(text, sizeof(text),
		 "deflate-dict:level=%d,wbits=%d,memlevel=%d,strategy=%s,"
		 "unit=%s", q->level, q->wbits, q->memlevel,
		 strategies[q->strategy], unit);
	if (codist_spec_init(spec, &codist_backends, text, &err) ||
	    codist_coder_new(&coder, spec, &err))
		fail_msg("%s: %s", text, err.message);
	return coder;
}

/* Two coders of one kind, which count bytes and bits. */
struct pair {
	const struct parameters *parameters;
	struct codist_spec specs[2];
	struct codist_coder *coders[2];
};

static void pair_init(struct pair *pair, const struct parameters *parameters)
{
	pair->parameters = parameters;
	pair->coders[0] = coder_for(&pair->specs[0], parameters, "byte");
	pair->coders[1] = coder_for(&pair->specs[1], parameters, "bit");
}

static void pair_release(struct pair *pair)
{
	for (int i = 0; i < 2; i++) {
		codist_coder_free(pair->coders[i]);
		codist_spec_release(&pair->specs[i]);
	}
}

static void pair_prime(struct pair *pair, const unsigned char *bytes, size_t p)
{
	struct codist_bytes prefix = { bytes, p };

	for (int i = 0; i < 2; i++)
		if (codist_coder_prime(pair->coders[i], prefix, NULL))
			fail_msg("cannot take in %zu bytes", p);
}

static void assert_bits(const struct parameters *q, double found,
			size_t expected, size_t p, size_t x)
{
	if (found != (double)expected)
		fail_msg("%g bits, expected %zu; level %d, wbits %d, memlevel "
			 "%d, strategy %d, dictionary of %zu, query of %zu "
			 "bytes", found, expected, q->level, q->wbits,
			 q->memlevel, q->strategy, p, x);
}

/* Behind the dictionary, and alone. Level 0 has blocks of whole bytes. */
static void check_query(struct pair *pair, const unsigned char *bytes,
			size_t p, size_t x)
{
	const struct parameters *q = pair->parameters;
	struct codist_bytes query = { bytes + p, x };
	struct codist_error err = { 0 };

	for (int alone = 0; alone < 2; alone++) {
		size_t dictionary = alone ? 0 : p;
		size_t made = compress_by(q, bytes + p - dictionary,
					  dictionary, x);
		size_t bits = bits_of(made, q->wbits, bytes + p - dictionary,
				      dictionary, x);

		for (int i = 0; i < 2; i++) {
			double found = -1;

			if (alone ? codist_coder_length(pair->coders[i], query,
							&found, &err) :
				    codist_coder_length_primed(
					    pair->coders[i], query, NULL,
					    &found, &err))
				fail_msg("%s", err.message);
			assert_bits(q, found,
				    i == 1 && q->level > 0 ? bits : 8 * made,
				    dictionary, x);
		}
	}
}

static struct parameters draw_parameters(uint64_t *state)
{
	struct parameters q = { .level = (int)draw(state, 10),
				.wbits = 9 + (int)draw(state, 7),
				.memlevel = 8 };

	if (draw(state, 3) == 0)
		q.strategy = (int)draw(state, 5);
	if (draw(state, 2))
		q.memlevel = 1 + (int)draw(state, 9);
	if (draw(state, 2))
		q.wbits = -q.wbits;
	else if (draw(state, 8) == 0)
		q.wbits = 8;
	return q;
}

static unsigned char bytes[PREFIX_MOST + QUERY_MOST];

/* Several dictionaries one after the other, several queries for each. */
static void lengths_are_those_of_fresh_streams_with_a_dictionary(void **state)
{
	uint64_t seed = 88172645463325252u +
			(uint64_t)from_environment("CODIST_SEED", 0);
	int rounds = from_environment("CODIST_ROUNDS", 60);

	(void)state;
	for (int i = 0; i < rounds; i++) {
		struct parameters q = draw_parameters(&seed);
		struct pair pair;

		pair_init(&pair, &q);
		for (int k = 0; k < 3; k++) {
			enum material kind = draw(&seed, N_MATERIALS);
			size_t p = draw_size(&seed, PREFIX_MOST);

			make_material(bytes, p, kind, &seed);
			pair_prime(&pair, bytes, p);
			check_query(&pair, bytes, p, 0);
			for (int j = 0; j < 3; j++)
				check_query(&pair, bytes, p,
					    draw_query_behind(bytes, p,
							      QUERY_MOST, kind,
							      &seed));
		}
		pair_release(&pair);
	}
}

/*
 * Dictionaries of no byte, of fewer than the three that can be matched, and of
 * about a window, and 262 bytes less, which is how far zlib looks back.
 */
static void every_level_and_strategy_takes_odd_dictionaries(void **state)
{
	static const size_t odd[] = { 0, 1, 2, 3, 4, 249, 250, 251, 511, 512,
				      513, 762, 763, 32505, 32506, 32507, 32767,
				      32768, 32769, 33030, 65536, 65537 };
	uint64_t seed = 7;

	(void)state;
	for (int level = 0; level <= 9; level++)
		for (int strategy = 0; strategy < 5; strategy++) {
			struct parameters q = {
				level, level % 2 ? -15 : 9 + strategy,
				1 + (level + 3 * strategy) % 9, strategy
			};
			struct pair pair;

			pair_init(&pair, &q);
			for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]);
			     i++) {
				size_t x = draw(&seed, 800), p = odd[i];

				make_material(bytes, p, (enum material)(i % 4),
					      &seed);
				/* What it begins with, which just is or is
				 * not too far away. */
				memcpy(bytes + p, bytes, x < p ? x : p);
				if (x > p)
					make_material(bytes + p + p, x - p,
						      WORDS, &seed);
				pair_prime(&pair, bytes, p);
				check_query(&pair, bytes, p, x);
				check_query(&pair, bytes, p, x < 3 ? x : 2);
			}
			pair_release(&pair);
		}
}

/*
 * RFC 1951's fixed code: "abcd" as a match of length 4, whose code 258 has 7
 * bits, at distance 4, whose code 3 has 5: 3 + 7 + 5 + 7 = 22 bits, where four
 * literals would take 3 + 4 * 8 + 7 = 42. RFC 1950 puts 2 bytes in front and 4
 * behind, and 4 more that name a dictionary. (The '-' is there because zlib
 * never matches the first byte that it was given.)
 */
static void a_match_in_the_dictionary_is_22_bits(void **state)
{
	(void)state;
	assert_true(length_of("deflate-dict:wbits=-15,unit=bit",
			      "-abcd", "abcd") == 22);
	assert_true(length_of("deflate-dict:wbits=-15,unit=bit", "", "abcd") ==
		    42);
	assert_true(length_of("deflate-dict:unit=bit", "-abcd", "abcd") ==
		    22 + 80);
	assert_true(length_of("deflate-dict:unit=bit", "", "abcd") == 42 + 48);
	assert_true(length_of("deflate-dict", "abcd", "") == 16 + 80);
}

static void a_gzip_stream_takes_no_dictionary(void **state)
{
	(void)state;
	assert_refused("deflate-dict:wbits=31",
		       "deflate-dict: wbits=31, a gzip stream takes no "
		       "dictionary");
	assert_refused("deflate-dict:wbits=-8", "the next is wbits=-9");
	assert_refused("deflate-dict:wbits=7",
		       "expected -15..-9 (raw) or 8..15 (zlib)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_are_those_of_fresh_streams_with_a_dictionary),
		cmocka_unit_test(
			every_level_and_strategy_takes_odd_dictionaries),
		cmocka_unit_test(a_match_in_the_dictionary_is_22_bits),
		cmocka_unit_test(a_gzip_stream_takes_no_dictionary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
