/*
 * status.c - codist status: how far a study is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "results.h"

#include <stdio.h>

struct config {
	int check;
	enum format format;
};

static enum codist_status print(const struct codist_results *results,
				const struct config *config,
				struct codist_error *err)
{
	if (config->format != FORMAT_TEXT)
		return results_print(results, config->format, err);
	printf("codist %s\n\n%s\n%zu runs: %zu done, %zu begun, %zu waiting",
	       codist_version(), results->title, results->n,
	       results_count(results, "done"), results_count(results, "begun"),
	       results_count(results, "waiting"));
	if (results->n_shards > 1)
		printf("; shard %zu of %zu", results->shard,
		       results->n_shards);
	printf("\n\n");
	return results_print(results, FORMAT_TEXT, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;
	struct codist_results results;
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected one STORE",
				   n_operands);
	if (own->check) {
		CODIST_TRY(codist_store_check_all(operands[0], err));
		printf("%s: whole\n", operands[0]);
		return CODIST_OK;
	}
	status = codist_results_read(&results, operands[0], err);
	if (status == CODIST_OK)
		status = print(&results, own, err);
	codist_results_release(&results);
	return status;
}

static const struct command_option options[] = {
	{ .name = "check", .kind = OPTION_FLAG,
	  .offset = offsetof(struct config, check),
	  .help = "read all of the file instead, and tell whether it is whole "
		  "or what is damaged" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_status = {
	.name = "status",
	.summary = "tell how far a study is, and what came of it",
	.operands = "STORE",
	.description =
		"Tell the runs of a study's store, as codist run makes it: "
		"which are done, and with what result, and of the others how "
		"many samples are done. It may be asked at any time, also while "
		"the study is at work. Intervals are Wilson's, of 95 %.",
	.examples = "codist status window.db\n"
		    "codist status window.db --format csv >results.csv",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
