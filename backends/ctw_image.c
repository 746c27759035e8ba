/*
 * ctw_image.c - black and white pictures by context trees, in exact code lengths
 *
 * The length is that of the ideal arithmetic code of all pictures, one after the
 * other, each of which is learned before the next. After a prefix it is no
 * estimate: what the prefix has taught is what a decoder would know.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "image/ctw.h"

#include <codist/backend.h>

#include <stdlib.h>

#define NAME "ctw-image"

struct config {
	int64_t depth;
	int per, template;
	double alpha, weight;
};

/* `alone` serves length(), `primed` what comes after a prefix. */
struct coder {
	struct codist_costs *costs;
	struct codist_ctw alone, primed;
	struct codist_coding prefix; /* what it costs, but for the end */
};

static void set_up(struct codist_ctw *ctw, const struct config *config)
{
	static const struct codist_template *const templates[] = {
		&codist_template_near, &codist_template_wide,
	};

	ctw->has_one_tree = config->per == 1;
	ctw->forest.depth = (unsigned)config->depth;
	ctw->forest.alpha = config->alpha;
	ctw->forest.weight = config->weight;
	ctw->canvas.template = templates[config->template];
}

static void release(void *state)
{
	struct coder *coder = state;

	free(coder->costs);
	codist_ctw_release(&coder->alone);
	codist_ctw_release(&coder->primed);
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;
	enum codist_status status;

	coder->costs = malloc(sizeof(*coder->costs));
	if (!coder->costs)
		return codist_no_memory(err, NAME);
	codist_costs_init(coder->costs);
	set_up(&coder->alone, config);
	set_up(&coder->primed, config);
	codist_coding_count(&coder->prefix, coder->costs);
	status = codist_ctw_clear(&coder->primed, err);
	if (status != CODIST_OK)
		release(coder);
	return status;
}

static double finished(struct codist_coding *coding)
{
	codist_sizes_end(coding);
	return codist_coding_bits(coding);
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	struct codist_coding coding;

	codist_coding_count(&coding, coder->costs);
	CODIST_TRY(codist_ctw_clear(&coder->alone, err));
	CODIST_TRY(codist_ctw_learn(&coder->alone, &coding, x, NAME, err));
	*bits = finished(&coding);
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	codist_coding_count(&coder->prefix, coder->costs);
	CODIST_TRY(codist_ctw_clear(&coder->primed, err));
	return codist_ctw_learn(&coder->primed, &coder->prefix, prefix, NAME,
				err);
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	struct codist_coding coding = coder->prefix;

	(void)prepared;
	CODIST_TRY(codist_ctw_ask(&coder->primed, &coding, x, NAME, err));
	*bits = finished(&coding);
	return CODIST_OK;
}

static double granularity(const void *config)
{
	(void)config;
	return 1.0 / CODIST_COST_ONE;
}

/*
 * A node for two pixels. A class of digits, with copies, has one for 14 or more,
 * as most contexts come again; noise, of which nothing can be learned, two for
 * each pixel, but that is not what coders are primed with.
 */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	(void)config;
	return (prefix + query) * (8 / 2) * sizeof(struct codist_node) +
	       sizeof(struct codist_costs);
}

/* It changes when lengths do. */
static const char *version(void)
{
	return "1";
}

static const char *const per[] = { "pixel", "image", NULL };
static const char *const templates[] = { "near", "wide", NULL };

static const struct codist_option options[] = {
	{ .name = "depth", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, depth),
	  .minimum = 0, .maximum = CODIST_DEPTH_MOST, .fallback = "16",
	  .help = "by so many pixels that came before a pixel is predicted" },
	{ .name = "template", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, template),
	  .choices = templates, .fallback = "near",
	  .help = "which pixels: the nearest, or a few near and some far off" },
	{ .name = "per", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, per),
	  .choices = per, .fallback = "pixel",
	  .help = "each place, counted from the top left, has a tree of its "
		  "own, which learns nothing from a picture alone (about a bit "
		  "a pixel), or one tree serves the whole image, and does" },
	{ .name = "alpha", .type = CODIST_REAL,
	  .offset = offsetof(struct config, alpha),
	  .minimum = 0.001, .maximum = 1, .fallback = "0.5",
	  .help = "what each count begins with; 0.5 is Krichevsky and "
		  "Trofimov's estimate" },
	{ .name = "weight", .type = CODIST_REAL,
	  .offset = offsetof(struct config, weight),
	  .minimum = 0.001, .maximum = 0.999, .fallback = "0.5",
	  .help = "how far a node is believed at first, before those that know "
		  "more of the context" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_ctw_image = {
	.plugin = {
		.name = NAME,
		.summary = "context tree weighting of black and white pictures, "
			   "which the transform pbm makes; lengths are in "
			   "fractions of a bit",
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
	.granularity = granularity,
	.memory = memory,
};
