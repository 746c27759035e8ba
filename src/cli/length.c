/*
 * length.c - codist length: how short files become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "document.h"
#include "file.h"
#include "interrupt.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

struct config {
	struct codist_spec backend;
	const char *given;
	enum format format;
};

struct lengths {
	size_t nbytes;      /* of x itself */
	double bits;        /* C(x) */
	double conditional; /* C(px) - C(p), bits; with --given only */
};

/* A coder stays primed with the bytes; what an empty x costs behind them. */
struct prefix {
	struct file file;
	double bits;
};

static enum codist_status prime(struct prefix *prefix, const char *path,
				struct codist_coder *coder,
				struct codist_error *err)
{
	const struct codist_bytes empty = { NULL, 0 };

	enum codist_status status;

	CODIST_TRY(file_read(&prefix->file, path, err));
	status = codist_coder_prime(coder, file_view(&prefix->file), err);
	if (status == CODIST_OK)
		status = codist_coder_length_primed(coder, empty, NULL,
						    &prefix->bits, err);
	return status == CODIST_OK ? CODIST_OK :
				     codist_blame(err, status, "%s", path);
}

static enum codist_status measure(struct lengths *lengths, const char *path,
				  const struct prefix *prefix,
				  struct codist_coder *coder,
				  struct codist_error *err)
{
	struct file file;
	enum codist_status status;

	CODIST_TRY(interrupt_check(err));
	CODIST_TRY(file_read(&file, path, err));
	lengths->nbytes = file.nbytes;
	status = codist_coder_length(coder, file_view(&file), &lengths->bits,
				     err);
	if (status == CODIST_OK && prefix) {
		status = codist_coder_length_primed(coder, file_view(&file),
						    NULL, &lengths->conditional,
						    err);
		lengths->conditional -= prefix->bits;
	}
	file_release(&file);
	return status == CODIST_OK ? CODIST_OK :
				     codist_blame(err, status, "%s", path);
}

static void add_row(struct table *table, const char *name,
		    const struct lengths *lengths, int has_prefix)
{
	table_add(table, "%s", name);
	table_add(table, "%zu", lengths->nbytes);
	table_add(table, "%.15g", lengths->bits / 8);
	table_add(table, "%.15g", lengths->bits);
	if (!has_prefix)
		return;
	table_add(table, "%.15g", lengths->conditional / 8);
	table_add(table, "%.15g", lengths->conditional);
}

static enum codist_status print_table(const struct config *config,
				      const struct lengths *lengths, size_t n,
				      char *const *names,
				      struct codist_error *err)
{
	static const char *const headings[][6] = {
		[FORMAT_TEXT] = { "file", "bytes", "C(x) bytes", "C(x) bits",
				  "C(x|p) bytes", "C(x|p) bits" },
		[FORMAT_CSV] = { "file", "nbytes", "length_bytes",
				 "length_bits", "conditional_bytes",
				 "conditional_bits" },
	};
	int has_prefix = config->given != NULL;
	struct lengths total = { 0 };
	enum codist_status status;
	struct table table;

	table_init(&table, has_prefix ? 6 : 4, "lr");
	for (size_t i = 0; i < table.n_columns; i++)
		table_add(&table, "%s", headings[config->format][i]);
	for (size_t i = 0; i < n; i++) {
		add_row(&table, names[i], &lengths[i], has_prefix);
		total.nbytes += lengths[i].nbytes;
		total.bits += lengths[i].bits;
		total.conditional += lengths[i].conditional;
	}
	if (config->format == FORMAT_TEXT && n > 1)
		add_row(&table, "total", &total, has_prefix);
	status = table_print(&table, config->format, err);
	table_release(&table);
	return status;
}

static enum codist_status print_json(const struct config *config,
				     const struct lengths *lengths, size_t n,
				     char *const *names,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	document_backend(&document, &config->backend);
	document_text(&document, "given", config->given);
	document_array(&document, "files");
	for (size_t i = 0; i < n; i++) {
		document_object(&document, NULL);
		document_text(&document, "file", names[i]);
		document_number(&document, "nbytes",
				(double)lengths[i].nbytes);
		document_number(&document, "length_bits", lengths[i].bits);
		if (config->given)
			document_number(&document, "conditional_bits",
					lengths[i].conditional);
		document_close(&document);
	}
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

/* Count in *n_done the files until the first failure. */
static enum codist_status measure_all(const struct config *config,
				      struct lengths *lengths, size_t n,
				      char *const *names, size_t *n_done,
				      struct codist_error *err)
{
	struct codist_coder *coder;
	struct prefix prefix = { 0 };
	enum codist_status status;

	CODIST_TRY(codist_coder_new(&coder, &config->backend, err));
	status = config->given ? prime(&prefix, config->given, coder, err) :
				 CODIST_OK;
	for (; status == CODIST_OK && *n_done < n; ++*n_done) {
		status = measure(&lengths[*n_done], names[*n_done],
				 config->given ? &prefix : NULL, coder, err);
		if (status != CODIST_OK)
			break;
	}
	if (status == CODIST_OK)
		status = interrupt_check(err);
	codist_coder_free(coder);
	file_release(&prefix.file);
	return status;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *c = config;
	size_t n_done = 0;
	struct lengths *lengths;
	enum codist_status status, printed;

	if (n_operands == 0)
		return codist_fail(err, CODIST_EUSAGE, "expected a file");
	lengths = calloc(n_operands, sizeof(*lengths));
	if (!lengths)
		return codist_no_memory(err, "lengths");
	status = measure_all(c, lengths, n_operands, operands, &n_done, err);
	if (status == CODIST_OK || n_done > 0) {
		struct codist_error *of_printing =
			status == CODIST_OK ? err : NULL;

		printed = c->format == FORMAT_JSON ?
				  print_json(c, lengths, n_done, operands,
					     of_printing) :
				  print_table(c, lengths, n_done, operands,
					      of_printing);
		if (status == CODIST_OK)
			status = printed;
	}
	free(lengths);
	return status;
}

static const struct command_option options[] = {
	{ .name = "backend", .argument = "SPEC", .kind = OPTION_SPEC,
	  .offset = offsetof(struct config, backend),
	  .registry = &codist_backends, .fallback = "deflate",
	  .help = "the compressor" },
	{ .name = "given", .argument = "FILE", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, given),
	  .help = "also tell how much longer this file becomes when each FILE "
		  "follows it: C(x|p) = C(px) - C(p)" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_length = {
	.name = "length",
	.summary = "tell how short files become by compression",
	.operands = "FILE...",
	.description =
		"Tell C(x), the length of each FILE compressed by itself, in "
		"bytes and in bits. A FILE '-' is the standard input.\n"
		"Lengths are those of complete streams with their framing. "
		"Backends that end in -dict are handed the FILE of --given as "
		"a dictionary, and C(x|p) is then how much longer the stream "
		"of x is than one of nothing. "
		"Where a backend counts bits, the bytes may be fractions.",
	.examples =
		"codist length README COPYING\n"
		"codist length --backend deflate:level=9,wbits=-15,unit=bit "
		"README\n"
		"codist length --given COPYING --format csv README\n"
		"codist length --backend 'command:run=gzip --best -n -c' "
		"README",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
