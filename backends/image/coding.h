/*
 * coding.h - bits and their probabilities: counted, written, or read back
 *
 * A model is written once, and asks for one bit after the other with the
 * probability that it has. What the bits cost is counted in all three modes, so
 * that a length is that of a code which exists:
 *
 *     codist_coding_count(&coding, costs);        or write(), or read()
 *     bit = codist_coding_bit(&coding, p1, bit);
 *     bits = codist_coding_bits(&coding);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_CODING_H
#define CODIST_BACKENDS_IMAGE_CODING_H

#include <codist/base.h>

#include <stdint.h>

/* Probabilities are 1..65535, of so many: none is 0, and none 1. */
#define CODIST_PROBABILITY_ONE 65536

/* What a bit costs is counted in parts of a bit, so many: sums are exact. */
#define CODIST_COST_ONE (1 << 20)

/* -log2(p / 65536) in such parts, rounded to the nearest, by p; p > 0. */
struct codist_costs {
	uint32_t of[CODIST_PROBABILITY_ONE];
};

void codist_costs_init(struct codist_costs *costs);

/* The fields are coding.c's own; count() has nothing to release. */
struct codist_coding {
	enum { CODIST_COUNTS, CODIST_WRITES, CODIST_READS } mode;
	const struct codist_costs *costs;
	uint64_t cost;
	uint64_t range;
	uint64_t low;            /* of what is written */
	unsigned char *out;      /* [capacity], of which n_out are written */
	size_t n_out, capacity;
	int is_out_of_memory;
	uint64_t code;           /* of what is read, less low */
	struct codist_bytes in;  /* what is left */
};

/* codist_coding_count() begins to count, without any output. */
void codist_coding_count(struct codist_coding *coding,
			 const struct codist_costs *costs);

/* codist_coding_write() begins an arithmetic code, for codist_coding_free(). */
void codist_coding_write(struct codist_coding *coding,
			 const struct codist_costs *costs);

/*
 * codist_coding_finish() ends what is written, and hands it out; it is the
 * coding's until codist_coding_free(). CODIST_ENOMEM: some of it was lost.
 */
enum codist_status codist_coding_finish(struct codist_coding *coding,
					struct codist_bytes *written,
					struct codist_error *err);
void codist_coding_free(struct codist_coding *coding);

/*
 * codist_coding_read() begins to read what was written. Behind the end are
 * zeros, so any bytes are some code.
 */
void codist_coding_read(struct codist_coding *coding,
			const struct codist_costs *costs,
			struct codist_bytes written);

/* Of the modes with an arithmetic code. */
unsigned codist_coding_through(struct codist_coding *coding, uint32_t p1,
			       unsigned bit);

/*
 * codist_coding_bit() codes a bit, and returns it.
 *
 *   p1    the probability that it is 1, of CODIST_PROBABILITY_ONE
 *   bit   0 or 1; where it is read it does not matter what this is
 */
static inline unsigned codist_coding_bit(struct codist_coding *coding,
					 uint32_t p1, unsigned bit)
{
	if (coding->mode != CODIST_COUNTS)
		bit = codist_coding_through(coding, p1, bit);
	coding->cost += coding->costs->of[bit ? p1 :
						CODIST_PROBABILITY_ONE - p1];
	return bit;
}

/* codist_coding_bits() is the ideal length so far. */
static inline double codist_coding_bits(const struct codist_coding *coding)
{
	return (double)coding->cost / CODIST_COST_ONE;
}

#endif
