/*
 * report_text.c - the classification report, laid out as scikit-learn's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"

#include <codist/evaluate.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN 9

/* Characters, not bytes: those of UTF-8 that do not go on with another. */
static size_t count_characters(const char *name)
{
	size_t n = 0;

	for (; *name; name++)
		n += ((unsigned char)*name & 0xc0) != 0x80;
	return n;
}

static size_t longer(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* Classes that nobody has met have no line. */
static int is_present(const struct codist_report_line *line)
{
	return line->support || line->predicted;
}

struct layout {
	struct codist_text text;
	size_t width;
	unsigned digits;
};

static void add_name(struct layout *layout, const char *name)
{
	for (size_t n = count_characters(name); n < layout->width; n++)
		codist_text_add_char(&layout->text, ' ');
	codist_text_add(&layout->text, "%s ", name);
}

static void add_column(struct layout *layout, const char *column)
{
	codist_text_add(&layout->text, " %*s", COLUMN, column);
}

/* One digit, the locale's decimal point, which is left out, and decimals. */
static void add_rate(struct layout *layout, double rate)
{
	char number[64], column[32];
	unsigned digits = layout->digits;

	snprintf(number, sizeof(number), "%.*f", (int)digits, rate);
	snprintf(column, sizeof(column), "%c%s%s", number[0],
		 digits ? "." : "",
		 digits ? number + strlen(number) - digits : "");
	add_column(layout, column);
}

static void add_support(struct layout *layout, size_t support)
{
	codist_text_add(&layout->text, " %*zu\n", COLUMN, support);
}

static void add_line(struct layout *layout, const char *name,
		     const struct codist_report_line *line)
{
	add_name(layout, name);
	add_rate(layout, line->precision);
	add_rate(layout, line->recall);
	add_rate(layout, line->f1);
	add_support(layout, line->support);
}

static void add_heads(struct layout *layout)
{
	static const char *const heads[] = { "precision", "recall",
					     "f1-score", "support" };

	add_name(layout, "");
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		add_column(layout, heads[i]);
	codist_text_add(&layout->text, "\n\n");
}

static void add_accuracy(struct layout *layout,
			 const struct codist_report *report)
{
	add_name(layout, "accuracy");
	add_column(layout, "");
	add_column(layout, "");
	add_rate(layout, report->accuracy);
	add_support(layout, report->macro.support);
}

char *codist_report_text(const struct codist_report *report,
			 const char *const *class_names, unsigned digits)
{
	struct layout layout = { .digits = digits };

	assert(digits <= 15);
	layout.width = longer(strlen("weighted avg"), digits);
	for (size_t c = 0; c < report->n_classes; c++)
		if (is_present(&report->classes[c]))
			layout.width = longer(layout.width,
					      count_characters(class_names[c]));
	add_heads(&layout);
	for (size_t c = 0; c < report->n_classes; c++)
		if (is_present(&report->classes[c]))
			add_line(&layout, class_names[c], &report->classes[c]);
	codist_text_add_char(&layout.text, '\n');
	add_accuracy(&layout, report);
	add_line(&layout, "macro avg", &report->macro);
	add_line(&layout, "weighted avg", &report->weighted);
	if (!layout.text.failed)
		return layout.text.chars;
	free(layout.text.chars);
	return NULL;
}
