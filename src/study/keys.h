/*
 * keys.h - the keys of a study that can be axes of its grid, and their values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_KEYS_H
#define CODIST_STUDY_KEYS_H

#include <codist/plugin.h>

/* In the order of a run's text; what is last changes fastest in the grid. */
enum codist_key {
	CODIST_KEY_DATA,
	CODIST_KEY_TRAIN,
	CODIST_KEY_TEST,
	CODIST_KEY_TRAIN_LIMIT,
	CODIST_KEY_TEST_LIMIT,
	CODIST_KEY_FOLDS,
	CODIST_KEY_VALIDATE,
	CODIST_KEY_DROP_DUPLICATES,
	CODIST_KEY_ALLOW_UNSEEN,
	CODIST_KEY_SEED,
	CODIST_KEY_REPEAT,
	CODIST_KEY_TRANSFORM,
	CODIST_KEY_REFERENCE,
	CODIST_KEY_MEASURE,
	CODIST_KEY_BACKEND,
	CODIST_KEY_AGGREGATE,
	CODIST_KEY_FIT,
	CODIST_N_KEYS
};

enum codist_key_kind {
	CODIST_KEY_IS_TEXT,
	CODIST_KEY_IS_COUNT,
	CODIST_KEY_IS_FRACTION,
	CODIST_KEY_IS_FLAG,
	CODIST_KEY_IS_SPEC,
	CODIST_KEY_IS_CHAIN /* specs in order */
};

struct codist_key_info {
	const char *name;
	enum codist_key_kind kind;
	const struct codist_registry *registry; /* of specs */
	uint64_t least;                         /* of counts */
	const char *fallback;                   /* NULL: none */
};

extern const struct codist_key_info codist_keys[CODIST_N_KEYS];

/* CODIST_N_KEYS: there is none of that name. */
enum codist_key codist_key_find(const char *name);

/* What a key is set to, once. */
struct codist_value {
	size_t line;
	char *text;  /* canonical, in full */
	char *brief; /* for names */
	struct codist_spec *specs; /* [n_specs] */
	size_t n_specs;
	uint64_t count; /* a flag's is 0 or 1 */
	double fraction;
};

/*
 * codist_values_parse() adds the values that a text stands for to values[*n]:
 * one, or all alternatives of specs.
 */
enum codist_status codist_values_parse(struct codist_value **values, size_t *n,
				       enum codist_key key, const char *text,
				       size_t line, struct codist_error *err);
void codist_values_release(struct codist_value *values, size_t n);

#endif
