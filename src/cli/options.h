/*
 * options.h - a command's options, in one table for parsing and for help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_OPTIONS_H
#define CODIST_CLI_OPTIONS_H

#include <codist.h>

struct command;

/* What an option holds, and its field in the config. */
enum option_kind {
	OPTION_FLAG,   /* int, 1 if given; alone takes no argument */
	OPTION_TEXT,   /* const char *, NULL if not given */
	OPTION_TEXTS,  /* struct texts, one for each time it is given */
	OPTION_COUNT,  /* size_t within minimum..maximum, 0 if not given */
	OPTION_SIZE,   /* size_t, bytes, 0 if not given */
	OPTION_FORMAT, /* enum format */
	OPTION_SPEC,   /* struct codist_spec, without plugin if not given */
	OPTION_SPECS,  /* struct specs; more each time it is given */
};

enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

struct texts {
	const char **items; /* [n] */
	size_t n;
};

struct specs {
	struct codist_spec *items; /* [n] */
	size_t n;
};

struct command_option {
	const char *name;     /* without the dashes */
	const char *argument; /* as the help calls it; NULL for flags */
	enum option_kind kind;
	size_t offset;        /* of the field in the config */
	const struct codist_registry *registry; /* of specs */
	size_t minimum, maximum;                /* of counts */
	const char *fallback; /* the default, as a user would spell it */
	const char *help;     /* a phrase, no full stop */
};

/* Rows that mean the same in every command. */
#define OPTION_ROW_FORMAT(config)                                       \
	{ .name = "format", .argument = "FORMAT", .kind = OPTION_FORMAT, \
	  .offset = offsetof(config, format), .fallback = "text",        \
	  .help = "text, csv or json" }
#define OPTION_ROW_THREADS(config, field)                                \
	{ .name = "threads", .argument = "N", .kind = OPTION_COUNT,       \
	  .offset = offsetof(config, field), .minimum = 1,              \
	  .maximum = 1024,                                                \
	  .help = "threads at work (default: one for each processor); "   \
		  "results do not depend on it" }
#define OPTION_ROW_MEMORY(config, field)                                 \
	{ .name = "memory", .argument = "SIZE", .kind = OPTION_SIZE,      \
	  .offset = offsetof(config, field),                              \
	  .help = "memory for coders and scores, as in 64M or 2G "        \
		  "(default: half of the machine's); where it is short, " \
		  "fewer threads are at work, but at least one; the data "\
		  "themselves, and the sketches that measures such as "   \
		  "lzjd and bag-of-words make of each item, come on top; "\
		  "results do not depend on it" }

/* The command line of a command, understood. */
struct parsed {
	void *config;    /* [command->config_size] */
	int wants_help;  /* --help was given; nothing else counts */
	size_t n_operands;
	char **operands; /* borrowed from argv */
};

/*
 * options_parse() understands argv[1] and what follows; argv is permuted.
 * CODIST_EUSAGE says what is wrong; then there is nothing to release.
 */
enum codist_status options_parse(struct parsed *parsed,
				 const struct command *command, int argc,
				 char **argv, struct codist_error *err);
void options_release(struct parsed *parsed, const struct command *command);

#endif
