/*
 * test_golden.c - what the digest of a backend's lengths depends on
 *
 * That the digests are those of the sample is checked in Python, see
 * golden_against_python.sh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct codist_golden golden_of(const char *text)
{
	struct codist_error err = { 0 };
	struct codist_golden golden = { 0 };
	struct codist_spec spec;

	if (codist_spec_init(&spec, &codist_backends, text, &err) ||
	    codist_golden_measure(&golden, &spec, &err))
		fail_msg("%s: %s", text, err.message);
	codist_spec_release(&spec);
	return golden;
}

/*
 * 8 |x| bits each, and 8 |px| behind a prefix:
 * printf '0\n8\n800\n40000\n6272\n2400\n2400\n9600\n6272\n18816\n3200\n10400\n800\n2400\n' |
 *     sha256sum
 */
static void null_has_the_digest_of_the_sizes_of_the_sample(void **state)
{
	(void)state;
	assert_string_equal(golden_of("null").digest, "83558e4ebb1415bf");
}

/* Every backend, with what must be given; `command` runs gzip. */
static void for_each_backend(void (*check)(const char *text))
{
	for (size_t i = 0; i < codist_backends.n_plugins; i++) {
		const char *name = codist_backends.plugins[i]->name;

		if (strcmp(name, "command") != 0)
			check(name);
		else if (system("command -v gzip >/dev/null") == 0)
			check("command:run=gzip -n -c");
	}
}

#define N_THREADS 2

static void *measure(void *argument)
{
	struct codist_golden *golden = malloc(sizeof(*golden));

	if (golden && codist_golden_measure(golden, argument, NULL)) {
		free(golden);
		golden = NULL;
	}
	return golden;
}

static void check_repetition(const char *text)
{
	struct codist_golden first = golden_of(text);
	pthread_t threads[N_THREADS];
	struct codist_spec spec;

	golden_of("deflate:level=1");
	assert_string_equal(golden_of(text).digest, first.digest);
	assert_int_equal(codist_spec_init(&spec, &codist_backends, text, NULL),
			 CODIST_OK);
	for (int i = 0; i < N_THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, measure,
						&spec), 0);
	for (int i = 0; i < N_THREADS; i++) {
		void *golden = NULL;

		assert_int_equal(pthread_join(threads[i], &golden), 0);
		assert_non_null(golden);
		assert_memory_equal(golden, &first, sizeof(first));
		free(golden);
	}
	codist_spec_release(&spec);
}

static void a_digest_repeats_later_and_in_other_threads(void **state)
{
	(void)state;
	for_each_backend(check_repetition);
}

static void check_form(const char *text)
{
	struct codist_golden golden = golden_of(text);

	assert_int_equal(strlen(golden.digest), CODIST_GOLDEN_SIZE - 1);
	assert_int_equal(strspn(golden.digest, "0123456789abcdef"),
			 CODIST_GOLDEN_SIZE - 1);
	if (golden.verdict == CODIST_GOLDEN_UNKNOWN)
		assert_null(golden.version);
	else
		assert_non_null(golden.version);
}

static void a_digest_has_16_digits_and_a_version_if_it_is_known(void **state)
{
	(void)state;
	for_each_backend(check_form);
}

static void levels_have_digests_of_their_own(void **state)
{
	static const char *const backends[] = { "deflate", "deflate-dict",
						"zstd", "zstd-dict" };
	static const int levels[] = { 1, 3, 6, 9 };

	(void)state;
	for (size_t b = 0; b < sizeof(backends) / sizeof(backends[0]); b++) {
		struct codist_golden goldens[4];
		char text[64];

		if (!codist_registry_find(&codist_backends, backends[b]))
			continue;
		for (int i = 0; i < 4; i++) {
			snprintf(text, sizeof(text), "%s:level=%d",
				 backends[b], levels[i]);
			goldens[i] = golden_of(text);
			for (int k = 0; k < i; k++)
				assert_string_not_equal(goldens[i].digest,
							goldens[k].digest);
		}
	}
}

/* A check of the sizer, too. */
static void engines_have_one_digest(void **state)
{
	(void)state;
	for (int level = 4; level <= 9; level++)
		for (int bits = 0; bits <= 1; bits++) {
			char options[64], text[128];
			struct codist_golden library, any;

			snprintf(options, sizeof(options),
				 "deflate:level=%d,wbits=%d,memlevel=%d,"
				 "unit=%s", level,
				 bits ? -9 - level % 7 : 9 + level % 7,
				 1 + level % 9, bits ? "bit" : "byte");
			any = golden_of(options);
			snprintf(text, sizeof(text), "%s,engine=library",
				 options);
			library = golden_of(text);
			assert_string_equal(any.digest, library.digest);
			assert_int_equal(any.verdict, library.verdict);
		}
	assert_int_not_equal(golden_of("deflate:engine=library").verdict,
			     CODIST_GOLDEN_UNKNOWN);
}

static const char *version_1_2_13(void)
{
	return "1.2.13";
}

static const char *version_7(void)
{
	return "7";
}

static enum codist_status init(void *coder, const void *config,
			       struct codist_error *err)
{
	(void)coder;
	(void)config;
	(void)err;
	return CODIST_OK;
}

static void release(void *coder)
{
	(void)coder;
}

static enum codist_status length(void *coder, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	(void)coder;
	(void)err;
	*bits = 8 * (double)x.nbytes;
	return CODIST_OK;
}

static enum codist_status fail_late(void *coder, struct codist_bytes x,
				    double *bits, struct codist_error *err)
{
	return x.nbytes < 100 ? length(coder, x, bits, err) :
				codist_fail(err, CODIST_ELIBRARY, "too much");
}

static struct codist_backend backend_of(const char *(*version)(void))
{
	return (struct codist_backend){
		.plugin = { .name = "deflate", .summary = "calls itself so" },
		.library = "zlib",
		.version = version,
		.init = init,
		.release = release,
		.length = length,
	};
}

/* `version` is that with which it is compared; NULL: with none. */
static void assert_verdict(const struct codist_spec *spec,
			   enum codist_golden_verdict expected,
			   const char *version)
{
	struct codist_golden golden;

	assert_int_equal(codist_golden_measure(&golden, spec, NULL),
			 CODIST_OK);
	assert_int_equal(golden.verdict, expected);
	if (version)
		assert_string_equal(golden.version, version);
	else
		assert_null(golden.version);
}

static void an_impostor_is_found_out(void **state)
{
	struct codist_backend backend = backend_of(version_1_2_13);
	struct codist_spec spec = { .plugin = &backend.plugin };

	(void)state;
	assert_verdict(&spec, CODIST_GOLDEN_DIFFERS, "1.2.13");
	backend.version = version_7;
	assert_verdict(&spec, CODIST_GOLDEN_UNLIKE_OTHER_VERSION, "1.2.13");
	backend.version = NULL;
	assert_verdict(&spec, CODIST_GOLDEN_UNLIKE_OTHER_VERSION, "1.2.13");
	backend.plugin.name = "mine";
	assert_verdict(&spec, CODIST_GOLDEN_UNKNOWN, NULL);
}

/* The linked zlib, but for what it says of its version. */
static void an_unknown_version_may_be_like_one_that_is_known(void **state)
{
	enum codist_golden_verdict verdict = golden_of("deflate").verdict;
	struct codist_backend backend;
	const struct codist_plugin *plugin;
	struct codist_spec spec;

	(void)state;
	if (verdict != CODIST_GOLDEN_AS_KNOWN &&
	    verdict != CODIST_GOLDEN_AS_OTHER_VERSION)
		skip();
	assert_int_equal(codist_spec_init(&spec, &codist_backends, "deflate",
					  NULL), CODIST_OK);
	plugin = spec.plugin;
	memcpy(&backend, plugin, sizeof(backend));
	spec.plugin = &backend.plugin;
	backend.version = version_1_2_13;
	assert_verdict(&spec, CODIST_GOLDEN_AS_KNOWN, "1.2.13");
	backend.version = version_7;
	assert_verdict(&spec, CODIST_GOLDEN_AS_OTHER_VERSION, "1.2.13");
	spec.plugin = plugin;
	codist_spec_release(&spec);
}

static void a_failure_is_passed_on(void **state)
{
	struct codist_backend backend = backend_of(version_7);
	struct codist_spec spec = { .plugin = &backend.plugin };
	struct codist_error err = { 0 };
	struct codist_golden golden;

	(void)state;
	backend.length = fail_late;
	assert_int_equal(codist_golden_measure(&golden, &spec, &err),
			 CODIST_ELIBRARY);
	assert_string_equal(err.message, "too much");
}

/* A row that is spelled otherwise would never be found. */
static void check_row(const char *text, const char *version,
		      const char *digest)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	char *brief;

	assert_true(*version);
	assert_int_equal(strspn(digest, "0123456789abcdef"),
			 CODIST_GOLDEN_SIZE - 1);
	assert_int_equal(strlen(digest), CODIST_GOLDEN_SIZE - 1);
	if (codist_spec_init(&spec, &codist_backends, text, &err)) {
		if (!strstr(err.message, "not in this build"))
			fail_msg("%s", err.message);
		return;
	}
	brief = codist_spec_brief(&spec);
	assert_non_null(brief);
	assert_string_equal(brief, text);
	free(brief);
	codist_spec_release(&spec);
}

static void what_is_known_is_spelled_as_it_is_looked_up(void **state)
{
	(void)state;
#define CODIST_GOLDEN(text, version, digest) check_row(text, version, digest);
#include "../backends/golden_list.h"
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			null_has_the_digest_of_the_sizes_of_the_sample),
		cmocka_unit_test(a_digest_repeats_later_and_in_other_threads),
		cmocka_unit_test(
			a_digest_has_16_digits_and_a_version_if_it_is_known),
		cmocka_unit_test(levels_have_digests_of_their_own),
		cmocka_unit_test(engines_have_one_digest),
		cmocka_unit_test(an_impostor_is_found_out),
		cmocka_unit_test(
			an_unknown_version_may_be_like_one_that_is_known),
		cmocka_unit_test(a_failure_is_passed_on),
		cmocka_unit_test(what_is_known_is_spelled_as_it_is_looked_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
