/*
 * groups.c - classes of items, from a file of their names or from a data set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "groups.h"

#include <stdlib.h>
#include <string.h>

struct line {
	const char *name, *class;
	size_t number;
};

/* Lines by name, and where names are equal, as they stand in the file. */
static int compare(const void *a, const void *b)
{
	const struct line *first = a, *second = b;
	int order = strcmp(first->name, second->name);

	return order ? order :
		       (first->number > second->number) -
			       (first->number < second->number);
}

static int compare_name(const void *name, const void *line)
{
	return strcmp(name, ((const struct line *)line)->name);
}

static enum codist_status split_line(struct line *line, char *text,
				     const char *path,
				     struct codist_error *err)
{
	char *tab = strchr(text, '\t');
	size_t length = strlen(text);

	if (length > 0 && text[length - 1] == '\r')
		text[length - 1] = '\0';
	if (!tab || !tab[1] || strchr(tab + 1, '\t'))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: line %zu: '%.60s', expected a name, a "
				   "tab and a class", path, line->number, text);
	*tab = '\0';
	line->name = text;
	line->class = tab + 1;
	return CODIST_OK;
}

/* `text` ends in a NUL that is in place of the file's last line end. */
static enum codist_status split(struct line *lines, size_t *n, char *text,
				size_t nbytes, const char *path,
				struct codist_error *err)
{
	size_t number = 0;

	if (memchr(text, '\0', nbytes))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: has NUL bytes, expected text", path);
	for (char *end, *next = text; next; next = end) {
		end = strchr(next, '\n');
		if (end)
			*end++ = '\0';
		number++;
		if (!*next || strcmp(next, "\r") == 0)
			continue;
		lines[*n].number = number;
		CODIST_TRY(split_line(&lines[*n], next, path, err));
		++*n;
	}
	qsort(lines, *n, sizeof(*lines), compare);
	for (size_t i = 1; i < *n; i++)
		if (strcmp(lines[i - 1].name, lines[i].name) == 0 &&
		    strcmp(lines[i - 1].class, lines[i].class) != 0)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: line %zu: '%s' is of class "
					   "'%s', but of '%s' on line %zu",
					   path, lines[i].number,
					   lines[i].name, lines[i].class,
					   lines[i - 1].class,
					   lines[i - 1].number);
	return CODIST_OK;
}

static int compare_class(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum codist_status assign(struct groups *groups,
				 const struct line *lines, size_t n_lines,
				 const char *path, char *const *items,
				 size_t n_items, struct codist_error *err)
{
	const char **names = groups->names;

	for (size_t i = 0; i < n_items; i++) {
		const struct line *line = bsearch(items[i], lines, n_lines,
						  sizeof(*lines),
						  compare_name);

		if (!line)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: has no line for '%s'", path,
					   items[i]);
		groups->class_of[i] = names[i] = line->class;
	}
	qsort(names, n_items, sizeof(*names), compare_class);
	for (size_t i = 0; i < n_items; i++)
		if (i == 0 || strcmp(names[groups->n - 1], names[i]) != 0)
			names[groups->n++] = names[i];
	for (size_t i = 0; i < n_items; i++) {
		const char **name = bsearch(&groups->class_of[i], names,
					    groups->n, sizeof(*names),
					    compare_class);

		groups->of_item[i] = (unsigned)(name - names);
	}
	return CODIST_OK;
}

static size_t count_lines(const struct file *file)
{
	size_t n = 1;

	for (size_t i = 0; i < file->nbytes; i++)
		n += file->bytes[i] == '\n';
	return n;
}

static int allocate(struct groups *groups, size_t n_items, size_t n)
{
	groups->of_item = calloc(n_items, sizeof(*groups->of_item));
	groups->class_of = calloc(n_items, sizeof(*groups->class_of));
	groups->names = calloc(n, sizeof(*groups->names));
	return groups->of_item && groups->class_of && groups->names;
}

enum codist_status groups_of_classes(struct groups *groups,
				     const struct codist_dataset *set,
				     struct codist_error *err)
{
	if (!allocate(groups, set->n_samples, set->n_classes))
		return codist_no_memory(err, "groups");
	groups->n = set->n_classes;
	for (size_t i = 0; i < set->n_classes; i++)
		groups->names[i] = set->class_names[i];
	for (size_t i = 0; i < set->n_samples; i++) {
		groups->of_item[i] = set->labels[i];
		groups->class_of[i] = groups->names[set->labels[i]];
	}
	return CODIST_OK;
}

enum codist_status groups_read(struct groups *groups, const char *path,
			       char *const *items, size_t n_items,
			       struct codist_error *err)
{
	struct line *lines;
	unsigned char *bytes;
	size_t n = 0;
	enum codist_status status;

	CODIST_TRY(file_read(&groups->file, path, err));
	lines = calloc(count_lines(&groups->file), sizeof(*lines));
	bytes = realloc(groups->file.bytes, groups->file.nbytes + 1);
	if (bytes)
		groups->file.bytes = bytes;
	if (!lines || !bytes || !allocate(groups, n_items, n_items)) {
		free(lines);
		return codist_no_memory(err, path);
	}
	bytes[groups->file.nbytes] = '\0';
	status = split(lines, &n, (char *)bytes, groups->file.nbytes, path,
		       err);
	if (status == CODIST_OK)
		status = assign(groups, lines, n, path, items, n_items, err);
	free(lines);
	return status;
}

void groups_release(struct groups *groups)
{
	file_release(&groups->file);
	free(groups->of_item);
	free(groups->class_of);
	free(groups->names);
	*groups = (struct groups){ 0 };
}
