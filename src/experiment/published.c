/*
 * published.c - what was published of the "MNIST by zip" experiments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/published_matrices.h"

const struct codist_published codist_published[] = {
	{
		.name = "deflate-default",
		.title = "deflate at its defaults, grey, whole classes",
		.n_correct = 2676, .lowest = 2676, .highest = 2676,
		.confusion = codist_deflate_default,
	},
	{
		.name = "deflate-wbits-10",
		.title = "deflate level 9 in a window of 1 KiB, grey, whole "
			 "classes",
		.n_correct = 3469, .lowest = 3469, .highest = 3469,
		.confusion = codist_deflate_level9_wbits_10,
	},
	{
		.name = "binarized-class",
		.title = "deflate level 9, binarized, whole classes",
		.n_correct = 4523, .lowest = 4523, .highest = 4523,
		.confusion = codist_binarized_deflate_level9,
	},
	{
		.name = "chunk64-logsumexp",
		.title = "deflate level 9, binarized, chunks of 64, logsumexp",
		.n_correct = 7379, .lowest = 7379, .highest = 7379,
		.confusion = codist_binarized_chunk64_logsumexp,
	},
	{
		.name = "chunk64-mean",
		.title = "deflate level 9, binarized, chunks of 64, mean",
		.n_correct = 7129, .lowest = 7129, .highest = 7129,
		.confusion = codist_binarized_chunk64_mean,
	},
	{
		.name = "knn20-pixels",
		.title = "20 nearest by the count of pixels, by distance",
		.n_correct = 2015, .lowest = 1950, .highest = 2080,
		.note = "Which of equally near neighbours vote depends on "
			"their order, and was not published. equals=even was "
			"chosen because its count falls into this range; that "
			"of equals=first, the order of the set, is 2171, and "
			"does not.",
		.confusion = codist_knn20_pixel_count,
	},
	{
		.name = "nearest-mean-pixels",
		.title = "nearest class mean of the count of pixels >= 128",
		.n_correct = 2201, .lowest = 2201, .highest = 2201,
	},
};

const size_t codist_n_published =
	sizeof(codist_published) / sizeof(codist_published[0]);

const char codist_published_train[] =
	"741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757";
const char codist_published_test[] =
	"6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161";
const char codist_published_zlib[] = "1.2.13";
