/*
 * fetch.h - data sets that stand on the network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_FETCH_H
#define CODIST_DATASETS_FETCH_H

#include <codist/fetch.h>

/* Of the contents, that is gunzipped: mirrors may compress anew. */
struct codist_remote_file {
	const char *name; /* ends in .gz */
	size_t nbytes;
	const char *sha256; /* 64 lower-case hexadecimal digits */
};

struct codist_remote_set {
	const char *name;
	const struct codist_remote_file *files; /* up to a NULL name */
	const char *const *mirrors;  /* URLs of folders, up to NULL */
	long connect_seconds, stall_seconds; /* see download.h */
};

/* codist_fetch() of a set that need not be one of its table. */
enum codist_status codist_fetch_set(const struct codist_remote_set *set,
				    const struct codist_fetching *how,
				    struct codist_error *err);

/* One file of it, into a folder that is there. */
enum codist_status codist_fetch_file(const struct codist_remote_set *set,
				     const struct codist_remote_file *file,
				     const char *directory,
				     const struct codist_fetching *how,
				     struct codist_error *err);

#endif
