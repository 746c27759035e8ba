/*
 * rle.c - run-length coding, as a plug-in of codist
 *
 * A run of equal bytes is written as two: how many, and which.
 * doc/add-a-backend.md walks through this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

struct config {
	int64_t longest;
};

/* Where a coder is in a stream. */
struct place {
	double n_runs;
	int last;       /* the byte of the last run; -1: there is none */
	int64_t length; /* of the last run */
};

struct coder {
	const struct config *config;
	struct place primed; /* after the prefix */
};

static const struct place start = { 0, -1, 0 };

/* From one place to another: what a real coder does by writing bytes. */
static struct place run_on(const struct coder *coder, struct place place,
			   struct codist_bytes x)
{
	for (size_t i = 0; i < x.nbytes; i++) {
		if (x.data[i] != place.last ||
		    place.length == coder->config->longest) {
			place.n_runs++;
			place.length = 0;
		}
		place.last = x.data[i];
		place.length++;
	}
	return place;
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;

	(void)err;
	coder->config = config;
	coder->primed = start;
	return CODIST_OK;
}

static void release(void *state)
{
	(void)state;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	(void)err;
	*bits = 16 * run_on(state, start, x).n_runs;
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	(void)err;
	coder->primed = run_on(coder, start, prefix);
	return CODIST_OK;
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;

	(void)prepared;
	(void)err;
	*bits = 16 * run_on(coder, coder->primed, x).n_runs;
	return CODIST_OK;
}

static const char *version(void)
{
	return "1";
}

static const struct codist_option options[] = {
	{ .name = "longest", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, longest),
	  .minimum = 1, .maximum = 256, .fallback = "256",
	  .help = "the longest run that is written as one" },
	{ .name = NULL },
};

static const struct codist_backend rle = {
	.plugin = {
		.name = "rle",
		.summary = "run-length coding, two bytes a run",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.library = "rle",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
};

static const struct codist_backend *const backends[] = { &rle, NULL };

const struct codist_plugin_set codist_plugins_v1 = {
	.abi = CODIST_ABI,
	.backends = backends,
};
