/*
 * window.h - how far back a compressor sees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MEASURE_WINDOW_H
#define CODIST_MEASURE_WINDOW_H

#include <codist/normality.h>

/* codist_find_window() fills window and window_is_limit. */
enum codist_status codist_find_window(struct codist_normality *normality,
				      struct codist_coder *coder,
				      const struct codist_normality_how *how,
				      struct codist_error *err);

#endif
