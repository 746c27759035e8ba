/*
 * version.c - which codist this is, and which libraries it runs with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "document.h"
#include "version.h"

#include <codist.h>

#include <stdio.h>
#include <string.h>

static void print_library(const char *name, const char *version)
{
	printf("  %s %s\n", name, version ? version : "not built in");
}

static const struct codist_backend *backend_at(size_t i)
{
	return (const struct codist_backend *)codist_backends.plugins[i];
}

/* Several backends may stand on one library. */
static int is_told(size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(backend_at(k)->library, backend_at(i)->library) == 0)
			return 1;
	return strcmp(backend_at(i)->library, "codist") == 0;
}

void print_version(void)
{
	printf("codist %s\n\n", codist_version());
	for (size_t i = 0; i < codist_backends.n_plugins; i++)
		if (backend_at(i)->version && !is_told(i))
			print_library(backend_at(i)->library,
				      backend_at(i)->version());
	print_library("GSL", codist_gsl_version());
	print_library("jansson", document_library_version());
	print_library("cairo", codist_cairo_version());
	print_library("libpng", codist_png_version());
	print_library("libyaml", codist_yaml_version());
	print_library("SQLite", codist_sqlite_version());
	print_library("libcurl", codist_curl_version());
	printf("\nFree software under the GNU GPL, version 3 or later; without "
	       "any warranty.\n");
}
