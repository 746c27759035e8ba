/*
 * combine.c - the key `combine` of a study: which runs are added up, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/combine.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const own_keys[] = { "name", "of", "weights" };

#define N_OWN (sizeof(own_keys) / sizeof(own_keys[0]))

static void check_keys(struct codist_combining *r, const struct codist_yaml *map)
{
	for (size_t i = 0; i < map->n; i++) {
		size_t k = 0;

		while (k < N_OWN && strcmp(own_keys[k], map->keys[i]) != 0)
			k++;
		if (k == N_OWN)
			codist_problem(r->problems, map->key_lines[i],
				       "combine: unknown key '%.60s', expected "
				       "name, of or weights", map->keys[i]);
	}
}

static enum codist_status read_numbers(struct codist_combining *r,
				       const struct codist_yaml *list)
{
	double sum = 0;

	r->weights = calloc(list->n + 1, sizeof(*r->weights));
	if (!r->weights)
		return codist_no_memory(r->err, r->study->path);
	for (size_t i = 0; i < list->n; i++) {
		const struct codist_yaml *node = list->items[i];
		const char *text = node->kind == CODIST_YAML_TEXT ?
					   node->text :
					   codist_yaml_kind_name(node);

		if (!codist_parse_real(text, &r->weights[i]) ||
		    !(r->weights[i] >= 0 && r->weights[i] <= 1e9))
			codist_problem(r->problems, node->line,
				       "combine '%.60s': weights: '%.60s', "
				       "expected a number within 0..1e9",
				       r->name, text);
		else
			sum += r->weights[i];
	}
	r->n_weights = list->n;
	if (!(sum > 0))
		codist_problem(r->problems, list->line,
			       "combine '%.60s': weights: expected at least one "
			       "above 0", r->name);
	return CODIST_OK;
}

static enum codist_status read_weights(struct codist_combining *r,
				       const struct codist_yaml *node)
{
	if (!node)
		return CODIST_OK;
	if (node->kind == CODIST_YAML_LIST)
		return read_numbers(r, node);
	if (node->kind == CODIST_YAML_TEXT && strcmp(node->text, "fit") == 0)
		r->is_fitted = 1;
	else if (node->kind != CODIST_YAML_TEXT ||
		 strcmp(node->text, "equal") != 0)
		codist_problem(r->problems, node->line,
			       "combine '%.60s': weights: '%.60s', expected "
			       "equal, fit, or a list of numbers", r->name,
			       node->kind == CODIST_YAML_TEXT ?
				       node->text :
				       codist_yaml_kind_name(node));
	return CODIST_OK;
}

static enum codist_status read_item(struct codist_combining *r,
				    const struct codist_yaml *map)
{
	const struct codist_yaml *name = codist_yaml_at(map, "name");
	size_t n_before = r->problems->n;

	r->name = "combined";
	r->line = map->line;
	if (name && name->kind == CODIST_YAML_TEXT && *name->text)
		r->name = name->text;
	else if (name)
		codist_problem(r->problems, name->line,
			       "combine: name: %s, expected a text",
			       name->kind == CODIST_YAML_TEXT ?
				       "nothing" :
				       codist_yaml_kind_name(name));
	check_keys(r, map);
	CODIST_TRY(codist_combining_select(r, codist_yaml_at(map, "of")));
	CODIST_TRY(read_weights(r, codist_yaml_at(map, "weights")));
	if (r->problems->n > n_before)
		return CODIST_OK;
	if (r->n_members > 0)
		return codist_combining_add(r);
	codist_problem(r->problems, r->line, "combine '%.60s': no runs",
		       r->name);
	return CODIST_OK;
}

enum codist_status codist_study_combine(struct codist_study *study,
					const struct codist_yaml *combine,
					struct codist_problems *problems,
					struct codist_error *err)
{
	size_t n_grid = study->n_runs;
	enum codist_status status = CODIST_OK;

	if (combine->kind != CODIST_YAML_LIST || combine->n == 0)
		codist_problem(problems, combine->line,
			       "combine: expected a list of mappings");
	for (size_t i = 0; combine->kind == CODIST_YAML_LIST &&
			   i < combine->n && status == CODIST_OK; i++) {
		const struct codist_yaml *map = combine->items[i];
		struct codist_combining r = {
			.study = study, .problems = problems, .err = err,
			.n_grid = n_grid,
			.members = calloc(n_grid + 1, sizeof(*r.members)),
			.is_member = calloc(n_grid + 1, 1),
		};

		if (!r.members || !r.is_member)
			status = codist_no_memory(err, study->path);
		else if (map->kind != CODIST_YAML_MAP)
			codist_problem(problems, map->line,
				       "combine: %s, expected a mapping",
				       codist_yaml_kind_name(map));
		else
			status = read_item(&r, map);
		free(r.members);
		free(r.is_member);
		free(r.weights);
	}
	return status;
}
