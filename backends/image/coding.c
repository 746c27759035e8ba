/*
 * coding.c - bits and their probabilities: counted, written, or read back
 *
 * The arithmetic code is Martin's range coder (1979) for bits. A range of at
 * least 48 bits, of which a probability has 16, loses next to nothing: what is
 * written is longer than the ideal by no more than the last byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "coding.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define TOP ((uint64_t)1 << 56)
#define BOTTOM ((uint64_t)1 << 48)
#define PROBABILITY_BITS 16

/*
 * No p comes within 10^-6 of a half, so every log2() that is right to ten
 * digits rounds to the same.
 */
void codist_costs_init(struct codist_costs *costs)
{
	costs->of[0] = UINT32_MAX; /* of what never happens */
	for (uint32_t p = 1; p < CODIST_PROBABILITY_ONE; p++)
		costs->of[p] = (uint32_t)lround(
			CODIST_COST_ONE * (PROBABILITY_BITS - log2(p)));
}

void codist_coding_count(struct codist_coding *coding,
			 const struct codist_costs *costs)
{
	*coding = (struct codist_coding){ .mode = CODIST_COUNTS,
					  .costs = costs };
}

void codist_coding_write(struct codist_coding *coding,
			 const struct codist_costs *costs)
{
	*coding = (struct codist_coding){ .mode = CODIST_WRITES,
					  .costs = costs, .range = TOP };
}

void codist_coding_free(struct codist_coding *coding)
{
	free(coding->out);
	coding->out = NULL;
}

static void put(struct codist_coding *coding, unsigned char byte)
{
	if (coding->n_out == coding->capacity) {
		size_t more = 2 * coding->capacity + 64;
		unsigned char *out = realloc(coding->out, more);

		if (!out) {
			coding->is_out_of_memory = 1;
			return;
		}
		coding->out = out;
		coding->capacity = more;
	}
	coding->out[coding->n_out++] = byte;
}

/* `low` has overflowed: one more in the bytes that are written already. */
static void carry(struct codist_coding *coding)
{
	size_t i = coding->n_out;

	while (i > 0 && ++coding->out[--i] == 0)
		;
	coding->low &= TOP - 1;
}

static void shift_out(struct codist_coding *coding)
{
	put(coding, (unsigned char)(coding->low >> 48));
	coding->low = (coding->low & (BOTTOM - 1)) << 8;
}

static unsigned shift_in(struct codist_coding *coding)
{
	if (coding->in.nbytes == 0)
		return 0;
	coding->in.nbytes--;
	return *coding->in.data++;
}

/* The lower part of the range is that of ones. */
static void leave_out(struct codist_coding *coding, uint64_t ones)
{
	coding->range -= ones;
	if (coding->mode == CODIST_READS) {
		coding->code -= ones;
		return;
	}
	coding->low += ones;
	if (coding->low >= TOP)
		carry(coding);
}

unsigned codist_coding_through(struct codist_coding *coding, uint32_t p1,
			       unsigned bit)
{
	uint64_t ones = (coding->range >> PROBABILITY_BITS) * p1;

	assert(p1 > 0 && p1 < CODIST_PROBABILITY_ONE);
	if (coding->mode == CODIST_READS)
		bit = coding->code < ones;
	if (bit)
		coding->range = ones;
	else
		leave_out(coding, ones);
	for (; coding->range < BOTTOM; coding->range <<= 8) {
		if (coding->mode == CODIST_READS)
			coding->code = coding->code << 8 | shift_in(coding);
		else
			shift_out(coding);
	}
	return bit;
}

/* As few bytes as say a number within the range, whatever zeros follow. */
enum codist_status codist_coding_finish(struct codist_coding *coding,
					struct codist_bytes *written,
					struct codist_error *err)
{
	uint64_t rest = TOP - 1;

	while ((-coding->low & rest) >= coding->range)
		rest >>= 8;
	coding->low = (coding->low + rest) & ~rest;
	if (coding->low >= TOP)
		carry(coding);
	while (coding->low != 0)
		shift_out(coding);
	while (coding->n_out > 0 && coding->out[coding->n_out - 1] == 0)
		coding->n_out--;
	*written = (struct codist_bytes){ coding->out, coding->n_out };
	return coding->is_out_of_memory ?
		       codist_no_memory(err, "an arithmetic code") :
		       CODIST_OK;
}

void codist_coding_read(struct codist_coding *coding,
			const struct codist_costs *costs,
			struct codist_bytes written)
{
	*coding = (struct codist_coding){ .mode = CODIST_READS, .costs = costs,
					  .range = TOP, .in = written };
	for (int i = 0; i < 7; i++)
		coding->code = coding->code << 8 | shift_in(coding);
}
