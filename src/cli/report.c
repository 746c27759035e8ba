/*
 * report.c - codist report: the results of a study, to be read by people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct config {
	const char *output, *format, *figures;
	int no_samples;
};

static enum codist_status find_format(enum codist_report_format *format,
				      const char *name,
				      struct codist_error *err)
{
	static const char *const names[] = {
		[CODIST_REPORT_TEXT] = "text",
		[CODIST_REPORT_MARKDOWN] = "markdown",
		[CODIST_REPORT_HTML] = "html",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		*format = (enum codist_report_format)i;
		if (strcmp(names[i], name) == 0)
			return CODIST_OK;
	}
	return codist_fail(err, CODIST_EUSAGE, "--format %s: expected text, "
			   "markdown or html", name);
}

/* By the ending of the file's name; text where it says nothing. */
static enum codist_report_format format_of(const char *path)
{
	static const struct {
		const char *ending;
		enum codist_report_format format;
	} endings[] = {
		{ ".html", CODIST_REPORT_HTML },
		{ ".htm", CODIST_REPORT_HTML },
		{ ".md", CODIST_REPORT_MARKDOWN },
		{ ".markdown", CODIST_REPORT_MARKDOWN },
	};
	size_t length = path ? strlen(path) : 0;

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i].ending);

		if (length > n &&
		    strcasecmp(path + length - n, endings[i].ending) == 0)
			return endings[i].format;
	}
	return CODIST_REPORT_TEXT;
}

static void tell(void *user, const char *message)
{
	progress_end(user);
	fprintf(stderr, "codist report: %s\n", message);
}

static enum codist_status write_report(const char *store,
				       struct codist_report_how *how,
				       FILE *file, const char *name,
				       struct codist_error *err)
{
	struct progress progress;
	enum codist_status status;

	how->watch = (struct codist_watch){ progress_hook, &progress };
	how->tell = tell;
	how->user = &progress;
	progress_begin(&progress, "report", "predictions");
	status = codist_store_report(store, how, file, name, err);
	progress_end(&progress);
	return status;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;
	struct codist_report_how how = {
		.format = format_of(own->output),
		.is_store_only = own->no_samples, .figures = own->figures,
	};
	struct codist_output output;
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected one STORE",
				   n_operands);
	if (own->format)
		CODIST_TRY(find_format(&how.format, own->format, err));
	if (!own->output)
		return write_report(operands[0], &how, stdout,
				    "standard output", err);
	CODIST_TRY(codist_output_open(&output, own->output, err));
	status = write_report(operands[0], &how, output.file, own->output,
			      err);
	if (status == CODIST_OK)
		return codist_output_finish(&output, err);
	codist_output_abandon(&output);
	return status;
}

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct command_option options[] = {
	{ .name = "output", .argument = "FILE", .kind = OPTION_TEXT,
	  FIELD(output),
	  .help = "write there (default: the standard output)" },
	{ .name = "format", .argument = "FORMAT", .kind = OPTION_TEXT,
	  FIELD(format),
	  .help = "text, markdown or html (default: by the ending of the "
		  "output, .md or .html, and else text)" },
	{ .name = "figures", .argument = "FOLDER", .kind = OPTION_TEXT,
	  FIELD(figures),
	  .help = "also write each figure there, as SVG, PNG and PDF, and as "
		  "data and a script for gnuplot" },
	{ .name = "no-samples", .kind = OPTION_FLAG, FIELD(no_samples),
	  .help = "read nothing but the store: show no samples in the page" },
	{ .name = NULL },
};

const struct command command_report = {
	.name = "report",
	.summary = "tell the results of a study, as a page, Markdown or text",
	.operands = "STORE",
	.description =
		"Tell what a study was and what came of it: accuracies with "
		"their intervals, means by two keys at a time, learning curves, "
		"accuracy against time and memory, whether runs differ, ranks "
		"over data sets, seeds and folds, confusion matrices, the pairs "
		"of classes that are most confused, the calibration of scores, "
		"the samples that all runs or only one get wrong, and the data, "
		"libraries and machines that all of it comes from. Runs that "
		"are not done are left out. Statistics are those of codist "
		"stats.\n"
		"As HTML it is one page, with figures, that needs no other file "
		"nor the network, and where tables can be sorted, filtered and "
		"pivoted. For it the samples that all runs or only one get "
		"wrong are loaded again, by the names and paths that the store "
		"has, and shown if they are what they were by their checksum; "
		"else the page says why not. The same store, and data, is the "
		"same bytes.",
	.examples = "codist report window.db --output window.html\n"
		    "codist report window.db | less\n"
		    "codist report window.db --output window.md\n"
		    "codist report window.db --figures figures >/dev/null",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
