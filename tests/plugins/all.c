/*
 * all.c - a plug-in for each door, see cli_plugin.sh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <string.h>

struct config {
	int64_t step;
};

static const struct codist_option options[] = {
	{ .name = "step", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, step), .minimum = 1, .maximum = 9,
	  .fallback = "2", .help = "every so many are counted" },
	{ .name = NULL },
};

static enum codist_status init(void *coder, const void *config,
			       struct codist_error *err)
{
	(void)err;
	*(int64_t *)coder = ((const struct config *)config)->step;
	return CODIST_OK;
}

static void release(void *coder)
{
	(void)coder;
}

/* It calls libcodist, so that its symbols must be found. */
static enum codist_status length(void *coder, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	if (x.nbytes == 1)
		return codist_fail(err, CODIST_ELIBRARY,
				   "one byte is too odd for me");
	*bits = 8 * (double)(x.nbytes / (size_t)*(int64_t *)coder);
	return CODIST_OK;
}

static const struct codist_backend backend = {
	.plugin = { .name = "odd-ones", .summary = "some of the bytes",
		    .options = options, .config_size = sizeof(struct config) },
	.library = "odd",
	.coder_size = sizeof(int64_t),
	.init = init,
	.release = release,
	.length = length,
};

/* Two classes of two samples of two bytes. */
static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	static const unsigned char bytes[] = "aaabbbba";

	(void)config;
	CODIST_TRY(codist_dataset_allocate(set, "four", 4, 2, 8, err));
	memcpy(set->bytes, bytes, 8);
	for (unsigned i = 0; i < 4; i++) {
		set->labels[i] = i / 2;
		set->starts[i + 1] = 2 * (i + 1);
	}
	for (unsigned c = 0; c < 2; c++) {
		set->class_names[c] = strdup(c ? "late" : "early");
		if (!set->class_names[c])
			return codist_no_memory(err, "a name");
	}
	return CODIST_OK;
}

static const struct codist_loader loader = {
	.plugin = { .name = "four", .summary = "four samples" },
	.load = load,
};

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	(void)config;
	for (size_t i = 0; i < x.nbytes; i++)
		out[i] = (unsigned char)(x.data[i] + 1);
	return x.nbytes;
}

static const struct codist_transform transform = {
	.plugin = { .name = "next", .summary = "each byte is raised by one" },
	.apply = apply,
};

/* Upside down, as it is, and mirrored. */
static size_t n_copies(const void *config)
{
	(void)config;
	return 3;
}

static void apply_copy(const void *config, const struct codist_image *image,
		       size_t copy, unsigned char *out)
{
	size_t bottom = image->height - 1, right = image->width - 1;

	(void)config;
	for (size_t y = 0; y <= bottom; y++)
		for (size_t x = 0; x <= right; x++)
			*out++ = image->pixels[
				(copy == 0 ? bottom - y : y) * image->width +
				(copy == 2 ? right - x : x)];
}

static enum codist_status apply_image(const void *config,
				      const struct codist_image *image,
				      unsigned char *out, size_t *n_out,
				      struct codist_error *err)
{
	(void)err;
	*n_out = image->height * image->width;
	apply_copy(config, image, 1, out);
	return CODIST_OK;
}

static const struct codist_transform of_images = {
	.plugin = { .name = "mirror", .summary = "and in a mirror" },
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply_image,
	.n_copies = n_copies,
	.apply_copy = apply_copy,
};

/* As the reference door's own `each`. */
static enum codist_status cut(const void *config,
			      const struct codist_dataset *train,
			      struct codist_reference_set *references,
			      struct codist_error *err)
{
	struct codist_spec each;
	enum codist_status status;

	(void)config;
	CODIST_TRY(codist_spec_init(&each, &codist_references, "each", err));
	status = codist_references_cut(references, &each, train, err);
	codist_spec_release(&each);
	return status;
}

static const struct codist_reference reference = {
	.plugin = { .name = "each-again", .summary = "each sample" },
	.cut = cut,
};

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	(void)config;
	(void)coder;
	(void)base;
	(void)reference;
	(void)err;
	*score = query->bytes.data[0];
	return CODIST_OK;
}

static const struct codist_measure measure = {
	.plugin = { .name = "first-byte", .summary = "the query's first byte" },
	.score = score,
};

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	(void)config;
	(void)scratch;
	for (size_t c = 0; c < row->n_classes; c++)
		class_scores[c] = (double)(row->n_classes - c);
}

static const struct codist_aggregator aggregator = {
	.plugin = { .name = "last-class", .summary = "it is always the last" },
	.fold = fold,
};

static const struct codist_loader *const loaders[] = { &loader, NULL };
static const struct codist_transform *const transforms[] = { &transform,
							      &of_images,
							      NULL };
static const struct codist_reference *const references[] = { &reference, NULL };
static const struct codist_measure *const measures[] = { &measure, NULL };
static const struct codist_backend *const backends[] = { &backend, NULL };
static const struct codist_aggregator *const aggregators[] = { &aggregator,
							       NULL };

const struct codist_plugin_set codist_plugins_v1 = {
	.abi = CODIST_ABI,
	.loaders = loaders,
	.transforms = transforms,
	.references = references,
	.measures = measures,
	.backends = backends,
	.aggregators = aggregators,
};
