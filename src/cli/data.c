/*
 * data.c - codist data: what a data set holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "data.h"
#include "interrupt.h"

#include <stdlib.h>

struct config {
	struct specs transforms;
	const char *sheet;
	size_t per_class;
	enum format format;
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
		status = parts_print(&parts, c->format, err);
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
