/*
 * test_spec_list.c - lists of specs, and specs as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The list is understood as `expected`, brief specs with blanks between. */
static void assert_means(const char *list, const char *expected)
{
	struct codist_error err = { 0 };
	struct codist_spec *specs;
	size_t n, length = 0;
	char found[512] = "";

	if (codist_specs_init(&specs, &n, &codist_backends, list, &err))
		fail_msg("%s: %s", list, err.message);
	for (size_t i = 0; i < n; i++) {
		char *brief = codist_spec_brief(&specs[i]);

		length += (size_t)snprintf(found + length,
					   sizeof(found) - length, "%s%s",
					   i ? " " : "", brief);
		free(brief);
	}
	codist_specs_release(specs, n);
	assert_string_equal(found, expected);
}

static void assert_refused(const char *list, const char *words)
{
	struct codist_error err = { 0 };
	struct codist_spec *specs;
	size_t n;

	assert_int_equal(codist_specs_init(&specs, &n, &codist_backends, list,
					   &err),
			 CODIST_EUSAGE);
	assert_null(specs);
	assert_int_equal(n, 0);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

static void commas_part_specs_and_their_options(void **state)
{
	(void)state;
	assert_means("deflate", "deflate");
	assert_means("null,deflate:level=9,wbits=-10,null",
		     "null deflate:level=9,wbits=-10 null");
	assert_means("deflate:level=9,command:a b,timeout=2,null",
		     "deflate:level=9 command:run=a b,timeout=2 null");
}

static void alternatives_stand_for_all_combinations(void **state)
{
	(void)state;
	assert_means("deflate:level=1|9", "deflate:level=1 deflate:level=9");
	assert_means("deflate:level=1|9,wbits=9|10,null",
		     "deflate:level=1,wbits=9 deflate:level=1,wbits=10 "
		     "deflate:level=9,wbits=9 deflate:level=9,wbits=10 null");
	assert_means("null|deflate", "null deflate");
	assert_means("command:gzip -1|gzip -9,timeout=2|3",
		     "command:run=gzip -1,timeout=2 "
		     "command:run=gzip -1,timeout=3 "
		     "command:run=gzip -9,timeout=2 "
		     "command:run=gzip -9,timeout=3");
}

static void escapes_hold_in_lists_and_come_back(void **state)
{
	(void)state;
	assert_means("command:run=a\\|b\\,c\\\\=|d,null",
		     "command:run=a\\|b\\,c\\\\= command:run=d null");
	assert_means("command:run=--level=3|--level=4",
		     "command:run=--level=3 command:run=--level=4");
}

static void what_is_wrong_in_a_list_is_refused(void **state)
{
	(void)state;
	assert_refused("", "expected a list of backends");
	assert_refused("null,", "expected a list of backends");
	assert_refused(",null", "no backend is named ''");
	assert_refused("null,deflat", "the nearest is 'deflate'");
	assert_refused("deflate:level=1|12", "level=12");
	assert_refused("deflate:level=1|", "level");
	assert_refused("null,level=3", "level");
	assert_refused("deflate:level=1,level=2|3", "twice");
	/* no ':', so that all before the '|' was taken for a value once, which
	 * ended at the comma, before the '|': this went on for ever */
	assert_refused("deflate with,level=1|3", "deflate with");
}

static void options_at_their_defaults_are_left_out_of_brief_specs(void **state)
{
	(void)state;
	assert_means("deflate:level=6,wbits=015", "deflate");
	assert_means("command:run=x,timeout=60.0", "command:run=x");
}

/* Two texts, one behind the other, as of an option that is given twice. */
static void a_chain_grows_by_what_is_between_pluses(void **state)
{
	struct codist_error err = { 0 };
	struct codist_spec *specs = NULL;
	size_t n = 0;

	(void)state;
	assert_int_equal(codist_chain_add(&specs, &n, &codist_transforms, "none",
					  &err), CODIST_OK);
	assert_int_equal(n, 0);
	assert_int_equal(codist_chain_add(&specs, &n, &codist_transforms,
					  "binarize:threshold=9 + pack", &err),
			 CODIST_OK);
	assert_int_equal(codist_chain_add(&specs, &n, &codist_transforms,
					  "invert", &err), CODIST_OK);
	assert_int_equal(n, 3);
	assert_string_equal(specs[0].plugin->name, "binarize");
	assert_string_equal(specs[1].plugin->name, "pack");
	assert_string_equal(specs[2].plugin->name, "invert");
	/* What was understood before the mistake is there to be released. */
	assert_int_equal(codist_chain_add(&specs, &n, &codist_transforms,
					  "invert + pck", &err), CODIST_EUSAGE);
	assert_int_equal(n, 4);
	if (!strstr(err.message, "pck") || !strstr(err.message, "pack"))
		fail_msg("%s", err.message);
	codist_specs_release(specs, n);
}

static void a_plus_behind_a_name_needs_no_blanks(void **state)
{
	static const struct {
		const char *text, *names[3];
	} chains[] = {
		{ "binarize+pack", { "binarize", "pack", NULL } },
		{ "invert+ binarize:threshold=9 + pack",
		  { "invert", "binarize", "pack" } },
		{ " invert  +  pack ", { "invert", "pack", NULL } },
		/* Of a value it is a part. */
		{ "prefix-tag:tag=1+pack + invert+pack",
		  { "prefix-tag", "invert", "pack" } },
		{ "planes:thresholds=1+2+3 + pbm", { "planes", "pbm", NULL } },
	};
	struct codist_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(chains) / sizeof(chains[0]); i++) {
		struct codist_spec *specs = NULL;
		size_t n = 0;
		enum codist_status status = codist_chain_add(
			&specs, &n, &codist_transforms, chains[i].text, &err);

		assert_int_equal(status, chains[i].names[0] ? CODIST_OK :
							      CODIST_EUSAGE);
		for (size_t k = 0; k < 3 && chains[i].names[k]; k++) {
			assert_true(k < n);
			assert_string_equal(specs[k].plugin->name,
					    chains[i].names[k]);
		}
		codist_specs_release(specs, n);
	}
}

static void a_plus_that_lacks_its_blanks_is_told(void **state)
{
	struct codist_error err = { 0 };
	struct codist_spec *specs = NULL;
	size_t n = 0;

	(void)state;
	assert_int_equal(codist_chain_add(&specs, &n, &codist_transforms,
					  "binarize:threshold=9+runs", &err),
			 CODIST_EUSAGE);
	if (!strstr(err.message, "threshold=9+runs, expected") ||
	    !strstr(err.message, "'+' with a blank on both sides"))
		fail_msg("%s", err.message);
	assert_int_equal(codist_chain_add(&specs, &n, &codist_transforms,
					  "binarize:threshold=9+9", &err),
			 CODIST_EUSAGE);
	assert_null(strstr(err.message, "blank"));
	assert_int_equal(codist_chain_add(&specs, &n, &codist_transforms,
					  "binarize+", &err), CODIST_EUSAGE);
	codist_specs_release(specs, n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_part_specs_and_their_options),
		cmocka_unit_test(alternatives_stand_for_all_combinations),
		cmocka_unit_test(escapes_hold_in_lists_and_come_back),
		cmocka_unit_test(what_is_wrong_in_a_list_is_refused),
		cmocka_unit_test(a_chain_grows_by_what_is_between_pluses),
		cmocka_unit_test(a_plus_behind_a_name_needs_no_blanks),
		cmocka_unit_test(a_plus_that_lacks_its_blanks_is_told),
		cmocka_unit_test(
			options_at_their_defaults_are_left_out_of_brief_specs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
