/*
 * error.c - a failure is described where it is born
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/base.h>

#include <stdarg.h>
#include <stdio.h>

enum codist_status codist_fail(struct codist_error *err,
			       enum codist_status status,
			       const char *format, ...)
{
	if (err) {
		va_list args;

		err->status = status;
		va_start(args, format);
		vsnprintf(err->message, sizeof(err->message), format, args);
		va_end(args);
	}
	return status;
}

enum codist_status codist_no_memory(struct codist_error *err, const char *what)
{
	return codist_fail(err, CODIST_ENOMEM, "out of memory for %s", what);
}

const char *codist_version(void)
{
	return PACKAGE_VERSION;
}
