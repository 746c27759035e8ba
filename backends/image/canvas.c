/*
 * canvas.c - a picture with a white margin, a byte a pixel, and its contexts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas.h"

#include <stdlib.h>
#include <string.h>

const struct codist_template codist_template_near = {
	.places = {
		{ 0, 1 },  { 1, 0 },  { 1, 1 },  { 1, -1 }, { 0, 2 },
		{ 2, 0 },  { 1, 2 },  { 1, -2 }, { 2, 1 },  { 2, -1 },
		{ 2, 2 },  { 2, -2 }, { 0, 3 },  { 3, 0 },  { 1, 3 },
		{ 1, -3 }, { 3, 1 },  { 3, -1 }, { 2, 3 },  { 2, -3 },
		{ 3, 2 },  { 3, -2 }, { 0, 4 },  { 4, 0 },
	},
};

/* On the rays of a star, but for the last six. */
const struct codist_template codist_template_wide = {
	.places = {
		{ 0, 1 },  { 1, 0 },  { 1, 1 },  { 1, -1 }, { 0, 2 },
		{ 2, 0 },  { 0, 4 },  { 3, 3 },  { 4, 0 },  { 3, -3 },
		{ 0, 6 },  { 4, 4 },  { 6, 0 },  { 4, -4 }, { 0, 9 },
		{ 6, 6 },  { 9, 0 },  { 6, -6 }, { 2, 2 },  { 2, -2 },
		{ 1, 2 },  { 1, -2 }, { 2, 1 },  { 2, -1 },
	},
};

void codist_canvas_release(struct codist_canvas *canvas)
{
	free(canvas->pixels);
	canvas->pixels = NULL;
}

enum codist_status codist_canvas_clear(struct codist_canvas *canvas,
				       size_t width, size_t height,
				       struct codist_error *err)
{
	size_t stride = width + 2 * CODIST_REACH;
	size_t n_rows = height + CODIST_REACH;

	if (stride < width || n_rows < height || n_rows > SIZE_MAX / stride)
		return codist_no_memory(err, "a picture");
	if (stride * n_rows > canvas->capacity) {
		codist_canvas_release(canvas);
		canvas->capacity = 0;
		canvas->pixels = malloc(stride * n_rows);
		if (!canvas->pixels)
			return codist_no_memory(err, "a picture");
		canvas->capacity = stride * n_rows;
	}
	memset(canvas->pixels, 0, stride * n_rows);
	canvas->width = width;
	canvas->height = height;
	canvas->stride = stride;
	for (size_t i = 0; i < CODIST_TEMPLATE_MOST; i++) {
		const struct codist_place *place = &canvas->template->places[i];

		canvas->steps[i] = -(place->up * (ptrdiff_t)stride +
				     place->left);
	}
	return CODIST_OK;
}

enum codist_status codist_canvas_draw(struct codist_canvas *canvas,
				      const struct codist_pbm *picture,
				      struct codist_error *err)
{
	CODIST_TRY(codist_canvas_clear(canvas, picture->width, picture->height,
				       err));
	for (size_t y = 0; y < picture->height; y++) {
		unsigned char *row = codist_canvas_at(canvas, y, 0);

		for (size_t x = 0; x < picture->width; x++)
			row[x] = (unsigned char)codist_pbm_pixel(picture, y, x);
	}
	return CODIST_OK;
}
