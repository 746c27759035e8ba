/*
 * test_heap.c - a heap that can be set back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/heap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static void what_was_saved_comes_back(void **state)
{
	struct codist_heap heap = { 0 };
	char *kept = codist_heap_take(&heap, 5);
	char *gone = codist_heap_take(&heap, 300000);
	char *early = codist_heap_take(&heap, 1);

	(void)state;
	assert_true((uintptr_t)kept % _Alignof(max_align_t) == 0);
	codist_heap_give(&heap, early);
	codist_heap_give(&heap, NULL);
	memcpy(kept, "kept", 5);
	memset(gone, 'g', 300000);
	assert_int_equal(codist_heap_save(&heap), 1);
	for (int i = 0; i < 3; i++) {
		char *later = codist_heap_take(&heap, 1000);
		char *last = codist_heap_take(&heap, 0);

		assert_non_null(last);
		memset(later, 'l', 1000);
		memcpy(kept, "lost", 5);
		memset(gone, 'x', 300000);
		codist_heap_give(&heap, gone);
		if (i == 1)
			codist_heap_give(&heap, later);
		codist_heap_restore(&heap);
		assert_string_equal(kept, "kept");
		assert_int_equal(gone[0], 'g');
		assert_memory_equal(gone, gone + 1, 299999);
	}
	codist_heap_empty(&heap);
	assert_null(heap.newest);
}

static void a_heap_begins_anew_once_it_is_empty(void **state)
{
	struct codist_heap heap = { 0 };
	char *bytes;

	(void)state;
	assert_int_equal(codist_heap_save(&heap), 1);
	codist_heap_restore(&heap);
	for (int i = 0; i < 2; i++) {
		bytes = codist_heap_take(&heap, 3);
		memcpy(bytes, "abc", 3);
		assert_int_equal(codist_heap_save(&heap), 1);
		bytes[1] = 'x';
		codist_heap_restore(&heap);
		assert_memory_equal(bytes, "abc", 3);
		codist_heap_empty(&heap);
	}
}

static void more_than_there_is_is_refused(void **state)
{
	struct codist_heap heap = { 0 };

	(void)state;
	assert_null(codist_heap_take(&heap, SIZE_MAX));
	assert_null(heap.newest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_saved_comes_back),
		cmocka_unit_test(a_heap_begins_anew_once_it_is_empty),
		cmocka_unit_test(more_than_there_is_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
