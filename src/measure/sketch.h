/*
 * sketch.h - what a measure reads of an item in place of its bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MEASURE_SKETCH_H
#define CODIST_MEASURE_SKETCH_H

#include <codist/measure.h>

/*
 * codist_sketch_new() makes the sketch of an item by a measure that has them,
 * in no more memory than it takes; for free().
 */
enum codist_status codist_sketch_new(const struct codist_spec *measure,
				     struct codist_bytes item, void **sketch,
				     struct codist_error *err);

#endif
