/*
 * check.h - whether the head of a plug-in holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_CHECK_H
#define CODIST_BASE_CHECK_H

#include <codist/plugin.h>

/*
 * codist_plugin_check() checks what the core relies on: the name, the summary,
 * and that each option has a field of its own within the config, a range, and
 * a default that is within it. `registry` is that of its door, for messages.
 * CODIST_EFORMAT says what is wrong.
 */
enum codist_status codist_plugin_check(const struct codist_registry *registry,
				       const struct codist_plugin *plugin,
				       struct codist_error *err);

#endif
