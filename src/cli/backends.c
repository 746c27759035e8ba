/*
 * backends.c - codist backends: the compressors, and whether they are who they
 * say they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "backend_lists.h"
#include "command.h"
#include "document.h"
#include "interrupt.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

struct config {
	int self_test;
	enum format format;
};

struct backends {
	const struct config *config;
	struct codist_spec *specs;     /* [n_specs] */
	size_t n_specs;
	struct codist_golden *goldens; /* [n]; of --self-test only */
	size_t n;                      /* done, and to be printed */
};

/* As CSV and JSON call them; and for people, before library and version. */
static const struct {
	const char *name, *phrase;
} verdicts[] = {
	[CODIST_GOLDEN_UNKNOWN] = { "unknown", "nothing is known" },
	[CODIST_GOLDEN_AS_KNOWN] = { "as-known", "as known of" },
	[CODIST_GOLDEN_DIFFERS] = { "differs", "NOT as known of" },
	[CODIST_GOLDEN_AS_OTHER_VERSION] = { "as-other-version",
					     "the same as of" },
	[CODIST_GOLDEN_UNLIKE_OTHER_VERSION] = { "unlike-other-version",
						 "not the same as of" },
};

static void add_golden(struct table *table, const struct codist_golden *golden,
		       const char *library, enum format format)
{
	table_add(table, "%s", golden->digest);
	if (format == FORMAT_CSV) {
		table_add(table, "%s", verdicts[golden->verdict].name);
		table_add(table, "%s",
			  golden->version ? golden->version : "");
	} else if (golden->version) {
		table_add(table, "%s %s %s", verdicts[golden->verdict].phrase,
			  library, golden->version);
	} else {
		table_add(table, "%s", verdicts[golden->verdict].phrase);
	}
}

static enum codist_status print_table(const struct backends *b,
				      struct codist_error *err)
{
	static const char *const headings[][8] = {
		[FORMAT_TEXT] = { "backend", "library", "version", "engine",
				  "bits", "digest", "lengths" },
		[FORMAT_CSV] = { "backend", "library", "library_version",
				 "engine", "granularity_bits", "golden_digest",
				 "verdict", "known_version" },
	};
	enum format format = b->config->format;
	enum codist_status status;
	struct table table;

	table_init(&table, !b->config->self_test ? 5 :
			   format == FORMAT_CSV	 ? 8 : 7, "llllrl");
	for (size_t i = 0; i < table.n_columns; i++)
		table_add(&table, "%s", headings[format][i]);
	for (size_t i = 0; i < b->n; i++) {
		const struct codist_spec *spec = &b->specs[i];
		const char *library = codist_backend_library(spec);
		char *name = format == FORMAT_CSV ? codist_spec_text(spec) :
						    codist_spec_brief(spec);

		table.failed |= !name;
		table_add(&table, "%s", name ? name : "");
		free(name);
		table_add(&table, "%s", library);
		table_add(&table, "%s", codist_backend_version(spec));
		table_add(&table, "%s", codist_backend_engine(spec));
		table_add(&table, "%g", codist_backend_granularity(spec));
		if (b->config->self_test)
			add_golden(&table, &b->goldens[i], library, format);
	}
	status = table_print(&table, format, err);
	table_release(&table);
	return status;
}

static enum codist_status print_json(const struct backends *b,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	document_array(&document, "backends");
	for (size_t i = 0; i < b->n; i++) {
		const struct codist_spec *spec = &b->specs[i];

		document_object(&document, NULL);
		document_spec(&document, "backend", spec);
		document_text(&document, "library",
			      codist_backend_library(spec));
		document_text(&document, "library_version",
			      codist_backend_version(spec));
		document_text(&document, "engine",
			      codist_backend_engine(spec));
		document_number(&document, "granularity_bits",
				codist_backend_granularity(spec));
		if (b->config->self_test) {
			document_text(&document, "golden_digest",
				      b->goldens[i].digest);
			document_text(&document, "verdict",
				      verdicts[b->goldens[i].verdict].name);
			document_text(&document, "known_version",
				      b->goldens[i].version);
		}
		document_close(&document);
	}
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

static enum codist_status judge(const struct backends *b,
				struct codist_error *err)
{
	size_t n_differing = 0;

	for (size_t i = 0; b->goldens && i < b->n; i++)
		n_differing += b->goldens[i].verdict == CODIST_GOLDEN_DIFFERS;
	if (n_differing == 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY,
			   "%zu of %zu backends give other lengths than their "
			   "version of the library is known for",
			   n_differing, b->n);
}

/* What is done before a failure is printed all the same. */
static enum codist_status measure_and_print(struct backends *b,
					    struct codist_error *err)
{
	enum codist_status status = CODIST_OK, printed;
	struct codist_error *of_printing;

	if (!b->config->self_test) {
		b->n = b->n_specs;
	} else {
		b->goldens = calloc(b->n_specs + 1, sizeof(*b->goldens));
		if (!b->goldens)
			return codist_no_memory(err, "digests");
	}
	while (status == CODIST_OK && b->n < b->n_specs) {
		status = interrupt_check(err);
		if (status == CODIST_OK)
			status = codist_golden_measure(&b->goldens[b->n],
						       &b->specs[b->n], err);
		b->n += status == CODIST_OK;
	}
	if (status != CODIST_OK && b->n == 0)
		return status;
	of_printing = status == CODIST_OK ? err : NULL;
	printed = b->config->format == FORMAT_JSON ?
			  print_json(b, of_printing) :
			  print_table(b, of_printing);
	if (status == CODIST_OK)
		status = printed;
	return status == CODIST_OK ? judge(b, err) : status;
}

/* Those that nothing must be told, such as which command to run. */
static enum codist_status all_backends(struct backends *b,
				       struct codist_error *err)
{
	b->specs = calloc(codist_backends.n_plugins, sizeof(*b->specs));
	if (!b->specs)
		return codist_no_memory(err, "backends");
	for (size_t i = 0; i < codist_backends.n_plugins; i++) {
		enum codist_status status =
			codist_spec_init(&b->specs[b->n_specs],
					 &codist_backends,
					 codist_backends.plugins[i]->name,
					 NULL);

		if (status == CODIST_ENOMEM)
			return codist_no_memory(err, "backends");
		b->n_specs += status == CODIST_OK;
	}
	return CODIST_OK;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct backends b = { .config = config };
	struct texts lists = { (const char **)operands, n_operands };
	enum codist_status status;

	status = n_operands ? backends_init(&b.specs, &b.n_specs, &lists, err) :
			      all_backends(&b, err);
	if (status == CODIST_OK)
		status = measure_and_print(&b, err);
	codist_specs_release(b.specs, b.n_specs);
	free(b.goldens);
	return status;
}

static const struct command_option options[] = {
	{ .name = "self-test", .kind = OPTION_FLAG,
	  .offset = offsetof(struct config, self_test),
	  .help = "compress a built-in sample, and compare the digest of the "
		  "lengths with what is known of this version of the library" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_backends = {
	.name = "backends",
	.summary = "tell which libraries and versions compress, and test them",
	.operands = "[LIST]...",
	.description =
		"Tell of each backend the library behind it, its version, the "
		"engine that computes the lengths and their step in bits; of "
		"those in the LISTs, as compare takes them, or of all that "
		"have no option that must be given.\n"
		"A version is only what a library says of itself: a zlib that "
		"was patched, or built for a processor that compresses by "
		"itself, may bear the version of the plain one. With "
		"--self-test the lengths of a small sample, which never "
		"changes, are condensed to a digest of 16 hexadecimal digits "
		"(the start of a SHA-256), which the results of other commands "
		"bear, too. Where digests differ, results cannot be compared; "
		"where they are equal, all lengths of the sample are, and no "
		"more is certain. Some digests are known to codist, with the "
		"version that gave them. If that version is here and its "
		"lengths are others, the exit status is 1.",
	.examples = "codist backends\n"
		    "codist backends --self-test\n"
		    "codist backends --self-test 'deflate:level=1|6|9' bzip2 "
		    "--format csv",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
