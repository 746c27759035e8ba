/*
 * label.c - names made fit to be drawn
 *
 * Names of classes come from folders and files, in whatever encoding; cairo
 * refuses a text, and then the whole figure, that is not UTF-8.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/label.h"

#include "base/text.h"
#include "experiment/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of the character at `s`, or 0: none that can be drawn. */
static size_t character(const char *s)
{
	unsigned char first = (unsigned char)s[0];
	int is_control = first < 0x20 || first == 0x7f;

	/* U+0080 to U+009F are controls too. */
	if (first == 0xc2 && (unsigned char)s[1] < 0xa0)
		is_control = 1;
	return is_control ? 0 : codist_utf8_length(s);
}

static char *clean(const char *name)
{
	struct codist_text text = { 0 };

	codist_text_add(&text, "%s", "");
	while (*name) {
		size_t length = character(name);

		if (length > 0)
			codist_text_add(&text, "%.*s", (int)length, name);
		else
			codist_text_add(&text, "\xef\xbf\xbd");
		name += length > 0 ? length : 1;
	}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static int continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

char *codist_label_new(const char *name, double size, double width)
{
	char *whole = clean(name), *label = whole;
	size_t length, head, tail;

	if (!whole)
		return NULL;
	length = strlen(whole);
	head = length / 2;
	tail = length - head;
	while (label && head > 0 && tail > 0 &&
	       codist_text_width(label, size) > width) {
		/* Shorten each half, at the middle, by a character. */
		do
			head--;
		while (continues(whole[head]));
		do
			tail--;
		while (continues(whole[length - tail]));
		if (label != whole)
			free(label);
		label = codist_text_format("%.*s\xe2\x80\xa6%s", (int)head,
					   whole, whole + length - tail);
	}
	if (label != whole)
		free(whole);
	return label;
}

enum codist_status codist_labels_init(struct codist_labels *labels, size_t n,
				      const char *const *names, double size,
				      double width, struct codist_error *err)
{
	*labels = (struct codist_labels){ 0 };
	labels->texts = calloc(n, sizeof(*labels->texts));
	if (!labels->texts)
		return codist_no_memory(err, "the labels of a figure");
	labels->n = n;
	for (size_t i = 0; i < n; i++) {
		char *text = codist_label_new(names[i], size, width);

		if (!text)
			return codist_no_memory(err, names[i]);
		labels->texts[i] = text;
		labels->width = fmax(labels->width,
				     codist_text_width(text, size));
	}
	return CODIST_OK;
}

void codist_labels_release(struct codist_labels *labels)
{
	for (size_t i = 0; i < labels->n; i++)
		free(labels->texts[i]);
	free(labels->texts);
	*labels = (struct codist_labels){ 0 };
}
