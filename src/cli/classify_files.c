/*
 * classify_files.c - codist classify-files: by the files of each class
 *
 * A class file is one reference, and a query one test sample, so this is the
 * same pipeline as all else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "document.h"
#include "file.h"
#include "progress.h"
#include "provenance.h"
#include "standard.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	struct texts classes; /* NAME=FILE each */
	struct codist_spec backend;
	size_t threads;
	enum format format;
};

/* What --class says, taken apart; `names` own their strings. */
struct classes {
	char **names;       /* [n] */
	const char **paths; /* [n], borrowed */
	size_t n;
};

static void classes_release(struct classes *classes)
{
	for (size_t i = 0; classes->names && i < classes->n; i++)
		free(classes->names[i]);
	free(classes->names);
	free(classes->paths);
}

static enum codist_status add_class(struct classes *classes, const char *text,
				    struct codist_error *err)
{
	const char *equals = strchr(text, '=');
	char *name;

	if (!equals || equals == text || !equals[1])
		return codist_fail(err, CODIST_EUSAGE,
				   "--class %s: expected NAME=FILE", text);
	name = strndup(text, (size_t)(equals - text));
	if (!name)
		return codist_no_memory(err, "class names");
	classes->names[classes->n] = name;
	classes->paths[classes->n] = equals + 1;
	classes->n++;
	for (size_t i = 0; i + 1 < classes->n; i++)
		if (strcmp(classes->names[i], name) == 0)
			return codist_fail(err, CODIST_EUSAGE,
					   "--class %s: class '%s' is given "
					   "twice", text, name);
	return CODIST_OK;
}

static enum codist_status classes_init(struct classes *classes,
				       const struct texts *texts,
				       struct codist_error *err)
{
	enum codist_status status = CODIST_OK;

	*classes = (struct classes){ 0 };
	classes->names = calloc(texts->n, sizeof(*classes->names));
	classes->paths = calloc(texts->n, sizeof(*classes->paths));
	if (!classes->names || !classes->paths)
		status = codist_no_memory(err, "classes");
	for (size_t i = 0; status == CODIST_OK && i < texts->n; i++)
		status = add_class(classes, texts->items[i], err);
	if (status != CODIST_OK)
		classes_release(classes);
	return status;
}

static enum codist_status fill(struct codist_dataset *set, const char *name,
			       const struct file *files, size_t n,
			       const struct classes *classes,
			       struct codist_error *err)
{
	size_t nbytes = 0;

	for (size_t i = 0; i < n; i++)
		nbytes += files[i].nbytes;
	CODIST_TRY(codist_dataset_allocate(set, name, n, classes->n, nbytes,
					   err));
	for (size_t i = 0; i < n; i++) {
		if (files[i].nbytes)
			memcpy(set->bytes + set->starts[i], files[i].bytes,
			       files[i].nbytes);
		set->starts[i + 1] = set->starts[i] + files[i].nbytes;
	}
	for (size_t i = 0; i < classes->n; i++) {
		set->class_names[i] = strdup(classes->names[i]);
		if (!set->class_names[i])
			return codist_no_memory(err, "class names");
	}
	return CODIST_OK;
}

/* Files as the samples of a set. Labels are all 0. */
static enum codist_status load(struct codist_dataset *set, const char *name,
			       const char *const *paths, size_t n,
			       const struct classes *classes,
			       struct codist_error *err)
{
	struct file *files = calloc(n, sizeof(*files));
	enum codist_status status = CODIST_OK;

	if (!files)
		return codist_no_memory(err, name);
	for (size_t i = 0; status == CODIST_OK && i < n; i++)
		status = file_read(&files[i], paths[i], err);
	if (status == CODIST_OK)
		status = fill(set, name, files, n, classes, err);
	for (size_t i = 0; i < n; i++)
		file_release(&files[i]);
	free(files);
	return status;
}

static enum codist_status classify(const struct config *config,
				   const struct codist_dataset *train,
				   const struct codist_dataset *test,
				   struct codist_predictions *predictions,
				   struct codist_error *err)
{
	struct codist_spec each = { 0 }, conditional = { 0 }, nearest = { 0 };
	struct codist_pipeline pipeline = {
		.reference = &each, .measure = &conditional,
		.backend = &config->backend,
		.aggregators = &nearest, .n_aggregators = 1,
	};
	struct progress progress;
	struct codist_how how = {
		.n_threads = (unsigned)config->threads,
		.progress = progress_hook, .user = &progress,
	};
	enum codist_status status;

	status = codist_spec_init(&each, &codist_references, "each", err);
	if (status == CODIST_OK)
		status = codist_spec_init(&conditional, &codist_measures,
					  "conditional", err);
	if (status == CODIST_OK)
		status = codist_spec_init(&nearest, &codist_aggregators, "min",
					  err);
	if (status == CODIST_OK) {
		progress_begin(&progress, "classify-files", "deltas");
		status = codist_pipeline_run(&pipeline, train, test, &how,
					     predictions, NULL, err);
		progress_end(&progress);
	}
	codist_spec_release(&each);
	codist_spec_release(&conditional);
	codist_spec_release(&nearest);
	return status;
}

static enum codist_status
print_table(const struct config *config, const struct classes *classes,
	    const struct codist_predictions *predictions, char *const *queries,
	    struct codist_error *err)
{
	enum codist_status status;
	struct table table;

	table_init(&table, 2 + classes->n, "llr");
	table_add(&table, "query");
	table_add(&table, "predicted");
	for (size_t c = 0; c < classes->n; c++)
		table_add(&table, "%s", classes->names[c]);
	for (size_t i = 0; i < predictions->n_samples; i++) {
		const double *bits =
			predictions->class_scores + i * classes->n;

		table_add(&table, "%s", queries[i]);
		table_add(&table, "%s",
			  classes->names[predictions->predicted[i]]);
		for (size_t c = 0; c < classes->n; c++)
			table_add(&table, "%.15g", bits[c] / 8);
	}
	status = table_print(&table, config->format, err);
	table_release(&table);
	return status;
}

static enum codist_status
print_json(const struct config *config, const struct classes *classes,
	   const struct codist_predictions *predictions, char *const *queries,
	   struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	document_backend(&document, &config->backend);
	document_object(&document, "classes");
	for (size_t c = 0; c < classes->n; c++)
		document_text(&document, classes->names[c], classes->paths[c]);
	document_close(&document);
	document_array(&document, "queries");
	for (size_t i = 0; i < predictions->n_samples; i++) {
		const double *bits =
			predictions->class_scores + i * classes->n;

		document_object(&document, NULL);
		document_text(&document, "query", queries[i]);
		document_text(&document, "predicted",
			      classes->names[predictions->predicted[i]]);
		document_object(&document, "bytes");
		for (size_t c = 0; c < classes->n; c++)
			document_number(&document, classes->names[c],
					bits[c] / 8);
		document_close(&document);
		document_close(&document);
	}
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

/* What the figures below are, before them. */
static enum codist_status print_heading(const struct config *config,
					struct codist_error *err)
{
	printf("C(px) - C(p) in bytes, by ");
	provenance_print(&config->backend);
	putchar('\n');
	CODIST_TRY(print_spec("backend", &config->backend, err));
	putchar('\n');
	return CODIST_OK;
}

static enum codist_status print(const struct config *config,
				const struct classes *classes,
				const struct codist_predictions *predictions,
				char *const *queries, struct codist_error *err)
{
	if (config->format == FORMAT_JSON)
		return print_json(config, classes, predictions, queries, err);
	if (config->format == FORMAT_TEXT)
		CODIST_TRY(print_heading(config, err));
	return print_table(config, classes, predictions, queries, err);
}

static enum codist_status load_both(struct codist_dataset *train,
				    struct codist_dataset *test,
				    const struct classes *classes,
				    size_t n_queries, char *const *queries,
				    struct codist_error *err)
{
	CODIST_TRY(load(train, "class files", classes->paths, classes->n,
			classes, err));
	for (size_t i = 0; i < classes->n; i++)
		train->labels[i] = (unsigned)i;
	return load(test, "queries", (const char *const *)queries, n_queries,
		    classes, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *c = config;
	struct codist_dataset train = { 0 }, test = { 0 };
	struct codist_predictions predictions = { 0 };
	struct classes classes;
	enum codist_status status;

	if (c->classes.n == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected --class NAME=FILE");
	if (n_operands == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected a file to classify");
	CODIST_TRY(classes_init(&classes, &c->classes, err));
	status = load_both(&train, &test, &classes, n_operands, operands, err);
	if (status == CODIST_OK)
		status = classify(c, &train, &test, &predictions, err);
	if (status == CODIST_OK)
		status = print(c, &classes, &predictions, operands, err);
	codist_predictions_release(&predictions);
	codist_dataset_release(&train);
	codist_dataset_release(&test);
	classes_release(&classes);
	return status;
}

static const struct command_option options[] = {
	{ .name = "class", .argument = "NAME=FILE", .kind = OPTION_TEXTS,
	  .offset = offsetof(struct config, classes),
	  .help = "a class and its file, which may hold anything; once for "
		  "each class" },
	{ .name = "backend", .argument = "SPEC", .kind = OPTION_SPEC,
	  .offset = offsetof(struct config, backend),
	  .registry = &codist_backends, .fallback = "deflate:level=9,wbits=31",
	  .help = "the compressor; this one is much like gzip --best" },
	OPTION_ROW_THREADS(struct config, threads),
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_classify_files = {
	.name = "classify-files",
	.summary = "classify files by the files of each class",
	.operands = "--class NAME=FILE... QUERY...",
	.description =
		"Tell of each QUERY by how many bytes it makes each class's "
		"FILE longer, when it follows it and both are compressed, "
		"C(px) - C(p), and predict the class where that is least; of "
		"equals the one given first. A file '-' is the standard "
		"input.\n"
		"GNU gzip has a deflate of its own, whose lengths differ from "
		"zlib's by about 1 %. To have those, run gzip itself, as in "
		"the last example.",
	.examples =
		"codist classify-files --class en=english --class de=german "
		"letter\n"
		"codist classify-files --class 0=zeros --class 1=ones "
		"--format csv *.img\n"
		"codist classify-files --backend 'command:run=gzip --best -n "
		"-c' --class 0=zeros --class 1=ones *.img",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
