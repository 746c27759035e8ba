/*
 * spec.h - how values are written in specs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_SPEC_H
#define CODIST_BASE_SPEC_H

#include "base/text.h"

/* Add an option's value, with a backslash before what would end it. */
void codist_spec_add_value(struct codist_text *text, const char *value);

#endif
