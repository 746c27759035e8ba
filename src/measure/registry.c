/*
 * registry.c - the measures by name, from list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#define CODIST_MEASURE(name) \
	extern const struct codist_measure codist_measure_##name;
#include "list.h"
#undef CODIST_MEASURE

static const struct codist_plugin *const plugins[] = {
#define CODIST_MEASURE(name) &codist_measure_##name.plugin,
#include "list.h"
#undef CODIST_MEASURE
};

struct codist_registry codist_measures = {
	.door = "measure",
	.plural = "measures",
	.plugins = plugins,
	.n_plugins = sizeof(plugins) / sizeof(plugins[0]),
};
