/*
 * document.c - a JSON document, by jansson
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "document.h"
#include "provenance.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of the character at `text`, or 0: not UTF-8. */
static size_t character(const char *text)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *c = (const unsigned char *)text;
	size_t length = c[0] < 0x80 ? 1 :
			c[0] < 0xc0 ? 0 :
			c[0] < 0xe0 ? 2 :
			c[0] < 0xf0 ? 3 :
			c[0] < 0xf8 ? 4 : 0;
	unsigned code;

	if (length < 2)
		return length;
	code = c[0] & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if ((c[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (c[i] & 0x3f);
	}
	if (code < least[length] || code > 0x10ffff ||
	    (code >= 0xd800 && code < 0xe000))
		return 0;
	return length;
}

/* A copy in UTF-8, for free(), or NULL. */
static char *to_utf8(const char *text)
{
	static const char unknown[] = "\xef\xbf\xbd";
	char *copy = malloc(3 * strlen(text) + 1), *out = copy;

	if (!copy)
		return NULL;
	while (*text) {
		size_t length = character(text);

		memcpy(out, length ? text : unknown, length ? length : 3);
		out += length ? length : 3;
		text += length ? length : 1;
	}
	*out = '\0';
	return copy;
}

static int add(json_t *into, const char *key, json_t *value)
{
	char *name;
	int code;

	if (!key)
		return json_array_append_new(into, value) == 0;
	name = to_utf8(key);
	if (!name) {
		json_decref(value);
		return 0;
	}
	code = json_object_set_new(into, name, value);
	free(name);
	return code == 0;
}

/* Put a value, NULL if that failed, into what is open, which then owns it. */
static void put(struct document *document, const char *key, json_t *value)
{
	if (document->failed) {
		json_decref(value);
	} else if (document->depth > 0) {
		json_t *into = document->open[document->depth - 1];

		document->failed = !add(into, key, value);
	} else {
		assert(!document->whole);
		document->whole = value;
		document->failed = !value;
	}
}

static void open_level(struct document *document, const char *key,
		       json_t *value)
{
	assert(document->depth < DOCUMENT_DEPTH);
	put(document, key, value);
	document->open[document->depth++] = value;
}

void document_object(struct document *document, const char *key)
{
	open_level(document, key, json_object());
}

void document_array(struct document *document, const char *key)
{
	open_level(document, key, json_array());
}

void document_close(struct document *document)
{
	assert(document->depth > 0);
	document->depth--;
}

void document_text(struct document *document, const char *key,
		   const char *value)
{
	char *copy = value ? to_utf8(value) : NULL;

	if (value && !copy)
		document->failed = 1;
	put(document, key, copy ? json_string(copy) : json_null());
	free(copy);
}

/* Doubles beyond 2^53 are printed as such: they need not be whole. */
void document_number(struct document *document, const char *key, double value)
{
	json_t *number;

	if (!isfinite(value))
		number = json_null();
	else if (floor(value) == value && fabs(value) <= 0x1p53)
		number = json_integer((json_int_t)value);
	else
		number = json_real(value);
	put(document, key, number);
}

void document_flag(struct document *document, const char *key, int value)
{
	put(document, key, json_boolean(value));
}

void document_spec(struct document *document, const char *key,
		   const struct codist_spec *spec)
{
	char *text = spec->plugin ? codist_spec_text(spec) : NULL;

	if (spec->plugin && !text)
		document->failed = 1;
	document_text(document, key, text);
	free(text);
}

void document_specs(struct document *document, const char *key,
		    const struct specs *specs)
{
	document_array(document, key);
	for (size_t i = 0; i < specs->n; i++)
		document_spec(document, NULL, &specs->items[i]);
	document_close(document);
}

void document_backend(struct document *document,
		      const struct codist_spec *backend)
{
	char digest[CODIST_GOLDEN_SIZE];

	provenance_digest(digest, backend);
	document_spec(document, "backend", backend);
	document_text(document, "library", codist_backend_library(backend));
	document_text(document, "library_version",
		      codist_backend_version(backend));
	document_text(document, "golden_digest", *digest ? digest : NULL);
}

void document_source(struct document *document, const char *key,
		     const struct source *source)
{
	document_object(document, key);
	document_spec(document, "loader", &source->loader);
	document_number(document, "loaded", (double)source->n_loaded);
	document_number(document, "samples", (double)source->n_samples);
	document_text(document, "sha256", source->checksum);
	document_close(document);
}

enum codist_status document_print(struct document *document,
				  struct codist_error *err)
{
	int failed = document->failed;

	assert(document->depth == 0);
	/* 15 digits give back what a decimal of so many meant, and no more. */
	if (!failed) {
		json_dumpf(document->whole, stdout,
			   JSON_INDENT(2) | JSON_REAL_PRECISION(15));
		putchar('\n');
	}
	json_decref(document->whole);
	*document = (struct document){ 0 };
	return failed ? codist_no_memory(err, "a JSON document") : CODIST_OK;
}

void document_abandon(struct document *document)
{
	json_decref(document->whole);
	*document = (struct document){ 0 };
}

const char *document_library_version(void)
{
	return jansson_version_str();
}
