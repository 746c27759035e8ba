/*
 * sites.c - the tree of each place of a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "forest.h"
#include "sites.h"

#include <stdlib.h>

void codist_sites_release(struct codist_sites *sites)
{
	for (size_t y = 0; y < sites->height; y++)
		free(sites->rows[y].trees);
	free(sites->rows);
	*sites = (struct codist_sites){ 0 };
}

static enum codist_status widen_row(struct codist_site_row *row, size_t width,
				    struct codist_error *err)
{
	int32_t *trees;

	if (width <= row->width)
		return CODIST_OK;
	if (width > SIZE_MAX / sizeof(*trees))
		return codist_no_memory(err, "places of pixels");
	trees = realloc(row->trees, width * sizeof(*trees));
	if (!trees)
		return codist_no_memory(err, "places of pixels");
	row->trees = trees;
	while (row->width < width)
		trees[row->width++] = CODIST_NO_TREE;
	return CODIST_OK;
}

enum codist_status codist_sites_widen(struct codist_sites *sites,
				       size_t width, size_t height,
				       struct codist_error *err)
{
	if (height > sites->height) {
		struct codist_site_row *rows;

		if (height > SIZE_MAX / sizeof(*rows))
			return codist_no_memory(err, "places of pixels");
		rows = realloc(sites->rows, height * sizeof(*rows));
		if (!rows)
			return codist_no_memory(err, "places of pixels");
		sites->rows = rows;
		while (sites->height < height)
			rows[sites->height++] = (struct codist_site_row){ 0 };
	}
	for (size_t y = 0; y < height; y++)
		CODIST_TRY(widen_row(&sites->rows[y], width, err));
	return CODIST_OK;
}

void codist_sites_forget(struct codist_sites *sites, size_t mark)
{
	for (size_t y = 0; y < sites->height; y++) {
		struct codist_site_row *row = &sites->rows[y];

		for (size_t x = 0; x < row->width; x++)
			if (row->trees[x] != CODIST_NO_TREE &&
			    (size_t)row->trees[x] >= mark)
				row->trees[x] = CODIST_NO_TREE;
	}
}

int32_t codist_sites_tree(const struct codist_sites *sites, size_t y,
			   size_t x)
{
	if (y >= sites->height || x >= sites->rows[y].width)
		return CODIST_NO_TREE;
	return sites->rows[y].trees[x];
}
