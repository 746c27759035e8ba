/*
 * refine_image.c - a coder of our own for bilevel pictures that resemble others
 *
 * In the manner of JBIG2's generic refinement coding (ITU-T T.88, 6.3): a pixel's
 * context has neighbours that came before it, and those of a reference picture all
 * around. There the encoder chooses the reference and says which it is; here it is
 * one of all pictures of that size that came before, and the lengths are those of
 * the mixture. With `nearest` only those are looked at that differ by the fewest
 * pixels, and the mixture's other terms are left out: lengths grow a little, and are
 * still those of a code. So a class as prefix is coded picture after picture, each with the
 * help of all before it, and C(px) - C(p) is what one more would cost.
 *
 * All is counted in whole numbers, so that lengths are the same by any engine, on
 * any machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "image/refine_mean.h"
#include "image/refine_model.h"

#include <codist/backend.h>

#include <stdlib.h>

struct config {
	int64_t radius, block, nearest, prior;
	int engine;
};

struct coder {
	const struct config *config;
	struct codist_costs *costs;
	struct codist_refine_model primed, own;
	struct codist_bytes prefix; /* borrowed, until it was counted */
	int is_primed, is_counted;
};

static void release(void *coder)
{
	struct coder *c = coder;

	codist_refine_model_release(&c->primed);
	codist_refine_model_release(&c->own);
	free(c->costs);
}

static enum codist_status new_model(const struct coder *c,
				    struct codist_refine_model *model,
				    struct codist_error *err)
{
	return codist_refine_model_init(
		model, (struct codist_refine_choice){
			.radius = (size_t)c->config->radius,
			.block = (size_t)c->config->block,
			.n_nearest = (size_t)c->config->nearest,
			.prior = (uint32_t)c->config->prior,
			.engine = (enum codist_refine_engine)c->config->engine,
		}, c->costs, err);
}

static enum codist_status init(void *coder, const void *config,
			       struct codist_error *err)
{
	struct coder *c = coder;
	enum codist_status status;

	c->config = config;
	c->costs = malloc(sizeof(*c->costs));
	if (!c->costs)
		return codist_no_memory(err, "what bits cost");
	codist_costs_init(c->costs);
	status = new_model(c, &c->primed, err);
	if (status == CODIST_OK) {
		status = new_model(c, &c->own, err);
		if (status != CODIST_OK)
			codist_refine_model_release(&c->primed);
	}
	if (status != CODIST_OK)
		free(c->costs);
	return status;
}

static enum codist_status length(void *coder, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *c = coder;
	enum codist_status status;

	status = codist_refine_model_stream(&c->own, x, 1, err);
	*bits = codist_refine_model_bits(&c->own);
	codist_refine_model_reset(&c->own);
	return status;
}

/*
 * What the prefix costs takes as long as to ask for each of its pictures, and does
 * not matter to what another one costs behind it, unless something is learned by it.
 */
static enum codist_status take_in(struct coder *c, int is_counted,
				  struct codist_error *err)
{
	if (c->is_primed && c->is_counted >= is_counted)
		return CODIST_OK;
	c->is_primed = 0;
	codist_refine_model_reset(&c->primed);
	if (is_counted)
		CODIST_TRY(codist_refine_model_stream(&c->primed, c->prefix, 0,
						      err));
	else
		CODIST_TRY(codist_refine_model_hang(&c->primed, c->prefix,
						    err));
	c->is_primed = 1;
	c->is_counted = is_counted;
	return CODIST_OK;
}

static enum codist_status prime(void *coder, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *c = coder;

	c->prefix = prefix;
	c->is_primed = 0;
	return take_in(c, c->config->prior > 0, err);
}

static enum codist_status length_primed(void *coder, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *c = coder;

	(void)prepared;
	CODIST_TRY(take_in(c, 1, err));
	return codist_refine_model_behind(&c->primed, x, bits, err);
}

/* Lengths are whole numbers of 2^-20 bits, below 2^53 of them: no digit is lost. */
static enum codist_status length_added(void *coder, struct codist_bytes x,
				       const void *prepared, double *bits,
				       struct codist_error *err)
{
	struct coder *c = coder;

	(void)prepared;
	CODIST_TRY(take_in(c, c->config->prior > 0, err));
	CODIST_TRY(codist_refine_model_behind(&c->primed, x, bits, err));
	*bits -= codist_refine_model_bits(&c->primed);
	return CODIST_OK;
}

static double granularity(const void *config)
{
	(void)config;
	return 1.0 / CODIST_COST_ONE;
}

/*
 * A byte has eight pixels, and next to them, in pictures of one line, are others
 * that displacements reach. What blanks cost takes no more than these. Galleries
 * take up to twice what is in them, and three times while they grow.
 */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	const struct config *c = config;
	size_t places = 2 * 8 * (2 * (size_t)c->radius + 1);

	return sizeof(struct codist_costs) +
	       2 * sizeof(struct codist_refine_tables) +
	       3 * (sizeof(struct codist_refine_learned) +
		    sizeof(struct codist_refine_tables)) +
	       3 * places * (prefix + 2 * query);
}

static const char *engine(const void *config)
{
	const struct config *c = config;
	enum codist_refine_engine engine = (enum codist_refine_engine)c->engine;

	if (engine == REFINE_FASTEST)
		engine = codist_refine_fastest();
	if (engine == REFINE_AVX512)
		return "avx512";
	return engine == REFINE_AVX2 ? "avx2" : "portable";
}

/* It changes when lengths do. */
static const char *version(void)
{
	return "1";
}

static const char *const engines[] = {
	"auto", "portable", NULL,
};

static const struct codist_option options[] = {
	{ .name = "radius", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, radius),
	  .minimum = 0, .maximum = REFINE_MOST_RADIUS, .fallback = "1",
	  .help = "a block may be displaced by so many pixels each way" },
	{ .name = "block", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, block),
	  .minimum = 1, .maximum = 8, .fallback = "7",
	  .help = "width and height of a block" },
	{ .name = "nearest", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, nearest),
	  .minimum = 0, .maximum = REFINE_MOST_PICTURES, .fallback = "0",
	  .help = "a prefilter: only so many of the pictures before, those "
		  "that differ by the fewest pixels, are looked at, and what "
		  "the others would shorten is left out; 0 looks at all" },
	{ .name = "prior", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, prior),
	  .minimum = 0, .maximum = 1000000, .fallback = "0",
	  .help = "learn of the pictures, and count what is built in, of "
		  "handwriting, so often; 0 learns nothing" },
	{ .name = "engine", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, engine),
	  .choices = engines, .fallback = "auto",
	  .help = "how references are looked at, with the same lengths: as fast "
		  "as the processor can, or by plain C" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_refine_image = {
	.plugin = {
		.name = "refine-image",
		.summary = "black and white pictures, which the transform pbm "
			   "makes, as refinements of any earlier ones; lengths "
			   "are in fractions of a bit",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.library = "codist",
	.version = version,
	.coder_size = sizeof(struct coder),
	.takes_pictures = 1,
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.length_added = length_added,
	.granularity = granularity,
	.memory = memory,
	.engine = engine,
};
