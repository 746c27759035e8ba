/*
 * check.c - whether the head of a plug-in holds
 *
 * A plug-in of our own is seen by the tests, but one from a shared object was
 * seen by nobody, and what is wrong in a table would be read as memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/check.h"
#include "base/spec.h"

#include <math.h>
#include <string.h>

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

static int is_name(const char *name, const char *characters)
{
	return *name && strspn(name, characters) == strlen(name);
}

/* The bytes of an option's field; 0: there is no such type. */
static size_t field_size(const struct codist_option *option)
{
	switch (option->type) {
	case CODIST_INTEGER:
		return sizeof(int64_t);
	case CODIST_REAL:
		return sizeof(double);
	case CODIST_CHOICE:
		return sizeof(int);
	case CODIST_TEXT:
		return sizeof(char *);
	}
	return 0;
}

static int fields_overlap(const struct codist_option *a,
			  const struct codist_option *b)
{
	return a->offset < b->offset + field_size(b) &&
	       b->offset < a->offset + field_size(a);
}

/* What is wrong with an option by itself, or NULL. */
static const char *wrong_alone(const struct codist_plugin *plugin,
			       const struct codist_option *option)
{
	size_t size = field_size(option);

	if (!is_name(option->name, NAME_CHARACTERS "_"))
		return "its name is not a-z 0-9 - _";
	if (size == 0)
		return "no such type of option";
	if (!option->help || !*option->help)
		return "no help";
	if (option->offset > plugin->config_size ||
	    plugin->config_size - option->offset < size)
		return "its field is not within config_size";
	if (option->offset % size != 0)
		return "its field is not aligned";
	if (option->type == CODIST_CHOICE)
		return option->choices && option->choices[0] ? NULL :
							       "no choices";
	if (option->type == CODIST_TEXT)
		return NULL;
	if (!(isfinite(option->minimum) && isfinite(option->maximum) &&
	      option->minimum <= option->maximum))
		return "its minimum is not below its maximum";
	if (option->type == CODIST_REAL && option->choices &&
	    (!option->choices[0] || option->choices[1]))
		return "its choices are not one word in place of a number";
	if (option->type == CODIST_INTEGER &&
	    (option->minimum < -0x1p53 || option->maximum > 0x1p53))
		return "its range is beyond 2^53";
	return NULL;
}

/* What is wrong with it and those behind it, or NULL. */
static const char *wrong_together(const struct codist_option *option)
{
	for (const struct codist_option *other = option + 1; other->name;
	     other++) {
		if (strcmp(option->name, other->name) == 0)
			return "there are two of that name";
		if (option->positional && other->positional)
			return "it is not the only positional one";
		if (fields_overlap(option, other))
			return "its field is also that of another";
	}
	return NULL;
}

enum codist_status codist_plugin_check(const struct codist_registry *registry,
				       const struct codist_plugin *plugin,
				       struct codist_error *err)
{
	const struct codist_option *option = plugin->options;
	const char *wrong;

	if (!plugin->name || !is_name(plugin->name, NAME_CHARACTERS))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s '%s': the name is not a-z 0-9 -",
				   registry->door,
				   plugin->name ? plugin->name : "");
	if (!plugin->summary || !*plugin->summary)
		return codist_fail(err, CODIST_EFORMAT, "%s %s: no summary",
				   registry->door, plugin->name);
	for (; option && option->name; option++) {
		wrong = wrong_alone(plugin, option);
		if (!wrong)
			wrong = wrong_together(option);
		if (wrong)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s %s: option '%s': %s",
					   registry->door, plugin->name,
					   option->name, wrong);
	}
	return codist_spec_check_defaults(registry, plugin, err);
}
