/*
 * export.c - codist export: the results of a study, for other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"

#include <stdio.h>
#include <string.h>

struct config {
	const char *what, *format, *run, *output;
};

static enum codist_status find_what(enum codist_export *what, const char *name,
				    struct codist_error *err)
{
	static const char *const names[] = {
		[CODIST_EXPORT_RUNS] = "runs",
		[CODIST_EXPORT_PREDICTIONS] = "predictions",
		[CODIST_EXPORT_CONFUSION] = "confusion",
		[CODIST_EXPORT_FITS] = "fits",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		*what = (enum codist_export)i;
		if (strcmp(names[i], name) == 0)
			return CODIST_OK;
	}
	return codist_fail(err, CODIST_EUSAGE, "--what %s: expected runs, "
			   "predictions, confusion or fits", name);
}

static enum codist_status export_npy(const struct config *config,
				     const char *store,
				     struct codist_error *err)
{
	if (!config->run || !config->output)
		return codist_fail(err, CODIST_EUSAGE,
				   "--format npy: expected --run NAME, of which "
				   "class scores are written, and --output "
				   "FILE");
	return codist_store_export_npy(store, config->run, config->output,
				       err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;
	enum codist_export what;
	enum codist_export_format format = CODIST_EXPORT_CSV;
	struct codist_output output;
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected one STORE",
				   n_operands);
	CODIST_TRY(find_what(&what, own->what, err));
	if (strcmp(own->format, "npy") == 0)
		return export_npy(own, operands[0], err);
	if (strcmp(own->format, "jsonl") == 0)
		format = CODIST_EXPORT_JSON_LINES;
	else if (strcmp(own->format, "csv") != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "--format %s: expected csv, jsonl or npy",
				   own->format);
	if (!own->output)
		return codist_store_export(operands[0], what, format, own->run,
					   stdout, "standard output", err);
	CODIST_TRY(codist_output_open(&output, own->output, err));
	status = codist_store_export(operands[0], what, format, own->run,
				     output.file, own->output, err);
	if (status == CODIST_OK)
		return codist_output_finish(&output, err);
	codist_output_abandon(&output);
	return status;
}

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct command_option options[] = {
	{ .name = "what", .argument = "WHAT", .kind = OPTION_TEXT, FIELD(what),
	  .fallback = "runs", .help = "runs, predictions, confusion, or fits" },
	{ .name = "run", .argument = "NAME", .kind = OPTION_TEXT, FIELD(run),
	  .help = "of one run only" },
	{ .name = "format", .argument = "FORMAT", .kind = OPTION_TEXT,
	  FIELD(format), .fallback = "csv",
	  .help = "csv; jsonl, a line of JSON for each row; or npy, the class "
		  "scores of one run" },
	{ .name = "output", .argument = "FILE", .kind = OPTION_TEXT,
	  FIELD(output),
	  .help = "write there (default: the standard output)" },
	{ .name = NULL },
};

const struct command command_export = {
	.name = "export",
	.summary = "write the results of a study for other programs",
	.operands = "STORE",
	.description =
		"Write what a study came to: a row for each run that is done, "
		"with all that it is made of; each prediction, with its class "
		"scores; the counts of true and predicted classes; or what was "
		"fitted on training samples held back. Runs that only serve "
		"for that are among the others, with a fraction held. Times and "
		"machines are left out, so that the same results are the same "
		"bytes, whoever computed them, and on how many processors.\n"
		"The store is an SQLite file as well, whose tables and views "
		"doc/store.md explains.",
	.examples =
		"codist export window.db >runs.csv\n"
		"codist export window.db --what predictions --format jsonl\n"
		"codist export window.db --run binarize/zstd --format npy "
		"--output z.npy",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
