/*
 * spec.h - how values are written in specs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_SPEC_H
#define CODIST_BASE_SPEC_H

#include "base/text.h"

#include <codist/plugin.h>

/* Add an option's value, with a backslash before what would end it. */
void codist_spec_add_value(struct codist_text *text, const char *value);

/*
 * Whether the defaults of an otherwise sound option table are values of their
 * options. CODIST_EFORMAT names the first that is not.
 */
enum codist_status
codist_spec_check_defaults(const struct codist_registry *registry,
			   const struct codist_plugin *plugin,
			   struct codist_error *err);

/*
 * codist_spec_open() is the first option of a spec whose value is left open (see
 * choices in codist/plugin.h), or NULL.
 */
const struct codist_option *codist_spec_open(const struct codist_spec *spec);

/*
 * codist_spec_settle() copies a spec, with `value` for what it leaves open; for
 * codist_spec_release(), whatever is returned. CODIST_ENOMEM.
 */
enum codist_status codist_spec_settle(struct codist_spec *settled,
				      const struct codist_spec *spec,
				      double value, struct codist_error *err);

#endif
