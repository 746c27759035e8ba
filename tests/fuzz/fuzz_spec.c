/*
 * fuzz_spec.c - any text as a spec: refused, or read as it is written back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include <codist.h>

#include <string.h>

static void try_registry(const struct codist_registry *registry,
			 const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec, again;
	char *canonical, *twice;

	if (codist_spec_init(&spec, registry, text, &err)) {
		FUZZ_PROMISE(err.status == CODIST_EUSAGE);
		FUZZ_PROMISE(err.message[0]);
		FUZZ_PROMISE(!spec.config && !spec.plugin);
		return;
	}
	canonical = codist_spec_text(&spec);
	FUZZ_PROMISE(canonical);
	FUZZ_PROMISE(!codist_spec_init(&again, registry, canonical, &err));
	twice = codist_spec_text(&again);
	FUZZ_PROMISE(twice && strcmp(canonical, twice) == 0);
	free(canonical);
	free(twice);
	codist_spec_release(&spec);
	codist_spec_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct codist_registry *const registries[] = {
		&codist_loaders,  &codist_transforms, &codist_references,
		&codist_measures, &codist_backends,   &codist_aggregators,
	};
	char *text = malloc(size + 1);

	FUZZ_PROMISE(text);
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	for (size_t i = 0; i < sizeof(registries) / sizeof(registries[0]); i++)
		try_registry(registries[i], text);
	free(text);
	return 0;
}
