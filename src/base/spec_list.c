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
	end = find(value, ",");
	for (here = value; here <= end; here = bar + 1) {
		enum codist_status status;
		char *one;

		bar = find(here, "|,");
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

enum codist_status codist_chain_add(struct codist_spec **specs, size_t *n,
				    const struct codist_registry *registry,
				    const char *text, struct codist_error *err)
{
	struct list list = { registry, *specs, *n, err };
	const char *next = strcmp(text, "none") == 0 ? NULL : text;
	enum codist_status status = CODIST_OK;

	while (next && status == CODIST_OK) {
		const char *plus = strstr(next, " + ");
		char *link = plus ? strndup(next, (size_t)(plus - next)) :
				    strdup(next);

		status = link ? add(&list, link) :
				codist_no_memory(err, "specs");
		free(link);
		next = plus ? plus + strlen(" + ") : NULL;
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
