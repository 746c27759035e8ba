/*
 * backend_lists.c - several backends, or others, as one option names them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "backend_lists.h"

#include <stdlib.h>
#include <string.h>

/* Move more[n_more] behind specs[*n]. */
static enum codist_status append(struct codist_spec **specs, size_t *n,
				 struct codist_spec *more, size_t n_more,
				 struct codist_error *err)
{
	struct codist_spec *all = realloc(*specs, (*n + n_more) *
							  sizeof(*all));

	if (!all) {
		codist_specs_release(more, n_more);
		return codist_no_memory(err, "backends");
	}
	memcpy(all + *n, more, n_more * sizeof(*all));
	free(more);
	*specs = all;
	*n += n_more;
	return CODIST_OK;
}

static enum codist_status add_list(struct codist_spec **specs, size_t *n,
				   const struct codist_registry *registry,
				   const char *list, struct codist_error *err)
{
	struct codist_spec *more;
	size_t n_more;

	CODIST_TRY(codist_specs_init(&more, &n_more, registry, list, err));
	return append(specs, n, more, n_more, err);
}

enum codist_status specs_init(struct codist_spec **specs, size_t *n,
			      const struct codist_registry *registry,
			      const struct texts *lists, const char *fallback,
			      struct codist_error *err)
{
	*specs = NULL;
	*n = 0;
	for (size_t i = 0; i < lists->n; i++)
		CODIST_TRY(add_list(specs, n, registry, lists->items[i], err));
	return lists->n ? CODIST_OK :
			  add_list(specs, n, registry, fallback, err);
}

enum codist_status backends_init(struct codist_spec **specs, size_t *n,
				 const struct texts *lists,
				 struct codist_error *err)
{
	*specs = NULL;
	*n = 0;
	if (lists->n == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected --backends LIST, such as "
				   "deflate:level=6|9,null");
	return specs_init(specs, n, &codist_backends, lists, NULL, err);
}
