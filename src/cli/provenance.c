/*
 * provenance.c - whose lengths results are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "provenance.h"

#include <stdio.h>
#include <string.h>

void provenance_digest(char digest[CODIST_GOLDEN_SIZE],
		       const struct codist_spec *backend)
{
	struct codist_golden golden;

	if (codist_golden_measure(&golden, backend, NULL) == CODIST_OK)
		memcpy(digest, golden.digest, CODIST_GOLDEN_SIZE);
	else
		*digest = '\0';
}

void provenance_print(const struct codist_spec *backend)
{
	const char *version = codist_backend_version(backend);
	int is_known = strcmp(version, "unknown") != 0;
	char digest[CODIST_GOLDEN_SIZE];

	provenance_digest(digest, backend);
	printf("%s%s%s%s%s", codist_backend_library(backend),
	       is_known ? " " : "", is_known ? version : "",
	       *digest ? ", digest " : "", digest);
}

void provenance_add(struct table *table, const struct codist_spec *backend)
{
	char digest[CODIST_GOLDEN_SIZE];

	provenance_digest(digest, backend);
	table_add(table, "%s", codist_backend_library(backend));
	table_add(table, "%s", codist_backend_version(backend));
	table_add(table, "%s", digest);
}
