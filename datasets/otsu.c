/*
 * otsu.c - each image binarized at the threshold that parts it best
 *
 * It is the one with the greatest variance between the two classes of levels: N.
 * Otsu, A threshold selection method from gray-level histograms, IEEE Trans.
 * SMC 9 (1979), eq. 12 and 18; the lowest of equals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#define LEVELS 256

/* The first of the levels above the threshold; 256 where there is one level. */
static size_t threshold_of(const size_t counts[LEVELS], size_t n)
{
	double sum = 0, sum_below = 0, best = 0;
	size_t n_below = 0, threshold = LEVELS;

	for (size_t level = 0; level < LEVELS; level++)
		sum += (double)level * (double)counts[level];
	for (size_t level = 0; level + 1 < LEVELS; level++) {
		double below, above, between;

		n_below += counts[level];
		sum_below += (double)level * (double)counts[level];
		if (n_below == 0 || n_below == n)
			continue;
		below = sum_below / (double)n_below;
		above = (sum - sum_below) / (double)(n - n_below);
		between = (double)n_below * (double)(n - n_below) *
			  (above - below) * (above - below);
		if (between > best) {
			best = between;
			threshold = level + 1;
		}
	}
	return threshold;
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	size_t n = image->height * image->width, threshold;
	size_t counts[LEVELS] = { 0 };

	(void)config;
	(void)err;
	for (size_t i = 0; i < n; i++)
		counts[image->pixels[i]]++;
	threshold = threshold_of(counts, n);
	for (size_t i = 0; i < n; i++)
		out[i] = image->pixels[i] >= threshold;
	*n_out = n;
	return CODIST_OK;
}

const struct codist_transform codist_transform_otsu = {
	.plugin = {
		.name = "otsu",
		.summary = "pixels become 1 from a threshold of the image's "
			   "own on, else 0; of one level only, 0",
	},
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply,
};
