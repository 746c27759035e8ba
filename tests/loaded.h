/*
 * loaded.h - what a loader makes of a file that a test writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_LOADED_H
#define CODIST_TESTS_LOADED_H

#include "scratch.h"

#include <codist.h>

static inline void put_bytes(void **state, const char *name, const void *bytes,
			     size_t n)
{
	FILE *file = fopen(scratch_path(state, name), "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

/* By "LOADER:OPTIONS", with the file "data" of the scratch folder. */
static inline enum codist_status try_load(void **state, const char *loader,
					  struct codist_dataset *set,
					  struct codist_error *err)
{
	const char *options = strchr(loader, ':');
	struct codist_spec spec;
	enum codist_status status;
	char text[1024];

	*set = (struct codist_dataset){ 0 };
	snprintf(text, sizeof(text), "%.*s:%s%s%s",
		 (int)strcspn(loader, ":"), loader, scratch_path(state, "data"),
		 options ? "," : "", options ? options + 1 : "");
	status = codist_spec_init(&spec, &codist_loaders, text, err);
	if (status != CODIST_OK)
		return status;
	status = codist_dataset_load(set, &spec, err);
	codist_spec_release(&spec);
	return status;
}

/* The file has these `n` bytes, and is refused with these words. */
static inline void assert_refused_bytes(void **state, const char *loader,
					const void *bytes, size_t n,
					enum codist_status expected,
					const char *words)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };

	put_bytes(state, "data", bytes, n);
	if (try_load(state, loader, &set, &err) != expected)
		fail_msg("%s: %s", loader, err.message);
	assert_null(set.bytes);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

static inline void assert_refused(void **state, const char *loader,
				  const char *contents, const char *words)
{
	assert_refused_bytes(state, loader, contents, strlen(contents),
			     CODIST_EFORMAT, words);
}

static inline void assert_misuse(void **state, const char *loader,
				 const char *words)
{
	assert_refused_bytes(state, loader, "", 0, CODIST_EUSAGE, words);
}

static inline struct codist_dataset load_bytes(void **state,
					       const char *loader,
					       const void *bytes, size_t n)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };

	put_bytes(state, "data", bytes, n);
	if (try_load(state, loader, &set, &err))
		fail_msg("%s: %s", loader, err.message);
	return set;
}

/*
 * The file is taken for these samples: a class and its sample's text in turns,
 * and NULL at the end.
 */
static inline void assert_samples(void **state, const char *loader,
				  const char *contents,
				  const char *const *expected)
{
	struct codist_dataset set = load_bytes(state, loader, contents,
					       strlen(contents));
	size_t n = 0;

	for (; expected[2 * n]; n++) {
		struct codist_bytes x;

		assert_true(n < set.n_samples);
		x = codist_dataset_sample(&set, n);
		assert_string_equal(set.class_names[set.labels[n]],
				    expected[2 * n]);
		if (x.nbytes != strlen(expected[2 * n + 1]) ||
		    memcmp(x.data, expected[2 * n + 1], x.nbytes) != 0)
			fail_msg("sample %zu is '%.*s', expected '%s'", n,
				 (int)x.nbytes, (const char *)x.data,
				 expected[2 * n + 1]);
	}
	assert_int_equal(set.n_samples, n);
	codist_dataset_release(&set);
}

#define SAMPLES(...) (const char *const[]){ __VA_ARGS__, NULL }

#endif
