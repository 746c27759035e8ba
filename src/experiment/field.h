/*
 * field.h - a field among others, as in RFC 4180
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_FIELD_H
#define CODIST_EXPERIMENT_FIELD_H

#include <stdio.h>

/*
 * codist_field_write() writes a field made of two parts, in quotes if the
 * second one needs that. The stream remembers a failure.
 */
void codist_field_write(FILE *file, const char *prefix, const char *text,
			char separator);

#endif
