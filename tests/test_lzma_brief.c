/*
 * test_lzma_brief.c - short streams, whose encoder undoes what it did
 *
 * The code under test is compiled in here once more, with a match finder that
 * hashes otherwise, to see that such a liblzma would be noticed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "stream_property.h"

#include "../backends/lzma/brief.h"
#include "../backends/lzma/finder.h"

static int is_lying; /* about one entry of many */

static size_t entries_of_a_stranger(const struct codist_lzma_finder *finder,
				    const unsigned char *bytes, size_t n,
				    uint32_t *entries)
{
	size_t n_entries =
		codist_lzma_finder_entries(finder, bytes, n, entries);

	if (is_lying && n_entries > 300)
		entries[299] = entries[0];
	return n_entries;
}

#define codist_lzma_finder_entries entries_of_a_stranger
#define codist_lzma_brief_allows stranger_allows
#define codist_lzma_brief_new stranger_new
#define codist_lzma_brief_free stranger_free
#define codist_lzma_brief_length stranger_length
#define codist_lzma_brief_prime stranger_prime
#define codist_lzma_brief_prefix stranger_prefix
#define codist_lzma_brief_joined stranger_joined
#undef CODIST_BACKENDS_LZMA_BRIEF_H
#include "../backends/lzma/brief.c"
#undef codist_lzma_brief_allows
#undef codist_lzma_brief_new
#undef codist_lzma_brief_free

static const char *const finders[] = { "hc4", "bt4" };

struct options {
	int is_xz;
	lzma_options_lzma lzma;
};

static void draw_spec(char text[256], void *options, uint64_t *state)
{
	static const uint32_t dictionaries[] = { 262144, 400001, 1u << 19,
						 1u << 20 };
	struct options *o = options;
	unsigned finder = draw(state, 2), mode = draw(state, 2);
	uint32_t dict_size = dictionaries[draw(state, 4)];

	o->is_xz = (int)draw(state, 2);
	assert_false(lzma_lzma_preset(&o->lzma, draw(state, 10)));
	o->lzma.mf = finder ? LZMA_MF_BT4 : LZMA_MF_HC4;
	o->lzma.mode = mode ? LZMA_MODE_NORMAL : LZMA_MODE_FAST;
	o->lzma.dict_size = dict_size;
	o->lzma.nice_len = 4 + draw(state, 270);
	o->lzma.depth = draw(state, 20);
	sprintf(text, "lzma:container=%s,mf=%s,mode=%s,dict_size=%u,"
		      "nice_len=%u,depth=%u",
		o->is_xz ? "xz" : "lzma2", finders[finder],
		mode ? "normal" : "fast", (unsigned)dict_size,
		(unsigned)o->lzma.nice_len, (unsigned)o->lzma.depth);
}

/* By one call, with liblzma's own memory. */
static size_t whole(const void *options, const unsigned char *x, size_t n)
{
	const struct options *o = options;
	lzma_options_lzma lzma = o->lzma;
	lzma_filter filters[2] = { { LZMA_FILTER_LZMA2, &lzma },
				   { LZMA_VLI_UNKNOWN, NULL } };
	lzma_stream stream = LZMA_STREAM_INIT;
	size_t room = n + n / 10 + 1000;
	unsigned char *out = malloc(room);

	assert_non_null(out);
	assert_int_equal(o->is_xz ? lzma_stream_encoder(&stream, filters,
							LZMA_CHECK_CRC64) :
				    lzma_raw_encoder(&stream, filters),
			 LZMA_OK);
	stream.next_in = x;
	stream.avail_in = n;
	stream.next_out = out;
	stream.avail_out = room;
	assert_int_equal(lzma_code(&stream, LZMA_FINISH), LZMA_STREAM_END);
	n = stream.total_out;
	lzma_end(&stream);
	free(out);
	return n;
}

/* Also somewhat longer ones, which go another way. */
static void their_lengths_are_those_of_whole_streams(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 80000, .query_most = 80000, .rounds = 40,
		.draw_spec = draw_spec, .whole = whole, .options = &options });
}

static void understand(struct codist_spec *spec, const char *text)
{
	struct codist_error err = { 0 };

	if (codist_spec_init(spec, &codist_backends, text, &err))
		fail_msg("%s: %s", text, err.message);
}

static void assert_encoder(const char *text, int expected)
{
	struct codist_lzma_brief *brief = NULL, *strange = NULL;
	struct codist_spec spec;

	understand(&spec, text);
	assert_int_equal(codist_lzma_brief_allows(spec.config), expected);
	if (expected) {
		assert_int_equal(codist_lzma_brief_new(&brief, spec.config,
						       NULL), CODIST_OK);
		assert_non_null(brief);
		assert_int_equal(stranger_new(&strange, spec.config, NULL),
				 CODIST_OK);
		assert_non_null(strange);
	}
	codist_lzma_brief_free(brief);
	stranger_free(strange);
	codist_spec_release(&spec);
}

static void the_library_at_hand_allows_them(void **state)
{
	(void)state;
	assert_encoder("lzma", 1);
	assert_encoder("lzma:preset=1", 1);
	assert_encoder("lzma:preset=9,extreme=on,container=lzma1", 1);
	assert_encoder("lzma:dict_size=262144,container=alone", 1);
	/* The window would slide, and other match finders hash otherwise. */
	assert_encoder("lzma:dict_size=262143", 0);
	assert_encoder("lzma:mf=bt3", 0);
	assert_encoder("lzma:preset=0", 0);
}

static void a_library_that_hashes_otherwise_is_noticed(void **state)
{
	struct codist_lzma_brief *brief;
	struct codist_spec spec;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		understand(&spec, i ? "lzma" : "lzma:mf=hc4");
		is_lying = 1;
		assert_int_equal(stranger_new(&brief, spec.config, NULL),
				 CODIST_OK);
		is_lying = 0;
		assert_null(brief);
		codist_spec_release(&spec);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(their_lengths_are_those_of_whole_streams),
		cmocka_unit_test(the_library_at_hand_allows_them),
		cmocka_unit_test(a_library_that_hashes_otherwise_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
