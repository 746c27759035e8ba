/*
 * document.h - a JSON document, built from the outside in
 *
 * Building does not fail: what goes wrong is remembered, and document_print()
 * reports it. Keys are NULL within arrays, and at the outermost level.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_DOCUMENT_H
#define CODIST_CLI_DOCUMENT_H

#include "options.h"
#include "source.h"

#define DOCUMENT_DEPTH 8

/* Start with {0}; end with one document_print(), or document_abandon(). */
struct document {
	void *open[DOCUMENT_DEPTH]; /* [depth], objects and arrays, nested */
	size_t depth;
	void *whole; /* the outermost, once it was opened */
	int failed;
};

void document_object(struct document *document, const char *key);
void document_array(struct document *document, const char *key);
void document_close(struct document *document);

/* What is no UTF-8 becomes U+FFFD; NULL becomes null. */
void document_text(struct document *document, const char *key,
		   const char *value);
/* Whole numbers are printed as such, and what is not finite as null. */
void document_number(struct document *document, const char *key, double value);
void document_flag(struct document *document, const char *key, int value);

/* document_spec() puts a spec's canonical text; null without plug-in. */
void document_spec(struct document *document, const char *key,
		   const struct codist_spec *spec);
void document_specs(struct document *document, const char *key,
		    const struct specs *specs);
/*
 * document_backend() puts it with the library behind it, its version, and the
 * digest of its lengths, or null where it fails on the sample.
 */
void document_backend(struct document *document,
		      const struct codist_spec *backend);

/* document_source() puts which samples were used. */
void document_source(struct document *document, const char *key,
		     const struct source *source);

/* document_print() prints it on the standard output, and frees it. */
enum codist_status document_print(struct document *document,
				  struct codist_error *err);

/* document_abandon() frees it unprinted. */
void document_abandon(struct document *document);

/* The version of jansson. */
const char *document_library_version(void);

#endif
