/*
 * svg_ids.c - identifiers in an SVG that do not depend on what was drawn before
 *
 * cairo names surfaces and images by a number that grows through the life of
 * the process, so that the same picture drawn twice would be two files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/svg_ids.h"

#include <stdlib.h>
#include <string.h>

/* The identifiers met so far, as parts of the SVG. */
struct ids {
	struct id {
		const char *name;
		size_t length;
	} *met;
	size_t n, capacity;
};

/* The number of an identifier, from 1; 0 when out of memory. */
static size_t number_of(struct ids *ids, const char *name, size_t length)
{
	for (size_t i = 0; i < ids->n; i++)
		if (ids->met[i].length == length &&
		    memcmp(ids->met[i].name, name, length) == 0)
			return i + 1;
	if (ids->n == ids->capacity) {
		size_t capacity = ids->capacity ? 2 * ids->capacity : 64;
		struct id *met = realloc(ids->met, capacity * sizeof(*met));

		if (!met)
			return 0;
		ids->met = met;
		ids->capacity = capacity;
	}
	ids->met[ids->n++] = (struct id){ name, length };
	return ids->n;
}

/* Where the next identifier begins: id="...", href="#..." or url(#...). */
static const char *next_id(const char *svg)
{
	for (; *svg; svg++) {
		if (strncmp(svg, " id=\"", 5) == 0)
			return svg + 5;
		if (strncmp(svg, "\"#", 2) == 0 || strncmp(svg, "(#", 2) == 0)
			return svg + 2;
	}
	return NULL;
}

void codist_svg_renumber(const char *svg, struct codist_text *copy)
{
	struct ids ids = { 0 };
	const char *id;

	while (!copy->failed && (id = next_id(svg))) {
		size_t length = strcspn(id, "\")"), stem = length, number;

		while (stem > 0 && id[stem - 1] >= '0' && id[stem - 1] <= '9')
			stem--;
		number = number_of(&ids, id, length);
		copy->failed |= !number;
		codist_text_add(copy, "%.*s%zu", (int)(id + stem - svg), svg,
				number);
		svg = id + length;
	}
	codist_text_add(copy, "%s", svg);
	free(ids.met);
}
