/*
 * dry_run.h - what a study will cost, without carrying it out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_DRY_RUN_H
#define CODIST_CLI_DRY_RUN_H

#include "options.h"

#include <codist/study.h>

/* dry_run() prints the grid, with deltas, time and memory by trials. */
enum codist_status dry_run(const struct codist_study *study,
			   const struct codist_study_how *how,
			   enum format format, struct codist_error *err);

#endif
