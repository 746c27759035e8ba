/*
 * results.h - the results of a study as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_RESULTS_H
#define CODIST_CLI_RESULTS_H

#include "options.h"

/*
 * results_print() prints a row for each run. As text, columns in which all runs
 * are alike are left out, but for the result.
 */
enum codist_status results_print(const struct codist_results *results,
				 enum format format, struct codist_error *err);

/* results_count() is how many are in that state. */
size_t results_count(const struct codist_results *results, const char *state);

#endif
