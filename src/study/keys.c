/*
 * keys.c - the keys of a study that can be axes of its grid, and their values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/keys.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct codist_key_info codist_keys[CODIST_N_KEYS] = {
	[CODIST_KEY_DATA] = { .name = "data" },
	[CODIST_KEY_TRAIN] = { .name = "train" },
	[CODIST_KEY_TEST] = { .name = "test" },
	[CODIST_KEY_TRAIN_LIMIT] = { .name = "train.limit",
				     .kind = CODIST_KEY_IS_COUNT, .least = 1 },
	[CODIST_KEY_TEST_LIMIT] = { .name = "test.limit",
				    .kind = CODIST_KEY_IS_COUNT, .least = 1 },
	[CODIST_KEY_FOLDS] = { .name = "folds", .kind = CODIST_KEY_IS_COUNT,
			       .least = 2 },
	[CODIST_KEY_VALIDATE] = { .name = "validate",
				  .kind = CODIST_KEY_IS_FRACTION },
	[CODIST_KEY_DROP_DUPLICATES] = { .name = "drop-duplicates",
					 .kind = CODIST_KEY_IS_FLAG },
	[CODIST_KEY_ALLOW_UNSEEN] = { .name = "allow-unseen",
				      .kind = CODIST_KEY_IS_FLAG },
	[CODIST_KEY_SEED] = { .name = "seed", .kind = CODIST_KEY_IS_COUNT },
	[CODIST_KEY_REPEAT] = { .name = "repeat", .kind = CODIST_KEY_IS_COUNT,
				.least = 1 },
	[CODIST_KEY_TRANSFORM] = { .name = "transform",
				   .kind = CODIST_KEY_IS_CHAIN,
				   .registry = &codist_transforms,
				   .fallback = "none" },
	[CODIST_KEY_REFERENCE] = { .name = "reference",
				   .kind = CODIST_KEY_IS_SPEC,
				   .registry = &codist_references,
				   .fallback = "class" },
	[CODIST_KEY_MEASURE] = { .name = "measure", .kind = CODIST_KEY_IS_SPEC,
				 .registry = &codist_measures,
				 .fallback = "conditional" },
	[CODIST_KEY_BACKEND] = { .name = "backend", .kind = CODIST_KEY_IS_SPEC,
				 .registry = &codist_backends },
	[CODIST_KEY_AGGREGATE] = { .name = "aggregate",
				   .kind = CODIST_KEY_IS_SPEC,
				   .registry = &codist_aggregators,
				   .fallback = "min" },
	[CODIST_KEY_FIT] = { .name = "fit", .kind = CODIST_KEY_IS_FRACTION },
};

enum codist_key codist_key_find(const char *name)
{
	size_t key = 0;

	while (key < CODIST_N_KEYS && strcmp(codist_keys[key].name, name) != 0)
		key++;
	return (enum codist_key)key;
}

void codist_values_release(struct codist_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(values[i].text);
		free(values[i].brief);
		codist_specs_release(values[i].specs, values[i].n_specs);
	}
	free(values);
}

/* Takes over what the value holds, also when it fails. */
static enum codist_status append(struct codist_value **values, size_t *n,
				 struct codist_value value,
				 struct codist_error *err)
{
	struct codist_value *more = NULL;

	if (value.text && value.brief)
		more = realloc(*values, (*n + 1) * sizeof(*more));
	if (!more) {
		free(value.text);
		free(value.brief);
		codist_specs_release(value.specs, value.n_specs);
		return codist_no_memory(err, "values");
	}
	*values = more;
	more[(*n)++] = value;
	return CODIST_OK;
}

/* Each alternative is a value of its own. */
static enum codist_status parse_specs(struct codist_value **values, size_t *n,
				      const struct codist_key_info *key,
				      const char *text, size_t line,
				      struct codist_error *err)
{
	struct codist_spec *specs;
	size_t n_specs, i = 0;
	enum codist_status status;

	CODIST_TRY(codist_specs_init(&specs, &n_specs, key->registry, text,
				     err));
	for (status = CODIST_OK; i < n_specs && status == CODIST_OK; i++) {
		struct codist_value value = {
			.line = line, .text = codist_spec_text(&specs[i]),
			.brief = codist_spec_brief(&specs[i]),
			.specs = malloc(sizeof(*specs)), .n_specs = 1,
		};

		if (!value.specs) {
			free(value.text);
			free(value.brief);
			status = codist_no_memory(err, "specs");
			break;
		}
		value.specs[0] = specs[i];
		status = append(values, n, value, err);
	}
	while (i < n_specs)
		codist_spec_release(&specs[i++]);
	free(specs);
	return status;
}

static char *chain_text(const struct codist_value *chain,
			char *(*text_of)(const struct codist_spec *spec))
{
	struct codist_text text = { 0 };

	for (size_t i = 0; i < chain->n_specs; i++) {
		char *link = text_of(&chain->specs[i]);

		codist_text_add(&text, "%s%s", i ? " + " : "",
				link ? link : "");
		text.failed |= !link;
		free(link);
	}
	if (chain->n_specs == 0)
		codist_text_add(&text, "none");
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

/* "none", or "binarize + pack". */
static enum codist_status parse_chain(struct codist_value **values, size_t *n,
				      const struct codist_key_info *key,
				      const char *text, size_t line,
				      struct codist_error *err)
{
	struct codist_value chain = { .line = line };
	enum codist_status status = codist_chain_add(
		&chain.specs, &chain.n_specs, key->registry, text, err);

	if (status != CODIST_OK) {
		codist_specs_release(chain.specs, chain.n_specs);
		return status;
	}
	chain.text = chain_text(&chain, codist_spec_text);
	chain.brief = chain_text(&chain, codist_spec_brief);
	return append(values, n, chain, err);
}

static enum codist_status parse_count(struct codist_value *value,
				      const struct codist_key_info *key,
				      const char *text,
				      struct codist_error *err)
{
	int64_t number;

	if (!codist_parse_integer(text, &number) || number < 0 ||
	    (uint64_t)number < key->least || number > (int64_t)1 << 53)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: '%.60s', expected a whole number from "
				   "%" PRIu64 " on", key->name, text,
				   key->least);
	value->count = (uint64_t)number;
	value->text = codist_text_format("%" PRIu64, value->count);
	return CODIST_OK;
}

static enum codist_status parse_fraction(struct codist_value *value,
					 const struct codist_key_info *key,
					 const char *text,
					 struct codist_error *err)
{
	char shortest[CODIST_REAL_SIZE];

	if (!codist_parse_real(text, &value->fraction) ||
	    !(value->fraction > 0 && value->fraction < 1))
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: '%.60s', expected a number between 0 "
				   "and 1", key->name, text);
	codist_format_real(value->fraction, shortest);
	value->text = strdup(shortest);
	return CODIST_OK;
}

static enum codist_status parse_flag(struct codist_value *value,
				     const struct codist_key_info *key,
				     const char *text,
				     struct codist_error *err)
{
	value->count = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
	if (!value->count && strcmp(text, "no") != 0 &&
	    strcmp(text, "false") != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: '%.60s', expected yes or no", key->name,
				   text);
	value->text = strdup(value->count ? "yes" : "no");
	return CODIST_OK;
}

/* The word null, unless it is in quotes, is YAML's for no value. */
static enum codist_status refuse_nothing(const struct codist_key_info *key,
					 struct codist_error *err)
{
	if (key->registry && codist_registry_find(key->registry, "null"))
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: nothing, which null means in YAML, "
				   "expected a value; the %s of that name is "
				   "'null', in quotes", key->name,
				   key->registry->door);
	return codist_fail(err, CODIST_EUSAGE,
			   "%s: nothing, expected a value", key->name);
}

/* A run's text has a line for each key. */
static enum codist_status check_characters(const struct codist_key_info *key,
					   const char *text,
					   struct codist_error *err)
{
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == '\x7f')
			return codist_fail(err, CODIST_EUSAGE,
					   "%s: has the control character "
					   "\\x%02x at byte %zu, expected a "
					   "text of one line", key->name,
					   (unsigned)*c,
					   (size_t)(c - text) + 1);
	return CODIST_OK;
}

enum codist_status codist_values_parse(struct codist_value **values, size_t *n,
				       enum codist_key key, const char *text,
				       size_t line, struct codist_error *err)
{
	const struct codist_key_info *info = &codist_keys[key];
	struct codist_value value = { .line = line };

	if (!*text)
		return refuse_nothing(info, err);
	CODIST_TRY(check_characters(info, text, err));
	switch (info->kind) {
	case CODIST_KEY_IS_SPEC:
		return parse_specs(values, n, info, text, line, err);
	case CODIST_KEY_IS_CHAIN:
		return parse_chain(values, n, info, text, line, err);
	case CODIST_KEY_IS_COUNT:
		CODIST_TRY(parse_count(&value, info, text, err));
		break;
	case CODIST_KEY_IS_FRACTION:
		CODIST_TRY(parse_fraction(&value, info, text, err));
		break;
	case CODIST_KEY_IS_FLAG:
		CODIST_TRY(parse_flag(&value, info, text, err));
		break;
	case CODIST_KEY_IS_TEXT:
		value.text = strdup(text);
		break;
	}
	value.brief = value.text ? strdup(value.text) : NULL;
	return append(values, n, value, err);
}
