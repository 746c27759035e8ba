/*
 * own.c - what runs are made of, to tell which of them go together
 *
 * A checksum of samples is one of transformed bytes. Runs that transform the
 * same samples differently can be compared all the same, so samples are also
 * known by the keys of the study that choose and number them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/comparison.h"
#include "study/keys.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define KEY(key) (1u << CODIST_KEY_##key)

/* The key of a line of `length`; CODIST_N_KEYS: none is known. */
static enum codist_key key_of(const char *line, size_t length)
{
	const char *colon = memchr(line, ':', length);
	size_t key = 0;

	while (colon && key < CODIST_N_KEYS) {
		size_t n = strlen(codist_keys[key].name);

		if (n == (size_t)(colon - line) &&
		    memcmp(codist_keys[key].name, line, n) == 0)
			return (enum codist_key)key;
		key++;
	}
	return CODIST_N_KEYS;
}

char *codist_lines_of(const char *spec, unsigned keys, int are_kept)
{
	struct codist_text lines = { 0 };
	const char *line = spec;

	codist_text_add(&lines, "%s", "");
	for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
		size_t length = (size_t)(end - line);
		int is_among = (keys >> key_of(line, length) & 1) != 0;

		if (is_among == are_kept)
			codist_text_add(&lines, "%.*s\n", (int)length, line);
	}
	if (!lines.failed)
		return lines.chars;
	free(lines.chars);
	return NULL;
}

/* The keys that say which samples are classified, and number them. */
static unsigned keys_of_classified(const struct codist_comparison_own *own,
				   int has_folds, int has_validation,
				   int has_limit)
{
	/* Numbers shift by what is dropped, and that is found in bytes. */
	if (strstr(own->spec, "\ndrop-duplicates: yes\n"))
		return (1u << (CODIST_KEY_TRANSFORM + 1)) - 1;
	if (has_validation)
		return KEY(DATA) | KEY(TRAIN) | KEY(VALIDATE) | KEY(SEED);
	if (has_folds && has_limit)
		return KEY(DATA) | KEY(TRAIN) | KEY(TRAIN_LIMIT) | KEY(SEED);
	if (has_folds)
		return KEY(DATA) | KEY(TRAIN);
	return KEY(DATA) | KEY(TEST) | KEY(TEST_LIMIT);
}

static enum codist_status fill(struct codist_comparison_own *own,
			       sqlite3_stmt *s, struct codist_error *err)
{
	int has_folds = sqlite3_column_int(s, 1) > 0;
	int has_validation = sqlite3_column_double(s, 2) > 0;
	int has_limit = sqlite3_column_int64(s, 3) > 0;
	char *lines;

	own->n_train = codist_column_size(s, 4);
	own->checksum = strdup(codist_column_text(s, has_folds ? 5 : 6));
	own->spec = strdup(codist_column_text(s, 0));
	if (!own->checksum || !own->spec)
		return codist_no_memory(err, "a run");
	lines = codist_lines_of(own->spec,
				keys_of_classified(own, has_folds,
						   has_validation, has_limit),
				1);
	if (!lines)
		return codist_no_memory(err, "a run");
	/* All training samples are another set than all test samples. */
	own->classified = codist_text_format(
		"%s\n%s", has_folds ? "all" : has_validation ? "held back" :
							       "test", lines);
	free(lines);
	return own->classified ? CODIST_OK : codist_no_memory(err, "a run");
}

enum codist_status codist_own_read(struct codist_comparison_own *own,
				   sqlite3 *db, int64_t run,
				   struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		db, &s, "SELECT spec, folds, validate, train_limit, "
			"run.train_samples, train_checksum, test_checksum FROM "
			"run LEFT JOIN data ON data.sets = run.sets WHERE "
			"id = ?", err));
	sqlite3_bind_int64(s, 1, run);
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK)
		status = fill(own, s, err);
	sqlite3_finalize(s);
	return status;
}

void codist_own_release(struct codist_comparison_own *own)
{
	free(own->spec);
	free(own->checksum);
	free(own->classified);
	*own = (struct codist_comparison_own){ 0 };
}
