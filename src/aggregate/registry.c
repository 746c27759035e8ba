/*
 * registry.c - the aggregators by name, from list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/aggregator.h>

#define CODIST_AGGREGATOR(name) \
	extern const struct codist_aggregator codist_aggregator_##name;
#include "list.h"
#undef CODIST_AGGREGATOR

static const struct codist_plugin *const plugins[] = {
#define CODIST_AGGREGATOR(name) &codist_aggregator_##name.plugin,
#include "list.h"
#undef CODIST_AGGREGATOR
};

struct codist_registry codist_aggregators = {
	.door = "aggregator",
	.plural = "aggregators",
	.plugins = plugins,
	.n_plugins = sizeof(plugins) / sizeof(plugins[0]),
};
