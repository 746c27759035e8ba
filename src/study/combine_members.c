/*
 * combine_members.c - which runs are added up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/combine.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

const char *codist_combining_value(const struct codist_study_run *run,
				   enum codist_key key, size_t *length)
{
	const char *name = codist_keys[key].name;
	size_t n = strlen(name);

	for (const char *line = run->text, *end; (end = strchr(line, '\n'));
	     line = end + 1)
		if (strncmp(line, name, n) == 0 && line[n] == ':') {
			*length = (size_t)(end - line) - n - 2;
			return line + n + 2;
		}
	return NULL;
}

static void add_member(struct codist_combining *r, size_t run)
{
	if (r->is_member[run])
		return;
	r->is_member[run] = 1;
	r->members[r->n_members++] = run;
}

static void tell_no_run(struct codist_combining *r,
			const struct codist_yaml *node)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < r->n_grid; i++) {
		size_t distance = codist_edit_distance(r->study->runs[i].name,
						       node->text);

		if (distance < least) {
			least = distance;
			nearest = r->study->runs[i].name;
		}
	}
	if (nearest && 2 * least <= strlen(node->text))
		codist_problem(r->problems, node->line,
			       "combine '%.60s': no run '%.60s'; the nearest is "
			       "'%.60s'", r->name, node->text, nearest);
	else
		codist_problem(r->problems, node->line,
			       "combine '%.60s': no run '%.60s'; codist explain "
			       "lists those of a study", r->name, node->text);
}

/* A name that is one counts as that, whatever it would match. */
static void select_by_name(struct codist_combining *r,
			   const struct codist_yaml *node)
{
	size_t n_found = 0;

	for (size_t i = 0; i < r->n_grid && n_found == 0; i++)
		if (strcmp(r->study->runs[i].name, node->text) == 0) {
			add_member(r, i);
			n_found++;
		}
	for (size_t i = 0, is_one = n_found; i < r->n_grid && !is_one; i++)
		if (fnmatch(node->text, r->study->runs[i].name, 0) == 0) {
			add_member(r, i);
			n_found++;
		}
	if (n_found == 0)
		tell_no_run(r, node);
}

/* What a selection has at each key. */
struct selection {
	struct codist_value *values[CODIST_N_KEYS];
	size_t n_values[CODIST_N_KEYS];
};

static int is_selected(const struct selection *selection,
		       const struct codist_study_run *run)
{
	for (size_t key = 0; key < CODIST_N_KEYS; key++) {
		size_t length = 0, n = selection->n_values[key];
		const char *value = codist_combining_value(
			run, (enum codist_key)key, &length);
		int is_one = n == 0;

		for (size_t i = 0; i < n && value; i++) {
			const char *text = selection->values[key][i].text;

			is_one |= strlen(text) == length &&
				  memcmp(text, value, length) == 0;
		}
		if (!is_one)
			return 0;
	}
	return 1;
}

static enum codist_status add_value(struct codist_combining *r,
				    struct selection *selection,
				    enum codist_key key,
				    const struct codist_yaml *node)
{
	struct codist_error why = { 0 };
	enum codist_status status;

	if (node->kind != CODIST_YAML_TEXT) {
		codist_problem(r->problems, node->line,
			       "combine '%.60s': %s: %s, expected a text or a "
			       "list of texts", r->name, codist_keys[key].name,
			       codist_yaml_kind_name(node));
		return CODIST_OK;
	}
	status = codist_values_parse(&selection->values[key],
				     &selection->n_values[key], key, node->text,
				     node->line, &why);
	if (status == CODIST_ENOMEM)
		return codist_no_memory(r->err, r->study->path);
	if (status != CODIST_OK)
		codist_problem(r->problems, node->line, "combine '%.60s': %s",
			       r->name, why.message);
	return CODIST_OK;
}

static enum codist_status add_values(struct codist_combining *r,
				     struct selection *selection,
				     const struct codist_yaml *map, size_t i)
{
	const struct codist_yaml *node = map->items[i];
	enum codist_key key = codist_key_find(map->keys[i]);

	if (key == CODIST_N_KEYS || key == CODIST_KEY_REPEAT) {
		codist_problem(r->problems, map->key_lines[i],
			       "combine '%.60s': no key '%.60s' by which runs "
			       "differ, such as backend", r->name,
			       map->keys[i]);
		return CODIST_OK;
	}
	if (node->kind != CODIST_YAML_LIST)
		return add_value(r, selection, key, node);
	for (size_t k = 0; k < node->n; k++)
		CODIST_TRY(add_value(r, selection, key, node->items[k]));
	return CODIST_OK;
}

static enum codist_status select_by_keys(struct codist_combining *r,
					 const struct codist_yaml *map)
{
	struct selection selection = { { NULL }, { 0 } };
	size_t n_before = r->problems->n, n_members = r->n_members;
	enum codist_status status = CODIST_OK;

	for (size_t i = 0; i < map->n && status == CODIST_OK; i++)
		status = add_values(r, &selection, map, i);
	for (size_t i = 0; i < r->n_grid && status == CODIST_OK &&
			   r->problems->n == n_before; i++)
		if (is_selected(&selection, &r->study->runs[i]))
			add_member(r, i);
	for (size_t key = 0; key < CODIST_N_KEYS; key++)
		codist_values_release(selection.values[key],
				      selection.n_values[key]);
	if (status == CODIST_OK && r->problems->n == n_before &&
	    r->n_members == n_members)
		codist_problem(r->problems, map->line,
			       "combine '%.60s': no run is like that, or none "
			       "that is not a member already", r->name);
	return status;
}

enum codist_status codist_combining_select(struct codist_combining *r,
					   const struct codist_yaml *node)
{
	if (!node)
		codist_problem(r->problems, r->line,
			       "combine '%.60s': no key of, expected the runs "
			       "that are added up", r->name);
	else if (node->kind == CODIST_YAML_TEXT)
		select_by_name(r, node);
	else if (node->kind == CODIST_YAML_MAP)
		return select_by_keys(r, node);
	for (size_t i = 0; node && node->kind == CODIST_YAML_LIST &&
			   i < node->n; i++) {
		const struct codist_yaml *item = node->items[i];

		if (item->kind == CODIST_YAML_LIST)
			codist_problem(r->problems, item->line,
				       "combine '%.60s': of: a list within a "
				       "list, expected names or mappings",
				       r->name);
		else
			CODIST_TRY(codist_combining_select(r, item));
	}
	return CODIST_OK;
}
