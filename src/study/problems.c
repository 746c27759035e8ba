/*
 * problems.c - what is wrong with a study, all of it, each thing once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/grid.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 50

static int is_told(const struct codist_problems *problems, const char *message)
{
	for (size_t i = 0; i < problems->n; i++)
		if (strcmp(problems->told[i], message) == 0)
			return 1;
	return 0;
}

void codist_problem(struct codist_problems *problems, size_t line,
		    const char *format, ...)
{
	char message[CODIST_MESSAGE_SIZE], what[CODIST_MESSAGE_SIZE];
	va_list arguments;
	char **told;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	snprintf(message, sizeof(message), "%s:%zu: %.900s", problems->path,
		 line, what);
	if (problems->n >= MOST || is_told(problems, message))
		return;
	told = realloc(problems->told, (problems->n + 1) * sizeof(*told));
	if (!told)
		return;
	problems->told = told;
	told[problems->n] = strdup(message);
	if (!told[problems->n])
		return;
	if (problems->n == 0)
		codist_fail(problems->err, CODIST_EFORMAT, "%s", message);
	problems->n++;
	if (problems->tell)
		problems->tell(problems->user, message);
}

void codist_problems_release(struct codist_problems *problems)
{
	for (size_t i = 0; i < problems->n; i++)
		free(problems->told[i]);
	free(problems->told);
	problems->told = NULL;
	problems->n = 0;
}
