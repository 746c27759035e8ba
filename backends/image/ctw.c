/*
 * ctw.c - pictures by context trees, one for each place or one for all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ctw.h"

#include <stdlib.h>

/* A pixel is kept with its context, in the bit beyond all contexts. */
#define PIXEL_BIT CODIST_TEMPLATE_MOST
#define PIXEL ((uint32_t)1 << PIXEL_BIT)

/* Pixels that are taken in place by place, so that they stay in a cache. */
#define RUN_PIXELS ((size_t)1 << 22)

void codist_ctw_release(struct codist_ctw *ctw)
{
	codist_forest_release(&ctw->forest);
	codist_sites_release(&ctw->sites);
	codist_canvas_release(&ctw->canvas);
	free(ctw->contexts);
	ctw->contexts = NULL;
}

enum codist_status codist_ctw_clear(struct codist_ctw *ctw,
				    struct codist_error *err)
{
	codist_forest_clear(&ctw->forest);
	codist_sites_forget(&ctw->sites, 0);
	ctw->sizes = (struct codist_sizes){ 0, 0 };
	if (!ctw->has_one_tree)
		return CODIST_OK;
	return codist_forest_plant(&ctw->forest, &ctw->tree, err);
}

/* The tree of a place, which is planted if there is none. */
static enum codist_status tree_of(struct codist_ctw *ctw, size_t y, size_t x,
				  int32_t *tree, struct codist_error *err)
{
	if (ctw->has_one_tree) {
		*tree = ctw->tree;
		return CODIST_OK;
	}
	*tree = ctw->sites.rows[y].trees[x];
	if (*tree != CODIST_NO_TREE)
		return CODIST_OK;
	CODIST_TRY(codist_forest_plant(&ctw->forest, tree, err));
	ctw->sites.rows[y].trees[x] = *tree;
	return CODIST_OK;
}

static enum codist_status make_contexts(struct codist_ctw *ctw, size_t n,
					struct codist_error *err)
{
	uint32_t *contexts;

	if (n <= ctw->contexts_capacity)
		return CODIST_OK;
	if (n > SIZE_MAX / sizeof(*contexts))
		return codist_no_memory(err, "contexts of pixels");
	contexts = realloc(ctw->contexts, n * sizeof(*contexts));
	if (!contexts)
		return codist_no_memory(err, "contexts of pixels");
	ctw->contexts = contexts;
	ctw->contexts_capacity = n;
	return CODIST_OK;
}

/* Of all pixels of the picture on the canvas, row by row. */
static void list_contexts(const struct codist_ctw *ctw, uint32_t *contexts)
{
	const struct codist_canvas *canvas = &ctw->canvas;

	for (size_t y = 0; y < canvas->height; y++) {
		const unsigned char *row = codist_canvas_at(canvas, y, 0);

		for (size_t x = 0; x < canvas->width; x++)
			*contexts++ = codist_canvas_context(canvas, row + x,
							    ctw->forest.depth) |
				      (uint32_t)row[x] << PIXEL_BIT;
	}
}

static enum codist_status learn_pixel(struct codist_ctw *ctw, int32_t tree,
				      struct codist_coding *coding,
				      uint32_t context,
				      struct codist_error *err)
{
	unsigned bit = context >> PIXEL_BIT;
	uint32_t p1 = codist_forest_learn(&ctw->forest, tree,
					  context & (PIXEL - 1), bit);

	if (p1 == 0)
		return codist_no_memory(err, "context trees");
	(void)codist_coding_bit(coding, p1, bit);
	return CODIST_OK;
}

/* n pictures of the size of the canvas, of which there are all contexts. */
static enum codist_status learn_run(struct codist_ctw *ctw, size_t n,
				    struct codist_coding *coding,
				    struct codist_error *err)
{
	size_t width = ctw->canvas.width;
	size_t n_pixels = width * ctw->canvas.height;

	if (ctw->has_one_tree) {
		for (size_t i = 0; i < n * n_pixels; i++)
			CODIST_TRY(learn_pixel(ctw, ctw->tree, coding,
					       ctw->contexts[i], err));
		return CODIST_OK;
	}
	CODIST_TRY(codist_sites_widen(&ctw->sites, width, ctw->canvas.height,
				       err));
	for (size_t i = 0; i < n_pixels; i++) {
		const uint32_t *of_place = ctw->contexts + i;
		int32_t tree;

		CODIST_TRY(tree_of(ctw, i / width, i % width, &tree, err));
		for (size_t k = 0; k < n; k++)
			CODIST_TRY(learn_pixel(ctw, tree, coding,
					       of_place[k * n_pixels], err));
	}
	return CODIST_OK;
}

enum codist_status codist_ctw_learn(struct codist_ctw *ctw,
				    struct codist_coding *coding,
				    struct codist_bytes stream,
				    const char *who, struct codist_error *err)
{
	struct codist_pbm picture = { 0 };
	size_t n = 0, n_pixels = 0; /* of a run of pictures of one size */
	int is_there;

	do {
		CODIST_TRY(codist_pbm_next(&picture, &stream, who, &is_there,
					   err));
		if (n > 0 && (!is_there ||
			      picture.width != ctw->canvas.width ||
			      picture.height != ctw->canvas.height ||
			      n_pixels > RUN_PIXELS / (n + 1))) {
			CODIST_TRY(learn_run(ctw, n, coding, err));
			n = 0;
		}
		if (!is_there)
			break;
		n_pixels = picture.width * picture.height;
		(void)codist_sizes_picture(&ctw->sizes, coding, &picture.width,
					   &picture.height);
		CODIST_TRY(codist_canvas_draw(&ctw->canvas, &picture, err));
		CODIST_TRY(make_contexts(ctw, (n + 1) * n_pixels, err));
		list_contexts(ctw, ctw->contexts + n++ * n_pixels);
	} while (1);
	return CODIST_OK;
}

/* Pixels of a row, from x on, as many as are asked at once. */
static void ask_some(const struct codist_ctw *ctw, struct codist_coding *coding,
		     size_t y, size_t x, const unsigned char *pixels)
{
	uint32_t contexts[CODIST_AT_ONCE], p1[CODIST_AT_ONCE];
	int32_t trees[CODIST_AT_ONCE];
	size_t n = ctw->canvas.width - x;

	if (n > CODIST_AT_ONCE)
		n = CODIST_AT_ONCE;
	for (size_t i = 0; i < n; i++) {
		trees[i] = codist_sites_tree(&ctw->sites, y, x + i);
		contexts[i] = codist_canvas_context(&ctw->canvas, pixels + i,
						    ctw->forest.depth);
	}
	codist_forest_predict(&ctw->forest, n, trees, contexts, p1);
	for (size_t i = 0; i < n; i++)
		(void)codist_coding_bit(coding, p1[i], pixels[i]);
}

/* One picture by trees that it does not change, as it visits each once. */
static enum codist_status ask_picture(struct codist_ctw *ctw,
				      struct codist_coding *coding,
				      struct codist_pbm *picture,
				      struct codist_error *err)
{
	struct codist_sizes sizes = ctw->sizes;
	const struct codist_canvas *canvas = &ctw->canvas;

	(void)codist_sizes_picture(&sizes, coding, &picture->width,
				   &picture->height);
	CODIST_TRY(codist_canvas_draw(&ctw->canvas, picture, err));
	for (size_t y = 0; y < canvas->height; y++) {
		const unsigned char *row = codist_canvas_at(canvas, y, 0);

		for (size_t x = 0; x < canvas->width; x += CODIST_AT_ONCE)
			ask_some(ctw, coding, y, x, row + x);
	}
	return CODIST_OK;
}

enum codist_status codist_ctw_ask(struct codist_ctw *ctw,
				  struct codist_coding *coding,
				  struct codist_bytes stream, const char *who,
				  struct codist_error *err)
{
	struct codist_sizes sizes = ctw->sizes;
	struct codist_bytes rest = stream;
	struct codist_pbm picture = { 0 };
	enum codist_status status;
	int is_there;

	CODIST_TRY(codist_pbm_next(&picture, &rest, who, &is_there, err));
	if (!is_there)
		return CODIST_OK;
	if (rest.nbytes == 0 && !ctw->has_one_tree)
		return ask_picture(ctw, coding, &picture, err);
	codist_forest_mark(&ctw->forest);
	status = codist_ctw_learn(ctw, coding, stream, who, err);
	codist_forest_undo(&ctw->forest);
	codist_sites_forget(&ctw->sites, ctw->forest.n_nodes);
	ctw->sizes = sizes;
	return status;
}

/* The pixels of the canvas, each of which is read if nothing is drawn yet. */
static enum codist_status code_canvas(struct codist_ctw *ctw,
				      struct codist_coding *coding,
				      struct codist_error *err)
{
	struct codist_canvas *canvas = &ctw->canvas;
	int32_t tree;

	CODIST_TRY(codist_sites_widen(&ctw->sites, canvas->width,
				       canvas->height, err));
	for (size_t y = 0; y < canvas->height; y++)
		for (size_t x = 0; x < canvas->width; x++) {
			unsigned char *pixel = codist_canvas_at(canvas, y, x);
			uint32_t p1, context = codist_canvas_context(
				canvas, pixel, ctw->forest.depth);

			CODIST_TRY(tree_of(ctw, y, x, &tree, err));
			codist_forest_predict(&ctw->forest, 1, &tree, &context,
					      &p1);
			*pixel = (unsigned char)codist_coding_bit(coding, p1,
								  *pixel);
			if (codist_forest_learn(&ctw->forest, tree, context,
						*pixel) == 0)
				return codist_no_memory(err, "context trees");
		}
	return CODIST_OK;
}

enum codist_status codist_ctw_write(struct codist_ctw *ctw,
				    struct codist_coding *coding,
				    const struct codist_pbm *picture,
				    struct codist_error *err)
{
	size_t width = picture->width, height = picture->height;

	(void)codist_sizes_picture(&ctw->sizes, coding, &width, &height);
	CODIST_TRY(codist_canvas_draw(&ctw->canvas, picture, err));
	return code_canvas(ctw, coding, err);
}

enum codist_status codist_ctw_read(struct codist_ctw *ctw,
				   struct codist_coding *coding, int *is_there,
				   struct codist_error *err)
{
	size_t width = 0, height = 0;

	*is_there = codist_sizes_picture(&ctw->sizes, coding, &width, &height);
	if (!*is_there)
		return CODIST_OK;
	CODIST_TRY(codist_canvas_clear(&ctw->canvas, width, height, err));
	return code_canvas(ctw, coding, err);
}
