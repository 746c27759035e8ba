/*
 * registry.c - plug-ins by name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/plugin.h>

#include <string.h>

const struct codist_plugin *
codist_registry_find(const struct codist_registry *registry, const char *name)
{
	for (size_t i = 0; i < registry->n_plugins; i++)
		if (strcmp(registry->plugins[i]->name, name) == 0)
			return registry->plugins[i];
	return NULL;
}
