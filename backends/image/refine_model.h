/*
 * refine_model.h - a stream of pictures, each by those of its size that came before
 *
 * The n-th picture of its size is coded as a refinement of one of the n - 1 before
 * it, or as none: which one is not told. Its probability is the mean of n, each
 * of which could be coded by itself, so no reference is chosen and none left out.
 * The mean is taken in whole numbers, rounded so that no picture costs less than
 * by exact arithmetic.
 *
 * What is known of refinement, the tables, is built in, or learned of the pictures as
 * they pass by: whoever reads the stream has learned the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_MODEL_H
#define CODIST_BACKENDS_IMAGE_REFINE_MODEL_H

#include "refine_alone.h"
#include "refine_scan.h"

#include "sizes.h"

/* What pictures taught, but for the pictures themselves. */
struct codist_refine_learned {
	struct codist_alone alone;
	struct codist_refine_counts counts;
	struct codist_sizes sizes;
	uint64_t n_pixels;        /* that were counted */
	size_t n_pictures;
	size_t n_until;           /* pictures, then there are new tables */
	uint64_t cost;            /* so far, of CODIST_COST_ONE */
};

struct codist_refine_choice {
	size_t radius, block;
	/*
	 * 0: all earlier pictures of the same size; else those of them, so many,
	 * that differ by the fewest pixels. The others' terms of the mean are left
	 * out, and it is still divided by their number: so a picture costs no
	 * less than by all. Hence these are lengths of a code (Kraft 1949), though
	 * not of one that could be read pixel by pixel, since who is nearest is
	 * known when the whole picture is.
	 */
	size_t n_nearest;
	/* As often as each context was seen beforehand; 0: nothing is learned. */
	uint32_t prior;
	enum codist_refine_engine engine;
};

struct codist_refine_model {
	struct codist_refine_choice choice;
	const struct codist_costs *costs;
	struct codist_refine_tables *tables; /* aligned for vectors */
	struct codist_refine_learned learned;
	struct codist_gallery *galleries;
	size_t n_galleries;
	/* scratch: of the picture at hand */
	struct codist_raster raster;
	struct codist_alone alone;
	unsigned char *rows;
	struct codist_refine_site *sites;
	size_t n_rows;
	uint32_t *parts;
	size_t n_parts;
};

/* After a failed init there is nothing to release. */
enum codist_status codist_refine_model_init(struct codist_refine_model *model,
					    struct codist_refine_choice choice,
					    const struct codist_costs *costs,
					    struct codist_error *err);
void codist_refine_model_release(struct codist_refine_model *model);

/* codist_refine_model_reset() forgets everything. */
void codist_refine_model_reset(struct codist_refine_model *model);

/*
 * codist_refine_model_cost() is what the first `n_pixels` of a picture, in lines
 * from the top, cost after all that was taken in, of CODIST_COST_ONE; its size
 * costs nothing here. The others may be anything.
 */
enum codist_status codist_refine_model_cost(struct codist_refine_model *model,
					    const struct codist_pbm *picture,
					    size_t n_pixels, uint64_t *cost,
					    struct codist_error *err);

/*
 * codist_refine_model_take() adds what a picture costs, with its size, to
 * learned.cost, and learns of it.
 */
enum codist_status codist_refine_model_take(struct codist_refine_model *model,
					    const struct codist_pbm *picture,
					    struct codist_error *err);

/* codist_refine_model_bits() is the cost of all pictures and of the stream's end. */
double codist_refine_model_bits(const struct codist_refine_model *model);

/*
 * codist_refine_model_stream() takes in all pictures of a stream.
 *
 *   is_last   1: nothing follows, so that nothing is learned of the last picture
 */
enum codist_status codist_refine_model_stream(struct codist_refine_model *model,
					      struct codist_bytes stream,
					      int is_last,
					      struct codist_error *err);

/*
 * codist_refine_model_hang() takes in all pictures of a stream without asking what
 * they cost: learned.cost lacks that. Only where nothing is learned, prior 0; else
 * what they cost is wanted anyway.
 */
enum codist_status codist_refine_model_hang(struct codist_refine_model *model,
					    struct codist_bytes stream,
					    struct codist_error *err);

/*
 * codist_refine_model_behind() is codist_refine_model_bits() with another stream
 * behind what was taken in, and leaves the model as it was.
 */
enum codist_status codist_refine_model_behind(struct codist_refine_model *model,
					      struct codist_bytes stream,
					      double *bits,
					      struct codist_error *err);

#endif
