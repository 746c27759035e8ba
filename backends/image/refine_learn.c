/*
 * refine_learn.c - what a picture teaches about refinement, once it is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_learn.h"

#define N_TEACHERS 16
#define ROOT 3

struct teacher {
	size_t picture;
	uint32_t parts, weight; /* of REFINE_COUNT_ONE */
};

/* 2^(-parts / 64), in parts of 2048. */
static uint32_t power(const struct codist_refine_tables *tables, uint32_t parts)
{
	if (parts >= 16 * REFINE_PARTS)
		return 0;
	return (uint32_t)tables->powers[parts % REFINE_PARTS] >>
	       parts / REFINE_PARTS;
}

/* The cheapest, in their order, equal ones in that of the gallery. */
static size_t cheapest(struct teacher *teachers, const uint32_t *parts, size_t n)
{
	size_t n_teachers = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = n_teachers;

		if (parts[i] == REFINE_LEFT_OUT)
			continue;
		if (k == N_TEACHERS && parts[i] >= teachers[k - 1].parts)
			continue;
		if (k < N_TEACHERS)
			n_teachers++;
		else
			k--;
		for (; k > 0 && teachers[k - 1].parts > parts[i]; k--)
			teachers[k] = teachers[k - 1];
		teachers[k] = (struct teacher){ .picture = i,
						.parts = parts[i] };
	}
	return n_teachers;
}

static void weigh(struct teacher *teachers, size_t n,
		  const struct codist_refine_tables *tables)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		teachers[i].weight = power(tables, (teachers[i].parts -
						    teachers[0].parts) / ROOT);
		sum += teachers[i].weight;
	}
	for (size_t i = 0; i < n; i++)
		teachers[i].weight = teachers[i].weight * REFINE_COUNT_ONE /
				     sum;
}

/* One block, by one picture. */
struct lesson {
	const struct codist_refine_query *query;
	const unsigned char *around; /* of the picture; the next by n_lanes */
	size_t n_lanes, stride, side;
	size_t top, left, bottom, right;
};

static size_t around_at(const struct lesson *of, size_t y, size_t x, size_t s)
{
	return of->around[((y + s / of->side) * of->stride + x +
			   s % of->side) * of->n_lanes];
}

static uint16_t cost(const struct lesson *of,
		     const struct codist_refine_tables *tables, size_t s)
{
	unsigned sum = tables->shifts[s];

	for (size_t y = of->top; y < of->bottom; y++)
		for (size_t x = of->left; x < of->right; x++)
			sum += tables->parts
				[of->query->rows[y * of->query->width + x]]
				[around_at(of, y, x, s)];
	return (uint16_t)sum;
}

static void count(const struct lesson *of, struct codist_refine_counts *counts,
		  size_t s, uint32_t weight)
{
	counts->shifts[s] += weight;
	for (size_t y = of->top; y < of->bottom; y++)
		for (size_t x = of->left; x < of->right; x++) {
			size_t row = of->query->rows[y * of->query->width + x];

			counts->n[row / 2][around_at(of, y, x, s)][row % 2] +=
				weight;
		}
}

static void take_block(const struct lesson *of,
		       struct codist_refine_counts *counts,
		       const struct codist_refine_tables *tables,
		       uint32_t weight)
{
	size_t n_shifts = of->side * of->side;
	uint16_t costs[REFINE_MOST_SHIFTS], least = UINT16_MAX;
	uint32_t sum = 0;

	for (size_t s = 0; s < n_shifts; s++) {
		costs[s] = cost(of, tables, s);
		if (costs[s] < least)
			least = costs[s];
	}
	for (size_t s = 0; s < n_shifts; s++)
		sum += power(tables, (uint32_t)(costs[s] - least));
	for (size_t s = 0; s < n_shifts; s++) {
		uint64_t share = (uint64_t)weight *
				 power(tables, (uint32_t)(costs[s] - least)) /
				 sum;

		if (share > 0)
			count(of, counts, s, (uint32_t)share);
	}
}

void codist_refine_learn(struct codist_refine_counts *counts,
			 const struct codist_refine_query *query,
			 const struct codist_gallery *gallery,
			 const struct codist_refine_tables *tables,
			 const uint32_t *parts)
{
	struct teacher teachers[N_TEACHERS];
	size_t n = cheapest(teachers, parts, gallery->n);
	size_t most = codist_gallery_lanes(gallery);
	struct lesson of = {
		.query = query,
		.stride = gallery->width + 2 * gallery->radius,
		.side = 2 * gallery->radius + 1,
	};

	weigh(teachers, n, tables);
	for (size_t i = 0; i < n && teachers[i].weight > 0; i++) {
		const struct codist_refine_wall *wall =
			&gallery->walls[teachers[i].picture / most];

		of.around = wall->around + teachers[i].picture % most;
		of.n_lanes = wall->n_lanes;
		for (of.top = 0; of.top < query->height; of.top = of.bottom) {
			of.bottom = of.top + query->block;
			if (of.bottom > query->height)
				of.bottom = query->height;
			for (of.left = 0; of.left < query->width;
			     of.left = of.right) {
				of.right = of.left + query->block;
				if (of.right > query->width)
					of.right = query->width;
				take_block(&of, counts, tables,
					   teachers[i].weight);
			}
		}
	}
}
