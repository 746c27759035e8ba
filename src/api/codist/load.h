/*
 * codist/load.h - plug-ins out of shared objects
 *
 * A shared object offers plug-ins, for any of the doors, in one constant of a
 * fixed name:
 *
 *     #include <codist.h>
 *
 *     static const struct codist_backend rle = { ... };
 *     static const struct codist_backend *const backends[] = { &rle, NULL };
 *
 *     const struct codist_plugin_set codist_plugins_v1 = {
 *             .abi = CODIST_ABI,
 *             .backends = backends,
 *     };
 *
 * doc/add-a-backend.md walks through one. A plug-in may call what the public
 * headers declare; such calls are bound to the libcodist that the program runs
 * with where that is the shared one. A program that was linked with the static
 * one does not show it to plug-ins: those that call nothing of libcodist can be
 * loaded by it, others only if they were linked with a shared libcodist, of
 * which they then get a copy of their own.
 *
 * A plug-in is code, and can do all that the program can.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_LOAD_H
#define CODIST_LOAD_H

#include <codist/aggregator.h>
#include <codist/backend.h>
#include <codist/dataset.h>
#include <codist/measure.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What the structs of plug-ins look like: a version that is raised when their
 * meaning changes, and their sizes, which tell whether they changed.
 */
struct codist_abi {
	unsigned version;
	unsigned option, loader, transform, reference, measure, backend,
		aggregator; /* sizeof(struct codist_...) */
};

#define CODIST_ABI_VERSION 2

/* The initialiser of a struct codist_abi, by the headers compiled with. */
#define CODIST_ABI                                   \
	{ CODIST_ABI_VERSION,                        \
	  (unsigned)sizeof(struct codist_option),    \
	  (unsigned)sizeof(struct codist_loader),    \
	  (unsigned)sizeof(struct codist_transform), \
	  (unsigned)sizeof(struct codist_reference), \
	  (unsigned)sizeof(struct codist_measure),   \
	  (unsigned)sizeof(struct codist_backend),   \
	  (unsigned)sizeof(struct codist_aggregator) }

/*
 * What a shared object offers: lists that end with NULL; NULL for an empty
 * one. The layout of this struct is what the v1 in the constant's name stands
 * for.
 */
struct codist_plugin_set {
	struct codist_abi abi; /* CODIST_ABI */
	const struct codist_loader *const *loaders;
	const struct codist_transform *const *transforms;
	const struct codist_reference *const *references;
	const struct codist_measure *const *measures;
	const struct codist_backend *const *backends;
	const struct codist_aggregator *const *aggregators;
};

/* Defined by a plug-in, not by libcodist. */
extern CODIST_API const struct codist_plugin_set codist_plugins_v1;

/*
 * codist_plugin_load() appends what a shared object offers to the registries.
 *
 *   path   a file; without a slash, one of the current folder
 *
 * All of its plug-ins are taken or none. A file that was loaded before is not
 * taken again, and is no error. What was loaded stays until the process ends.
 *
 * CODIST_EIO: no such file, or none that can be loaded here. CODIST_EFORMAT:
 * no constant codist_plugins_v1, another version or other sizes of structs, a
 * name that is not a-z 0-9 - or that exists at that door, an option table that
 * does not hold, or a function that must be there but is not.
 * CODIST_EMISSING: this libcodist was built where nothing can be loaded.
 *
 * Not thread-safe: to be called before any thread reads a registry.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_plugin_load(const char *path, struct codist_error *err);

/*
 * codist_plugin_file() is the path from which that plug-in was loaded, as it
 * was given, or NULL where it is libcodist's own. The string is libcodist's.
 */
CODIST_API const char *codist_plugin_file(const struct codist_plugin *plugin);

#ifdef __cplusplus
}
#endif

#endif
