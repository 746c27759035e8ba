/*
 * data_print.c - what a data set holds, in three formats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "data.h"
#include "document.h"
#include "standard.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

#define MOST_NAMED 10 /* samples that are the same as others */

static size_t nbytes_of(const struct codist_dataset *set)
{
	return set->starts[set->n_samples];
}

static const size_t *count_of(const struct part *part, const char *class)
{
	for (size_t c = 0; c < part->source.set.n_classes; c++)
		if (strcmp(part->source.set.class_names[c], class) == 0)
			return &part->in_class[c];
	return NULL;
}

/* A row for each class of any part; one that a part lacks is blank there. */
static void add_classes(struct table *table, const struct parts *parts)
{
	for (size_t p = 0; p < parts->n; p++) {
		const struct codist_dataset *set =
			&parts->present[p]->source.set;

		for (size_t c = 0; c < set->n_classes; c++) {
			const char *name = set->class_names[c];

			if (p > 0 && count_of(parts->present[0], name))
				continue;
			table_add(table, "%s", name);
			for (size_t i = 0; i < parts->n; i++) {
				const size_t *n =
					count_of(parts->present[i], name);

				if (n)
					table_add(table, "%zu", *n);
				else
					table_add(table, "%s", "");
			}
		}
	}
}

static void print_other_class(const struct matches *matches)
{
	if (matches->n_other_class)
		printf(", %zu of them in another class",
		       matches->n_other_class);
	putchar('\n');
}

static enum codist_status print_part(const struct parts *parts,
				     const struct part *part,
				     struct codist_error *err)
{
	const struct codist_dataset *set = &part->source.set;
	char shape[SHAPE_SIZE];

	source_shape(set, shape);
	CODIST_TRY(print_spec(part->name, &part->source.loader, err));
	for (size_t i = 0; i < parts->transforms->n; i++)
		CODIST_TRY(print_spec("  transform",
				      &parts->transforms->items[i], err));
	printf("  samples   %zu, of %zu classes\n", set->n_samples,
	       set->n_classes);
	printf("  shape     %s\n", shape);
	if (set->rank == 0)
		printf("  lengths   %zu to %zu bytes, median %.16g\n",
		       part->shortest, part->longest, part->median);
	printf("  bytes     %zu\n", nbytes_of(set));
	printf("  SHA-256   %s\n", part->source.checksum);
	printf("  repeated  %zu are the same as an earlier one",
	       part->repeats.n);
	print_other_class(&part->repeats);
	for (size_t i = 0; i < parts->n; i++) {
		if (parts->present[i] == part)
			continue;
		printf("  shared    %zu are also in %s", part->in_other.n,
		       parts->present[i]->name);
		print_other_class(&part->in_other);
	}
	putchar('\n');
	return CODIST_OK;
}

static enum codist_status print_text(const struct parts *parts,
				     struct codist_error *err)
{
	enum codist_status status;
	struct table table;

	for (size_t i = 0; i < parts->n; i++)
		CODIST_TRY(print_part(parts, parts->present[i], err));
	table_init(&table, 1 + parts->n, "lr");
	table_add(&table, "class");
	for (size_t i = 0; i < parts->n; i++)
		table_add(&table, "%s", parts->n == 2 ?
			  parts->present[i]->name : "samples");
	add_classes(&table, parts);
	status = table_print(&table, FORMAT_TEXT, err);
	table_release(&table);
	return status;
}

static void add_property(struct table *table, const struct part *part,
			 const char *name, const char *value)
{
	table_add(table, "%s", part->name);
	table_add(table, "%s", name);
	table_add(table, "%s", value);
}

static void add_count(struct table *table, const struct part *part,
		      const char *name, size_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%zu", value);
	add_property(table, part, name, text);
}

static void add_spec(struct table *table, const struct part *part,
		     const char *name, const struct codist_spec *spec)
{
	table_add(table, "%s", part->name);
	table_add(table, "%s", name);
	table_add_spec(table, spec);
}

static void add_properties(struct table *table, const struct parts *parts,
			   const struct part *part)
{
	const struct codist_dataset *set = &part->source.set;
	char shape[SHAPE_SIZE], median[32];

	source_shape(set, shape);
	add_spec(table, part, "loader", &part->source.loader);
	for (size_t i = 0; i < parts->transforms->n; i++)
		add_spec(table, part, "transform",
			 &parts->transforms->items[i]);
	add_count(table, part, "samples", set->n_samples);
	add_count(table, part, "classes", set->n_classes);
	add_property(table, part, "shape", shape);
	add_count(table, part, "nbytes", nbytes_of(set));
	add_property(table, part, "sha256", part->source.checksum);
	add_count(table, part, "shortest", part->shortest);
	snprintf(median, sizeof(median), "%.16g", part->median);
	add_property(table, part, "median_length", median);
	add_count(table, part, "longest", part->longest);
	add_count(table, part, "repeated", part->repeats.n);
	add_count(table, part, "repeated_in_other_class",
		  part->repeats.n_other_class);
	if (parts->n == 2) {
		add_count(table, part, "shared", part->in_other.n);
		add_count(table, part, "shared_in_other_class",
			  part->in_other.n_other_class);
	}
	for (size_t c = 0; c < set->n_classes; c++) {
		table_add(table, "%s", part->name);
		table_add(table, "samples_%s", set->class_names[c]);
		table_add(table, "%zu", part->in_class[c]);
	}
}

static enum codist_status print_csv(const struct parts *parts,
				    struct codist_error *err)
{
	enum codist_status status;
	struct table table;

	table_init(&table, 3, "l");
	table_add(&table, "part");
	table_add(&table, "property");
	table_add(&table, "value");
	for (size_t i = 0; i < parts->n; i++)
		add_properties(&table, parts, parts->present[i]);
	status = table_print(&table, FORMAT_CSV, err);
	table_release(&table);
	return status;
}

/* A sample by its number, and by its name if it has one. */
static void document_sample(struct document *document, const char *key,
			    const struct codist_dataset *set, size_t i)
{
	document_object(document, key);
	document_number(document, "number", (double)i);
	if (set->sample_names && set->sample_names[i])
		document_text(document, "name", set->sample_names[i]);
	document_text(document, "class", set->class_names[set->labels[i]]);
	document_close(document);
}

/* How many there are, and the first few. */
static void document_matches(struct document *document, const char *kind,
			     const struct part *part,
			     const struct matches *matches)
{
	char key[64];
	size_t n = 0;

	document_number(document, kind, (double)matches->n);
	snprintf(key, sizeof(key), "%s_in_other_class", kind);
	document_number(document, key, (double)matches->n_other_class);
	snprintf(key, sizeof(key), "%s_first", kind);
	document_array(document, key);
	for (size_t i = 0; n < MOST_NAMED && n < matches->n; i++) {
		if (!is_match(part, matches, i))
			continue;
		document_object(document, NULL);
		document_sample(document, "sample", &part->source.set, i);
		document_sample(document, "same_as", matches->among,
				matches->of[i]);
		document_close(document);
		n++;
	}
	document_close(document);
}

static void document_part(struct document *document, const struct parts *parts,
			  const struct part *part)
{
	const struct codist_dataset *set = &part->source.set;

	document_object(document, part->name);
	document_spec(document, "loader", &part->source.loader);
	document_specs(document, "transforms", parts->transforms);
	document_number(document, "samples", (double)set->n_samples);
	document_array(document, "shape");
	for (size_t d = 0; d < set->rank; d++)
		document_number(document, NULL, (double)set->dimensions[d]);
	document_close(document);
	document_number(document, "nbytes", (double)nbytes_of(set));
	document_text(document, "sha256", part->source.checksum);
	document_object(document, "lengths");
	document_number(document, "shortest", (double)part->shortest);
	document_number(document, "median", part->median);
	document_number(document, "longest", (double)part->longest);
	document_close(document);
	document_matches(document, "repeated", part, &part->repeats);
	if (parts->n == 2)
		document_matches(document, "shared", part, &part->in_other);
	document_object(document, "classes");
	for (size_t c = 0; c < set->n_classes; c++)
		document_number(document, set->class_names[c],
				(double)part->in_class[c]);
	document_close(document);
	document_close(document);
}

static enum codist_status print_json(const struct parts *parts,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	for (size_t i = 0; i < parts->n; i++)
		document_part(&document, parts, parts->present[i]);
	document_close(&document);
	return document_print(&document, err);
}

enum codist_status parts_print(const struct parts *parts, enum format format,
			       struct codist_error *err)
{
	return format == FORMAT_JSON ? print_json(parts, err) :
	       format == FORMAT_CSV  ? print_csv(parts, err) :
				       print_text(parts, err);
}
