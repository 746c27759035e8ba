/*
 * null.c - no compression at all: C(x) is 8 bits a byte
 *
 * The control that knows lengths only, and the smallest example of a backend.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

static enum codist_status init(void *coder, const void *config,
			       struct codist_error *err)
{
	(void)coder;
	(void)config;
	(void)err;
	return CODIST_OK;
}

static void release(void *coder)
{
	(void)coder;
}

static enum codist_status length(void *coder, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	(void)coder;
	(void)err;
	*bits = 8 * (double)x.nbytes;
	return CODIST_OK;
}

const struct codist_backend codist_backend_null = {
	.plugin = {
		.name = "null",
		.summary = "no compression, 8 bits a byte: the control that "
			   "sees lengths only",
	},
	.library = "codist",
	.version = codist_version,
	.init = init,
	.release = release,
	.length = length,
};
