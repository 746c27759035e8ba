/*
 * normality.c - codist normality: how far compressors are from normal ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "backend_lists.h"
#include "command.h"
#include "document.h"
#include "file.h"
#include "progress.h"
#include "provenance.h"
#include "source.h"
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define USUAL_LIMIT 50

struct config {
	struct texts backends;
	const char *data;
	size_t limit, window_limit;
	struct specs transforms;
	enum format format;
};

struct normalities {
	const struct config *config;
	struct codist_spec *backends; /* [n_backends] */
	size_t n_backends;
	struct source source;       /* of --data */
	struct file *files;         /* [n_files], or of these */
	size_t n_files;
	struct codist_bytes *items; /* [n] */
	size_t n;
	struct codist_normality *done; /* [n_done] */
	size_t n_done;
};

static int report_progress(void *user, size_t done, size_t total)
{
	return progress_update(user, done, total);
}

static enum codist_status load_set(struct normalities *n,
				   struct codist_error *err)
{
	size_t limit = n->config->limit ? n->config->limit : USUAL_LIMIT;

	CODIST_TRY(source_find(&n->source, n->config->data, "test", err));
	CODIST_TRY(source_load(&n->source, limit, &n->config->transforms, err));
	n->n = n->source.set.n_samples;
	n->items = calloc(n->n + 1, sizeof(*n->items));
	if (!n->items)
		return codist_no_memory(err, "items");
	for (size_t i = 0; i < n->n; i++)
		n->items[i] = codist_dataset_sample(&n->source.set, i);
	return CODIST_OK;
}

static enum codist_status load_files(struct normalities *n, size_t n_paths,
				     char *const *paths,
				     struct codist_error *err)
{
	n->files = calloc(n_paths, sizeof(*n->files));
	n->items = calloc(n_paths, sizeof(*n->items));
	if (!n->files || !n->items)
		return codist_no_memory(err, "items");
	for (size_t i = 0; i < n_paths; i++) {
		CODIST_TRY(file_read(&n->files[i], paths[i], err));
		n->n_files++;
		n->items[i] = file_view(&n->files[i]);
	}
	n->n = n_paths;
	return CODIST_OK;
}

static double mean_nbytes(const struct normalities *n)
{
	double sum = 0;

	for (size_t i = 0; i < n->n; i++)
		sum += (double)n->items[i].nbytes;
	return sum / (double)n->n;
}

/* Noise is no picture, so that coders of these have no window. */
static int has_window(const struct normalities *n, size_t i)
{
	return !codist_backend_takes_pictures(&n->backends[i]);
}

/* As far as windows are counted in samples; 0: samples are all empty. */
static double window_samples(const struct normalities *n, size_t i)
{
	double mean = mean_nbytes(n);

	return mean > 0 ? (double)n->done[i].window / mean : 0;
}

static void add_miss(struct table *table, const struct codist_miss *miss)
{
	if (miss->n == 0)
		table_add(table, "-");
	else
		table_add(table, "%.1f (%.0f)", miss->mean, miss->most);
}

static enum codist_status print_text(const struct normalities *n,
				     struct codist_error *err)
{
	static const char *const headings[] = {
		"backend", "C()", "idempotence", "symmetry", "monotonicity",
		"distributivity", "window", "samples", "tied",
	};
	size_t n_columns = sizeof(headings) / sizeof(headings[0]);
	enum codist_status status;
	struct table table;

	printf("codist %s\n\n%zu items of %.0f bytes on average; what is missed "
	       "is in bits, the mean and the greatest\n\n",
	       codist_version(), n->n, mean_nbytes(n));
	table_init(&table, n_columns, "lr");
	for (size_t i = 0; i < n_columns; i++)
		table_add(&table, "%s", headings[i]);
	for (size_t i = 0; i < n->n_done; i++) {
		const struct codist_normality *done = &n->done[i];
		const char *sign = done->window_is_limit ? ">= " : "";
		char *name = codist_spec_brief(&n->backends[i]);

		table_add(&table, "%s", name ? name : "");
		free(name);
		table_add(&table, "%.0f", done->empty);
		add_miss(&table, &done->idempotence);
		add_miss(&table, &done->symmetry);
		add_miss(&table, &done->monotonicity);
		add_miss(&table, &done->distributivity);
		if (has_window(n, i)) {
			table_add(&table, "%s%zu B", sign, done->window);
			table_add(&table, "%s%.1f", sign, window_samples(n, i));
		} else {
			table_add(&table, "-");
			table_add(&table, "-");
		}
		table_add(&table, "%.2f %%", 100 * done->tie_rate);
	}
	status = table_print(&table, FORMAT_TEXT, err);
	table_release(&table);
	return status;
}

/* The conditions, in the order in which they are printed. */
static const struct condition {
	const char *name;
	size_t offset;
} conditions[] = {
	{ "idempotence", offsetof(struct codist_normality, idempotence) },
	{ "symmetry", offsetof(struct codist_normality, symmetry) },
	{ "monotonicity", offsetof(struct codist_normality, monotonicity) },
	{ "distributivity", offsetof(struct codist_normality, distributivity) },
};

#define N_CONDITIONS (sizeof(conditions) / sizeof(conditions[0]))

static const struct codist_miss *miss_of(const struct codist_normality *done,
					 size_t condition)
{
	return (const void *)((const char *)done +
			      conditions[condition].offset);
}

static enum codist_status print_csv(const struct normalities *n,
				    struct codist_error *err)
{
	enum codist_status status;
	struct table table;

	table_init(&table, 11 + 4 * N_CONDITIONS, "l");
	table_add(&table, "backend");
	table_add(&table, "library");
	table_add(&table, "library_version");
	table_add(&table, "golden_digest");
	table_add(&table, "items");
	table_add(&table, "mean_bytes");
	table_add(&table, "empty_bits");
	for (size_t c = 0; c < N_CONDITIONS; c++) {
		table_add(&table, "%s_cases", conditions[c].name);
		table_add(&table, "%s_mean_bits", conditions[c].name);
		table_add(&table, "%s_most_bits", conditions[c].name);
		table_add(&table, "%s_over_log", conditions[c].name);
	}
	table_add(&table, "window_bytes");
	table_add(&table, "window_is_limit");
	table_add(&table, "window_samples");
	table_add(&table, "tie_rate");
	for (size_t i = 0; i < n->n_done; i++) {
		const struct codist_normality *done = &n->done[i];

		table_add_spec(&table, &n->backends[i]);
		provenance_add(&table, &n->backends[i]);
		table_add(&table, "%zu", n->n);
		table_add(&table, "%.15g", mean_nbytes(n));
		table_add(&table, "%.15g", done->empty);
		for (size_t c = 0; c < N_CONDITIONS; c++) {
			const struct codist_miss *miss = miss_of(done, c);

			table_add(&table, "%zu", miss->n);
			table_add(&table, "%.15g", miss->mean);
			table_add(&table, "%.15g", miss->most);
			table_add(&table, "%zu", miss->n_over);
		}
		if (has_window(n, i)) {
			table_add(&table, "%zu", done->window);
			table_add(&table, "%d", done->window_is_limit);
			table_add(&table, "%.15g", window_samples(n, i));
		} else {
			for (size_t column = 0; column < 3; column++)
				table_add(&table, "%s", "");
		}
		table_add(&table, "%.15g", done->tie_rate);
	}
	status = table_print(&table, FORMAT_CSV, err);
	table_release(&table);
	return status;
}

static enum codist_status print_json(const struct normalities *n,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_number(&document, "items", (double)n->n);
	document_number(&document, "mean_bytes", mean_nbytes(n));
	document_flag(&document, "complete", n->n_done == n->n_backends);
	document_array(&document, "backends");
	for (size_t i = 0; i < n->n_done; i++) {
		const struct codist_normality *done = &n->done[i];

		document_object(&document, NULL);
		document_backend(&document, &n->backends[i]);
		document_number(&document, "empty_bits", done->empty);
		for (size_t c = 0; c < N_CONDITIONS; c++) {
			const struct codist_miss *miss = miss_of(done, c);

			document_object(&document, conditions[c].name);
			document_number(&document, "cases", (double)miss->n);
			document_number(&document, "mean_bits", miss->mean);
			document_number(&document, "most_bits", miss->most);
			document_number(&document, "over_log",
					(double)miss->n_over);
			document_close(&document);
		}
		document_number(&document, "window_bytes",
				has_window(n, i) ? (double)done->window : NAN);
		document_flag(&document, "window_is_limit",
			      done->window_is_limit);
		document_number(&document, "window_samples",
				has_window(n, i) ? window_samples(n, i) : NAN);
		document_number(&document, "tie_rate", done->tie_rate);
		document_close(&document);
	}
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

static enum codist_status measure_all(struct normalities *n,
				      struct codist_error *err)
{
	enum codist_status status = CODIST_OK;

	while (status == CODIST_OK && n->n_done < n->n_backends) {
		const struct codist_spec *backend = &n->backends[n->n_done];
		struct progress progress;
		struct codist_normality_how how = {
			.window_limit = n->config->window_limit,
			.progress = report_progress, .user = &progress,
		};

		progress_begin(&progress, backend->plugin->name,
			       "lengths");
		status = codist_normality_measure(&n->done[n->n_done], backend,
						  n->items, n->n, &how, err);
		progress_end(&progress);
		if (status == CODIST_OK)
			n->n_done++;
	}
	return status;
}

static enum codist_status carry_out(struct normalities *n, size_t n_paths,
				    char *const *paths,
				    struct codist_error *err)
{
	enum format format = n->config->format;
	struct codist_error *of_printing;
	enum codist_status status, printed;

	CODIST_TRY(backends_init(&n->backends, &n->n_backends,
				 &n->config->backends, err));
	if (!n->config->data == !n_paths)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected FILEs, or else --data NAME");
	CODIST_TRY(n_paths ? load_files(n, n_paths, paths, err) :
			     load_set(n, err));
	n->done = calloc(n->n_backends, sizeof(*n->done));
	if (!n->done)
		return codist_no_memory(err, "results");
	status = measure_all(n, err);
	if (n->n_done == 0)
		return status;
	of_printing = status == CODIST_OK ? err : NULL;
	printed = format == FORMAT_JSON ? print_json(n, of_printing) :
		  format == FORMAT_CSV	? print_csv(n, of_printing) :
					  print_text(n, of_printing);
	return status == CODIST_OK ? printed : status;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct normalities n = { .config = config };
	enum codist_status status = carry_out(&n, n_operands, operands, err);

	codist_specs_release(n.backends, n.n_backends);
	source_release(&n.source);
	for (size_t i = 0; i < n.n_files; i++)
		file_release(&n.files[i]);
	free(n.files);
	free(n.items);
	free(n.done);
	return status;
}

static const struct command_option options[] = {
	OPTION_ROW_BACKENDS(struct config),
	{ .name = "data", .argument = "NAME", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, data),
	  .help = "the samples of a set, in place of files: mnist, synthetic, "
		  "a folder, a loader with options; its test part, if it has "
		  "parts" },
	{ .name = "limit", .argument = "N", .kind = OPTION_COUNT,
	  .offset = offsetof(struct config, limit), .minimum = 1,
	  .maximum = 10000,
	  .help = "of which the first N are taken (default: 50); N times N "
		  "lengths are computed" },
	{ .name = "transform", .argument = "SPEC", .kind = OPTION_SPECS,
	  .offset = offsetof(struct config, transforms),
	  .registry = &codist_transforms,
	  .help = "what these are turned into first; several in order, as in "
		  "'binarize + pack'" },
	{ .name = "window-limit", .argument = "SIZE", .kind = OPTION_SIZE,
	  .offset = offsetof(struct config, window_limit),
	  .help = "look for the window up to that size, as in 64K (default: "
		  "2M)" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_normality = {
	.name = "normality",
	.summary = "measure how far compressors are from normal ones",
	.operands = "[FILE...]",
	.description =
		"Distances made of compressed lengths are metrics if the "
		"compressor is normal (Cilibrasi and Vitanyi 2005): up to some "
		"bits, C(xx) = C(x) (idempotence), C(xy) = C(yx) (symmetry), "
		"C(xy) >= C(x) (monotonicity), and C(xy) + C(z) <= C(xz) + "
		"C(yz) (distributivity). By how much each compressor misses "
		"that is measured over all items, pairs and triples of the "
		"FILEs or samples; as CSV and JSON also how many cases miss it "
		"by more than log2 n bits, n being the bits of the input.\n"
		"C() is the length of nothing. The window is how far back 64 "
		"bytes of noise are still found when they come again, in bytes "
		"and in samples of mean length; a longer repetition may be "
		"found from further away. Coders of pictures, to which noise is none, "
		"have no window. Tied is the share of pairs of samples that are equally "
		"near to a third.",
	.examples =
		"codist normality --backends 'deflate:level=1|9,null' README "
		"COPYING NEWS\n"
		"codist normality --backends deflate,bzip2,lzma,zstd --data "
		"mnist \\\n"
		"    --transform binarize --limit 100",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
