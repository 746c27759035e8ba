/*
 * stats.h - codist stats: what is told of the runs of a study
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_STATS_H
#define CODIST_CLI_STATS_H

#include "progress.h"
#include "sheet.h"

#define STATS_CONFIDENCE 0.95
#define STATS_BINS 15

enum stats_section {
	STATS_RUNS,
	STATS_GROUPS,
	STATS_PAIRS,
	STATS_RANKS,
	STATS_CLASSES,
	STATS_PARTS,
	STATS_CALIBRATION,
	STATS_N_SECTIONS
};

struct stats {
	const char *path;
	struct codist_comparison comparison;
	struct codist_pairs_how how;
	struct codist_ranking ranking;
	enum codist_blocks over; /* of the ranking */
	size_t n_parts; /* in which the samples of a run are told of */
	struct progress *progress;
};

/* stats_section() makes the rows of a section, for sheet_release(). */
enum codist_status stats_section(struct sheet *sheet, const struct stats *stats,
				 enum stats_section section,
				 struct codist_error *err);

/* What stands above all in text, and above and below the rows of a section. */
void stats_header(const struct stats *stats);
void stats_before(const struct stats *stats, enum stats_section section);
void stats_after(const struct stats *stats, enum stats_section section);

/* The ranking in JSON, as an object. */
void stats_ranking(const struct stats *stats, struct document *document);

#endif
