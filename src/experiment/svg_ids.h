/*
 * svg_ids.h - identifiers in an SVG that do not depend on what was drawn before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_SVG_IDS_H
#define CODIST_EXPERIMENT_SVG_IDS_H

#include "base/text.h"

/*
 * codist_svg_renumber() copies an SVG, the numbers at the end of its
 * identifiers replaced by 1, 2... in the order they come. `copy` starts as
 * {0}, and has failed when out of memory.
 */
void codist_svg_renumber(const char *svg, struct codist_text *copy);

#endif
