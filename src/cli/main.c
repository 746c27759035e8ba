/*
 * main.c - the program: finds the command, reports how it ended
 *
 * setlocale() is not called, so numbers are read and printed as in C.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "interrupt.h"
#include "standard.h"
#include "version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct command command_backends, command_check_backend,
	command_classify, command_classify_files, command_compare,
	command_compare_trees,
	command_data, command_distance, command_embed, command_fetch, command_help,
	command_explain, command_export, command_length, command_list,
	command_matrix,
	command_merge, command_normality, command_report, command_reproduce,
	command_run, command_stats, command_status, command_tree, command_tune;

const struct command *const commands[] = {
	&command_reproduce,
	&command_run,
	&command_tune,
	&command_explain,
	&command_status,
	&command_stats,
	&command_report,
	&command_export,
	&command_merge,
	&command_classify,
	&command_compare,
	&command_classify_files,
	&command_distance,
	&command_matrix,
	&command_length,
	&command_normality,
	&command_tree,
	&command_compare_trees,
	&command_embed,
	&command_backends,
	&command_check_backend,
	&command_data,
	&command_fetch,
	&command_list,
	&command_help,
	NULL,
};

enum { DONE = 0, FAILED = 1, MISUSED = 2 };

const struct command *command_find(const char *name, struct codist_error *err)
{
	const char *nearest = "help";
	size_t least = SIZE_MAX;

	for (size_t i = 0; commands[i]; i++) {
		size_t distance = codist_edit_distance(commands[i]->name, name);

		if (distance == 0)
			return commands[i];
		if (distance < least) {
			least = distance;
			nearest = commands[i]->name;
		}
	}
	if (2 * least > strlen(name)) /* nothing that may have been meant */
		codist_fail(err, CODIST_EUSAGE,
			    "no command '%s' (see codist help)", name);
	else
		codist_fail(err, CODIST_EUSAGE,
			    "no command '%s'; the nearest is '%s'", name,
			    nearest);
	return NULL;
}

/* Say how it ended. `command` is NULL where none was found. */
static int end(const struct command *command, enum codist_status status,
	       struct codist_error *err)
{
	const char *gap = command ? " " : "";
	const char *name = command ? command->name : "";
	enum codist_status flushed;

	/* What was printed before a failure comes before its message. */
	flushed = standard_flush(status == CODIST_OK ? err : NULL);
	if (status == CODIST_OK)
		status = flushed;
	if (status == CODIST_OK)
		return DONE;
	if (interrupt_came()) {
		fprintf(stderr,
			"codist%s%s: interrupted; what was printed and "
			"written until now is whole\n",
			gap, name);
		interrupt_die();
	}
	if (standard_pipe_is_closed())
		return FAILED;
	fprintf(stderr, "codist%s%s: %s\n", gap, name, err->message);
	if (status != CODIST_EUSAGE)
		return FAILED;
	fprintf(stderr, "try 'codist%s%s --help'\n", gap, name);
	return MISUSED;
}

static enum codist_status run(const struct command *command, int argc,
			      char **argv, struct codist_error *err)
{
	struct parsed parsed;
	enum codist_status status;

	CODIST_TRY(options_parse(&parsed, command, argc, argv, err));
	if (parsed.wants_help) {
		char *operand = argv[0];

		status = command_help.run(parsed.config, 1, &operand, err);
	} else {
		status = command->run(parsed.config, parsed.n_operands,
				      parsed.operands, err);
	}
	options_release(&parsed, command);
	return status;
}

/* The plug-ins that the environment names, separated by colons. */
static enum codist_status load_from_environment(struct codist_error *err)
{
	const char *list = getenv("CODIST_PLUGINS");
	enum codist_status status = CODIST_OK;

	while (list && *list && status == CODIST_OK) {
		size_t length = strcspn(list, ":");
		char *path = strndup(list, length);

		if (!path)
			return codist_no_memory(err, "a path");
		if (length > 0)
			status = codist_plugin_load(path, err);
		free(path);
		list += length + (list[length] == ':');
	}
	return status;
}

/* Load those that are asked for before the command, and skip their words. */
static enum codist_status load_from_arguments(int *argc, char ***argv,
					      struct codist_error *err)
{
	static const char option[] = "--plugin";
	const size_t length = sizeof(option) - 1;

	while (*argc > 1 && strncmp((*argv)[1], option, length) == 0) {
		const char *word = (*argv)[1];
		int n_words = word[length] ? 1 : 2;
		const char *path = word[length] ? word + length + 1 :
						  (*argv)[2];

		if (word[length] && word[length] != '=')
			break;
		if (!path || !*path)
			return codist_fail(err, CODIST_EUSAGE,
					   "--plugin needs an argument, FILE");
		CODIST_TRY(codist_plugin_load(path, err));
		*argc -= n_words;
		*argv += n_words;
	}
	return CODIST_OK;
}

int main(int argc, char **argv)
{
	struct codist_error err = { 0 };
	const struct command *command = NULL;
	enum codist_status status;

	standard_open();
	interrupt_install();
	status = load_from_environment(&err);
	if (status == CODIST_OK)
		status = load_from_arguments(&argc, &argv, &err);
	if (status != CODIST_OK) {
		/* no command is begun */
	} else if (argc < 2) {
		status = codist_fail(&err, CODIST_EUSAGE,
				     "expected a command, such as 'list'");
	} else if (strcmp(argv[1], "--version") == 0) {
		print_version();
	} else if (strcmp(argv[1], "--help") == 0 ||
		   strcmp(argv[1], "-h") == 0) {
		status = command_help.run(NULL, 0, NULL, &err);
	} else if (argv[1][0] == '-') {
		status = codist_fail(&err, CODIST_EUSAGE,
				     "expected a command, --plugin, --help or "
				     "--version, found '%s'", argv[1]);
	} else {
		command = command_find(argv[1], &err);
		status = command ? run(command, argc - 1, argv + 1, &err) :
				   CODIST_EUSAGE;
	}
	return end(command, status, &err);
}
