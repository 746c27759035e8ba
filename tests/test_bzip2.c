/*
 * test_bzip2.c - libbz2's lengths, behind a prefix and alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stream_property.h"

#include <bzlib.h>

struct options {
	int level, workfactor;
};

static void draw_spec(char text[256], void *options, uint64_t *state)
{
	struct options *o = options;

	o->level = draw(state, 2) ? 1 : 1 + (int)draw(state, 9);
	o->workfactor = draw(state, 2) ? 0 : (int)draw(state, 251);
	snprintf(text, 256, "bzip2:level=%d,workfactor=%d", o->level,
		 o->workfactor);
}

static size_t whole(const void *options, const unsigned char *x, size_t n)
{
	const struct options *o = options;
	unsigned size = (unsigned)(n + n / 50 + 1000);
	char *out = malloc(size), *in = malloc(n + 1);

	assert_non_null(out);
	assert_non_null(in);
	memcpy(in, x, n);
	assert_int_equal(BZ2_bzBuffToBuffCompress(out, &size, in, (unsigned)n,
						  o->level, 0, o->workfactor),
			 BZ_OK);
	free(in);
	free(out);
	return size;
}

static void lengths_behind_a_prefix_are_those_of_whole_streams(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 400000, .query_most = 20000, .rounds = 8,
		.draw_spec = draw_spec, .whole = whole, .options = &options });
}

/* A block of level 1 is 100,000 bytes less 19, which the query fills. */
static void queries_that_fill_the_block_leave_the_prefix_as_it_was(void **state)
{
	static unsigned char bytes[400000];
	struct options options = { 1, 0 };
	struct stream_property property = { .whole = whole,
					    .options = &options };
	struct codist_error err = { 0 };
	struct codist_coder *coder = NULL;
	struct codist_spec spec;
	uint64_t seed = 1;

	(void)state;
	make_material(bytes, sizeof(bytes), WORDS, &seed);
	if (codist_spec_init(&spec, &codist_backends, "bzip2:level=1", &err) ||
	    codist_coder_new(&coder, &spec, &err))
		fail_msg("%s", err.message);
	for (size_t p = 99970; p < 99990; p++) {
		struct codist_bytes prefix = { bytes, p };

		assert_int_equal(codist_coder_prime(coder, prefix, &err),
				 CODIST_OK);
		check_primed(&property, coder, "level 1", bytes, p, 0);
		check_primed(&property, coder, "level 1", bytes, p, 1);
		check_primed(&property, coder, "level 1", bytes, p, 8);
		check_primed(&property, coder, "level 1", bytes, p, 20);
	}
	for (size_t p = 50000; p < 250000; p += 99981) {
		struct codist_bytes prefix = { bytes, p };

		assert_int_equal(codist_coder_prime(coder, prefix, &err),
				 CODIST_OK);
		for (size_t x = 150000; x > 10; x /= 10)
			check_primed(&property, coder, "level 1", bytes, p, x);
	}
	codist_coder_free(coder);
	codist_spec_release(&spec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_behind_a_prefix_are_those_of_whole_streams),
		cmocka_unit_test(
			queries_that_fill_the_block_leave_the_prefix_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
