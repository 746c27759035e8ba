/*
 * backend_lists.h - several backends, or others, as one option names them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_BACKEND_LISTS_H
#define CODIST_CLI_BACKEND_LISTS_H

#include "options.h"

#define OPTION_ROW_BACKENDS(config)                                         \
	{ .name = "backends", .argument = "LIST", .kind = OPTION_TEXTS,      \
	  .offset = offsetof(config, backends),                              \
	  .help = "the compressors, with commas between; of an option, "     \
		  "several values with '|' between. May be given several "   \
		  "times" }

/*
 * backends_init() makes specs[n] of the lists, at least one, for
 * codist_specs_release(), which is due even after a failure.
 */
enum codist_status backends_init(struct codist_spec **specs, size_t *n,
				 const struct texts *lists,
				 struct codist_error *err);

/*
 * specs_init() likewise, of any door; without lists it is `fallback` alone.
 */
enum codist_status specs_init(struct codist_spec **specs, size_t *n,
			      const struct codist_registry *registry,
			      const struct texts *lists, const char *fallback,
			      struct codist_error *err);

#endif
