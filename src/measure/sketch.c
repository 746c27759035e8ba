/*
 * sketch.c - what a measure reads of an item in place of its bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "measure/sketch.h"

#include <assert.h>
#include <stdlib.h>

enum codist_status codist_sketch_new(const struct codist_spec *spec,
				     struct codist_bytes item, void **sketch,
				     struct codist_error *err)
{
	const struct codist_measure *measure =
		(const struct codist_measure *)spec->plugin;
	size_t most = measure->sketch_size(spec->config, item), nbytes = 0;
	void *made = malloc(most), *cut;
	enum codist_status status;

	*sketch = NULL;
	if (!made)
		return codist_no_memory(err, "a sketch of an item");
	status = measure->sketch(spec->config, item, made, &nbytes, err);
	if (status != CODIST_OK) {
		free(made);
		return status;
	}
	assert(nbytes <= most);
	cut = realloc(made, nbytes ? nbytes : 1);
	*sketch = cut ? cut : made;
	return CODIST_OK;
}
