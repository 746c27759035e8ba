/*
 * combine.c - the key `combine` of a study: which runs are added up, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/comparison.h"
#include "study/fits.h"

#include "base/text.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const own_keys[] = { "name", "of", "weights" };

#define N_OWN (sizeof(own_keys) / sizeof(own_keys[0]))

/* An item of the list. */
struct reading {
	struct codist_study *study;
	struct codist_problems *problems;
	struct codist_error *err;
	size_t n_grid;           /* runs that can be members */
	const char *name;
	size_t line;
	size_t *members;         /* [n_members], in the order asked for */
	unsigned char *is_member; /* [n_grid] */
	size_t n_members;
	int is_fitted;
	double *weights;         /* [n_weights] */
	size_t n_weights;        /* 0: equal, or fitted */
};

static void check_keys(struct reading *r, const struct codist_yaml *map)
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

static void add_member(struct reading *r, size_t run)
{
	if (r->is_member[run])
		return;
	r->is_member[run] = 1;
	r->members[r->n_members++] = run;
}

static void tell_no_run(struct reading *r, const struct codist_yaml *node)
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
static void select_by_name(struct reading *r, const struct codist_yaml *node)
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

/* What a run has at a key, and its length; NULL: nothing. */
static const char *value_of(const struct codist_study_run *run,
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
		const char *value = value_of(run, (enum codist_key)key,
					     &length);
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

static enum codist_status add_value(struct reading *r,
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

static enum codist_status add_values(struct reading *r,
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

static enum codist_status select_by_keys(struct reading *r,
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

static enum codist_status select_members(struct reading *r,
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
			CODIST_TRY(select_members(r, item));
	}
	return CODIST_OK;
}

static enum codist_status read_numbers(struct reading *r,
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

static enum codist_status read_weights(struct reading *r,
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

/* Whether runs classify the same samples by the same ones, held back or not. */
static int are_alike(const struct reading *r, const struct codist_study_run *a,
		     const struct codist_study_run *b)
{
	size_t length = codist_study_data_lines(a);

	return length == codist_study_data_lines(b) &&
	       memcmp(a->text, b->text, length) == 0 &&
	       (!(r->is_fitted || a->is_fitted || b->is_fitted) ||
		a->seed == b->seed);
}

/* A run without its data, for free(). */
static char *method_of(const struct codist_study_run *run)
{
	return codist_lines_of(run->text,
			       (1u << CODIST_KEY_TRANSFORM) - 1, 0);
}

/* The first thing about data in which two runs differ. */
static void tell_differ(struct reading *r, const struct codist_study_run *a,
			const struct codist_study_run *b)
{
	for (size_t key = 0; key < CODIST_KEY_TRANSFORM; key++) {
		size_t length_a = 4, length_b = 4;
		const char *of_a = value_of(a, (enum codist_key)key,
					    &length_a);
		const char *of_b = value_of(b, (enum codist_key)key,
					    &length_b);

		if (!of_a && !of_b)
			continue;
		if (of_a && of_b && length_a == length_b &&
		    memcmp(of_a, of_b, length_a) == 0)
			continue;
		codist_problem(r->problems, r->line,
			       "combine '%.60s': runs '%.60s' and '%.60s' are "
			       "not on the same samples: %s is %.*s and %.*s",
			       r->name, a->name, b->name, codist_keys[key].name,
			       (int)(length_a < 60 ? length_a : 60),
			       of_a ? of_a : "none",
			       (int)(length_b < 60 ? length_b : 60),
			       of_b ? of_b : "none");
		return;
	}
}

/* Members on the same samples, of all that were asked for. */
struct group {
	size_t *members; /* [n] */
	size_t n;
};

/* Each group has what the first one has, in its order. */
static enum codist_status check_groups(struct reading *r,
				       const struct group *groups, size_t n)
{
	const struct codist_study_run *runs = r->study->runs;

	for (size_t g = 1; g < n; g++)
		for (size_t m = 0; m < groups[0].n || m < groups[g].n; m++) {
			char *a, *b;
			int are_same;

			if (m >= groups[0].n || m >= groups[g].n) {
				tell_differ(r, &runs[groups[0].members[0]],
					    &runs[groups[g].members[0]]);
				return CODIST_OK;
			}
			a = method_of(&runs[groups[0].members[m]]);
			b = method_of(&runs[groups[g].members[m]]);
			are_same = a && b && strcmp(a, b) == 0;
			free(a);
			free(b);
			if (are_same)
				continue;
			tell_differ(r, &runs[groups[0].members[m]],
				    &runs[groups[g].members[m]]);
			return CODIST_OK;
		}
	return CODIST_OK;
}

static void check_fit(struct reading *r)
{
	const struct codist_study_run *first =
		&r->study->runs[r->members[0]];

	for (size_t m = 0; m < r->n_members && r->is_fitted; m++) {
		const struct codist_study_run *run =
			&r->study->runs[r->members[m]];

		if (!(run->fit > 0))
			codist_problem(r->problems, r->line,
				       "combine '%.60s': weights: fit, but run "
				       "'%.60s' has no key fit, the fraction of "
				       "the training samples that is held back "
				       "for it", r->name, run->name);
		else if (run->fit != first->fit)
			codist_problem(r->problems, r->line,
				       "combine '%.60s': run '%.60s' has fit: "
				       "%g, and '%.60s' %g: expected the same",
				       r->name, first->name, first->fit,
				       run->name, run->fit);
	}
}

/* The name, and what tells a group's data from that of others. */
static char *name_group(const struct reading *r, const struct group *groups,
			size_t n, size_t at)
{
	const struct codist_study_run *runs = r->study->runs;
	const struct codist_study_run *own = &runs[groups[at].members[0]];
	struct codist_text text = { 0 };

	codist_text_add(&text, "%s", r->name);
	for (size_t key = 0; key < CODIST_KEY_SEED && n > 1; key++) {
		size_t length = 0, length_of_other = 0;
		const char *value = value_of(own, (enum codist_key)key,
					     &length);
		int differs = 0;

		for (size_t g = 0; g < n; g++) {
			const char *other = value_of(
				&runs[groups[g].members[0]],
				(enum codist_key)key, &length_of_other);

			differs |= !value != !other ||
				   (value && (length != length_of_other ||
					      memcmp(value, other, length)));
		}
		if (differs)
			codist_text_add(&text, "/%s=%.*s",
					codist_keys[key].name,
					value ? (int)length : 4,
					value ? value : "none");
	}
	for (size_t g = 0; g < n; g++)
		if (runs[groups[g].members[0]].seed != own->seed) {
			codist_text_add(&text, "/seed=%" PRIu64, own->seed);
			break;
		}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static enum codist_status add_group(struct reading *r,
				    const struct group *group,
				    const double *weights, const char *name)
{
	struct codist_study_sum sum = {
		.name = name, .line = r->line, .members = group->members,
		.n = group->n, .is_fitted = r->is_fitted, .weights = weights,
	};
	int is_new;

	if (codist_study_is_taken(r->study, r->study->n_runs, name)) {
		codist_problem(r->problems, r->line,
			       "combine '%.60s': there is a run of that name",
			       name);
		return CODIST_OK;
	}
	CODIST_TRY(codist_study_add_sum(r->study, &sum, &is_new, r->err));
	if (!is_new)
		codist_problem(r->problems, r->line,
			       "combine '%.60s': is the same as another", name);
	if (r->study->n_runs > CODIST_STUDY_RUNS)
		return codist_fail(r->err, CODIST_EFORMAT,
				   "%s:%zu: more than %d runs", r->study->path,
				   r->line, CODIST_STUDY_RUNS);
	return CODIST_OK;
}

static enum codist_status add_groups(struct reading *r,
				     const struct group *groups, size_t n)
{
	size_t n_members = groups[0].n;
	double *weights = calloc(n_members, sizeof(*weights));
	enum codist_status status = weights ? CODIST_OK :
				    codist_no_memory(r->err, r->study->path);

	for (size_t m = 0; m < n_members && status == CODIST_OK; m++)
		weights[m] = r->n_weights ? r->weights[m] : 1;
	for (size_t g = 0; g < n && status == CODIST_OK; g++) {
		char *name = name_group(r, groups, n, g);

		status = name ? add_group(r, &groups[g], weights, name) :
				codist_no_memory(r->err, r->study->path);
		free(name);
	}
	free(weights);
	return status;
}

static enum codist_status check_and_add(struct reading *r,
					const struct group *groups, size_t n)
{
	size_t n_before = r->problems->n;

	CODIST_TRY(check_groups(r, groups, n));
	if (r->problems->n > n_before)
		return CODIST_OK;
	if (groups[0].n < 2)
		codist_problem(r->problems, r->line,
			       "combine '%.60s': one run, expected two or more",
			       r->name);
	else if (r->n_weights && r->n_weights != groups[0].n)
		codist_problem(r->problems, r->line,
			       "combine '%.60s': %zu weights for %zu runs",
			       r->name, r->n_weights, groups[0].n);
	check_fit(r);
	return r->problems->n > n_before ? CODIST_OK :
					   add_groups(r, groups, n);
}

static enum codist_status add_to_group(struct group *group, size_t run,
				       struct reading *r)
{
	size_t *members = realloc(group->members,
				  (group->n + 1) * sizeof(*members));

	if (!members)
		return codist_no_memory(r->err, r->study->path);
	group->members = members;
	members[group->n++] = run;
	return CODIST_OK;
}

static enum codist_status add_sums(struct reading *r)
{
	const struct codist_study_run *runs = r->study->runs;
	struct group *groups = calloc(r->n_members, sizeof(*groups));
	size_t n = 0;
	enum codist_status status = CODIST_OK;

	if (!groups)
		return codist_no_memory(r->err, r->study->path);
	for (size_t m = 0; m < r->n_members && status == CODIST_OK; m++) {
		size_t g = 0;

		while (g < n && !are_alike(r, &runs[groups[g].members[0]],
					   &runs[r->members[m]]))
			g++;
		n += g == n;
		status = add_to_group(&groups[g], r->members[m], r);
	}
	if (status == CODIST_OK)
		status = check_and_add(r, groups, n);
	for (size_t g = 0; g < n; g++)
		free(groups[g].members);
	free(groups);
	return status;
}

static enum codist_status read_item(struct reading *r,
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
	CODIST_TRY(select_members(r, codist_yaml_at(map, "of")));
	CODIST_TRY(read_weights(r, codist_yaml_at(map, "weights")));
	if (r->problems->n > n_before)
		return CODIST_OK;
	if (r->n_members > 0)
		return add_sums(r);
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
		struct reading r = {
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
