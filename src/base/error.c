/*
 * error.c - a failure is described where it is born
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/base.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

enum codist_status codist_blame(struct codist_error *err,
				enum codist_status status,
				const char *format, ...)
{
	char what[CODIST_MESSAGE_SIZE], message[CODIST_MESSAGE_SIZE];
	va_list args;

	if (!err || (status != CODIST_EFORMAT && status != CODIST_ELIBRARY))
		return status;
	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	memcpy(message, err->message, sizeof(message));
	return codist_fail(err, status, "%s: %s", what, message);
}

const char *codist_version(void)
{
	return PACKAGE_VERSION;
}
