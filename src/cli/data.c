/*
 * data.c - codist data: what a data set holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "document.h"
#include "interrupt.h"
#include "source.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	struct specs transforms;
	const char *sheet;
	size_t per_class;
	enum format format;
};

/* A part and what is told of it. */
struct part {
	const char *name;
	struct source source;
	size_t *in_class;   /* [n_classes] */
	size_t n_repeats;   /* samples that repeat an earlier one */
	size_t n_in_other;  /* samples that stand in the other part, too */
};

/* Train and test, of which one may be missing. */
struct parts {
	struct part items[2];
	struct part *present[2]; /* [n] */
	size_t n;
	const struct specs *transforms;
};

static void parts_release(struct parts *parts)
{
	for (size_t i = 0; i < 2; i++) {
		source_release(&parts->items[i].source);
		free(parts->items[i].in_class);
	}
}

static enum codist_status count(struct part *part,
				const struct codist_dataset *other,
				struct codist_error *err)
{
	const struct codist_dataset *set = &part->source.set;

	CODIST_TRY(interrupt_check(err));
	part->in_class = calloc(set->n_classes, sizeof(*part->in_class));
	if (!part->in_class)
		return codist_no_memory(err, "classes");
	for (size_t i = 0; i < set->n_samples; i++)
		part->in_class[set->labels[i]]++;
	CODIST_TRY(codist_dataset_duplicates(set, NULL, &part->n_repeats,
					     err));
	if (other)
		CODIST_TRY(codist_dataset_duplicates(set, other,
						     &part->n_in_other, err));
	return CODIST_OK;
}

static enum codist_status parts_load(struct parts *parts, const char *name,
				     const struct config *config,
				     struct codist_error *err)
{
	struct part *train = &parts->items[0], *test = &parts->items[1];

	parts->transforms = &config->transforms;
	train->name = "train";
	test->name = "test";
	CODIST_TRY(source_find_both(&train->source, &test->source, name, err));
	for (size_t i = 0; i < 2; i++)
		if (parts->items[i].source.loader.plugin)
			parts->present[parts->n++] = &parts->items[i];
	if (parts->n == 1)
		parts->present[0]->name = "set";
	for (size_t i = 0; i < parts->n; i++) {
		struct source *source = &parts->present[i]->source;

		CODIST_TRY(source_load(source, 0, &config->transforms, err));
		codist_dataset_checksum(&source->set, source->checksum);
	}
	for (size_t i = 0; i < parts->n; i++)
		CODIST_TRY(count(parts->present[i], parts->n == 2 ?
				 &parts->present[1 - i]->source.set : NULL,
				 err));
	return CODIST_OK;
}

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

/* A line of text, and the spec in it. */
static enum codist_status print_spec(const char *label,
				     const struct codist_spec *spec,
				     struct codist_error *err)
{
	char *text = codist_spec_text(spec);

	if (!text)
		return codist_no_memory(err, "a spec");
	printf("%s%s\n", label, text);
	free(text);
	return CODIST_OK;
}

static enum codist_status print_part(const struct parts *parts,
				     const struct part *part,
				     struct codist_error *err)
{
	const struct codist_dataset *set = &part->source.set;
	char shape[SHAPE_SIZE];

	source_shape(set, shape);
	printf("%s: ", part->name);
	CODIST_TRY(print_spec("", &part->source.loader, err));
	for (size_t i = 0; i < parts->transforms->n; i++)
		CODIST_TRY(print_spec("  by        ",
				      &parts->transforms->items[i], err));
	printf("  samples   %zu, of %zu classes\n", set->n_samples,
	       set->n_classes);
	printf("  shape     %s\n", shape);
	printf("  bytes     %zu\n", nbytes_of(set));
	printf("  SHA-256   %s\n", part->source.checksum);
	printf("  repeated  %zu are the same as an earlier one\n",
	       part->n_repeats);
	for (size_t i = 0; i < parts->n; i++)
		if (parts->present[i] != part)
			printf("  shared    %zu are also in %s\n",
			       part->n_in_other, parts->present[i]->name);
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
	char *text = codist_spec_text(spec);

	add_property(table, part, name, text ? text : "");
	table->failed |= !text;
	free(text);
}

static void add_properties(struct table *table, const struct parts *parts,
			   const struct part *part)
{
	const struct codist_dataset *set = &part->source.set;
	char shape[SHAPE_SIZE];

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
	add_count(table, part, "repeated", part->n_repeats);
	if (parts->n == 2)
		add_count(table, part, "shared", part->n_in_other);
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
	document_number(document, "repeated", (double)part->n_repeats);
	if (parts->n == 2)
		document_number(document, "shared", (double)part->n_in_other);
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

static enum codist_status print(const struct parts *parts, enum format format,
				struct codist_error *err)
{
	return format == FORMAT_JSON ? print_json(parts, err) :
	       format == FORMAT_CSV  ? print_csv(parts, err) :
				       print_text(parts, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *c = config;
	struct parts parts = { 0 };
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected the name of one data set");
	if (c->sheet)
		CODIST_TRY(codist_draw_check(c->sheet, err));
	status = parts_load(&parts, operands[0], c, err);
	if (status == CODIST_OK && c->sheet)
		status = codist_draw_contact_sheet(
			c->sheet, &parts.present[0]->source.set,
			c->per_class, err);
	if (status == CODIST_OK)
		status = print(&parts, c->format, err);
	parts_release(&parts);
	return status;
}

static const struct command_option options[] = {
	{ .name = "transform", .argument = "SPEC", .kind = OPTION_SPECS,
	  .offset = offsetof(struct config, transforms),
	  .registry = &codist_transforms,
	  .help = "what is done to every sample first; several in order" },
	{ .name = "sheet", .argument = "FILE", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, sheet),
	  .help = "draw some samples of each class, of the training part if "
		  "there is one; FILE ends in .png, .svg or .pdf" },
	{ .name = "per-class", .argument = "N", .kind = OPTION_COUNT,
	  .offset = offsetof(struct config, per_class),
	  .minimum = 1, .maximum = 1000, .fallback = "10",
	  .help = "how many on the sheet" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_data = {
	.name = "data",
	.summary = "tell what a data set holds, and draw some of it",
	.operands = "NAME|PATH",
	.description =
		"Tell what a data set holds: the samples of each class, their "
		"shape, the SHA-256 of all their bytes in order, and how many "
		"are the same as others, in the same part and in the other.\n"
		"The set is 'mnist', a folder of IDX files, an IDX file of "
		"images beside that of labels, or a loader with its options; "
		"see codist list loaders. What is not here is looked for in "
		"$CODIST_DATA, or else in ~/.local/share/codist.",
	.examples = "codist data mnist\n"
		    "codist data mnist --sheet digits.png --per-class 20\n"
		    "codist data idx:mnist/test,limit=1000 --format json",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
