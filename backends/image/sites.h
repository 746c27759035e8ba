/*
 * sites.h - the tree of each place of a picture
 *
 * A place is counted from the top left, whatever a picture's size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_SITES_H
#define CODIST_BACKENDS_IMAGE_SITES_H

#include <codist/base.h>

#include <stdint.h>

/* Begin with zeros. */
struct codist_sites {
	struct codist_site_row {
		int32_t *trees; /* [width], CODIST_NO_TREE where none is */
		size_t width;
	} *rows; /* [height] */
	size_t height;
};

void codist_sites_release(struct codist_sites *sites);

/* codist_sites_widen() makes room for all places of a picture. */
enum codist_status codist_sites_widen(struct codist_sites *sites,
				       size_t width, size_t height,
				       struct codist_error *err);

/* codist_sites_forget() forgets all trees that were planted at `mark` or later. */
void codist_sites_forget(struct codist_sites *sites, size_t mark);

/* codist_sites_tree() is the tree of a place, CODIST_NO_TREE where none is. */
int32_t codist_sites_tree(const struct codist_sites *sites, size_t y,
			   size_t x);

#endif
