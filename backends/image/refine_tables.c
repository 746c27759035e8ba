/*
 * refine_tables.c - what a pixel costs, by the pixels before it and the reference's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_handwriting.h"
#include "refine_tables.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Nothing is less likely than 2^-11, so that 64 pixels cost less than 2^16. */
#define LEAST (CODIST_PROBABILITY_ONE >> 11)

/* What a letter says, in the order of the alphabet; no charset has another. */
static double odds(char letter)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz";

	return REFINE_ODDS_FIRST +
	       REFINE_ODDS_STEP * (double)(strchr(letters, letter) - letters);
}

/* Half of all displacements are by no pixel. */
void codist_refine_counts_init(struct codist_refine_counts *counts,
			       size_t radius, uint32_t prior)
{
	size_t n_shifts = (2 * radius + 1) * (2 * radius + 1);
	uint64_t all = (uint64_t)prior * REFINE_COUNT_ONE;

	*counts = (struct codist_refine_counts){ 0 };
	for (size_t b = 0; b < REFINE_N_BEFORE; b++)
		for (size_t a = 0; a < REFINE_N_AROUND; a++) {
			uint64_t white = (uint64_t)floor(
				(double)all /
				(1 + exp2(odds(handwriting[b][a]))));

			counts->n[b][a][0] = white;
			counts->n[b][a][1] = all - white;
		}
	for (size_t i = 0; i < n_shifts; i++)
		counts->shifts[i] = all;
	if (n_shifts > 1)
		counts->shifts[n_shifts / 2] = (n_shifts - 1) * all;
}

/*
 * The probability of black by the first k pixels around leans on that by the first
 * k - 1 as if it had been seen once more; what is not seen is as likely as there.
 * p receives [REFINE_N_AROUND].
 */
static void probabilities(uint32_t *p, uint64_t n[REFINE_N_AROUND][2])
{
	uint64_t sums[2 * REFINE_N_AROUND][2];
	uint32_t parent[REFINE_N_AROUND] = { CODIST_PROBABILITY_ONE / 2 };

	/* Those that have k pixels known begin at 2^k. */
	for (unsigned a = 0; a < REFINE_N_AROUND; a++)
		for (unsigned bit = 0; bit < 2; bit++)
			sums[REFINE_N_AROUND + a][bit] = n[a][bit];
	for (unsigned k = REFINE_AROUND; k-- > 0;)
		for (unsigned a = 0; a < 1U << k; a++)
			for (unsigned bit = 0; bit < 2; bit++)
				sums[(1U << k) + a][bit] =
					sums[(2U << k) + a][bit] +
					sums[(3U << k) + a][bit];
	for (unsigned k = 0; k <= REFINE_AROUND; k++) {
		for (unsigned a = 0; a < 1U << k; a++) {
			const uint64_t *of = sums[(1U << k) + a];
			uint32_t above = parent[k ? a & ((1U << (k - 1)) - 1) :
						    0];

			p[a] = (uint32_t)(
				(of[1] * CODIST_PROBABILITY_ONE +
				 (uint64_t)above * REFINE_COUNT_ONE) /
				(of[0] + of[1] + REFINE_COUNT_ONE));
		}
		for (unsigned a = 0; a < 1U << k; a++)
			parent[a] = p[a];
	}
	for (unsigned a = 0; a < REFINE_N_AROUND; a++) {
		if (p[a] < LEAST)
			p[a] = LEAST;
		if (p[a] > CODIST_PROBABILITY_ONE - LEAST)
			p[a] = CODIST_PROBABILITY_ONE - LEAST;
	}
}

static void fill_row(struct codist_refine_tables *tables, size_t row,
		     const uint32_t *costs /* [REFINE_N_AROUND] */)
{
	uint32_t base = costs[0];

	for (unsigned a = 1; a < REFINE_N_AROUND; a++)
		if (costs[a] < base)
			base = costs[a];
	tables->base[row] = base;
	for (unsigned a = 0; a < REFINE_N_AROUND; a++) {
		uint32_t parts = (costs[a] - base + REFINE_PART - 1) /
				 REFINE_PART;

		assert(parts <= 11 * REFINE_PARTS);
		tables->parts[row][a] = (uint16_t)parts;
		tables->bytes[row][0][a] = (unsigned char)(parts & 255);
		tables->bytes[row][1][a] = (unsigned char)(parts >> 8);
	}
}

static void fill_beyond(struct codist_refine_tables *tables)
{
	for (size_t row = 0; row <= REFINE_ROWS; row++)
		for (size_t a = 0; a < REFINE_N_AROUND; a++) {
			unsigned of = row == REFINE_UNKNOWN ?
				0 : tables->parts[row][a];
			unsigned more = of - tables->parts[REFINE_BLANK][a];

			tables->beyond[row][0][a] =
				(unsigned char)(more & 255);
			tables->beyond[row][1][a] =
				(unsigned char)(more >> 8 & 255);
		}
}

/* No power or logarithm but those of 0 comes near a whole number. */
static void fill_logarithms(struct codist_refine_tables *tables)
{
	for (size_t i = 0; i < REFINE_PARTS; i++) {
		double power = exp2(-(double)i / REFINE_PARTS);

		tables->powers[i] = (uint16_t)floor(2048 * power);
		tables->large[i] = (uint64_t)floor(
			((uint64_t)1 << (REFINE_LARGEST_BITS - 12)) * power)
			<< 12;
	}
	for (size_t i = 0; i < 128; i++)
		tables->logs[i] = (unsigned char)floor(
			REFINE_PARTS * log2(1 + (double)i / 128));
}

static void fill_shifts(struct codist_refine_tables *tables,
			const struct codist_refine_counts *counts,
			const struct codist_costs *costs, size_t n_shifts)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n_shifts; i++)
		sum += counts->shifts[i];
	for (size_t i = 0; i < n_shifts; i++) {
		uint64_t p = counts->shifts[i] *
			     (CODIST_PROBABILITY_ONE - REFINE_MOST_SHIFTS) /
			     sum;

		tables->shifts[i] = (uint16_t)((costs->of[p + 1] + REFINE_PART -
						1) / REFINE_PART);
	}
	if (n_shifts == 1)
		tables->shifts[0] = 0;
}

void codist_refine_tables_fill(struct codist_refine_tables *tables,
			       const struct codist_refine_counts *counts,
			       const struct codist_costs *costs, size_t radius)
{
	for (size_t b = 0; b < REFINE_N_BEFORE; b++) {
		uint64_t n[REFINE_N_AROUND][2];
		uint32_t p[REFINE_N_AROUND], of[2][REFINE_N_AROUND];

		for (size_t a = 0; a < REFINE_N_AROUND; a++) {
			n[a][0] = counts->n[b][a][0];
			n[a][1] = counts->n[b][a][1];
		}
		probabilities(p, n);
		for (size_t a = 0; a < REFINE_N_AROUND; a++) {
			of[0][a] = costs->of[CODIST_PROBABILITY_ONE - p[a]];
			of[1][a] = costs->of[p[a]];
		}
		fill_row(tables, 2 * b, of[0]);
		fill_row(tables, 2 * b + 1, of[1]);
	}
	fill_beyond(tables);
	fill_shifts(tables, counts, costs, (2 * radius + 1) * (2 * radius + 1));
	fill_logarithms(tables);
}

unsigned codist_refine_mixed(const struct codist_refine_tables *tables,
			     const uint16_t *of, size_t n)
{
	unsigned least = of[0], sum = 0, octaves = 0;

	for (size_t i = 1; i < n; i++)
		if (of[i] < least)
			least = of[i];
	for (size_t i = 0; i < n; i++) {
		unsigned more = of[i] - least;

		if (more < 16 * REFINE_PARTS)
			sum += (unsigned)tables->powers[more % REFINE_PARTS] >>
			       more / REFINE_PARTS;
	}
	while (sum >> octaves >= 4096)
		octaves++;
	return least - REFINE_PARTS * octaves -
	       tables->logs[(sum >> octaves >> 4) - 128];
}
