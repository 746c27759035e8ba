/*
 * deflate.c - zlib's deflate: raw, zlib and gzip streams
 *
 * Two engines give the same lengths: zlib itself, which is the reference, and
 * the sizer, which is many times quicker because it writes no stream
 * (deflate/sizer.h). The sizer is used wherever it agrees, on a built-in sample
 * and at the parameters at hand, with the zlib that is linked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "deflate/agree.h"
#include "deflate/library.h"
#include "deflate/options.h"
#include "deflate/sizer.h"

#include <codist/backend.h>

#include <math.h>

struct config {
	struct codist_deflate_options options;
	int engine;
};

enum { ENGINE_AUTO, ENGINE_SIZER, ENGINE_LIBRARY };

/* One of the two, the other one is NULL. */
struct coder {
	const struct config *config;
	struct sizer *sizer;
	struct codist_deflate_library *library;
};

static struct codist_deflate_params params_of(const struct config *config)
{
	return codist_deflate_params_of(&config->options);
}

static int counts_bits(const struct config *config)
{
	return config->options.unit == CODIST_DEFLATE_BIT;
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;
	const struct config *c = config;
	struct codist_deflate_params params = params_of(c);
	int agrees = 0;

	coder->config = c;
	if (c->engine != ENGINE_LIBRARY)
		CODIST_TRY(codist_deflate_agree(&params, &agrees, err));
	if (!agrees && c->engine == ENGINE_SIZER)
		return codist_fail(err, CODIST_ELIBRARY,
				   "backend deflate: engine=sizer, but zlib %s "
				   "writes streams of other lengths than the "
				   "sizer tells; use engine=library",
				   codist_deflate_library_version());
	if (!agrees)
		return codist_deflate_library_new(&coder->library, &params,
						  err);
	coder->sizer = codist_sizer_new(params.level, params.wbits,
					params.memlevel, params.strategy);
	return coder->sizer ? CODIST_OK : codist_no_memory(err, "deflate");
}

static void release(void *state)
{
	struct coder *coder = state;

	codist_sizer_free(coder->sizer);
	codist_deflate_library_free(coder->library);
}

static double counted(const struct coder *coder, uint64_t bits)
{
	return counts_bits(coder->config) ? (double)bits :
					    8 * ceil((double)bits / 8);
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;

	if (!coder->sizer)
		return codist_deflate_library_length(
			coder->library, x, counts_bits(coder->config), bits,
			err);
	*bits = counted(coder, codist_sizer_length(coder->sizer, x));
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	if (!coder->sizer)
		return codist_deflate_library_prime(coder->library, prefix,
						    err);
	codist_sizer_prime(coder->sizer, prefix);
	return CODIST_OK;
}

static size_t prepared_size(const void *config, size_t nbytes)
{
	const struct config *c = config;
	struct codist_deflate_params params = params_of(c);

	if (c->engine == ENGINE_LIBRARY)
		return 0;
	return codist_sizer_prepared_size(params.level, params.strategy,
					  nbytes);
}

static enum codist_status prepare(void *state, struct codist_bytes x,
				  void *prepared, struct codist_error *err)
{
	struct coder *coder = state;

	(void)err;
	if (coder->sizer)
		codist_sizer_prepare(coder->sizer, x, prepared);
	return CODIST_OK;
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	uint64_t sized;

	if (!coder->sizer)
		return codist_deflate_library_length_primed(
			coder->library, x, counts_bits(coder->config), bits,
			err);
	sized = codist_sizer_length_primed(coder->sizer, x, prepared);
	if (sized == 0)
		return codist_no_memory(err, "a prefix and a sample");
	*bits = counted(coder, sized);
	return CODIST_OK;
}

static double granularity(const void *config)
{
	const struct config *c = config;

	return codist_deflate_granularity(&c->options);
}

/*
 * Chains, the index of a stretch of a prefix and a query behind it; and zlib's
 * state with a copy of it, for which level 0 has all in one piece, twice.
 */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	const struct config *c = config;

	return ((size_t)10 << 20) + query +
	       (c->options.level == 0 ? 3 * (prefix + query) : 0);
}

static const char *engine(const void *config)
{
	const struct config *c = config;
	struct codist_deflate_params params = params_of(c);
	int agrees = 0;

	if (c->engine == ENGINE_LIBRARY ||
	    codist_deflate_agree(&params, &agrees, NULL) != CODIST_OK)
		return "library";
	return agrees ? "sizer" : "library";
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	struct codist_deflate_params params = params_of(c);

	return codist_deflate_check_window("deflate", params.wbits, 1, err);
}

static const char *const engines[] = { "auto", "sizer", "library", NULL };

static const struct codist_option options[] = {
	CODIST_DEFLATE_ROWS(offsetof(struct config, options),
			    "-15..-9 raw, 8..15 zlib, 25..31 gzip (16 more "
			    "than the window's)"),
	{ .name = "engine", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, engine),
	  .choices = engines, .fallback = "auto",
	  .help = "who tells the lengths, which are the same: zlib, or the "
		  "sizer, quicker" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_deflate = {
	.plugin = {
		.name = "deflate",
		.summary = "zlib's deflate, raw or in zlib or gzip framing",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.library = "zlib",
	.version = codist_deflate_library_version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.prepared_size = prepared_size,
	.prepare = prepare,
	.length_primed = length_primed,
	.granularity = granularity,
	.memory = memory,
	.engine = engine,
};
