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
#include <string.h>

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
		free(parts->items[i].repeats.of);
		free(parts->items[i].in_other.of);
	}
}

int is_match(const struct part *part, const struct matches *matches, size_t i)
{
	return matches->of[i] != SIZE_MAX &&
	       (matches->among != &part->source.set || matches->of[i] != i);
}

static enum codist_status find_matches(struct matches *matches,
				       const struct part *part,
				       const struct codist_dataset *other,
				       struct codist_error *err)
{
	const struct codist_dataset *set = &part->source.set;

	matches->among = other ? other : set;
	matches->of = calloc(set->n_samples + 1, sizeof(*matches->of));
	if (!matches->of)
		return codist_no_memory(err, "samples");
	CODIST_TRY(codist_dataset_match(set, other, matches->of, err));
	for (size_t i = 0; i < set->n_samples; i++) {
		unsigned label;

		if (!is_match(part, matches, i))
			continue;
		label = matches->among->labels[matches->of[i]];
		matches->n++;
		matches->n_other_class +=
			strcmp(set->class_names[set->labels[i]],
			       matches->among->class_names[label]) != 0;
	}
	return CODIST_OK;
}

static int compare_sizes(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static enum codist_status measure_lengths(struct part *part,
					  struct codist_error *err)
{
	const struct codist_dataset *set = &part->source.set;
	size_t n = set->n_samples;
	size_t *lengths = calloc(n + 1, sizeof(*lengths));

	if (!lengths)
		return codist_no_memory(err, "samples");
	for (size_t i = 0; i < n; i++)
		lengths[i] = codist_dataset_sample(set, i).nbytes;
	qsort(lengths, n, sizeof(*lengths), compare_sizes);
	part->shortest = lengths[0];
	part->longest = lengths[n - 1];
	part->median = 0.5 * (double)lengths[(n - 1) / 2] +
		       0.5 * (double)lengths[n / 2];
	free(lengths);
	return CODIST_OK;
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
	CODIST_TRY(measure_lengths(part, err));
	CODIST_TRY(find_matches(&part->repeats, part, NULL, err));
	return other ? find_matches(&part->in_other, part, other, err) :
		       CODIST_OK;
}

/* Of one name, or one name each. */
static enum codist_status parts_find(struct parts *parts, size_t n_names,
				     char *const *names,
				     struct codist_error *err)
{
	struct source *train = &parts->items[0].source;
	struct source *test = &parts->items[1].source;

	if (n_names == 1)
		return source_find_both(train, test, names[0], err);
	CODIST_TRY(source_find(train, names[0], "train", err));
	return source_find(test, names[1], "test", err);
}

static enum codist_status parts_load(struct parts *parts, size_t n_names,
				     char *const *names,
				     const struct config *config,
				     struct codist_error *err)
{
	parts->transforms = &config->transforms;
	parts->items[0].name = "train";
	parts->items[1].name = "test";
	CODIST_TRY(parts_find(parts, n_names, names, err));
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

	if (n_operands != 1 && n_operands != 2)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected the name of one data set, or one "
				   "for training and one to test");
	if (c->sheet)
		CODIST_TRY(codist_draw_check(c->sheet, err));
	status = parts_load(&parts, n_operands, operands, c, err);
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
	  .help = "what is done to every sample first; several in order, as "
		  "in 'binarize + pack'" },
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
	.operands = "NAME|PATH [TEST]",
	.description =
		"Tell what a data set holds: the samples of each class, their "
		"shape or lengths, the SHA-256 of all their bytes in order, and "
		"how many are the same as others, in the same part and in the "
		"other, and which of these are of another class there. With "
		"--format json the first of them are named.\n"
		"The set is 'mnist', a folder of IDX files, an IDX file of "
		"images beside that of labels, a folder with a folder for each "
		"class or with two such folders called train and test, a .npy "
		"file, or a loader with its options; see codist list loaders. "
		"A second one, TEST, is compared with the first as its test "
		"part. What is not here is looked for in $CODIST_DATA, or else "
		"in ~/.local/share/codist.",
	.examples = "codist data mnist\n"
		    "codist data mnist --sheet digits.png --per-class 20\n"
		    "codist data idx:mnist/test,limit=1000 --format json\n"
		    "codist data text:train.txt text:test.txt",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
