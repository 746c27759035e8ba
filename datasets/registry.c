/*
 * registry.c - loaders, transforms and references by name, from list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#define CODIST_ABSENT(name, needs)
#define CODIST_LOADER(name) \
	extern const struct codist_loader codist_loader_##name;
#define CODIST_TRANSFORM(name) \
	extern const struct codist_transform codist_transform_##name;
#define CODIST_REFERENCE(name) \
	extern const struct codist_reference codist_reference_##name;
#include "list.h"
#undef CODIST_LOADER
#undef CODIST_TRANSFORM
#undef CODIST_REFERENCE

static const struct codist_plugin *const loaders[] = {
#define CODIST_LOADER(name) &codist_loader_##name.plugin,
#include "list.h"
#undef CODIST_LOADER
};

/* With an entry that does not count, as no array may be empty. */
static const struct codist_absent absent_loaders[] = {
#define CODIST_LOADER(name)
#undef CODIST_ABSENT
#define CODIST_ABSENT(name, needs) { name, needs },
#include "list.h"
#undef CODIST_LOADER
	{ NULL, NULL }
};

static const struct codist_plugin *const transforms[] = {
#define CODIST_TRANSFORM(name) &codist_transform_##name.plugin,
#include "list.h"
#undef CODIST_TRANSFORM
};

static const struct codist_plugin *const references[] = {
#define CODIST_REFERENCE(name) &codist_reference_##name.plugin,
#include "list.h"
#undef CODIST_REFERENCE
};

struct codist_registry codist_loaders = {
	.door = "loader",
	.plural = "loaders",
	.plugins = loaders,
	.n_plugins = sizeof(loaders) / sizeof(loaders[0]),
	.absent = absent_loaders,
	.n_absent = sizeof(absent_loaders) / sizeof(absent_loaders[0]) - 1,
};

struct codist_registry codist_transforms = {
	.door = "transform",
	.plural = "transforms",
	.plugins = transforms,
	.n_plugins = sizeof(transforms) / sizeof(transforms[0]),
};

struct codist_registry codist_references = {
	.door = "reference",
	.plural = "references",
	.plugins = references,
	.n_plugins = sizeof(references) / sizeof(references[0]),
};
