/*
 * query.h - what can be said of a query before any prefix is known
 *
 * The best match of each place among the query's own earlier bytes is the same
 * behind every prefix. It is computed once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_QUERY_H
#define CODIST_DEFLATE_QUERY_H

#include "params.h"

/* The longest query; places are 16 bits. */
#define SIZER_QUERY_MOST ((size_t)16384)
#define SIZER_NOWHERE UINT16_MAX

struct sizer_place {
	uint16_t hash;
	uint16_t previous; /* with the same hash, or SIZER_NOWHERE */
	uint16_t n_before; /* with the same hash, before this one */
	/* Of the best match: 0, all candidates; 1, a quarter of them. */
	uint16_t length[2];
	uint16_t at[2];
};

/*
 * codist_sizer_query_prepare() fills places[n - 2], n <= SIZER_QUERY_MOST.
 *
 *   heads   [1 << hash_bits], scratch
 */
void codist_sizer_query_prepare(struct sizer_place *places,
				const struct sizer_params *params,
				const unsigned char *bytes, size_t n,
				uint16_t *heads);

#endif
