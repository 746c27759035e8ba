/*
 * test_lzma.c - liblzma's lengths, behind a prefix, behind a dictionary, alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stream_property.h"

#include <lzma.h>

enum container { LZMA1, LZMA2, ALONE, XZ };

struct options {
	enum container container;
	lzma_check check;
	lzma_options_lzma lzma;
};

static const char *const containers[] = { "lzma1", "lzma2", "alone", "xz" };

static void draw_check(char text[], struct options *o, uint64_t *state)
{
	static const struct {
		const char *name;
		lzma_check check;
	} checks[] = { { "crc64", LZMA_CHECK_CRC64 },
		       { "crc32", LZMA_CHECK_CRC32 },
		       { "sha256", LZMA_CHECK_SHA256 },
		       { "none", LZMA_CHECK_NONE } };
	unsigned i = o->container == XZ ? draw(state, 4) : 0;

	o->check = checks[i].check;
	sprintf(text + strlen(text), ",check=%s", checks[i].name);
}

static void draw_finder(char text[], struct options *o, uint64_t *state)
{
	static const struct {
		const char *name;
		lzma_match_finder mf;
	} finders[] = { { "hc3", LZMA_MF_HC3 }, { "hc4", LZMA_MF_HC4 },
			{ "bt2", LZMA_MF_BT2 }, { "bt3", LZMA_MF_BT3 },
			{ "bt4", LZMA_MF_BT4 } };
	unsigned i = draw(state, 5);

	o->lzma.mf = finders[i].mf;
	o->lzma.mode = draw(state, 2) ? LZMA_MODE_NORMAL : LZMA_MODE_FAST;
	o->lzma.nice_len = 4 + draw(state, 270);
	o->lzma.depth = draw(state, 2) ? 0 : draw(state, 100);
	sprintf(text + strlen(text), ",mf=%s,mode=%s,nice_len=%u,depth=%u",
		finders[i].name,
		o->lzma.mode == LZMA_MODE_FAST ? "fast" : "normal",
		(unsigned)o->lzma.nice_len, (unsigned)o->lzma.depth);
}

static void draw_literals(char text[], struct options *o, uint64_t *state)
{
	o->lzma.lc = draw(state, 5);
	o->lzma.lp = draw(state, 5 - o->lzma.lc);
	o->lzma.pb = draw(state, 5);
	sprintf(text + strlen(text), ",lc=%u,lp=%u,pb=%u",
		(unsigned)o->lzma.lc, (unsigned)o->lzma.lp,
		(unsigned)o->lzma.pb);
}

/* A preset, and at times all that can be said of it. */
static void draw_options(char text[], struct options *o, uint64_t *state)
{
	uint32_t preset = draw(state, 10), extreme = draw(state, 2);

	sprintf(text + strlen(text), ",preset=%u,extreme=%s", (unsigned)preset,
		extreme ? "on" : "off");
	assert_false(lzma_lzma_preset(
		&o->lzma, extreme ? preset | LZMA_PRESET_EXTREME : preset));
	/* Otherwise a test would spend its time on clearing memory. */
	if (preset > 3 || draw(state, 2)) {
		o->lzma.dict_size = draw(state, 2) ? 4096 : 1u << 18;
		sprintf(text + strlen(text), ",dict_size=%u",
			(unsigned)o->lzma.dict_size);
	}
	if (draw(state, 2))
		draw_finder(text, o, state);
	if (draw(state, 2))
		draw_literals(text, o, state);
}

static void draw_spec(char text[256], void *options, uint64_t *state)
{
	struct options *o = options;

	o->container = draw(state, 4);
	sprintf(text, "lzma:container=%s", containers[o->container]);
	draw_check(text, o, state);
	draw_options(text, o, state);
}

static lzma_ret encoder(lzma_stream *stream, const struct options *o)
{
	lzma_options_lzma lzma = o->lzma;
	lzma_filter filters[2] = {
		{ .id = o->container == LZMA1 ? LZMA_FILTER_LZMA1 :
						LZMA_FILTER_LZMA2,
		  .options = &lzma },
		{ .id = LZMA_VLI_UNKNOWN },
	};

	switch (o->container) {
	case XZ:
		return lzma_stream_encoder(stream, filters, o->check);
	case ALONE:
		return lzma_alone_encoder(stream, &lzma);
	default:
		return lzma_raw_encoder(stream, filters);
	}
}

/* By one call, with liblzma's own memory. */
static size_t whole(const void *options, const unsigned char *x, size_t n)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	size_t room = n + n / 10 + 1000;
	unsigned char *out = malloc(room);

	assert_non_null(out);
	assert_int_equal(encoder(&stream, options), LZMA_OK);
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

static void lengths_behind_a_prefix_are_those_of_whole_streams(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 100000, .query_most = 10000, .rounds = 25,
		.draw_spec = draw_spec, .whole = whole, .options = &options });
}

/* More than 1 MiB, where priming changes its way; windows are passed by far. */
static void so_are_those_behind_a_long_prefix(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 3000000, .query_most = 100000, .rounds = 2,
		.draw_spec = draw_spec, .whole = whole, .options = &options });
}

struct dictionary {
	struct options options;
	struct codist_bytes bytes;
};

/* `x` follows the dictionary in memory; only its own stream is measured. */
static size_t behind_dictionary(const void *dictionary, const unsigned char *x,
				size_t n)
{
	const struct dictionary *d = dictionary;
	struct options o = d->options;

	o.lzma.preset_dict = d->bytes.data;
	o.lzma.preset_dict_size = (uint32_t)d->bytes.nbytes;
	return whole(&o, x + d->bytes.nbytes, n - d->bytes.nbytes);
}

static void check_dictionary(const char *spec_text, struct dictionary *d,
			     uint64_t *seed)
{
	struct stream_property property = { .whole = behind_dictionary,
					    .options = d };
	static unsigned char bytes[120000];
	struct codist_error err = { 0 };
	struct codist_coder *coder = NULL;
	struct codist_spec spec;

	if (codist_spec_init(&spec, &codist_backends, spec_text, &err) ||
	    codist_coder_new(&coder, &spec, &err))
		fail_msg("%s: %s", spec_text, err.message);
	for (int k = 0; k < 3; k++) {
		size_t p = draw_size(seed, 100000);
		enum material kind = draw(seed, N_MATERIALS);

		make_material(bytes, p, kind, seed);
		d->bytes = (struct codist_bytes){ bytes, p };
		if (codist_coder_prime(coder, d->bytes, &err))
			fail_msg("%s: %s", spec_text, err.message);
		check_primed(&property, coder, spec_text, bytes, p, 0);
		for (int q = 0; q < 4; q++)
			check_primed(&property, coder, spec_text, bytes, p,
				     draw_query_behind(bytes, p, 20000, kind,
						       seed));
	}
	codist_coder_free(coder);
	codist_spec_release(&spec);
}

static void a_dictionary_gives_what_a_stream_of_x_alone_takes_with_it(void **state)
{
	struct dictionary d = { .bytes = { NULL, 0 } };
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 12; i++) {
		char text[256];

		d.options.container = draw(&seed, 2);
		sprintf(text, "lzma-dict:container=%s",
			containers[d.options.container]);
		draw_options(text, &d.options, &seed);
		check_dictionary(text, &d, &seed);
	}
}

static void assert_refused(const char *text, const char *expected)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	assert_int_equal(codist_spec_init(&spec, &codist_backends, text, &err),
			 CODIST_EUSAGE);
	if (!strstr(err.message, expected))
		fail_msg("%s: '%s' does not say '%s'", text, err.message,
			 expected);
}

static void what_liblzma_cannot_do_is_refused_before_any_work(void **state)
{
	(void)state;
	assert_refused("lzma:lc=3,lp=2", "lc + lp");
	assert_refused("lzma:lp=2", "lc=3,lp=2"); /* with the preset's lc */
	assert_refused("lzma:dict_size=4095", "4096..1610612736");
	assert_refused("lzma:dict_size=1610612737", "1610612736");
	assert_refused("lzma:nice_len=1", "2..273");
	assert_refused("lzma:preset=10", "0..9");
	assert_refused("lzma:container=alone,check=crc32", "container=xz");
	assert_refused("lzma-dict:container=xz", "lzma1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_behind_a_prefix_are_those_of_whole_streams),
		cmocka_unit_test(so_are_those_behind_a_long_prefix),
		cmocka_unit_test(
			a_dictionary_gives_what_a_stream_of_x_alone_takes_with_it),
		cmocka_unit_test(
			what_liblzma_cannot_do_is_refused_before_any_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
