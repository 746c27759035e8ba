/*
 * test_brotli.c - Brotli's lengths, behind a prefix and alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "by_spec.h"
#include "stream_property.h"

#include <brotli/encode.h>

struct options {
	int quality, lgwin, mode, lgblock, npostfix, ndirect, literal_context;
};

static const char *const modes[] = { "generic", "text", "font" };

/* The linker turns malloc() of the core into this one. */
void *__real_malloc(size_t nbytes);
void *__wrap_malloc(size_t nbytes);

static int mallocs_left = -1; /* -1: without end */

void *__wrap_malloc(size_t nbytes)
{
	if (mallocs_left == 0)
		return NULL;
	if (mallocs_left > 0)
		mallocs_left--;
	return __real_malloc(nbytes);
}

static void draw_spec(char text[256], void *options, uint64_t *state)
{
	struct options *o = options;

	o->quality = (int)draw(state, draw(state, 6) ? 10 : 12);
	o->lgwin = 10 + (int)draw(state, 15);
	o->mode = (int)draw(state, 3);
	o->lgblock = draw(state, 2) ? 0 : 16 + (int)draw(state, 4);
	o->npostfix = o->mode == 2 ? 0 : (int)draw(state, 4);
	o->ndirect = o->mode == 2 ? 0 : (int)draw(state, 16) << o->npostfix;
	o->literal_context = draw(state, 4) > 0;
	snprintf(text, 256,
		 "brotli:quality=%d,lgwin=%d,mode=%s,lgblock=%d,npostfix=%d,"
		 "ndirect=%d,literal_context=%s",
		 o->quality, o->lgwin, modes[o->mode], o->lgblock, o->npostfix,
		 o->ndirect, o->literal_context ? "on" : "off");
}

/*
 * Fed at once, but told a size below the one from which it matters: it would
 * take what it is fed for all there is.
 */
static size_t whole(const void *options, const unsigned char *x, size_t n)
{
	const struct options *o = options;
	BrotliEncoderState *encoder = BrotliEncoderCreateInstance(NULL, NULL,
								  NULL);
	size_t room = BrotliEncoderMaxCompressedSize(n) + 1000, left = room;
	uint8_t *out = malloc(room), *next = out;
	const struct {
		BrotliEncoderParameter parameter;
		int value;
	} settings[] = {
		{ BROTLI_PARAM_QUALITY, o->quality },
		{ BROTLI_PARAM_LGWIN, o->lgwin },
		{ BROTLI_PARAM_MODE, o->mode },
		{ BROTLI_PARAM_LGBLOCK, o->lgblock },
		{ BROTLI_PARAM_NPOSTFIX, o->npostfix },
		{ BROTLI_PARAM_NDIRECT, o->ndirect },
		{ BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING,
		  !o->literal_context },
		{ BROTLI_PARAM_SIZE_HINT, 100000 },
	};

	assert_non_null(encoder);
	assert_non_null(out);
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		assert_true(BrotliEncoderSetParameter(
			encoder, settings[i].parameter,
			(uint32_t)settings[i].value));
	assert_true(BrotliEncoderCompressStream(encoder,
						BROTLI_OPERATION_FINISH, &n,
						&x, &left, &next, NULL));
	assert_true(BrotliEncoderIsFinished(encoder));
	BrotliEncoderDestroyInstance(encoder);
	free(out);
	return room - left;
}

static void lengths_behind_a_prefix_are_those_of_whole_streams(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 500000, .query_most = 20000, .rounds = 8,
		.draw_spec = draw_spec, .whole = whole, .options = &options });
}

static void begin(struct codist_spec *spec, struct codist_coder **coder,
		  const char *text)
{
	struct codist_error err = { 0 };

	if (codist_spec_init(spec, &codist_backends, text, &err) ||
	    codist_coder_new(coder, spec, &err))
		fail_msg("%s", err.message);
}

/* Blocks are of 2^14 bytes at the least, and prefixes kept by 2^18. */
static void it_does_not_matter_where_blocks_end(void **state)
{
	static const size_t ends[] = { 16384, 65536, 262144 };
	static const int qualities[] = { 0, 2, 4, 5, 9 };
	static unsigned char bytes[300000];
	uint64_t seed = 5;

	(void)state;
	make_material(bytes, sizeof(bytes), COPIES, &seed);
	for (size_t i = 0; i < 5 * 3 * 3; i++) {
		struct options o = { .quality = qualities[i / 9], .lgwin = 22,
				     .literal_context = 1 };
		struct stream_property property = { .whole = whole,
						    .options = &o };
		struct codist_bytes p = { bytes, ends[i / 3 % 3] + i % 3 - 1 };
		struct codist_spec spec;
		struct codist_coder *coder;
		char text[32];

		snprintf(text, sizeof(text), "brotli:quality=%d", o.quality);
		begin(&spec, &coder, text);
		assert_int_equal(codist_coder_prime(coder, p, NULL),
				 CODIST_OK);
		for (size_t x = 0; x < 3; x++)
			check_primed(&property, coder, text, bytes, p.nbytes,
				     x);
		codist_coder_free(coder);
		codist_spec_release(&spec);
	}
}

/* From 2^20 bytes on, quality 5 would go another way if it was told. */
static void the_size_is_not_told(void **state)
{
	static unsigned char bytes[1200000];
	struct options o = { .quality = 5, .lgwin = 22, .literal_context = 1 };
	struct stream_property property = { .whole = whole, .options = &o };
	struct codist_bytes p = { bytes, 1100000 };
	struct codist_spec spec;
	struct codist_coder *coder;
	double told, untold;
	uint64_t seed = 9;

	(void)state;
	make_material(bytes, sizeof(bytes), COPIES, &seed);
	begin(&spec, &coder, "brotli:quality=5");
	check_alone(&property, coder, "brotli:quality=5", bytes, p.nbytes);
	assert_int_equal(codist_coder_prime(coder, p, NULL), CODIST_OK);
	check_primed(&property, coder, "brotli:quality=5", bytes, p.nbytes,
		     100000);
	assert_int_equal(codist_coder_length(coder, p, &untold, NULL),
			 CODIST_OK);
	codist_coder_free(coder);
	codist_spec_release(&spec);
	begin(&spec, &coder, "brotli:quality=5,size_hint=1100000");
	assert_int_equal(codist_coder_length(coder, p, &told, NULL),
			 CODIST_OK);
	assert_true(told != untold);
	codist_coder_free(coder);
	codist_spec_release(&spec);
}

/* Each allocation fails in turn; what was primed is as before all the while. */
static void out_of_memory_leaves_the_prefix_as_it_was(void **state)
{
	static unsigned char bytes[300000];
	struct options o = { .quality = 5, .lgwin = 22, .literal_context = 1 };
	struct stream_property property = { .whole = whole, .options = &o };
	struct codist_bytes p = { bytes, 270000 }, x = { bytes, 3000 };
	struct codist_spec spec;
	struct codist_coder *coder;
	enum codist_status status;
	uint64_t seed = 3;
	double bits;
	int n;

	(void)state;
	make_material(bytes, sizeof(bytes), WORDS, &seed);
	begin(&spec, &coder, "brotli:quality=5");
	for (n = 0, status = CODIST_ENOMEM; status != CODIST_OK; n++) {
		mallocs_left = n;
		status = codist_coder_prime(coder, p, NULL);
		mallocs_left = -1;
		assert_true(status == CODIST_OK || status == CODIST_ENOMEM);
	}
	assert_true(n > 5);
	for (n = 0, status = CODIST_ENOMEM; status != CODIST_OK; n++) {
		mallocs_left = n;
		status = codist_coder_length_primed(coder, x, NULL, &bits,
						    NULL);
		if (status == CODIST_OK)
			status = codist_coder_length(coder, x, &bits, NULL);
		mallocs_left = -1;
		assert_true(status == CODIST_OK || status == CODIST_ENOMEM);
		check_primed(&property, coder, "brotli:quality=5", bytes,
			     p.nbytes, 3000);
		check_alone(&property, coder, "brotli:quality=5", bytes, 3000);
	}
	assert_true(n > 5);
	codist_coder_free(coder);
	codist_spec_release(&spec);
}

static void what_the_encoder_would_change_is_refused(void **state)
{
	(void)state;
	assert_refused("brotli:lgwin=25", "expects 10..24, or large_window=on");
	assert_refused("brotli:lgblock=15", "expects 16..24, or 0");
	assert_refused("brotli:ndirect=16", "expects 0..15 in steps of 1");
	assert_refused("brotli:npostfix=3,ndirect=4",
		       "expects 0..120 in steps of 8");
	assert_refused("brotli:mode=font,npostfix=1", "sets them itself");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_behind_a_prefix_are_those_of_whole_streams),
		cmocka_unit_test(it_does_not_matter_where_blocks_end),
		cmocka_unit_test(the_size_is_not_told),
		cmocka_unit_test(out_of_memory_leaves_the_prefix_as_it_was),
		cmocka_unit_test(what_the_encoder_would_change_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
