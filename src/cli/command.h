/*
 * command.h - what a command of the program is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_COMMAND_H
#define CODIST_CLI_COMMAND_H

#include "options.h"

/* All of it is constant data, and stands at the foot of the command's file. */
struct command {
	const char *name;
	const char *summary;     /* a line, no full stop */
	const char *operands;    /* as the usage line has them; "" for none */
	const char *description; /* paragraphs, each one line */
	const char *examples;    /* lines, each a command */
	const struct command_option *options; /* NULL: none but --help */
	size_t config_size;      /* of what the options fill */
	/*
	 * The operands are all that is no option. A failure that is the
	 * user's mistake is CODIST_EUSAGE.
	 */
	enum codist_status (*run)(const void *config, size_t n_operands,
				  char *const *operands,
				  struct codist_error *err);
};

/* Every command, in the order of the help; NULL-terminated. */
extern const struct command *const commands[];

/* command_find() gives the command of that name, or NULL and a message. */
const struct command *command_find(const char *name, struct codist_error *err);

#endif
