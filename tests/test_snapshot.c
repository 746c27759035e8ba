/*
 * test_snapshot.c - a snapshot is set back to what was saved, byte by byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/material.h"
#include "base/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define CAPACITY ((size_t)3 << 20)

/* Write to some places, close together and far apart; to all of it at times. */
static void scribble(unsigned char *bytes, size_t n, uint64_t *state)
{
	unsigned n_places = draw(state, 40);

	for (unsigned i = 0; i < n_places; i++) {
		size_t at = draw(state, (unsigned)n);
		size_t length = draw(state, 4) ? 8 : 20000;

		for (size_t k = at; k < n && k < at + length; k++)
			bytes[k] = (unsigned char)draw(state, 256);
	}
	if (draw(state, 100) == 0)
		memset(bytes, (int)draw(state, 256), n);
}

static void check_same(const unsigned char *found, const unsigned char *expected,
		       size_t n, int round)
{
	if (memcmp(found, expected, n) == 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (found[i] != expected[i])
			fail_msg("round %d: byte %zu is %d, expected %d", round,
				 i, found[i], expected[i]);
}

/*
 * Write, keep states, and go back to them at random, next to plain copies of
 * them.
 */
static void check_random_walk(struct codist_snapshot *snapshot)
{
	uint64_t state = 5;
	size_t n = 2500000;
	unsigned char *first = malloc(n), *second = malloc(n), *bytes;
	void *later = NULL;

	assert_non_null(first);
	assert_non_null(second);
	for (int save = 0; save < 3; save++) {
		int is_second = 0;

		assert_true(codist_snapshot_empty(snapshot));
		bytes = codist_snapshot_take(snapshot, n);
		assert_non_null(bytes);
		scribble(bytes, n, &state);
		memcpy(first, bytes, n);
		assert_true(codist_snapshot_save(snapshot));
		later = codist_snapshot_take(snapshot, 100);
		for (int round = 0; round < 400; round++) {
			scribble(bytes, n, &state);
			if (draw(&state, 60) == 0) {
				memcpy(second, bytes, n);
				assert_true(codist_snapshot_save_second(
					snapshot));
				is_second = 1;
			} else if (is_second && draw(&state, 2)) {
				assert_true(codist_snapshot_restore(
					snapshot, CODIST_SNAPSHOT_SECOND));
				check_same(bytes, second, n, round);
			} else {
				assert_true(codist_snapshot_restore(
					snapshot, CODIST_SNAPSHOT_FIRST));
				check_same(bytes, first, n, round);
				/* What is taken next lies where it lay. */
				assert_ptr_equal(codist_snapshot_take(snapshot,
								      100),
						 later);
			}
		}
	}
	free(second);
	free(first);
}

static void every_byte_comes_back(void **state)
{
	struct codist_snapshot snapshot = { 0 };

	(void)state;
	assert_true(codist_snapshot_init(&snapshot, CAPACITY));
	if (!snapshot.pages.bytes)
		print_message("this kernel does not tell what was written\n");
	check_random_walk(&snapshot);
	codist_snapshot_release(&snapshot);
}

/* Without a file to be had, memory cannot be mapped. */
static void every_byte_comes_back_without_the_kernel_s_help(void **state)
{
	struct codist_snapshot snapshot = { 0 };
	struct rlimit before, none;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_true(codist_snapshot_init(&snapshot, CAPACITY));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_null(snapshot.pages.bytes);
	check_random_walk(&snapshot);
	codist_snapshot_release(&snapshot);
}

static void a_full_snapshot_gives_no_more(void **state)
{
	struct codist_snapshot snapshot = { 0 };
	size_t n = 0;

	(void)state;
	assert_true(codist_snapshot_init(&snapshot, 100000));
	while (codist_snapshot_take(&snapshot, 1000))
		n += 1000;
	assert_in_range(n, 90000, 110000);
	assert_null(codist_snapshot_take(&snapshot, SIZE_MAX));
	assert_true(codist_snapshot_empty(&snapshot));
	assert_non_null(codist_snapshot_take(&snapshot, 100000));
	codist_snapshot_release(&snapshot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_comes_back),
		cmocka_unit_test(
			every_byte_comes_back_without_the_kernel_s_help),
		cmocka_unit_test(a_full_snapshot_gives_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
