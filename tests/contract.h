/*
 * contract.h - what every plug-in of every door promises
 *
 * A contract_<door>.c loops over its registry, so that a new plug-in is tested
 * on arrival.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_CONTRACT_H
#define CODIST_TESTS_CONTRACT_H

#include "base/check.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTRACT_TEXT_SIZE 512

/* Say which plug-in, or which spec of it, does not keep a promise. */
#define promise(who, condition)                                     \
	do {                                                        \
		if (!(condition))                                   \
			fail_msg("%s: not %s", (who), #condition);  \
	} while (0)

/* A phrase: one line, and no full stop. */
static inline void contract_phrase(const char *who, const char *phrase)
{
	promise(who, phrase && *phrase);
	promise(who, !strpbrk(phrase, "\n\t"));
	promise(who, phrase[strlen(phrase) - 1] != '.');
}

/*
 * Name, summary and options of each, by which codist list is written: what is
 * asked of those from shared objects, and that they read well.
 */
static inline void contract_tables(const struct codist_registry *registry)
{
	assert_true(registry->n_plugins > 0);
	for (size_t i = 0; i < registry->n_plugins; i++) {
		const struct codist_plugin *plugin = registry->plugins[i];
		struct codist_error err = { 0 };

		if (codist_plugin_check(registry, plugin, &err))
			fail_msg("%s", err.message);
		promise(plugin->name,
			codist_registry_find(registry, plugin->name) == plugin);
		contract_phrase(plugin->name, plugin->summary);
		for (const struct codist_option *option = plugin->options;
		     option && option->name; option++)
			contract_phrase(plugin->name, option->help);
	}
}

/*
 * With an option at its default a plug-in can be too slow, or too large, for a
 * test, which then gives it another value. The list ends with a NULL plugin.
 */
struct contract_quick {
	const char *plugin, *option, *value;
};
static const struct contract_quick *contract_quick;

static inline const char *contract_quick_value(const struct codist_plugin *plugin,
					       const struct codist_option *option)
{
	for (const struct contract_quick *quick = contract_quick;
	     quick && quick->plugin; quick++)
		if (strcmp(quick->plugin, plugin->name) == 0 &&
		    strcmp(quick->option, option->name) == 0)
			return quick->value;
	return NULL;
}

/*
 * A spec in which one option has a value (NULL: none), and those that must be
 * given, or better are not at their defaults, have some.
 */
static inline void contract_text(char text[CONTRACT_TEXT_SIZE],
				 const struct codist_plugin *plugin,
				 const struct codist_option *set,
				 const char *value)
{
	char separator = ':';
	int used = snprintf(text, CONTRACT_TEXT_SIZE, "%s", plugin->name);

	for (const struct codist_option *option = plugin->options;
	     option && option->name; option++) {
		char number[32];
		const char *quick = contract_quick_value(plugin, option);
		const char *any = option == set			  ? value :
				  quick			  ? quick :
				  option->type == CODIST_TEXT	  ? "cat" :
				  option->type == CODIST_CHOICE ?
						  option->choices[0] :
						  number;

		snprintf(number, sizeof(number), "%.17g", option->minimum);
		if (option != set && option->fallback && !quick)
			continue;
		used += snprintf(text + used,
				 CONTRACT_TEXT_SIZE - (size_t)used, "%c%s=%s",
				 separator, option->name, any);
		separator = ',';
	}
	promise(plugin->name, used < CONTRACT_TEXT_SIZE);
}

static inline void contract_refusal(const struct codist_registry *registry,
				    const struct codist_plugin *plugin,
				    const struct codist_option *option,
				    const char *value)
{
	char text[CONTRACT_TEXT_SIZE];
	struct codist_error err = { 0 };
	struct codist_spec spec;

	contract_text(text, plugin, option, value);
	promise(text, codist_spec_init(&spec, registry, text, &err) ==
			      CODIST_EUSAGE);
	promise(text, strstr(err.message, option->name));
	promise(text, strstr(err.message, value));
}

static inline void
contract_refusal_of_number(const struct codist_registry *registry,
			   const struct codist_plugin *plugin,
			   const struct codist_option *option, double number)
{
	char value[320];

	snprintf(value, sizeof(value), "%.0f", number);
	contract_refusal(registry, plugin, option, value);
}

/* What is out of range is refused, and the option and the value are named. */
static inline void contract_refusals(const struct codist_registry *registry)
{
	for (size_t i = 0; i < registry->n_plugins; i++) {
		const struct codist_plugin *plugin = registry->plugins[i];

		for (const struct codist_option *option = plugin->options;
		     option && option->name; option++) {
			if (option->type == CODIST_TEXT)
				continue;
			contract_refusal(registry, plugin, option, "nonsense");
			contract_refusal(registry, plugin, option, "");
			if (option->type == CODIST_CHOICE)
				continue;
			contract_refusal_of_number(registry, plugin, option,
						   option->minimum - 1);
			contract_refusal_of_number(registry, plugin, option,
						   2 * option->maximum + 1);
		}
	}
}

/* A spec, its canonical text, and what is promised of it. */
typedef void contract_check(const struct codist_spec *spec, const char *text);

/* Check a spec unless the plug-in refuses it, as it may unless it `must` be. */
static inline void contract_spec(const struct codist_registry *registry,
				 const char *text, int must,
				 contract_check *check)
{
	struct codist_error err = { 0 };
	struct codist_spec spec, again;
	enum codist_status status = codist_spec_init(&spec, registry, text,
						     &err);
	char *canonical, *repeated;

	if (status != CODIST_OK) {
		promise(text, !must);
		promise(text, status == CODIST_EUSAGE);
		contract_phrase(text, err.message);
		return;
	}
	canonical = codist_spec_text(&spec);
	assert_non_null(canonical);
	promise(text, codist_spec_init(&again, registry, canonical, &err) ==
			      CODIST_OK);
	repeated = codist_spec_text(&again);
	assert_non_null(repeated);
	assert_string_equal(canonical, repeated);
	check(&spec, canonical);
	free(repeated);
	free(canonical);
	codist_spec_release(&again);
	codist_spec_release(&spec);
}

static inline void contract_with(const struct codist_registry *registry,
				 const struct codist_plugin *plugin,
				 const struct codist_option *option,
				 const char *value, contract_check *check)
{
	char text[CONTRACT_TEXT_SIZE];

	contract_text(text, plugin, option, value);
	contract_spec(registry, text, option == NULL, check);
}

static inline void contract_with_number(const struct codist_registry *registry,
					const struct codist_plugin *plugin,
					const struct codist_option *option,
					double number, contract_check *check)
{
	char value[32];

	snprintf(value, sizeof(value),
		 option->type == CODIST_INTEGER ? "%.0f" : "%.17g", number);
	contract_with(registry, plugin, option, value, check);
}

/* A word leaves a number open, and goes through and back unchanged. */
static inline void contract_with_word(const struct codist_registry *registry,
				      const struct codist_plugin *plugin,
				      const struct codist_option *option)
{
	char text[CONTRACT_TEXT_SIZE], *brief;
	struct codist_error err = { 0 };
	struct codist_spec spec;

	contract_text(text, plugin, option, option->choices[0]);
	promise(text, codist_spec_init(&spec, registry, text, &err) ==
			      CODIST_OK);
	brief = codist_spec_brief(&spec);
	promise(text, brief && strcmp(brief, text) == 0);
	free(brief);
	codist_spec_release(&spec);
}

static inline void contract_with_each(const struct codist_registry *registry,
				      const struct codist_plugin *plugin,
				      const struct codist_option *option,
				      contract_check *check)
{
	switch (option->type) {
	case CODIST_INTEGER:
	case CODIST_REAL:
		contract_with_number(registry, plugin, option, option->minimum,
				     check);
		contract_with_number(registry, plugin, option, option->maximum,
				     check);
		if (option->choices)
			contract_with_word(registry, plugin, option);
		break;
	case CODIST_CHOICE:
		for (size_t i = 0; option->choices[i]; i++)
			contract_with(registry, plugin, option,
				      option->choices[i], check);
		break;
	case CODIST_TEXT:
		break;
	}
}

/*
 * Check every plug-in: with its defaults, and with every choice and both ends
 * of every range, one option at a time. Texts go through and back unchanged.
 */
static inline void contract_specs(const struct codist_registry *registry,
				  contract_check *check)
{
	for (size_t i = 0; i < registry->n_plugins; i++) {
		const struct codist_plugin *plugin = registry->plugins[i];

		contract_with(registry, plugin, NULL, NULL, check);
		for (const struct codist_option *option = plugin->options;
		     option && option->name; option++)
			contract_with_each(registry, plugin, option, check);
	}
}

#endif
