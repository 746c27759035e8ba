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

/*
 * The bytes of the character at `s` as in table 3-7 of the Unicode Standard,
 * or 0 if there is none, or it is a control character.
 */
static size_t character(const unsigned char *s)
{
	size_t length;
	unsigned low = 0x80, high = 0xbf;

	if (s[0] < 0x80)
		return s[0] >= 0x20 && s[0] != 0x7f;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	length = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (s[0] == 0xc2)
		low = 0xa0; /* U+0080 to U+009F are controls too */
	if (s[0] == 0xe0)
		low = 0xa0;
	if (s[0] == 0xed)
		high = 0x9f;
	if (s[0] == 0xf0)
		low = 0x90;
	if (s[0] == 0xf4)
		high = 0x8f;
	if (s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (s[i] < 0x80 || s[i] > 0xbf)
			return 0;
	return length;
}

static char *clean(const char *name)
{
	struct codist_text text = { 0 };

	codist_text_add(&text, "%s", "");
	while (*name) {
		size_t length = character((const unsigned char *)name);

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
