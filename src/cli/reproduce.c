/*
 * reproduce.c - codist reproduce: the published experiments, once more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "reproduce.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The experiment whose name are the first `length` characters, or none. */
static size_t find(const char *name, size_t length)
{
	size_t i = 0;

	while (i < codist_n_published &&
	       (strlen(codist_published[i].name) != length ||
		memcmp(codist_published[i].name, name, length) != 0))
		i++;
	return i;
}

/* `only` is names with commas between; NULL: all. */
static enum codist_status choose(struct reproduction *r,
				 struct codist_error *err)
{
	const char *only = r->config->only;

	r->chosen = calloc(codist_n_published, sizeof(*r->chosen));
	r->rows.items = calloc(codist_n_published, sizeof(*r->rows.items));
	if (!r->chosen || !r->rows.items)
		return codist_no_memory(err, "experiments");
	if (!only)
		memset(r->chosen, 1, codist_n_published);
	while (only) {
		size_t length = strcspn(only, ","), i = find(only, length);

		if (i == codist_n_published)
			return codist_fail(err, CODIST_EUSAGE,
					   "--only: no experiment '%.*s'; "
					   "codist reproduce --help names them",
					   (int)length, only);
		r->chosen[i] = 1;
		only = only[length] ? only + length + 1 : NULL;
	}
	for (size_t i = 0; i < codist_n_published; i++)
		r->rows.n_wanted += r->chosen[i];
	return CODIST_OK;
}

static enum codist_status check_figures(const struct reproduction *r,
					struct codist_error *err)
{
	const char *folder = r->config->figures;

	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		return codist_fail(err, CODIST_EIO,
				   "%s: cannot make that folder: %s", folder,
				   strerror(errno));
	for (size_t i = 0; i < codist_n_published; i++) {
		char *path = reproduction_figure(r->config,
						 &codist_published[i]);
		enum codist_status status =
			!path ? codist_no_memory(err, "a path") :
			r->chosen[i] ? codist_draw_check(path, err) :
				       CODIST_OK;

		free(path);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

/* What to do where there is no data, after where it was looked for. */
static enum codist_status no_data(struct codist_error *err)
{
	struct codist_error why = *err;

	return codist_fail(err, CODIST_EMISSING,
			   "%s; 'codist fetch mnist' downloads it, and "
			   "--data synthetic does without",
			   why.message);
}

static int has_both(const struct reproduction *r)
{
	return r->train.loader.plugin && r->test.loader.plugin;
}

/*
 * `name` may also be the folder in which the set's own one stands, whatever
 * other sets are there, which make it look like one folder for each class.
 * *found is the name of the set, for free().
 */
static enum codist_status find_data(struct reproduction *r, const char *name,
				    char **found, struct codist_error *err)
{
	enum codist_status status =
		source_find_both(&r->train, &r->test, name, err);
	struct source train = { 0 }, test = { 0 };

	*found = strdup(name);
	if (!*found)
		return codist_no_memory(err, "a path");
	if (status == CODIST_OK && has_both(r))
		return CODIST_OK;
	free(*found);
	if (asprintf(found, "%s/mnist", name) < 0) {
		*found = NULL;
		return codist_no_memory(err, "a path");
	}
	if (source_find_both(&train, &test, *found, NULL) == CODIST_OK) {
		source_release(&r->train);
		source_release(&r->test);
		r->train = train;
		r->test = test;
		status = CODIST_OK;
	}
	if (status == CODIST_EMISSING)
		return no_data(err);
	CODIST_TRY(status);
	if (!has_both(r))
		return codist_fail(err, CODIST_EMISSING,
				   "%s: expected both samples to train on and "
				   "samples to test", name);
	return CODIST_OK;
}

/* That cells differ is a failure, unless the compressor is another one. */
static enum codist_status verdict(const struct rows *rows,
				  struct codist_error *err)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		n += rows->items[i].verdict == DIFFERS;
	return n == 0 ? CODIST_OK :
			codist_fail(err, CODIST_EFORMAT,
				    "%zu of %zu experiments differ from what "
				    "was published", n, rows->n);
}

static enum codist_status reproduce(struct reproduction *r,
				    struct codist_error *err)
{
	const struct reproduce_config *c = r->config;
	char *data = NULL;
	enum codist_status status, ended;

	CODIST_TRY(choose(r, err));
	if (c->figures)
		CODIST_TRY(check_figures(r, err));
	status = find_data(r, c->data, &data, err);
	if (status == CODIST_OK)
		status = reproduction_run(r, data, err);
	free(data);
	/* The rows that came before a failure are true. */
	if (status == CODIST_OK || r->rows.n > 0) {
		ended = rows_end(&r->rows, status == CODIST_OK ? err : NULL);
		status = status == CODIST_OK ? ended : status;
	}
	return status == CODIST_OK ? verdict(&r->rows, err) : status;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct reproduction r = { .config = config };
	enum codist_status status;

	if (n_operands > 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "'%s': expected options only", operands[0]);
	r.rows.format = r.config->format;
	r.rows.train = &r.train;
	r.rows.test = &r.test;
	status = reproduce(&r, err);
	source_release(&r.train);
	source_release(&r.test);
	front_release(&r.front);
	free(r.rows.items);
	free(r.chosen);
	return status;
}

static const struct command_option options[] = {
	{ .name = "data", .argument = "NAME", .kind = OPTION_TEXT,
	  .offset = offsetof(struct reproduce_config, data),
	  .fallback = "mnist",
	  .help = "the data set, or a folder that holds it; 'synthetic' draws "
		  "digits of its own" },
	{ .name = "only", .argument = "NAME,...", .kind = OPTION_TEXT,
	  .offset = offsetof(struct reproduce_config, only),
	  .help = "carry out these experiments (default: all): "
		  "deflate-default, deflate-wbits-10, binarized-class, "
		  "chunk64-logsumexp, chunk64-mean, knn20-pixels, "
		  "nearest-mean-pixels" },
	{ .name = "limit", .argument = "N", .kind = OPTION_COUNT,
	  .offset = offsetof(struct reproduce_config, limit),
	  .minimum = 1, .maximum = SIZE_MAX / 2,
	  .help = "classify the first N test samples only; then nothing is "
		  "compared" },
	{ .name = "figures", .argument = "FOLDER", .kind = OPTION_TEXT,
	  .offset = offsetof(struct reproduce_config, figures),
	  .help = "draw each confusion matrix as NAME.png there; the folder "
		  "is made if need be" },
	OPTION_ROW_STORE(struct reproduce_config),
	OPTION_ROW_THREADS(struct reproduce_config, threads),
	OPTION_ROW_MEMORY(struct reproduce_config, memory),
	OPTION_ROW_FORMAT(struct reproduce_config),
	{ .name = NULL },
};

const struct command command_reproduce = {
	.name = "reproduce",
	.summary = "carry out the published \"MNIST by zip\" experiments",
	.operands = "",
	.description =
		"Carry out the published \"MNIST by zip\" experiments, and "
		"compare each confusion matrix with the published one, cell "
		"for cell. Rows appear as they are done.\n"
		"The experiments are a study, experiments/mnist-by-zip.yaml, "
		"which is carried out as by codist run. With --store an "
		"interrupted reproduction goes on where it stood.\n"
		"The published cells were obtained with zlib 1.2.13. Where "
		"another version gives others, the table says so, and that is "
		"no failure; otherwise the exit status is then 1.\n"
		"Other data than MNIST, or a part of it, is classified as "
		"well, but there is nothing to compare with.",
	.examples = "codist reproduce\n"
		    "codist reproduce --limit 1000\n"
		    "codist reproduce --only deflate-default,binarized-class "
		    "--figures .\n"
		    "codist reproduce --data synthetic --format csv\n"
		    "codist reproduce --store mnist-by-zip.db\n"
		    "codist stats mnist-by-zip.db",
	.options = options,
	.config_size = sizeof(struct reproduce_config),
	.run = run,
};
