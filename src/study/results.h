/*
 * results.h - a store opened to be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_RESULTS_H
#define CODIST_STUDY_RESULTS_H

#include "study/store.h"

#include <codist/store.h>

/* codist_results_open() opens a store, and checks that it is one. */
enum codist_status codist_results_open(sqlite3 **db, const char *path,
				       struct codist_error *err);

/* Likewise, after all of it was found to be whole. */
enum codist_status codist_results_open_whole(sqlite3 **db, const char *path,
					     struct codist_error *err);

/* As codist_results_read(), of an open one. */
enum codist_status codist_results_from(struct codist_results *results,
				       sqlite3 *db, struct codist_error *err);

#endif
