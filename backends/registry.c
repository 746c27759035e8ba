/*
 * registry.c - the backends by name, from list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

#define CODIST_ABSENT(name, needs)
#define CODIST_BACKEND(name) \
	extern const struct codist_backend codist_backend_##name;
#include "list.h"
#undef CODIST_BACKEND

static const struct codist_plugin *const plugins[] = {
#define CODIST_BACKEND(name) &codist_backend_##name.plugin,
#include "list.h"
#undef CODIST_BACKEND
};

/* With an entry that does not count, as no array may be empty. */
static const struct codist_absent absent[] = {
#define CODIST_BACKEND(name)
#undef CODIST_ABSENT
#define CODIST_ABSENT(name, needs) { name, needs },
#include "list.h"
	{ NULL, NULL }
};

struct codist_registry codist_backends = {
	.door = "backend",
	.plural = "backends",
	.plugins = plugins,
	.n_plugins = sizeof(plugins) / sizeof(plugins[0]),
	.absent = absent,
	.n_absent = sizeof(absent) / sizeof(absent[0]) - 1,
};
