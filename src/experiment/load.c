/*
 * load.c - plug-ins out of shared objects join the registries
 *
 * What a file offers is checked in whole before any of it is taken, since the
 * core trusts its tables and calls its functions without a look.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/check.h"
#include "experiment/shared_object.h"

#include <codist/load.h>

#include <stdlib.h>
#include <string.h>

/* What was loaded, for the life of the process. */
struct loaded {
	const struct codist_plugin_set *set;
	char *path;
	struct loaded *next;
};

static struct loaded *all_loaded;

/* The doors: their registries, and the arrays in them that are ours to free. */
enum { LOADER, TRANSFORM, REFERENCE, MEASURE, BACKEND, AGGREGATOR, N_DOORS };

static struct codist_registry *const registries[N_DOORS] = {
	&codist_loaders,  &codist_transforms, &codist_references,
	&codist_measures, &codist_backends,   &codist_aggregators,
};

static const struct codist_plugin **owned[N_DOORS];

/* What a registry becomes. */
struct growth {
	struct codist_registry registry;
	const struct codist_plugin **plugins; /* NULL: nothing new */
};

/* The function that it must have and has not, or NULL. */

static const char *lack_of_loader(const struct codist_loader *loader)
{
	return loader->load ? NULL : "load()";
}

static const char *lack_of_transform(const struct codist_transform *transform)
{
	if (!transform->apply && !transform->apply_image)
		return "apply() or apply_image()";
	if (!transform->n_copies != !transform->apply_copy)
		return transform->n_copies ? "apply_copy() besides n_copies()" :
					     "n_copies() besides apply_copy()";
	if (transform->n_copies && !transform->apply_image)
		return "apply_image() besides apply_copy()";
	return NULL;
}

static const char *lack_of_reference(const struct codist_reference *reference)
{
	return reference->cut ? NULL : "cut()";
}

static const char *lack_of_measure(const struct codist_measure *measure)
{
	if (measure->formula)
		return measure->needs_backend ? NULL : "needs_backend";
	if (!measure->score)
		return "score() or formula()";
	if (!measure->sketch && measure->sketch_size)
		return "sketch() besides sketch_size()";
	if (measure->sketch && !measure->sketch_size)
		return "sketch_size() besides sketch()";
	return NULL;
}

static const char *lack_of_aggregator(const struct codist_aggregator *aggregator)
{
	return aggregator->fold ? NULL : "fold()";
}

static const char *lack_of_backend(const struct codist_backend *backend)
{
	if (!backend->library)
		return "library's name";
	if (!backend->init)
		return "init()";
	if (!backend->release)
		return "release()";
	if (!backend->length)
		return "length()";
	if (!backend->prime && backend->length_primed)
		return "prime() besides length_primed()";
	if (backend->prime && !backend->length_primed)
		return "length_primed() besides prime()";
	if (!backend->prime && (backend->is_dictionary || backend->prepare ||
				backend->length_added))
		return "prime()";
	if (!backend->prepare && backend->prepared_size)
		return "prepare() besides prepared_size()";
	if (backend->prepare && !backend->prepared_size)
		return "prepared_size() besides prepare()";
	return NULL;
}

static enum codist_status check_name(const struct growth *growth, int door,
				     const char *name, struct codist_error *err)
{
	const struct codist_registry *now = registries[door];
	const struct codist_plugin *there = codist_registry_find(now, name);
	const char *owner = there ? codist_plugin_file(there) : NULL;

	if (there && !owner)
		owner = "codist's own";
	if (!there && codist_registry_find(&growth->registry, name))
		owner = "another one in the same file";
	for (size_t i = 0; i < now->n_absent; i++)
		if (strcmp(now->absent[i].name, name) == 0)
			owner = "codist's own, which is not in this build";
	return owner ? codist_fail(err, CODIST_EFORMAT,
				   "%s %s: the name is taken by %s", now->door,
				   name, owner) : CODIST_OK;
}

/* `lack` is what was found to be missing in it, or NULL. */
static enum codist_status add(struct growth *growths, int door,
			      const struct codist_plugin *plugin,
			      const char *lack, struct codist_error *err)
{
	struct growth *growth = &growths[door];
	struct codist_registry *registry = &growth->registry;
	size_t n = registry->n_plugins;
	const struct codist_plugin **plugins;

	CODIST_TRY(codist_plugin_check(registry, plugin, err));
	if (lack)
		return codist_fail(err, CODIST_EFORMAT, "%s %s: it has no %s",
				   registry->door, plugin->name, lack);
	CODIST_TRY(check_name(growth, door, plugin->name, err));
	plugins = realloc(growth->plugins, (n + 1) * sizeof(*plugins));
	if (!plugins)
		return codist_no_memory(err, "plug-ins");
	if (!growth->plugins)
		memcpy(plugins, registry->plugins, n * sizeof(*plugins));
	plugins[n] = plugin;
	registry->plugins = growth->plugins = plugins;
	registry->n_plugins++;
	return CODIST_OK;
}

static enum codist_status add_all(struct growth *growths,
				  const struct codist_plugin_set *set,
				  struct codist_error *err)
{
#define ADD(list, door, lack_of)                                            \
	for (size_t i = 0; set->list && set->list[i]; i++)                  \
	CODIST_TRY(add(growths, door, &set->list[i]->plugin,                \
		       lack_of(set->list[i]), err))

	ADD(loaders, LOADER, lack_of_loader);
	ADD(transforms, TRANSFORM, lack_of_transform);
	ADD(references, REFERENCE, lack_of_reference);
	ADD(measures, MEASURE, lack_of_measure);
	ADD(backends, BACKEND, lack_of_backend);
	ADD(aggregators, AGGREGATOR, lack_of_aggregator);
#undef ADD
	return CODIST_OK;
}

static int offers(const struct codist_plugin_set *set,
		  const struct codist_plugin *plugin)
{
#define FIND(list)                                                          \
	for (size_t i = 0; set->list && set->list[i]; i++)                  \
		if (&set->list[i]->plugin == plugin)                        \
			return 1

	FIND(loaders);
	FIND(transforms);
	FIND(references);
	FIND(measures);
	FIND(backends);
	FIND(aggregators);
#undef FIND
	return 0;
}

const char *codist_plugin_file(const struct codist_plugin *plugin)
{
	for (const struct loaded *l = all_loaded; l; l = l->next)
		if (offers(l->set, plugin))
			return l->path;
	return NULL;
}

static enum codist_status check_abi(const struct codist_abi *found,
				    struct codist_error *err)
{
	static const struct codist_abi expected = CODIST_ABI;
	const struct {
		const char *name;
		unsigned found, expected;
	} sizes[] = {
		{ "option", found->option, expected.option },
		{ "loader", found->loader, expected.loader },
		{ "transform", found->transform, expected.transform },
		{ "reference", found->reference, expected.reference },
		{ "measure", found->measure, expected.measure },
		{ "backend", found->backend, expected.backend },
		{ "aggregator", found->aggregator, expected.aggregator },
	};

	if (found->version != expected.version)
		return codist_fail(err, CODIST_EFORMAT,
				   "compiled for version %u of the plug-in "
				   "interface, expected %u", found->version,
				   expected.version);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		if (sizes[i].found != sizes[i].expected)
			return codist_fail(err, CODIST_EFORMAT,
					   "compiled by the headers of another "
					   "codist: struct codist_%s has %u "
					   "bytes, expected %u", sizes[i].name,
					   sizes[i].found, sizes[i].expected);
	return CODIST_OK;
}

/* Nothing fails from here on. */
static void take(struct growth *growths, struct loaded *loaded)
{
	for (int door = 0; door < N_DOORS; door++) {
		if (!growths[door].plugins)
			continue;
		*registries[door] = growths[door].registry;
		free(owned[door]);
		owned[door] = growths[door].plugins;
	}
	loaded->next = all_loaded;
	all_loaded = loaded;
}

static enum codist_status take_set(const struct codist_plugin_set *set,
				   const char *path, struct codist_error *err)
{
	struct growth growths[N_DOORS];
	struct loaded *loaded = malloc(sizeof(*loaded));
	enum codist_status status;

	for (int door = 0; door < N_DOORS; door++)
		growths[door] = (struct growth){ *registries[door], NULL };
	if (loaded)
		*loaded = (struct loaded){ set, strdup(path), NULL };
	if (!loaded || !loaded->path)
		status = codist_no_memory(err, "plug-ins");
	else
		status = add_all(growths, set, err);
	if (status == CODIST_OK) {
		take(growths, loaded);
		return CODIST_OK;
	}
	for (int door = 0; door < N_DOORS; door++)
		free(growths[door].plugins);
	if (loaded)
		free(loaded->path);
	free(loaded);
	return status;
}

static int is_loaded(const struct codist_plugin_set *set)
{
	for (const struct loaded *l = all_loaded; l; l = l->next)
		if (l->set == set)
			return 1;
	return 0;
}

static enum codist_status load(void *object, const char *path, int *is_new,
			       struct codist_error *err)
{
	const struct codist_plugin_set *set =
		codist_shared_object_find(object, "codist_plugins_v1");

	if (!set)
		return codist_fail(err, CODIST_EFORMAT,
				   "no symbol codist_plugins_v1, by which a "
				   "plug-in of codist is told");
	*is_new = !is_loaded(set);
	if (!*is_new)
		return CODIST_OK;
	CODIST_TRY(check_abi(&set->abi, err));
	return take_set(set, path, err);
}

enum codist_status codist_plugin_load(const char *path,
				      struct codist_error *err)
{
	struct codist_error why = { 0 };
	enum codist_status status;
	void *object;
	int is_new = 0;

	status = codist_shared_object_open(&object, path, &why);
	if (status == CODIST_OK) {
		status = load(object, path, &is_new, &why);
		if (status != CODIST_OK || !is_new)
			codist_shared_object_close(object);
	}
	if (status != CODIST_OK)
		codist_fail(err, status, "plug-in %s: %s", path, why.message);
	return status;
}
