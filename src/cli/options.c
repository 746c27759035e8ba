/*
 * options.c - a command's options, parsed by its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* getopt's value of the option in row i is FIRST + i. */
#define HELP 'h'
#define FIRST 256

static size_t count_rows(const struct command *command)
{
	size_t n = 0;

	while (command->options && command->options[n].name)
		n++;
	return n;
}

static enum codist_status bad_value(const struct command_option *option,
				    const char *value, const char *expected,
				    struct codist_error *err)
{
	return codist_fail(err, CODIST_EUSAGE, "--%s %s: expected %s",
			   option->name, value, expected);
}

/* Digits, and perhaps one of `units`, each 1024 times the one before. */
static int parse_number(const char *text, const char *units, size_t *value)
{
	unsigned long long number;
	unsigned shift = 0;
	const char *unit;
	char *end;

	if (*text < '0' || *text > '9')
		return 0;
	errno = 0;
	number = strtoull(text, &end, 10);
	unit = *end ? strchr(units, *end) : NULL;
	if (unit) {
		shift = 10 * (unsigned)(unit - units + 1);
		end++;
	}
	if (errno || *end || number > SIZE_MAX >> shift)
		return 0;
	*value = (size_t)number << shift;
	return 1;
}

static enum codist_status set_count(const struct command_option *option,
				    const char *value, size_t *field,
				    struct codist_error *err)
{
	if (parse_number(value, "", field) && *field >= option->minimum &&
	    *field <= option->maximum)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "--%s %s: expected a whole number %zu..%zu",
			   option->name, value, option->minimum,
			   option->maximum);
}

static enum codist_status set_format(const struct command_option *option,
				     const char *value, enum format *field,
				     struct codist_error *err)
{
	static const char *const names[] = { "text", "csv", "json" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], value) != 0)
			continue;
		*field = (enum format)i;
		return CODIST_OK;
	}
	return bad_value(option, value, "text, csv or json", err);
}

static enum codist_status add_text(struct texts *texts, const char *value,
				   struct codist_error *err)
{
	const char **items = realloc(texts->items,
				     (texts->n + 1) * sizeof(*items));

	if (!items)
		return codist_no_memory(err, "options");
	texts->items = items;
	texts->items[texts->n++] = value;
	return CODIST_OK;
}

static enum codist_status set(void *config, const struct command_option *option,
			      const char *value, struct codist_error *err)
{
	void *field = (char *)config + option->offset;

	/* As a path, an empty one would lead to odd places. */
	if (option->kind != OPTION_FLAG && !*value)
		return codist_fail(err, CODIST_EUSAGE,
				   "--%s: expected %s, found nothing",
				   option->name, option->argument);
	switch (option->kind) {
	case OPTION_FLAG:
		*(int *)field = 1;
		break;
	case OPTION_TEXT:
		*(const char **)field = value;
		break;
	case OPTION_TEXTS:
		return add_text(field, value, err);
	case OPTION_COUNT:
		return set_count(option, value, field, err);
	case OPTION_SIZE:
		if (!parse_number(value, "KMG", field) || !*(size_t *)field)
			return bad_value(option, value,
					 "bytes, as in 1000000, 64M or 2G",
					 err);
		break;
	case OPTION_FORMAT:
		return set_format(option, value, field, err);
	case OPTION_SPEC:
		return codist_spec_init(field, option->registry, value, err);
	case OPTION_SPECS:
		return codist_chain_add(&((struct specs *)field)->items,
					&((struct specs *)field)->n,
					option->registry, value, err);
	}
	return CODIST_OK;
}

static int may_repeat(const struct command_option *option)
{
	return option->kind == OPTION_TEXTS || option->kind == OPTION_SPECS;
}

/* Two that `name` may be short for, since getopt takes it for one if it can. */
static int is_ambiguous(const struct command *command, const char *name,
			const char *both[2])
{
	size_t n = 0;

	for (size_t i = 0; *name && i < count_rows(command) && n < 2; i++)
		if (strncmp(command->options[i].name, name,
			    strlen(name)) == 0)
			both[n++] = command->options[i].name;
	return n == 2;
}

/* getopt knows no such option: a short one, or the long one in `word`. */
static enum codist_status unknown(const struct command *command, int letter,
				  const char *word, struct codist_error *err)
{
	const char *nearest = "help", *both[2];
	char name[64] = "";
	size_t least, length;

	if (letter == HELP)
		return codist_fail(err, CODIST_EUSAGE,
				   "--help takes no argument");
	if (letter)
		return codist_fail(err, CODIST_EUSAGE, "no option '-%c'",
				   letter);
	length = strcspn(word + 2, "=");
	if (length < sizeof(name))
		memcpy(name, word + 2, length);
	if (strcmp(name, "plugin") == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "--plugin stands before the command");
	if (is_ambiguous(command, name, both))
		return codist_fail(err, CODIST_EUSAGE,
				   "option '--%s' may be --%s or --%s", name,
				   both[0], both[1]);
	least = codist_edit_distance(nearest, name);
	for (size_t i = 0; i < count_rows(command); i++) {
		const char *candidate = command->options[i].name;
		size_t distance = codist_edit_distance(candidate, name);

		if (distance < least) {
			least = distance;
			nearest = candidate;
		}
	}
	if (2 * least > length) /* nothing that may have been meant */
		return codist_fail(err, CODIST_EUSAGE, "no option '%.*s'",
				   (int)length + 2, word);
	return codist_fail(err, CODIST_EUSAGE,
			   "no option '%.*s'; the nearest is '--%s'",
			   (int)length + 2, word, nearest);
}

/* What -o is short for; 0 where there is no --output. */
static int find_output(const struct command *command)
{
	for (size_t i = 0; i < count_rows(command); i++)
		if (strcmp(command->options[i].name, "output") == 0)
			return FIRST + (int)i;
	return 0;
}

static enum codist_status parse(struct parsed *parsed,
				const struct command *command, int argc,
				char **argv, const struct option *table,
				unsigned char *given, struct codist_error *err)
{
	int output = find_output(command), code;
	const char *letters = output ? ":ho:" : ":h";

	opterr = 0;
	while ((code = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		const struct command_option *option;
		int found = code == ':' || code == '?' ? optopt : code;

		if (found == 'o' && output) {
			code = code == 'o' ? output : code;
			found = output;
		}
		if (code == HELP) {
			parsed->wants_help = 1;
			return CODIST_OK;
		}
		if (found < FIRST)
			return unknown(command, found, argv[optind - 1],
				       err);
		option = &command->options[found - FIRST];
		if (code == ':')
			return codist_fail(err, CODIST_EUSAGE,
					   "--%s needs an argument, %s",
					   option->name, option->argument);
		if (code == '?')
			return codist_fail(err, CODIST_EUSAGE,
					   "--%s takes no argument",
					   option->name);
		if (given[found - FIRST] && !may_repeat(option))
			return codist_fail(err, CODIST_EUSAGE,
					   "--%s is given twice",
					   option->name);
		given[found - FIRST] = 1;
		CODIST_TRY(set(parsed->config, option, optarg, err));
	}
	parsed->n_operands = (size_t)(argc - optind);
	parsed->operands = argv + optind;
	return CODIST_OK;
}

static enum codist_status set_defaults(struct parsed *parsed,
				       const struct command *command,
				       const unsigned char *given,
				       struct codist_error *err)
{
	for (size_t i = 0; i < count_rows(command); i++) {
		const struct command_option *option = &command->options[i];

		if (!given[i] && option->fallback)
			CODIST_TRY(set(parsed->config, option,
				       option->fallback, err));
	}
	return CODIST_OK;
}

enum codist_status options_parse(struct parsed *parsed,
				 const struct command *command, int argc,
				 char **argv, struct codist_error *err)
{
	size_t n = count_rows(command);
	struct option *table = calloc(n + 2, sizeof(*table));
	unsigned char *given = calloc(n + 1, 1);
	enum codist_status status = CODIST_OK;

	*parsed = (struct parsed){ 0 };
	parsed->config = calloc(1, command->config_size ?
					   command->config_size : 1);
	if (!table || !given || !parsed->config)
		status = codist_no_memory(err, "options");
	for (size_t i = 0; status == CODIST_OK && i < n; i++) {
		table[i].name = command->options[i].name;
		table[i].has_arg = command->options[i].kind == OPTION_FLAG ?
					   no_argument :
					   required_argument;
		table[i].val = FIRST + (int)i;
	}
	if (status == CODIST_OK) {
		table[n].name = "help";
		table[n].val = HELP;
		status = parse(parsed, command, argc, argv, table, given, err);
	}
	if (status == CODIST_OK && !parsed->wants_help)
		status = set_defaults(parsed, command, given, err);
	if (status != CODIST_OK)
		options_release(parsed, command);
	free(given);
	free(table);
	return status;
}

void options_release(struct parsed *parsed, const struct command *command)
{
	for (size_t i = 0; parsed->config && i < count_rows(command); i++) {
		const struct command_option *option = &command->options[i];
		void *field = (char *)parsed->config + option->offset;
		struct specs *specs = field;

		if (option->kind == OPTION_SPEC)
			codist_spec_release(field);
		if (option->kind == OPTION_TEXTS)
			free(((struct texts *)field)->items);
		if (option->kind != OPTION_SPECS)
			continue;
		for (size_t s = 0; s < specs->n; s++)
			codist_spec_release(&specs->items[s]);
		free(specs->items);
	}
	free(parsed->config);
	*parsed = (struct parsed){ 0 };
}
