/*
 * merge.c - codist merge: the shards of a study become one store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"

struct config {
	const char *output;
};

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;

	if (!own->output)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected --output FILE, for the store that "
				   "is made");
	if (n_operands == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "no operands, expected the STORE of each "
				   "shard");
	return codist_store_merge(own->output, (const char *const *)operands,
				  n_operands, err);
}

static const struct command_option options[] = {
	{ .name = "output", .argument = "FILE", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, output),
	  .help = "the store to be made; it must not be there" },
	{ .name = NULL },
};

const struct command command_merge = {
	.name = "merge",
	.summary = "join the shards of a study",
	.operands = "STORE...",
	.description =
		"Join the stores that codist run --shard made, one for each "
		"shard, into the one that a single run would have made. Nothing "
		"is joined unless all shards are there, once, done, and of the "
		"same study, data and libraries.",
	.examples = "codist merge part-*.db --output whole.db",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
