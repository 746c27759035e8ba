/*
 * spec_list.c - several specs in one text: alternatives, or in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct list {
	const struct codist_registry *registry;
	struct codist_spec *specs; /* [n] */
	size_t n;
	struct codist_error *err;
};

/* Where the first of `marks` stands that no backslash precedes, or the end. */
static const char *find(const char *text, const char *marks)
{
	while (*text && !strchr(marks, *text))
		text += *text == '\\' && text[1] ? 2 : 1;
	return text;
}

static enum codist_status add(struct list *list, const char *text)
{
	struct codist_spec *specs = realloc(list->specs, (list->n + 1) *
								 sizeof(*specs));

	if (!specs)
		return codist_no_memory(list->err, "specs");
	list->specs = specs;
	CODIST_TRY(codist_spec_init(&specs[list->n], list->registry, text,
				    list->err));
	list->n++;
	return CODIST_OK;
}

/* Where the value begins in which `bar` stands. */
static const char *value_before(const char *text, const char *bar)
{
	const char *piece = text + strcspn(text, ":");
	const char *equals;

	if (piece >= bar)
		return text;
	for (const char *next = piece; next < bar; next = find(next + 1, ","))
		piece = next;
	equals = memchr(piece, '=', (size_t)(bar - piece));
	return equals ? equals + 1 : piece + 1;
}

/* Add the spec, or in its place one for each alternative of a value. */
static enum codist_status expand(struct list *list, const char *text)
{
	const char *bar = find(text, "|");
	const char *value, *end, *here;

	if (!*bar)
		return add(list, text);
	value = value_before(text, bar);
	/* Where no ':' is, commas may stand in what was taken for a value. */
	end = find(bar, ",");
	for (here = value; here <= end; here = bar + 1) {
		enum codist_status status;
		char *one;

		bar = find(here, "|");
		if (bar > end)
			bar = end;
		if (asprintf(&one, "%.*s%.*s%s", (int)(value - text), text,
			     (int)(bar - here), here, end) < 0)
			return codist_no_memory(list->err, "specs");
		status = expand(list, one);
		free(one);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

/* 1 if what begins here is no option of the spec before, but a name. */
static int is_name(const char *text)
{
	size_t length = strcspn(text, ":=,");

	return text[length] != '=';
}

static enum codist_status understand(struct list *list, const char *text)
{
	while (*text) {
		const char *end = find(text, ",");
		enum codist_status status;
		char *one;

		while (*end && !is_name(end + 1))
			end = find(end + 1, ",");
		one = strndup(text, (size_t)(end - text));
		if (!one)
			return codist_no_memory(list->err, "specs");
		status = expand(list, one);
		free(one);
		CODIST_TRY(status);
		if (!*end)
			return CODIST_OK;
		text = end + 1;
	}
	return codist_fail(list->err, CODIST_EUSAGE,
			   "expected a list of %s, such as %s:key=value,%s; "
			   "found nothing after a comma",
			   list->registry->plural,
			   list->registry->plugins[0]->name,
			   list->registry->plugins[0]->name);
}

enum codist_status codist_specs_init(struct codist_spec **specs, size_t *n,
				     const struct codist_registry *registry,
				     const char *text,
				     struct codist_error *err)
{
	struct list list = { .registry = registry, .err = err };
	enum codist_status status = understand(&list, text);

	*specs = NULL;
	*n = 0;
	if (status == CODIST_OK) {
		*specs = list.specs;
		*n = list.n;
	} else {
		codist_specs_release(list.specs, list.n);
	}
	return status;
}

/*
 * Where the '+' stands behind which the next link begins, or the end; and where
 * this one ends. Names have none, values may.
 */
static const char *find_plus(const char *text, const char **end)
{
	const char *plus = text + strcspn(text, ":+");

	if (*plus == ':') {
		plus = strstr(plus, " + ");
		*end = plus ? plus : text + strlen(text);
		return plus ? plus + 1 : *end;
	}
	for (*end = plus; *end > text && (*end)[-1] == ' ';)
		--*end;
	return plus;
}

/* 1 if behind a '+' in there a name begins: it was meant to part two links. */
static int has_joined(const struct codist_registry *registry, const char *link)
{
	for (const char *plus = link; (plus = strchr(plus, '+'));) {
		size_t length = strcspn(++plus, ":+ ");

		for (size_t i = 0; i < registry->n_plugins; i++) {
			const char *name = registry->plugins[i]->name;

			if (strlen(name) == length &&
			    memcmp(name, plus, length) == 0)
				return 1;
		}
	}
	return 0;
}

static enum codist_status add_link(struct list *list, const char *text,
				   size_t length)
{
	struct codist_error why = { 0 };
	struct list aside = *list;
	char *link = strndup(text, length);
	enum codist_status status;

	if (!link)
		return codist_no_memory(list->err, "specs");
	aside.err = &why;
	status = add(&aside, link);
	list->specs = aside.specs;
	list->n = aside.n;
	if (status != CODIST_OK)
		codist_fail(list->err, status, "%s%s", why.message,
			    has_joined(list->registry, link) ?
				    "; behind a value, what comes next is "
				    "parted by '+' with a blank on both sides" :
				    "");
	free(link);
	return status;
}

enum codist_status codist_chain_add(struct codist_spec **specs, size_t *n,
				    const struct codist_registry *registry,
				    const char *text, struct codist_error *err)
{
	struct list list = { registry, *specs, *n, err };
	int is_more = strcmp(text, "none") != 0;
	enum codist_status status = CODIST_OK;

	while (is_more && status == CODIST_OK) {
		const char *end, *plus;

		text += strspn(text, " ");
		plus = find_plus(text, &end);
		is_more = *plus == '+';
		status = add_link(&list, text, (size_t)(end - text));
		text = plus + 1;
	}
	*specs = list.specs;
	*n = list.n;
	return status;
}

void codist_specs_release(struct codist_spec *specs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		codist_spec_release(&specs[i]);
	free(specs);
}
