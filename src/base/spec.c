/*
 * spec.c - "name:key=value,key=value" becomes a plug-in and its config
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/spec.h"
#include "base/text.h"

#include <codist/plugin.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What is being parsed: enough to complain well. */
struct parse {
	const struct codist_registry *registry;
	const struct codist_plugin *plugin;
	char *config;
	unsigned char *given; /* [number of options] */
	struct codist_error *err;
};

static size_t count_options(const struct codist_plugin *plugin)
{
	size_t n = 0;

	while (plugin->options && plugin->options[n].name)
		n++;
	return n;
}

void codist_option_range(const struct codist_option *option, char *text,
			 size_t size)
{
	struct codist_text range = { 0 };
	char low[CODIST_REAL_SIZE], high[CODIST_REAL_SIZE];

	switch (option->type) {
	case CODIST_INTEGER:
	case CODIST_REAL:
		codist_format_real(option->minimum, low);
		codist_format_real(option->maximum, high);
		codist_text_add(&range, "%s..%s", low, high);
		if (option->choices)
			codist_text_add(&range, "|%s", option->choices[0]);
		break;
	case CODIST_CHOICE:
		for (size_t i = 0; option->choices[i]; i++)
			codist_text_add(&range, "%s%s", i ? "|" : "",
					option->choices[i]);
		break;
	case CODIST_TEXT:
		codist_text_add(&range, "text");
		break;
	}
	snprintf(text, size, "%s", range.chars ? range.chars : "");
	free(range.chars);
}

static enum codist_status bad_value(const struct parse *parse,
				    const struct codist_option *option,
				    const char *value)
{
	char range[256];
	const char *kind = option->type == CODIST_INTEGER ? "a whole number " :
			   option->type == CODIST_REAL	  ? "a number " :
							    "";

	codist_option_range(option, range, sizeof(range));
	return codist_fail(parse->err, CODIST_EUSAGE,
			   "%s %s: %s=%s, expected %s%s",
			   parse->registry->door, parse->plugin->name,
			   option->name, value, kind, range);
}

static enum codist_status set(const struct parse *parse,
			      const struct codist_option *option,
			      const char *value)
{
	char *field = parse->config + option->offset;
	int64_t integer;
	double real;

	switch (option->type) {
	case CODIST_INTEGER:
		if (!codist_parse_integer(value, &integer) ||
		    (double)integer < option->minimum ||
		    (double)integer > option->maximum)
			return bad_value(parse, option, value);
		memcpy(field, &integer, sizeof(integer));
		return CODIST_OK;
	case CODIST_REAL:
		if (option->choices && strcmp(option->choices[0], value) == 0)
			real = NAN;
		else if (!codist_parse_real(value, &real) ||
			 real < option->minimum || real > option->maximum)
			return bad_value(parse, option, value);
		memcpy(field, &real, sizeof(real));
		return CODIST_OK;
	case CODIST_CHOICE:
		for (int i = 0; option->choices[i]; i++) {
			if (strcmp(option->choices[i], value) != 0)
				continue;
			memcpy(field, &i, sizeof(i));
			return CODIST_OK;
		}
		return bad_value(parse, option, value);
	case CODIST_TEXT:
		break;
	}

	char *copy = strdup(value);

	if (!copy)
		return codist_no_memory(parse->err, "an option");
	memcpy(field, &copy, sizeof(copy));
	return CODIST_OK;
}

/* The option of that key, or NULL and a message that names the nearest. */
static const struct codist_option *find_option(const struct parse *parse,
					       const char *key)
{
	const struct codist_option *nearest = NULL;
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < count_options(parse->plugin); i++) {
		const struct codist_option *option = &parse->plugin->options[i];
		size_t distance = codist_edit_distance(option->name, key);

		if (distance == 0)
			return option;
		if (distance < least) {
			least = distance;
			nearest = option;
		}
	}
	codist_fail(parse->err, CODIST_EUSAGE,
		    nearest ? "%s %s has no option '%s'; the nearest is '%s'" :
			      "%s %s has no option '%s': it takes none",
		    parse->registry->door, parse->plugin->name, key,
		    nearest ? nearest->name : "");
	return NULL;
}

static const struct codist_option *
positional_option(const struct codist_plugin *plugin)
{
	for (size_t i = 0; i < count_options(plugin); i++)
		if (plugin->options[i].positional)
			return &plugin->options[i];
	return NULL;
}

static enum codist_status assign(const struct parse *parse, char *item,
				 int first)
{
	const struct codist_option *option;
	char *equals = strchr(item, '=');
	char *value = item;
	size_t index;

	option = first && !equals ? positional_option(parse->plugin) : NULL;
	if (!option && !equals) {
		int has_one = count_options(parse->plugin) == 1 ||
			      (first && count_options(parse->plugin) > 0);
		const char *key = has_one ? parse->plugin->options[0].name :
					    "";

		return codist_fail(parse->err, CODIST_EUSAGE,
				   "%s %s: '%s', expected key=value%s%s%s%s",
				   parse->registry->door, parse->plugin->name,
				   item, has_one ? ", such as " : "",
				   key, has_one ? "=" : "",
				   has_one ? item : "");
	}
	if (!option) {
		*equals = '\0';
		value = equals + 1;
		option = find_option(parse, item);
	}
	if (!option)
		return CODIST_EUSAGE;
	index = (size_t)(option - parse->plugin->options);
	if (parse->given[index])
		return codist_fail(parse->err, CODIST_EUSAGE,
				   "%s %s: option '%s' is given twice",
				   parse->registry->door, parse->plugin->name,
				   option->name);
	parse->given[index] = 1;
	return set(parse, option, value);
}

/* Cut `text`, which is changed, at its commas, and assign each item. */
static enum codist_status assign_all(const struct parse *parse, char *text)
{
	char *item = text, *out = text;
	int first = 1;

	for (const char *c = text;; c++) {
		if (*c == '\\' && c[1] && strchr(",|\\", c[1])) {
			*out++ = *++c;
			continue;
		}
		if (*c && *c != ',') {
			*out++ = *c;
			continue;
		}

		int last = *c == '\0';

		*out++ = '\0';
		CODIST_TRY(assign(parse, item, first));
		if (last)
			return CODIST_OK;
		first = 0;
		item = out;
	}
}

static enum codist_status assign_defaults(const struct parse *parse)
{
	for (size_t i = 0; i < count_options(parse->plugin); i++) {
		const struct codist_option *option = &parse->plugin->options[i];

		if (parse->given[i])
			continue;
		if (!option->fallback)
			return codist_fail(parse->err, CODIST_EUSAGE,
					   "%s %s: option '%s' (%s) is missing",
					   parse->registry->door,
					   parse->plugin->name, option->name,
					   option->help);
		CODIST_TRY(set(parse, option, option->fallback));
	}
	return CODIST_OK;
}

/* Find the plug-in, or complain and name the nearest. */
static enum codist_status find_plugin(const struct codist_plugin **plugin,
				      const struct codist_registry *registry,
				      const char *name,
				      struct codist_error *err)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	*plugin = codist_registry_find(registry, name);
	if (*plugin)
		return CODIST_OK;
	for (size_t i = 0; i < registry->n_absent; i++)
		if (strcmp(registry->absent[i].name, name) == 0)
			return codist_fail(err, CODIST_EMISSING,
					   "%s %s is not in this build of "
					   "codist, which was made without %s",
					   registry->door, name,
					   registry->absent[i].needs);
	for (size_t i = 0; i < registry->n_plugins; i++) {
		const char *candidate = registry->plugins[i]->name;
		size_t distance = strcasecmp(candidate, name) == 0 ? 0 :
			codist_edit_distance(candidate, name);

		if (distance < least) {
			least = distance;
			nearest = candidate;
		}
	}
	if (2 * least > strlen(name)) /* nothing that may have been meant */
		return codist_fail(err, CODIST_EUSAGE,
				   "no %s is named '%s' (see codist list %s)",
				   registry->door, name, registry->plural);
	return codist_fail(err, CODIST_EUSAGE,
			   "no %s is named '%s'; the nearest is '%s' "
			   "(see codist list %s)",
			   registry->door, name, nearest, registry->plural);
}

static enum codist_status fill(struct codist_spec *spec,
			       const struct codist_registry *registry,
			       char *options, struct codist_error *err)
{
	size_t n_options = count_options(spec->plugin);
	struct parse parse = { registry, spec->plugin, NULL, NULL, err };
	enum codist_status status = CODIST_OK;

	parse.given = calloc(n_options + 1, 1);
	if (spec->plugin->config_size)
		spec->config = calloc(1, spec->plugin->config_size);
	parse.config = spec->config;
	if (!parse.given || (spec->plugin->config_size && !spec->config))
		status = codist_no_memory(err, "options");
	if (status == CODIST_OK && options)
		status = assign_all(&parse, options);
	if (status == CODIST_OK)
		status = assign_defaults(&parse);
	if (status == CODIST_OK && spec->plugin->check)
		status = spec->plugin->check(spec->config, err);
	free(parse.given);
	return status;
}

enum codist_status codist_spec_init(struct codist_spec *spec,
				    const struct codist_registry *registry,
				    const char *text, struct codist_error *err)
{
	char *copy = strdup(text);
	char *options;
	enum codist_status status;

	*spec = (struct codist_spec){ 0 };
	if (!copy)
		return codist_no_memory(err, "a spec");
	options = strchr(copy, ':');
	if (options)
		*options++ = '\0';
	status = find_plugin(&spec->plugin, registry, copy, err);
	if (status == CODIST_OK)
		status = fill(spec, registry, options, err);
	if (status != CODIST_OK)
		codist_spec_release(spec);
	free(copy);
	return status;
}

void codist_spec_release(struct codist_spec *spec)
{
	for (size_t i = 0; spec->config && i < count_options(spec->plugin);
	     i++) {
		const struct codist_option *option = &spec->plugin->options[i];
		char *text;

		if (option->type != CODIST_TEXT)
			continue;
		memcpy(&text, (char *)spec->config + option->offset,
		       sizeof(text));
		free(text);
	}
	free(spec->config);
	*spec = (struct codist_spec){ 0 };
}

enum codist_status
codist_spec_check_defaults(const struct codist_registry *registry,
			   const struct codist_plugin *plugin,
			   struct codist_error *err)
{
	struct codist_spec spec = { .plugin = plugin };
	struct parse parse = { registry, plugin, NULL, NULL, err };
	enum codist_status status = CODIST_OK;

	if (plugin->config_size)
		spec.config = parse.config = calloc(1, plugin->config_size);
	if (plugin->config_size && !spec.config)
		return codist_no_memory(err, "options");
	for (size_t i = 0; status == CODIST_OK && i < count_options(plugin);
	     i++)
		if (plugin->options[i].fallback)
			status = set(&parse, &plugin->options[i],
				     plugin->options[i].fallback);
	codist_spec_release(&spec);
	if (status == CODIST_EUSAGE) /* not the user's mistake */
		status = CODIST_EFORMAT;
	return status;
}

void codist_spec_add_value(struct codist_text *text, const char *value)
{
	for (; *value; value++) {
		if (strchr(",|\\", *value))
			codist_text_add_char(text, '\\');
		codist_text_add_char(text, *value);
	}
}

static void add_value(struct codist_text *text, const void *config,
		      const struct codist_option *option)
{
	const char *field = (const char *)config + option->offset;
	char number[CODIST_REAL_SIZE];
	int64_t integer;
	double real;
	const char *chars;
	int choice;

	switch (option->type) {
	case CODIST_INTEGER:
		memcpy(&integer, field, sizeof(integer));
		codist_text_add(text, "%" PRId64, integer);
		break;
	case CODIST_REAL:
		memcpy(&real, field, sizeof(real));
		codist_format_real(real, number);
		codist_text_add(text, "%s",
				isnan(real) ? option->choices[0] : number);
		break;
	case CODIST_CHOICE:
		memcpy(&choice, field, sizeof(choice));
		codist_text_add(text, "%s", option->choices[choice]);
		break;
	case CODIST_TEXT:
		memcpy(&chars, field, sizeof(chars));
		codist_spec_add_value(text, chars);
		break;
	}
}

static int is_at_default(const struct codist_spec *spec,
			 const struct codist_option *option)
{
	struct codist_text value = { 0 }, fallback = { 0 };
	int is_same;

	if (!option->fallback)
		return 0;
	add_value(&value, spec->config, option);
	codist_spec_add_value(&fallback, option->fallback);
	is_same = !value.failed && !fallback.failed &&
		  strcmp(value.chars ? value.chars : "",
			 fallback.chars ? fallback.chars : "") == 0;
	free(value.chars);
	free(fallback.chars);
	return is_same;
}

/* For free(); NULL when out of memory. */
static char *spell(const struct codist_spec *spec, int is_brief)
{
	struct codist_text text = { 0 };
	char mark = ':';

	codist_text_add(&text, "%s", spec->plugin->name);
	for (size_t i = 0; i < count_options(spec->plugin); i++) {
		const struct codist_option *option = &spec->plugin->options[i];

		if (is_brief && is_at_default(spec, option))
			continue;
		codist_text_add(&text, "%c%s=", mark, option->name);
		add_value(&text, spec->config, option);
		mark = ',';
	}
	if (text.failed) {
		free(text.chars);
		return NULL;
	}
	return text.chars;
}

char *codist_spec_text(const struct codist_spec *spec)
{
	return spell(spec, 0);
}

char *codist_spec_brief(const struct codist_spec *spec)
{
	return spell(spec, 1);
}

static int is_open(const struct codist_spec *spec,
		   const struct codist_option *option)
{
	double real;

	if (option->type != CODIST_REAL)
		return 0;
	memcpy(&real, (const char *)spec->config + option->offset,
	       sizeof(real));
	return isnan(real);
}

const struct codist_option *codist_spec_open(const struct codist_spec *spec)
{
	for (size_t i = 0; i < count_options(spec->plugin); i++)
		if (is_open(spec, &spec->plugin->options[i]))
			return &spec->plugin->options[i];
	return NULL;
}

static enum codist_status copy_text(char *field, struct codist_error *err)
{
	char *text;

	memcpy(&text, field, sizeof(text));
	text = strdup(text);
	memcpy(field, &text, sizeof(text));
	return text ? CODIST_OK : codist_no_memory(err, "an option");
}

enum codist_status codist_spec_settle(struct codist_spec *settled,
				      const struct codist_spec *spec,
				      double value, struct codist_error *err)
{
	size_t nbytes = spec->plugin->config_size;
	enum codist_status status = CODIST_OK;

	*settled = (struct codist_spec){ .plugin = spec->plugin };
	if (nbytes == 0)
		return CODIST_OK;
	settled->config = malloc(nbytes);
	if (!settled->config)
		return codist_no_memory(err, "options");
	memcpy(settled->config, spec->config, nbytes);
	for (size_t i = 0; i < count_options(spec->plugin); i++) {
		const struct codist_option *option = &spec->plugin->options[i];
		char *field = (char *)settled->config + option->offset;

		/* All are copied, or lost, so that none is freed twice. */
		if (option->type == CODIST_TEXT &&
		    copy_text(field, err) != CODIST_OK)
			status = CODIST_ENOMEM;
		if (is_open(spec, option))
			memcpy(field, &value, sizeof(value));
	}
	return status;
}
