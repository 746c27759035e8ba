/*
 * canvas.h - a picture with a white margin, a byte a pixel, and its contexts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_CANVAS_H
#define CODIST_BACKENDS_IMAGE_CANVAS_H

#include "pbm.h"

#include <stdint.h>

/* As far as a template reaches, and so wide is the margin. */
#define CODIST_REACH 9

/*
 * Pixels that come before a pixel, row by row, by which it is predicted: a context
 * has that of places[0] in its lowest bit.
 */
#define CODIST_TEMPLATE_MOST 24
struct codist_template {
	struct codist_place {
		signed char up, left; /* how far; left of it if > 0 */
	} places[CODIST_TEMPLATE_MOST];
};

/* The nearest pixels, the nearest first; and few near, but some far off. */
extern const struct codist_template codist_template_near;
extern const struct codist_template codist_template_wide;

/* Begin with zeros and a template. */
struct codist_canvas {
	const struct codist_template *template;
	size_t width, height, stride;
	unsigned char *pixels; /* [height + reach][stride], 0 or 1 */
	size_t capacity;
	ptrdiff_t steps[CODIST_TEMPLATE_MOST]; /* to the places */
};

void codist_canvas_release(struct codist_canvas *canvas);

/* codist_canvas_clear() makes it white, and of some size. */
enum codist_status codist_canvas_clear(struct codist_canvas *canvas,
				       size_t width, size_t height,
				       struct codist_error *err);

/* codist_canvas_draw() puts a picture on it. */
enum codist_status codist_canvas_draw(struct codist_canvas *canvas,
				      const struct codist_pbm *picture,
				      struct codist_error *err);

/* codist_canvas_at() is a pixel; y < height, x < width. */
static inline unsigned char *codist_canvas_at(const struct codist_canvas *canvas,
					      size_t y, size_t x)
{
	return canvas->pixels + (y + CODIST_REACH) * canvas->stride +
	       CODIST_REACH + x;
}

/* codist_canvas_context() is what the first `depth` places say of a pixel. */
static inline uint32_t codist_canvas_context(const struct codist_canvas *canvas,
					     const unsigned char *pixel,
					     unsigned depth)
{
	uint32_t context = 0;

	for (unsigned d = 0; d < depth; d++)
		context |= (uint32_t)pixel[canvas->steps[d]] << d;
	return context;
}

#endif
