/*
 * records.c - records of one length, as a loader for codist
 *
 * A record is a byte that is the label, and the bytes of a sample.
 * doc/add-a-dataset.md walks through this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	char *path;
	int64_t nbytes;
};

static enum codist_status cannot_read(const struct config *config,
				      struct codist_error *err)
{
	return codist_fail(err, CODIST_EIO, "%s: cannot read: %s",
			   config->path, strerror(errno));
}

/* A record at a time, into `record` of 1 + nbytes bytes. */
static enum codist_status read_records(const struct config *config,
				       FILE *file, unsigned char *record,
				       struct codist_builder *builder,
				       struct codist_error *err)
{
	size_t size = 1 + (size_t)config->nbytes;

	for (size_t i = 0;; i++) {
		size_t n = fread(record, 1, size, file);
		struct codist_bytes sample = { record + 1, size - 1 };
		char label[4];

		if (ferror(file))
			return cannot_read(config, err);
		if (n == 0)
			return CODIST_OK;
		if (n < size)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: record %zu has %zu bytes, "
					   "expected %zu",
					   config->path, i, n, size);
		snprintf(label, sizeof(label), "%d", record[0]);
		CODIST_TRY(codist_builder_add(builder, sample, label, NULL,
					      err));
	}
}

static enum codist_status load(const void *opaque, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *config = opaque;
	struct codist_builder builder;
	enum codist_status status;
	unsigned char *record;
	FILE *file;

	file = fopen(config->path, "rb");
	if (!file)
		return cannot_read(config, err);
	codist_builder_init(&builder, config->path);
	record = malloc(1 + (size_t)config->nbytes);
	if (record)
		status = read_records(config, file, record, &builder, err);
	else
		status = codist_no_memory(err, "a record");
	if (status == CODIST_OK)
		status = codist_builder_finish(&builder, set, err);
	if (status == CODIST_OK) {
		set->rank = 1;
		set->dimensions[0] = (size_t)config->nbytes;
	}
	codist_builder_release(&builder);
	free(record);
	fclose(file);
	return status;
}

static const struct codist_option options[] = {
	{ .name = "path", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, path),
	  .help = "the file", .positional = 1 },
	{ .name = "nbytes", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, nbytes),
	  .minimum = 1, .maximum = 1e9, .fallback = "784",
	  .help = "how many there are in a sample" },
	{ .name = NULL },
};

static const struct codist_loader records = {
	.plugin = {
		.name = "records",
		.summary = "a label of one byte, and so many bytes, again and "
			   "again",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.load = load,
};

static const struct codist_loader *const loaders[] = { &records, NULL };

const struct codist_plugin_set codist_plugins_v1 = {
	.abi = CODIST_ABI,
	.loaders = loaders,
};
