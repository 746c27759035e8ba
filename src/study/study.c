/*
 * study.c - a study's text becomes its grid of runs
 *
 * All that is wrong is found before anything is done: a mapping with a problem
 * is still expanded as far as it goes, to look for more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/fits.h"
#include "study/yaml.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const own_keys[] = {
	"title", "name", "zip", "runs", "combine",
};

#define N_OWN (sizeof(own_keys) / sizeof(own_keys[0]))

struct reading {
	struct codist_study *study;
	struct codist_problems problems;
	const struct codist_yaml *top;
	struct codist_mapping *mappings; /* the study's; [n_mappings] */
	size_t n_mappings;
	struct codist_error *err;
};

/* What a study's runs point into. */
struct codist_study_own {
	struct codist_yaml *tree;
	struct codist_mapping *mappings;
	size_t n_mappings;
};

static int is_own_key(const char *name, int is_top)
{
	if (strcmp(name, "zip") == 0 || strcmp(name, "name") == 0)
		return 1;
	return is_top && (strcmp(name, "title") == 0 ||
			  strcmp(name, "runs") == 0 ||
			  strcmp(name, "combine") == 0);
}

static void consider(const char **nearest, size_t *least, const char *name,
		     const char *found)
{
	size_t distance = codist_edit_distance(found, name);

	if (distance >= *least)
		return;
	*least = distance;
	*nearest = name;
}

static void tell_unknown(struct reading *r, const char *found, size_t line)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	for (size_t key = 0; key < CODIST_N_KEYS; key++)
		consider(&nearest, &least, codist_keys[key].name, found);
	for (size_t i = 0; i < N_OWN; i++)
		consider(&nearest, &least, own_keys[i], found);
	if (2 * least > strlen(found)) /* nothing that may have been meant */
		nearest = NULL;
	if (strcmp(found, "limit") == 0)
		nearest = "test.limit";
	if (nearest)
		codist_problem(&r->problems, line,
			       "unknown key '%.60s', did you mean '%s'?", found,
			       nearest);
	else
		codist_problem(&r->problems, line,
			       "unknown key '%.60s', expected data, train, "
			       "test, transform, reference, measure, backend, "
			       "aggregate, or others of man codist", found);
}

static void check_keys(struct reading *r, const struct codist_yaml *map,
		       int is_top)
{
	for (size_t i = 0; i < map->n; i++)
		if (codist_key_find(map->keys[i]) == CODIST_N_KEYS &&
		    !is_own_key(map->keys[i], is_top))
			tell_unknown(r, map->keys[i], map->key_lines[i]);
}

/* NULL, and a problem, where it is no text. */
static const char *text_at(struct reading *r, const struct codist_yaml *map,
			   const char *key)
{
	const struct codist_yaml *node = codist_yaml_at(map, key);

	if (!node)
		return NULL;
	if (node->kind == CODIST_YAML_TEXT && *node->text)
		return node->text;
	codist_problem(&r->problems, node->line, "%s: %s, expected a text",
		       key, node->kind == CODIST_YAML_TEXT ?
			       "nothing" : codist_yaml_kind_name(node));
	return NULL;
}

static enum codist_status add_value(struct reading *r,
				    struct codist_mapping *mapping,
				    enum codist_key key,
				    const struct codist_yaml *node)
{
	struct codist_error why = { 0 };
	enum codist_status status;

	if (node->kind != CODIST_YAML_TEXT) {
		codist_problem(&r->problems, node->line,
			       "%s: %s, expected a text or a list of texts",
			       codist_keys[key].name,
			       codist_yaml_kind_name(node));
		return CODIST_OK;
	}
	status = codist_values_parse(&mapping->values[key],
				     &mapping->n_values[key], key, node->text,
				     node->line, &why);
	if (status == CODIST_ENOMEM)
		return codist_no_memory(r->err, r->problems.path);
	if (status != CODIST_OK)
		codist_problem(&r->problems, node->line, "%s", why.message);
	return CODIST_OK;
}

static enum codist_status add_values(struct reading *r,
				     struct codist_mapping *mapping,
				     enum codist_key key,
				     const struct codist_yaml *node)
{
	if (node->kind != CODIST_YAML_LIST)
		return add_value(r, mapping, key, node);
	if (node->n == 0)
		codist_problem(&r->problems, node->line,
			       "%s: an empty list, expected a value",
			       codist_keys[key].name);
	for (size_t i = 0; i < node->n; i++)
		CODIST_TRY(add_value(r, mapping, key, node->items[i]));
	return CODIST_OK;
}

/* Lists of one length, for keys that do not stand beside it. */
static enum codist_status add_zip(struct reading *r,
				  struct codist_mapping *mapping,
				  const struct codist_yaml *zip)
{
	size_t n = 0;

	if (zip->kind != CODIST_YAML_MAP) {
		codist_problem(&r->problems, zip->line,
			       "zip: %s, expected a mapping of keys to lists",
			       codist_yaml_kind_name(zip));
		return CODIST_OK;
	}
	for (size_t i = 0; i < zip->n; i++) {
		enum codist_key key = codist_key_find(zip->keys[i]);

		if (key == CODIST_N_KEYS) {
			tell_unknown(r, zip->keys[i], zip->key_lines[i]);
			continue;
		}
		if (mapping->n_values[key]) {
			codist_problem(&r->problems, zip->key_lines[i],
				       "'%s' stands both in zip and beside it",
				       zip->keys[i]);
			continue;
		}
		CODIST_TRY(add_values(r, mapping, key, zip->items[i]));
		mapping->is_zipped[key] = 1;
		if (n == 0)
			n = mapping->n_values[key];
		if (mapping->n_values[key] == n)
			continue;
		codist_problem(&r->problems, zip->key_lines[i],
			       "'%s' has %zu values in zip, others have %zu",
			       zip->keys[i], mapping->n_values[key], n);
		/* So that the rest can be looked at. */
		mapping->is_zipped[key] = 0;
	}
	return CODIST_OK;
}

/* Of a key that the mapping and the top both have, the mapping's counts. */
static const struct codist_yaml *find(const struct reading *r,
				      const struct codist_yaml *map,
				      const char *key)
{
	const struct codist_yaml *node = codist_yaml_at(map, key);
	int is_of_data = strcmp(key, "data") == 0 ||
			 strcmp(key, "train") == 0 || strcmp(key, "test") == 0;

	if (node || map == r->top)
		return node;
	if (is_of_data && (codist_yaml_at(map, "data") ||
			   codist_yaml_at(map, "train") ||
			   codist_yaml_at(map, "test")))
		return NULL;
	return codist_yaml_at(r->top, key);
}

static enum codist_status add_fallbacks(struct reading *r,
					struct codist_mapping *mapping)
{
	for (size_t key = 0; key < CODIST_N_KEYS; key++)
		if (!mapping->n_values[key] && codist_keys[key].fallback)
			CODIST_TRY(codist_values_parse(
				&mapping->values[key], &mapping->n_values[key],
				(enum codist_key)key, codist_keys[key].fallback,
				mapping->line, r->err));
	if (!mapping->n_values[CODIST_KEY_BACKEND])
		return codist_values_parse(
			&mapping->values[CODIST_KEY_BACKEND],
			&mapping->n_values[CODIST_KEY_BACKEND],
			CODIST_KEY_BACKEND, "deflate", mapping->line, r->err);
	return CODIST_OK;
}

/* Each seed becomes so many, from it on. */
static enum codist_status repeat(struct reading *r,
				 struct codist_mapping *mapping)
{
	struct codist_value *counts = mapping->values[CODIST_KEY_REPEAT];
	struct codist_value *seeds = mapping->values[CODIST_KEY_SEED];
	size_t n_counts = mapping->n_values[CODIST_KEY_REPEAT];
	size_t n_seeds = mapping->n_values[CODIST_KEY_SEED];
	enum codist_status status = CODIST_OK;

	if (n_counts == 0)
		return CODIST_OK;
	if (n_counts > 1 || counts[0].count > CODIST_STUDY_RUNS)
		codist_problem(&r->problems, counts[0].line,
			       "repeat: expected one number up to %d",
			       CODIST_STUDY_RUNS);
	if (mapping->is_zipped[CODIST_KEY_SEED] ||
	    mapping->is_zipped[CODIST_KEY_REPEAT])
		codist_problem(&r->problems, counts[0].line,
			       "repeat: seeds cannot be repeated in zip");
	mapping->values[CODIST_KEY_SEED] = NULL;
	mapping->n_values[CODIST_KEY_SEED] = 0;
	for (size_t s = 0; s < (n_seeds ? n_seeds : 1); s++)
		for (uint64_t i = 0; i < counts[0].count &&
				     i <= CODIST_STUDY_RUNS &&
				     status == CODIST_OK; i++) {
			uint64_t seed = (n_seeds ? seeds[s].count : 0) + i;
			char *text = codist_text_format("%" PRIu64, seed);

			status = !text ? codist_no_memory(r->err, "seeds") :
				codist_values_parse(
					&mapping->values[CODIST_KEY_SEED],
					&mapping->n_values[CODIST_KEY_SEED],
					CODIST_KEY_SEED, text, counts[0].line,
					r->err);
			free(text);
		}
	codist_values_release(seeds, n_seeds);
	mapping->values[CODIST_KEY_REPEAT] = NULL;
	mapping->n_values[CODIST_KEY_REPEAT] = 0;
	codist_values_release(counts, n_counts);
	return status;
}

/* The line of the first value: those of the file are but a heading's. */
static enum codist_status read_mapping(struct reading *r,
				       const struct codist_yaml *map)
{
	struct codist_mapping *mapping = &r->mappings[r->n_mappings++];
	const struct codist_yaml *zip = find(r, map, "zip");
	size_t n_before = r->problems.n;

	mapping->line = map->line;
	mapping->name = text_at(r, map, "name");
	for (size_t key = 0; key < CODIST_N_KEYS; key++) {
		const struct codist_yaml *node =
			find(r, map, codist_keys[key].name);

		if (node)
			CODIST_TRY(add_values(r, mapping, (enum codist_key)key,
					      node));
	}
	if (zip)
		CODIST_TRY(add_zip(r, mapping, zip));
	CODIST_TRY(repeat(r, mapping));
	if (r->problems.n > n_before)
		return CODIST_OK;
	CODIST_TRY(add_fallbacks(r, mapping));
	return codist_grid_expand(r->study, mapping, &r->problems, r->err);
}

static enum codist_status read_runs(struct reading *r)
{
	const struct codist_yaml *runs = codist_yaml_at(r->top, "runs");
	size_t n = runs ? runs->n : 1;

	r->mappings = calloc(n + 1, sizeof(*r->mappings));
	if (!r->mappings)
		return codist_no_memory(r->err, r->study->path);
	if (!runs)
		return read_mapping(r, r->top);
	if (runs->kind != CODIST_YAML_LIST || runs->n == 0)
		codist_problem(&r->problems, runs->line,
			       "runs: expected a list of mappings");
	for (size_t i = 0; i < n && runs->kind == CODIST_YAML_LIST; i++) {
		const struct codist_yaml *map = runs->items[i];

		if (map->kind != CODIST_YAML_MAP) {
			codist_problem(&r->problems, map->line,
				       "runs: %s, expected a mapping",
				       codist_yaml_kind_name(map));
			continue;
		}
		check_keys(r, map, 0);
		CODIST_TRY(read_mapping(r, map));
	}
	return CODIST_OK;
}

/* Runs of mappings without a name, or that share one, get numbers. */
static enum codist_status make_names_unique(struct codist_study *study,
					    struct codist_error *err)
{
	for (size_t i = 0; i < study->n_runs; i++) {
		struct codist_study_run *run = &study->runs[i];
		char *name = *run->name ? strdup(run->name) :
			     codist_text_format(study->n_runs > 1 ? "run%zu" :
								    "run",
						i + 1);

		for (size_t n = 2;
		     name && codist_study_is_taken(study, i, name); n++) {
			free(name);
			name = codist_text_format("%s#%zu", *run->name ?
							    run->name : "run",
						  n);
		}
		if (!name)
			return codist_no_memory(err, study->path);
		free((char *)(uintptr_t)run->name);
		run->name = name;
	}
	return CODIST_OK;
}

/* What the grid implies, where that is sound. */
static enum codist_status add_implied(struct reading *r)
{
	const struct codist_yaml *combine = codist_yaml_at(r->top, "combine");

	CODIST_TRY(make_names_unique(r->study, r->err));
	if (r->problems.n > 0)
		return CODIST_OK;
	if (combine)
		CODIST_TRY(codist_study_combine(r->study, combine,
						&r->problems, r->err));
	if (r->problems.n == 0)
		CODIST_TRY(codist_study_check_fits(r->study, &r->problems,
						   r->err));
	if (r->problems.n > 0)
		return CODIST_OK;
	return codist_study_fit(r->study, 0, r->err);
}

/* "a/b.yaml" to "b". */
static char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	const char *dot = strrchr(base, '.');
	size_t length = dot && dot > base ? (size_t)(dot - base) :
					    strlen(base);

	return strndup(base, length);
}

static enum codist_status read_tree(struct reading *r)
{
	struct codist_study *study = r->study;
	const char *title;

	if (r->top->kind != CODIST_YAML_MAP) {
		codist_problem(&r->problems, r->top->line,
			       "%s, expected a mapping of keys such as data "
			       "and backend", codist_yaml_kind_name(r->top));
		return CODIST_OK;
	}
	title = text_at(r, r->top, "title");
	study->title = strdup(title ? title : study->name);
	if (!study->title)
		return codist_no_memory(r->err, study->path);
	check_keys(r, r->top, 1);
	return read_runs(r);
}

enum codist_status
codist_study_parse(struct codist_study *study, const char *path,
		   struct codist_bytes text,
		   void (*problem)(void *user, const char *message),
		   void *user, struct codist_error *err)
{
	struct codist_study_own *own = calloc(1, sizeof(*own));
	struct reading r = {
		.study = study, .err = err,
		.problems = { .path = path, .tell = problem, .user = user,
			      .err = problem ? NULL : err },
	};
	enum codist_status status = CODIST_OK;
	size_t n_problems;

	*study = (struct codist_study){ .own = own };
	study->path = strdup(path);
	study->name = name_of(path);
	study->source = strndup(text.nbytes ? (const char *)text.data : "",
				text.nbytes);
	if (!own || !study->path || !study->name || !study->source)
		return codist_no_memory(err, path);
	status = codist_yaml_parse(&own->tree, path, text, err);
	if (status == CODIST_OK) {
		r.top = own->tree;
		status = read_tree(&r);
		own->mappings = r.mappings;
		own->n_mappings = r.n_mappings;
	}
	if (status == CODIST_OK)
		status = add_implied(&r);
	n_problems = r.problems.n;
	codist_problems_release(&r.problems);
	if (status != CODIST_OK || n_problems == 0)
		return status;
	if (problem)
		codist_fail(err, CODIST_EFORMAT, "%s: %zu problem%s, and "
			    "nothing was done", path, n_problems,
			    n_problems == 1 ? "" : "s");
	return CODIST_EFORMAT;
}

void codist_study_release(struct codist_study *study)
{
	struct codist_study_own *own = study->own;

	for (size_t i = 0; i < study->n_runs; i++) {
		free((char *)(uintptr_t)study->runs[i].name);
		free((char *)(uintptr_t)study->runs[i].text);
		codist_study_release_sum(&study->runs[i]);
	}
	for (size_t i = 0; own && i < own->n_mappings; i++)
		codist_mapping_release(&own->mappings[i]);
	if (own) {
		free(own->mappings);
		codist_yaml_free(own->tree);
	}
	free(own);
	free(study->runs);
	free(study->path);
	free(study->source);
	free(study->name);
	free(study->title);
	*study = (struct codist_study){ 0 };
}

const char *codist_yaml_version(void)
{
	return codist_libyaml_version();
}
