/*
 * reproduce.h - the published experiments, carried out for a table of rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_REPRODUCE_H
#define CODIST_CLI_REPRODUCE_H

#include "front.h"
#include "source.h"

enum verdict {
	NOT_COMPARED, /* with other data than the published */
	AGREES,
	DIFFERS,
	DIFFERS_BY_LIBRARY, /* and the compressor is another one, too */
};

/* One experiment carried out. */
struct row {
	const struct codist_published *published;
	const struct codist_study_run *made;
	size_t n, n_correct; /* test samples */
	size_t n_differing;  /* cells; of published->confusion, if known */
	size_t run;          /* from 1; rows of a run share their scores */
	double seconds;      /* spent on these */
	const char *library, *version; /* the compressor's; NULL: none */
	char digest[CODIST_GOLDEN_SIZE]; /* "": none */
	enum verdict verdict;
};

struct rows {
	enum format format;
	const struct source *train, *test;
	const char *not_compared; /* why nothing is; NULL: all is compared */
	struct row *items;        /* [n] */
	size_t n;
	size_t n_wanted;          /* how many there will be */
};

/* rows_begin() prints what comes before the first row. */
enum codist_status rows_begin(const struct rows *rows,
			      struct codist_error *err);

/* rows_print() prints rows first..n - 1, all at once. */
enum codist_status rows_print(const struct rows *rows, size_t first,
			      struct codist_error *err);

/* rows_end() prints the summary; or what of it there is after a failure. */
enum codist_status rows_end(const struct rows *rows, struct codist_error *err);

struct reproduce_config {
	const char *data, *only, *figures, *store;
	size_t limit, threads, memory;
	enum format format;
};

struct reproduction {
	const struct reproduce_config *config;
	unsigned char *chosen; /* [codist_n_published] */
	struct source train, test;
	struct front front;
	struct rows rows;
	size_t n_runs;
};

/* reproduction_run() carries all chosen experiments out on the set `data`. */
enum codist_status reproduction_run(struct reproduction *reproduction,
				    const char *data,
				    struct codist_error *err);

/* A figure's path, for free(), or NULL when out of memory. */
char *reproduction_figure(const struct reproduce_config *config,
			  const struct codist_published *published);

#endif
