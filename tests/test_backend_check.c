/*
 * test_backend_check.c - a backend in which something is wrong is found out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

/* What is wrong with the toy below, which else counts bytes. */
enum flaw {
	SOUND,
	NOT_A_NUMBER,
	HALF_A_BYTE,
	HISTORY,     /* of the length before */
	NOT_JOINED,  /* a byte more after a prefix */
	OLD_PREFIX,  /* a shorter prefix after a longer one counts as that */
	DISTURBED,   /* length() ends the prefix */
	PREPARED,    /* a byte less for what is prepared */
	WORN,        /* after many samples, the prefix is a byte longer */
	FAILS,
};

struct config {
	enum flaw flaw;
};

struct coder {
	enum flaw flaw;
	size_t before, prefix, longest;
	unsigned n_queries;
};

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	(void)err;
	((struct coder *)state)->flaw = ((const struct config *)config)->flaw;
	return CODIST_OK;
}

static void release(void *state)
{
	(void)state;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;

	if (coder->flaw == FAILS)
		return codist_fail(err, CODIST_ELIBRARY, "the toy is broken");
	*bits = 8 * (double)x.nbytes;
	if (coder->flaw == NOT_A_NUMBER)
		*bits = NAN;
	if (coder->flaw == HALF_A_BYTE)
		*bits += 4;
	if (coder->flaw == HISTORY && coder->before > x.nbytes)
		*bits += 8;
	if (coder->flaw == DISTURBED)
		coder->prefix = 0;
	coder->before = x.nbytes;
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	(void)err;
	coder->prefix = prefix.nbytes;
	if (coder->flaw == OLD_PREFIX && coder->longest > prefix.nbytes)
		coder->prefix = coder->longest;
	if (coder->longest < prefix.nbytes)
		coder->longest = prefix.nbytes;
	coder->n_queries = 0;
	return CODIST_OK;
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;

	(void)err;
	*bits = 8 * (double)(coder->prefix + x.nbytes);
	if (coder->flaw == NOT_JOINED ||
	    (coder->flaw == WORN && ++coder->n_queries > 500))
		*bits += 8;
	if (coder->flaw == PREPARED && prepared)
		*bits -= 8;
	return CODIST_OK;
}

static size_t prepared_size(const void *config, size_t nbytes)
{
	(void)config;
	return nbytes ? 1 : 0;
}

static enum codist_status prepare(void *state, struct codist_bytes x,
				  void *prepared, struct codist_error *err)
{
	(void)state;
	(void)x;
	(void)err;
	memset(prepared, 0, 1);
	return CODIST_OK;
}

static const struct codist_backend toy = {
	.plugin = { .name = "toy", .summary = "it counts bytes",
		    .config_size = sizeof(struct config) },
	.library = "none",
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.prepared_size = prepared_size,
	.prepare = prepare,
};

static struct codist_property properties[CODIST_N_PROPERTIES];

static void check(const struct codist_backend *backend, enum flaw flaw)
{
	struct config config = { flaw };
	struct codist_spec spec = { &backend->plugin, &config };

	assert_int_equal(codist_backend_check(&spec, properties, NULL),
			 CODIST_OK);
}

/* The properties that fail are just those, by their numbers; ends with -1. */
static void fails_in(enum flaw flaw, const int *expected)
{
	check(&toy, flaw);
	for (int i = 0; i < CODIST_N_PROPERTIES; i++) {
		int fails = properties[i].verdict == CODIST_FAILS;

		if (fails != (*expected == i))
			fail_msg("flaw %d, property %d: %s", (int)flaw, i,
				 properties[i].detail);
		expected += fails;
	}
}

static void each_flaw_is_found_where_it_is(void **state)
{
	(void)state;
	fails_in(SOUND, (int[]){ -1 });
	fails_in(NOT_A_NUMBER, (int[]){ 0, -1 });
	fails_in(HALF_A_BYTE, (int[]){ 0, -1 });
	/* Seen wherever a length() comes after that of something longer. */
	fails_in(HISTORY, (int[]){ 1, 4, 7, -1 });
	fails_in(NOT_JOINED, (int[]){ 2, -1 });
	fails_in(OLD_PREFIX, (int[]){ 3, 4, 5, 7, -1 });
	fails_in(DISTURBED, (int[]){ 4, -1 });
	fails_in(PREPARED, (int[]){ 5, -1 });
	fails_in(WORN, (int[]){ 6, -1 });
	fails_in(FAILS, (int[]){ 0, -1 });
	assert_string_equal(properties[0].detail, "the toy is broken");
}

static void a_dictionary_need_not_be_joined(void **state)
{
	struct codist_backend dictionary = toy;

	(void)state;
	dictionary.is_dictionary = 1;
	check(&dictionary, NOT_JOINED);
	assert_int_equal(properties[2].verdict, CODIST_NOT_APPLICABLE);
	for (int i = 0; i < CODIST_N_PROPERTIES; i++)
		assert_int_not_equal(properties[i].verdict, CODIST_FAILS);
}

static void what_cannot_be_prepared_is_not_asked_for(void **state)
{
	struct codist_backend plain = toy;

	(void)state;
	plain.prepare = NULL;
	plain.prepared_size = NULL;
	check(&plain, PREPARED);
	assert_int_equal(properties[5].verdict, CODIST_NOT_APPLICABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_flaw_is_found_where_it_is),
		cmocka_unit_test(a_dictionary_need_not_be_joined),
		cmocka_unit_test(what_cannot_be_prepared_is_not_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
