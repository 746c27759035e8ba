/*
 * list.c - codist list: the plug-ins of each door, and their options
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "document.h"
#include "standard.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

struct config {
	enum format format;
};

/* In the order in which a sample passes them. */
static const struct door {
	const struct codist_registry *registry;
	const char *purpose;
	const char *note; /* as text, behind the plug-ins; NULL: none */
} doors[] = {
	{ &codist_loaders, "where samples come from", NULL },
	{ &codist_transforms, "what every sample is turned into", NULL },
	{ &codist_references, "what samples are scored against", NULL },
	{ &codist_measures, "the score of a sample and a reference",
	  "C(x) is the compressed length of x, C(xy) that of x and y joined; x "
	  "is the sample, or row, and y the reference, or column. Of more than "
	  "two items together, codist distance --multiset is the NCD (Cohen and "
	  "Vitanyi 2015)." },
	{ &codist_backends, "compressors, whose lengths measures ask for",
	  NULL },
	{ &codist_aggregators, "how scores become the scores of classes",
	  NULL },
};

#define N_DOORS (sizeof(doors) / sizeof(doors[0]))
#define HELP_COLUMN 28
#define RANGE_SIZE 256

/* What only backends have. */
struct backend_facts {
	const char *library;
	const char *version; /* NULL: unknown */
	const char *engine;  /* NULL: depends on options that must be given */
	double granularity;  /* likewise 0 */
};

static struct backend_facts facts_of(const struct codist_plugin *plugin)
{
	const struct codist_backend *backend =
		(const struct codist_backend *)plugin;
	struct backend_facts facts = { .library = backend->library };
	struct codist_spec spec;

	facts.version = backend->version ? backend->version() : NULL;
	if (codist_spec_init(&spec, &codist_backends, plugin->name, NULL) !=
	    CODIST_OK)
		return facts;
	facts.engine = codist_backend_engine(&spec);
	facts.granularity = codist_backend_granularity(&spec);
	codist_spec_release(&spec);
	return facts;
}

static const char *type_name(enum codist_option_type type)
{
	static const char *const names[] = {
		[CODIST_INTEGER] = "integer",
		[CODIST_REAL] = "real",
		[CODIST_CHOICE] = "choice",
		[CODIST_TEXT] = "text",
	};

	return names[type];
}

static void print_option(const struct codist_option *option)
{
	char range[RANGE_SIZE], help[1024], first[128] = "";
	int column;

	codist_option_range(option, range, sizeof(range));
	column = printf("    %s=%s", option->name,
			option->type == CODIST_TEXT ? "TEXT" : range);
	if (column + 2 > HELP_COLUMN) {
		putchar('\n');
		column = 0;
	}
	printf("%*s", HELP_COLUMN - column, "");
	if (option->positional)
		snprintf(first, sizeof(first),
			 "; may stand first, without %s=", option->name);
	snprintf(help, sizeof(help), "%s (%s%s%s)", option->help,
		 !option->fallback ? "must be given" :
		 *option->fallback ? "default: " : "default: none",
		 option->fallback ? option->fallback : "", first);
	print_wrapped(help, HELP_COLUMN, HELP_COLUMN);
}

static void print_plugin(const struct door *door,
			 const struct codist_plugin *plugin)
{
	int column = printf("\n  %s - ", plugin->name) - 1;

	print_wrapped(plugin->summary, column, 4);
	if (door->registry == &codist_backends) {
		struct backend_facts facts = facts_of(plugin);

		printf("    %s%s%s", facts.library, facts.version ? " " : "",
		       facts.version ? facts.version : "");
		if (facts.engine)
			printf("; engine: %s; lengths in steps of %g bit%s",
			       facts.engine, facts.granularity,
			       facts.granularity == 1 ? "" : "s");
		putchar('\n');
	}
	if (codist_plugin_file(plugin))
		printf("    from %s\n", codist_plugin_file(plugin));
	for (const struct codist_option *option = plugin->options;
	     option && option->name; option++)
		print_option(option);
}

static void print_text(const struct door *door)
{
	const struct codist_registry *registry = door->registry;

	printf("%s: %s\n", registry->plural, door->purpose);
	for (size_t i = 0; i < registry->n_plugins; i++)
		print_plugin(door, registry->plugins[i]);
	for (size_t i = 0; i < registry->n_absent; i++) {
		int column = printf("\n  %s - ", registry->absent[i].name) - 1;
		char text[256];

		snprintf(text, sizeof(text),
			 "not in this build, which was made without %s",
			 registry->absent[i].needs);
		print_wrapped(text, column, 4);
	}
	if (door->note) {
		fputs("\n  ", stdout);
		print_wrapped(door->note, 2, 2);
	}
}

static void add_rows(struct table *table, const struct door *door,
		     const struct codist_plugin *plugin)
{
	static const struct codist_option none = { .name = "" };
	const struct codist_option *option = plugin->options;
	const char *file = codist_plugin_file(plugin);
	struct backend_facts facts = { 0 };

	if (door->registry == &codist_backends)
		facts = facts_of(plugin);
	if (!option || !option->name)
		option = &none;
	for (; option->name; option++) {
		char range[RANGE_SIZE] = "";

		if (option != &none)
			codist_option_range(option, range, sizeof(range));
		table_add(table, "%s", door->registry->door);
		table_add(table, "%s", plugin->name);
		table_add(table, "%s", plugin->summary);
		table_add(table, "%s", facts.library ? facts.library : "");
		table_add(table, "%s", facts.version ? facts.version : "");
		table_add(table, "%s", option->name);
		table_add(table, "%s",
			  option == &none ? "" : type_name(option->type));
		table_add(table, "%s", range);
		table_add(table, "%s",
			  option->fallback ? option->fallback : "");
		table_add(table, "%s", option == &none  ? "" :
				       option->fallback ? "no" : "yes");
		table_add(table, "%s", option == &none	  ? "" :
				       option->positional ? "yes" : "no");
		table_add(table, "%s", option->help ? option->help : "");
		table_add(table, "%s", file ? file : "");
		if (option == &none)
			return;
	}
}

static void document_option(struct document *document,
			    const struct codist_option *option)
{
	char range[RANGE_SIZE];

	codist_option_range(option, range, sizeof(range));
	document_object(document, NULL);
	document_text(document, "name", option->name);
	document_text(document, "type", type_name(option->type));
	document_text(document, "range", range);
	document_text(document, "default", option->fallback);
	document_flag(document, "required", !option->fallback);
	document_flag(document, "positional", option->positional);
	document_text(document, "help", option->help);
	document_close(document);
}

static void document_plugin(struct document *document, const struct door *door,
			    const struct codist_plugin *plugin)
{
	document_object(document, NULL);
	document_text(document, "name", plugin->name);
	document_text(document, "summary", plugin->summary);
	document_text(document, "plugin_file", codist_plugin_file(plugin));
	if (door->registry == &codist_backends) {
		struct backend_facts facts = facts_of(plugin);

		document_text(document, "library", facts.library);
		document_text(document, "library_version", facts.version);
		document_text(document, "engine", facts.engine);
		if (facts.engine)
			document_number(document, "granularity_bits",
					facts.granularity);
	}
	document_array(document, "options");
	for (const struct codist_option *option = plugin->options;
	     option && option->name; option++)
		document_option(document, option);
	document_close(document);
	document_close(document);
}

/* In a list of their own, so that all in the other one can be used. */
static void document_absent(struct document *document,
			    const struct codist_registry *registry)
{
	char name[32];

	snprintf(name, sizeof(name), "absent_%s", registry->plural);
	document_array(document, name);
	for (size_t i = 0; i < registry->n_absent; i++) {
		document_object(document, NULL);
		document_text(document, "name", registry->absent[i].name);
		document_text(document, "needs", registry->absent[i].needs);
		document_close(document);
	}
	document_close(document);
}

static enum codist_status print_csv(const struct door *first, size_t n,
				    struct codist_error *err)
{
	static const char *const headings[] = {
		"door", "name", "summary", "library", "library_version",
		"option", "type", "range", "default", "required", "positional",
		"help", "plugin_file",
	};
	size_t n_columns = sizeof(headings) / sizeof(headings[0]);
	enum codist_status status;
	struct table table;

	table_init(&table, n_columns, "l");
	for (size_t i = 0; i < n_columns; i++)
		table_add(&table, "%s", headings[i]);
	for (size_t d = 0; d < n; d++)
		for (size_t i = 0; i < first[d].registry->n_plugins; i++)
			add_rows(&table, &first[d],
				 first[d].registry->plugins[i]);
	status = table_print(&table, FORMAT_CSV, err);
	table_release(&table);
	return status;
}

static enum codist_status print_json(const struct door *first, size_t n,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	for (size_t d = 0; d < n; d++) {
		const struct codist_registry *registry = first[d].registry;

		document_array(&document, registry->plural);
		for (size_t i = 0; i < registry->n_plugins; i++)
			document_plugin(&document, &first[d],
					registry->plugins[i]);
		document_close(&document);
		if (registry->n_absent)
			document_absent(&document, registry);
	}
	document_close(&document);
	return document_print(&document, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *c = config;
	const struct door *first = doors;
	size_t n = N_DOORS;

	if (n_operands > 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "'%s': expected one door", operands[1]);
	if (n_operands == 1) {
		n = 1;
		while (first < doors + N_DOORS &&
		       strcmp(first->registry->plural, operands[0]) != 0)
			first++;
		if (first == doors + N_DOORS)
			return codist_fail(err, CODIST_EUSAGE,
					   "'%s': expected loaders, "
					   "transforms, references, measures, "
					   "backends or aggregators",
					   operands[0]);
	}
	if (c->format == FORMAT_CSV)
		return print_csv(first, n, err);
	if (c->format == FORMAT_JSON)
		return print_json(first, n, err);
	for (size_t d = 0; d < n; d++) {
		if (d > 0)
			putchar('\n');
		print_text(&first[d]);
	}
	return CODIST_OK;
}

static const struct command_option options[] = {
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_list = {
	.name = "list",
	.summary = "list what can be chosen, with all options",
	.operands = "[DOOR]",
	.description =
		"List what can be chosen at each door, or at one: loaders, "
		"transforms, references, measures, backends or aggregators; "
		"with the ranges, defaults and meaning of all options, and "
		"the versions of libraries.\n"
		"A choice is written name:key=value,key=value, such as "
		"deflate:level=9,wbits=-10. In a value, '\\,' stands for a "
		"comma and '\\\\' for a backslash.",
	.examples = "codist list\n"
		    "codist list backends\n"
		    "codist list aggregators --format json",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
