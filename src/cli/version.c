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

static void print_library(const char *name, const char *version)
{
	printf("  %s %s\n", name, version ? version : "not built in");
}

void print_version(void)
{
	printf("codist %s\n\n", codist_version());
	for (size_t i = 0; i < codist_backends.n_plugins; i++) {
		const struct codist_backend *backend =
			(const struct codist_backend *)
				codist_backends.plugins[i];

		if (backend->version)
			print_library(backend->library, backend->version());
	}
	print_library("GSL", codist_gsl_version());
	print_library("jansson", document_library_version());
	print_library("cairo", codist_cairo_version());
	print_library("libcurl", codist_curl_version());
	printf("\nFree software under the GNU GPL, version 3 or later; without "
	       "any warranty.\n");
}
