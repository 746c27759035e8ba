/*
 * moments.c - where the mass of an image lies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "moments.h"

static void add_centre(struct codist_moments *m,
		       const struct codist_image *image)
{
	for (size_t y = 0; y < image->height; y++)
		for (size_t x = 0; x < image->width; x++) {
			double mass = image->pixels[y * image->width + x];

			m->mass += mass;
			m->y += mass * (double)y;
			m->x += mass * (double)x;
		}
	if (m->mass > 0) {
		m->y /= m->mass;
		m->x /= m->mass;
	}
}

struct codist_moments codist_moments_of(const struct codist_image *image)
{
	struct codist_moments m = { .mass = 0 };

	add_centre(&m, image);
	if (!(m.mass > 0))
		return m;
	for (size_t y = 0; y < image->height; y++)
		for (size_t x = 0; x < image->width; x++) {
			double mass = image->pixels[y * image->width + x];

			m.yy += mass * ((double)y - m.y) * ((double)y - m.y);
			m.yx += mass * ((double)y - m.y) * ((double)x - m.x);
		}
	m.yy /= m.mass;
	m.yx /= m.mass;
	return m;
}
