/*
 * help.c - codist help: all commands, or one with its options and examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "standard.h"

#include <stdio.h>
#include <string.h>

#define OPTION_COLUMN 22

/* Paragraphs and examples are lines of a text. */
static const char *next_line(const char *text, char *line, size_t size)
{
	size_t length = strcspn(text, "\n");

	snprintf(line, size, "%.*s", (int)length, text);
	return text[length] ? text + length + 1 : text + length;
}

static void print_option(const char *name, const char *argument,
			 const char *help)
{
	int is_short = strcmp(name, "output") == 0;
	int column = printf("  %s--%s%s%s", is_short ? "-o, " : "", name,
			    argument ? " " : "",
			    argument ? argument : "");

	if (column + 2 > OPTION_COLUMN) {
		putchar('\n');
		column = 0;
	}
	printf("%*s", OPTION_COLUMN - column, "");
	print_wrapped(help, OPTION_COLUMN, OPTION_COLUMN);
}

static void print_options(const struct command_option *options)
{
	for (; options && options->name; options++) {
		char help[1024], list[64] = "", fallback[128] = "";

		if (options->registry)
			snprintf(list, sizeof(list), "; see codist list %s",
				 options->registry->plural);
		if (options->fallback)
			snprintf(fallback, sizeof(fallback), " (default: %s)",
				 options->fallback);
		snprintf(help, sizeof(help), "%s%s%s", options->help, list,
			 fallback);
		print_option(options->name, options->argument, help);
	}
	print_option("help", NULL, "show this");
}

static void print_command(const struct command *command)
{
	char line[1024];

	printf("Usage: codist %s%s%s%s\n", command->name,
	       command->options ? " [OPTION]..." : "",
	       *command->operands ? " " : "", command->operands);
	for (const char *text = command->description; *text;) {
		text = next_line(text, line, sizeof(line));
		putchar('\n');
		print_wrapped(line, 0, 0);
	}
	printf("\nOptions:\n");
	print_options(command->options);
	printf("\nExamples:\n");
	for (const char *text = command->examples; *text;) {
		text = next_line(text, line, sizeof(line));
		printf("  %s\n", line);
	}
}

static void print_overview(void)
{
	printf("Usage: codist [--plugin FILE]... COMMAND [OPTION]... "
	       "[OPERAND]...\n"
	       "       codist --version\n"
	       "       codist --help\n"
	       "\n"
	       "Research on compression distances: a sample is scored against "
	       "references,\n"
	       "the scores are folded into class scores, and the smallest "
	       "wins.\n"
	       "\n"
	       "Commands:\n");
	for (size_t i = 0; commands[i]; i++)
		printf("  %-16s%s\n", commands[i]->name, commands[i]->summary);
	printf("\n'codist help COMMAND' and 'codist COMMAND --help' tell more "
	       "of one.\n"
	       "--plugin loads what a shared object adds to 'codist list', as "
	       "does $CODIST_PLUGINS,\n"
	       "files separated by colons.\n"
	       "Exit status: 0 done, 1 failed, 2 misused.\n");
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct command *command;

	(void)config;
	if (n_operands > 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "'%s': expected one command", operands[1]);
	if (n_operands == 0) {
		print_overview();
		return CODIST_OK;
	}
	command = command_find(operands[0], err);
	if (!command)
		return CODIST_EUSAGE;
	print_command(command);
	return CODIST_OK;
}

const struct command command_help = {
	.name = "help",
	.summary = "tell about the commands, or about one",
	.operands = "[COMMAND]",
	.description = "Tell about the commands, or about one of them with "
		       "its options and examples.",
	.examples = "codist help\n"
		    "codist help length",
	.run = run,
};
