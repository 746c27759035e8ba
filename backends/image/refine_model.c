/*
 * refine_model.c - a stream of pictures, each by those of its size that came before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_learn.h"
#include "refine_mean.h"
#include "refine_model.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* From here on nothing is learned any more, and so no count overflows. */
#define MOST_LEARNED ((uint64_t)1 << 31)

/* So often that what tables lean on where they know little does not show. */
#define BUILT_IN 1000000

void codist_refine_model_reset(struct codist_refine_model *model)
{
	struct codist_refine_learned *learned = &model->learned;

	for (size_t i = 0; i < model->n_galleries; i++)
		codist_gallery_release(&model->galleries[i]);
	free(model->galleries);
	model->galleries = NULL;
	model->n_galleries = 0;
	memset(learned, 0, sizeof(*learned));
	codist_refine_counts_init(&learned->counts, model->choice.radius,
				  model->choice.prior ? model->choice.prior :
							BUILT_IN);
	codist_refine_tables_fill(model->tables, &learned->counts,
				  model->costs, model->choice.radius);
}

enum codist_status codist_refine_model_init(struct codist_refine_model *model,
					    struct codist_refine_choice choice,
					    const struct codist_costs *costs,
					    struct codist_error *err)
{
	size_t size = (sizeof(*model->tables) + 63) / 64 * 64;

	*model = (struct codist_refine_model){
		.choice = choice, .costs = costs,
		.tables = aligned_alloc(64, size),
	};
	if (!model->tables)
		return codist_no_memory(err, "the tables of refine-image");
	codist_refine_model_reset(model);
	return CODIST_OK;
}

void codist_refine_model_release(struct codist_refine_model *model)
{
	for (size_t i = 0; i < model->n_galleries; i++)
		codist_gallery_release(&model->galleries[i]);
	free(model->galleries);
	free(model->tables);
	free(model->raster.buffer);
	free(model->rows);
	free(model->sites);
	free(model->parts);
}

static struct codist_gallery *gallery_of(struct codist_refine_model *model,
					 const struct codist_pbm *picture)
{
	for (size_t i = 0; i < model->n_galleries; i++)
		if (model->galleries[i].width == picture->width &&
		    model->galleries[i].height == picture->height)
			return &model->galleries[i];
	return NULL;
}

static enum codist_status add_gallery(struct codist_refine_model *model,
				      const struct codist_pbm *picture,
				      struct codist_error *err)
{
	struct codist_gallery *more =
		realloc(model->galleries,
			(model->n_galleries + 1) * sizeof(*more));
	struct codist_gallery made = {
		.width = picture->width, .height = picture->height,
		.radius = model->choice.radius, .block = model->choice.block,
		.n_nearest = model->choice.n_nearest,
	};

	if (!more)
		return codist_no_memory(err, "a list of pictures");
	/* What blanks cost is no use if it changes, nor if it takes more room. */
	if (model->choice.prior == 0 &&
	    sizeof(uint16_t) * codist_gallery_blocks(&made) *
			    codist_gallery_shifts(&made) <=
		    codist_gallery_places(&made))
		made.tables = model->tables;
	model->galleries = more;
	more[model->n_galleries++] = made;
	return CODIST_OK;
}

static enum codist_status make_room(struct codist_refine_model *model,
				    const struct codist_pbm *picture,
				    const struct codist_gallery *gallery,
				    struct codist_error *err)
{
	size_t n_rows = picture->width * picture->height;
	size_t n_parts = gallery ?
		gallery->n_walls * codist_gallery_lanes(gallery) : 0;

	if (n_rows > model->n_rows) {
		free(model->rows);
		free(model->sites);
		model->n_rows = 0;
		model->rows = malloc(n_rows);
		model->sites = malloc(2 * n_rows * sizeof(*model->sites));
		if (!model->rows || !model->sites)
			return codist_no_memory(err, "the pixels of a picture");
		model->n_rows = n_rows;
	}
	if (n_parts > model->n_parts) {
		free(model->parts);
		model->n_parts = 0;
		model->parts = malloc(n_parts * sizeof(*model->parts));
		if (!model->parts)
			return codist_no_memory(err, "what a picture costs");
		model->n_parts = n_parts;
	}
	return CODIST_OK;
}

/* The rows of the tables for the pixels that are known. */
static struct codist_refine_query ask(struct codist_refine_model *model,
				      size_t n_pixels)
{
	const struct codist_raster *x = &model->raster;
	size_t n = x->width * x->height;

	for (size_t i = 0; i < n_pixels; i++) {
		ptrdiff_t row = (ptrdiff_t)(i / x->width);
		ptrdiff_t column = (ptrdiff_t)(i % x->width);

		model->rows[i] = (unsigned char)(
			2 * codist_refine_before(x, row, column) +
			codist_raster_at(x, row, column));
	}
	memset(model->rows + n_pixels, REFINE_UNKNOWN, n - n_pixels);
	return (struct codist_refine_query){
		.width = x->width, .height = x->height,
		.block = model->choice.block, .rows = model->rows,
		.picture = x, .n_known = n_pixels,
	};
}

enum codist_status codist_refine_model_cost(struct codist_refine_model *model,
					    const struct codist_pbm *picture,
					    size_t n_pixels, uint64_t *cost,
					    struct codist_error *err)
{
	struct codist_gallery *gallery = gallery_of(model, picture);
	struct codist_refine_query query;
	struct codist_mean mean = { .costs = model->costs };

	CODIST_TRY(codist_raster_fill(&model->raster, picture, err));
	CODIST_TRY(make_room(model, picture, gallery, err));
	query = ask(model, n_pixels);
	model->alone = model->learned.alone;
	mean.alone = codist_alone_cost(&model->alone, model->costs,
				       &model->raster, n_pixels);
	if (gallery) {
		codist_refine_query_sites(&query, gallery, model->sites);
		codist_refine_scan(&query, gallery, model->tables,
				   model->choice.engine, model->parts);
		mean.base = codist_refine_base(&query, model->tables);
		mean.parts = model->parts;
		mean.n = gallery->n;
	}
	*cost = codist_mean_cost(&mean, model->tables);
	return CODIST_OK;
}

/* Of the picture whose cost was just told. */
static enum codist_status learn(struct codist_refine_model *model,
				const struct codist_pbm *picture,
				struct codist_error *err)
{
	struct codist_refine_learned *learned = &model->learned;
	struct codist_gallery *gallery = gallery_of(model, picture);
	struct codist_refine_query query = {
		.width = picture->width, .height = picture->height,
		.block = model->choice.block, .rows = model->rows,
	};

	if (!gallery) {
		CODIST_TRY(add_gallery(model, picture, err));
		gallery = &model->galleries[model->n_galleries - 1];
	}
	if (gallery->n == REFINE_MOST_PICTURES)
		return codist_fail(err, CODIST_EFORMAT,
				   "refine-image: more than %zu pictures of "
				   "%zu x %zu pixels", REFINE_MOST_PICTURES,
				   picture->width, picture->height);
	learned->alone = model->alone;
	if (model->choice.prior > 0 && gallery->n > 0 &&
	    learned->n_pixels < MOST_LEARNED) {
		codist_refine_learn(&learned->counts, &query, gallery,
				    model->tables, model->parts);
		learned->n_pixels += picture->width * picture->height;
	}
	CODIST_TRY(codist_gallery_add(gallery, &model->raster, err));
	learned->n_pictures++;
	if (model->choice.prior == 0 ||
	    learned->n_pictures < learned->n_until)
		return CODIST_OK;
	codist_refine_tables_fill(model->tables, &learned->counts,
				  model->costs, model->choice.radius);
	learned->n_until += learned->n_until / 16 + 1;
	return CODIST_OK;
}

static uint64_t size_cost(struct codist_refine_model *model,
			  const struct codist_pbm *picture)
{
	size_t width = picture->width, height = picture->height;
	struct codist_coding coding;

	codist_coding_count(&coding, model->costs);
	(void)codist_sizes_picture(&model->learned.sizes, &coding, &width,
				   &height);
	return coding.cost;
}

/* What it costs with its size; what is known stays as it is but for that. */
static enum codist_status add_cost(struct codist_refine_model *model,
				   const struct codist_pbm *picture,
				   struct codist_error *err)
{
	uint64_t cost;

	CODIST_TRY(codist_refine_model_cost(model, picture,
					    picture->width * picture->height,
					    &cost, err));
	model->learned.cost += size_cost(model, picture) + cost;
	return CODIST_OK;
}

enum codist_status codist_refine_model_take(struct codist_refine_model *model,
					    const struct codist_pbm *picture,
					    struct codist_error *err)
{
	CODIST_TRY(add_cost(model, picture, err));
	return learn(model, picture, err);
}

double codist_refine_model_bits(const struct codist_refine_model *model)
{
	struct codist_coding coding;

	codist_coding_count(&coding, model->costs);
	codist_sizes_end(&coding);
	return (double)(model->learned.cost + coding.cost) / CODIST_COST_ONE;
}

enum codist_status codist_refine_model_stream(struct codist_refine_model *model,
					      struct codist_bytes stream,
					      int is_last,
					      struct codist_error *err)
{
	struct codist_pbm picture = { 0 };

	for (;;) {
		int is_there;

		CODIST_TRY(codist_pbm_next(&picture, &stream, "refine-image",
					   &is_there, err));
		if (!is_there)
			return CODIST_OK;
		CODIST_TRY(add_cost(model, &picture, err));
		if (!is_last || stream.nbytes > 0)
			CODIST_TRY(learn(model, &picture, err));
	}
}

enum codist_status codist_refine_model_hang(struct codist_refine_model *model,
					    struct codist_bytes stream,
					    struct codist_error *err)
{
	struct codist_pbm picture = { 0 };

	assert(model->choice.prior == 0);
	for (;;) {
		int is_there;

		CODIST_TRY(codist_pbm_next(&picture, &stream, "refine-image",
					   &is_there, err));
		if (!is_there)
			return CODIST_OK;
		CODIST_TRY(codist_raster_fill(&model->raster, &picture, err));
		model->alone = model->learned.alone;
		(void)codist_alone_cost(&model->alone, model->costs,
					&model->raster,
					picture.width * picture.height);
		(void)size_cost(model, &picture);
		CODIST_TRY(learn(model, &picture, err));
	}
}

/* What is known, to be known again after pictures were learned of. */
struct memory {
	struct codist_refine_learned learned;
	struct codist_refine_tables tables;
	size_t n_galleries;
	size_t n_pictures[]; /* of each gallery */
};

static struct memory *remember(const struct codist_refine_model *model)
{
	struct memory *memory = malloc(sizeof(*memory) +
				       model->n_galleries * sizeof(size_t));

	if (!memory)
		return NULL;
	memory->learned = model->learned;
	memory->tables = *model->tables;
	memory->n_galleries = model->n_galleries;
	for (size_t i = 0; i < model->n_galleries; i++)
		memory->n_pictures[i] = model->galleries[i].n;
	return memory;
}

static void forget(struct codist_refine_model *model,
		   const struct memory *memory)
{
	model->learned = memory->learned;
	*model->tables = memory->tables;
	while (model->n_galleries > memory->n_galleries)
		codist_gallery_release(&model->galleries[--model->n_galleries]);
	for (size_t i = 0; i < model->n_galleries; i++)
		model->galleries[i].n = memory->n_pictures[i];
}

enum codist_status codist_refine_model_behind(struct codist_refine_model *model,
					      struct codist_bytes stream,
					      double *bits,
					      struct codist_error *err)
{
	struct codist_bytes rest = stream;
	struct codist_pbm picture = { 0 };
	struct memory *memory = NULL;
	enum codist_status status;
	int is_there;

	CODIST_TRY(codist_pbm_next(&picture, &rest, "refine-image", &is_there,
				   err));
	/* A picture alone changes this only. */
	struct codist_sizes sizes = model->learned.sizes;
	uint64_t cost = model->learned.cost;

	if (rest.nbytes > 0) {
		memory = remember(model);
		if (!memory)
			return codist_no_memory(err, "what is known");
	}
	status = codist_refine_model_stream(model, stream, 1, err);
	*bits = codist_refine_model_bits(model);
	if (memory)
		forget(model, memory);
	model->learned.sizes = sizes;
	model->learned.cost = cost;
	free(memory);
	return status;
}
