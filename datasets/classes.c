/*
 * classes.c - which classes of a set are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "class_order.h"
#include "classes.h"
#include "names.h"

#include <stdlib.h>
#include <string.h>

/* One label at *at, which moves behind it; 1 if there is one within 0..255. */
static int parse_label(const char **at, unsigned *label)
{
	const char *c = *at;

	*label = 0;
	while (*c >= '0' && *c <= '9' && c - *at < 3)
		*label = 10 * *label + (unsigned)(*c++ - '0');
	if (c == *at || *label > 255)
		return 0;
	*at = c;
	return 1;
}

/* A label or a range of them. */
static int parse_range(const char **at, unsigned char keep[256])
{
	unsigned first, last;

	if (!parse_label(at, &first))
		return 0;
	if (**at != '-') {
		keep[first] = CODIST_LABEL_NAMED;
		return 1;
	}
	++*at;
	if (!parse_label(at, &last) || last < first)
		return 0;
	for (unsigned label = first; label <= last; label++)
		if (keep[label] == CODIST_LABEL_DROPPED)
			keep[label] = CODIST_LABEL_KEPT;
	return 1;
}

enum codist_status codist_classes_parse(const char *text,
					unsigned char keep[256],
					struct codist_error *err)
{
	const char *at = text;

	if (strcmp(text, "all") == 0) {
		memset(keep, CODIST_LABEL_KEPT, 256);
		return CODIST_OK;
	}
	memset(keep, CODIST_LABEL_DROPPED, 256);
	while (parse_range(&at, keep)) {
		if (!*at)
			return CODIST_OK;
		if (*at++ != '+')
			break;
	}
	return codist_fail(err, CODIST_EUSAGE,
			   "classes=%s, expected labels within 0..255 and "
			   "ranges of them, such as 0-4 or 3+8, or all",
			   text);
}

enum codist_status codist_classes_check(const char *text,
					struct codist_error *err)
{
	return codist_names_check("classes", text, err);
}

static int are_numbers(const struct codist_dataset *set)
{
	for (size_t c = 0; c < set->n_classes; c++)
		if (!codist_class_is_number(set->class_names[c],
					    strlen(set->class_names[c])))
			return 0;
	return 1;
}

/* Keep what lies within the range that `name`, which is cut, stands for. */
static int choose_range(char *name, const struct codist_dataset *set,
			unsigned char *keep)
{
	char *dash = strchr(name + 1, '-'); /* the first may be a sign */
	const char *last = dash ? dash + 1 : NULL;

	if (!last || !codist_class_is_number(last, strlen(last)) ||
	    !codist_class_is_number(name, (size_t)(dash - name)))
		return 0;
	*dash = '\0';
	if (codist_class_compare_numbers(name, last) > 0) {
		*dash = '-';
		return 0;
	}
	for (size_t c = 0; c < set->n_classes; c++)
		if (codist_class_compare_numbers(name, set->class_names[c]) <=
			    0 &&
		    codist_class_compare_numbers(set->class_names[c], last) <=
			    0)
			keep[c] = 1;
	return 1;
}

static enum codist_status choose(const char *text, char *name,
				 const struct codist_dataset *set,
				 unsigned char *keep, struct codist_error *err)
{
	int has_ranges = are_numbers(set);
	const char *at = text;

	while (at) {
		size_t c = 0;

		codist_name_next(&at, name);
		while (c < set->n_classes &&
		       strcmp(set->class_names[c], name) != 0)
			c++;
		if (c < set->n_classes)
			keep[c] = 1;
		else if (!has_ranges || !choose_range(name, set, keep))
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: classes=%s, but no sample has "
					   "the label %s",
					   set->name, text, name);
	}
	return CODIST_OK;
}

enum codist_status codist_classes_choose(const char *text,
					 const struct codist_dataset *set,
					 unsigned char *keep,
					 struct codist_error *err)
{
	int is_all = strcmp(text, "all") == 0;
	char *name;
	enum codist_status status;

	for (size_t c = 0; c < set->n_classes; c++)
		keep[c] = (unsigned char)is_all;
	if (is_all)
		return CODIST_OK;
	CODIST_TRY(codist_classes_check(text, err));
	name = malloc(strlen(text) + 1);
	if (!name)
		return codist_no_memory(err, "the name of a class");
	status = choose(text, name, set, keep, err);
	free(name);
	return status;
}
