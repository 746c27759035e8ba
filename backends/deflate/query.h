/*
 * query.h - what can be said of a query before any prefix is known
 *
 * The best match of each place among the query's own earlier bytes is the same
 * behind every prefix, and so is what its runs are called. It is computed once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_QUERY_H
#define CODIST_DEFLATE_QUERY_H

#include "params.h"
#include "runs.h"

/* The longest query; places are 16 bits. */
#define SIZER_QUERY_MOST ((size_t)16384)

struct sizer_found {
	uint16_t length; /* 0: no match */
	uint16_t at;
};

struct sizer_place {
	uint16_t n_before; /* strings with the same hash before this one */
	struct sizer_found best;
};

struct sizer_query_run {
	uint16_t end;
	uint16_t keys[SIZER_N_LISTS]; /* of its phrases, if they are known */
};

struct sizer_query {
	size_t length;
	unsigned n_runs;
	struct sizer_place *places;    /* [n], the last two unused */
	struct sizer_query_run *runs;  /* [n_runs] */
	/* The best of a quarter of the candidates. NULL: so few candidates
	 * that it is the best of all. */
	struct sizer_found *quarter;
};

/* What codist_sizer_query_prepare() works with. */
struct sizer_query_scratch {
	uint16_t *heads;    /* [1 << hash_bits] */
	uint16_t *previous; /* [SIZER_QUERY_MOST], with the same hash */
};

/* codist_sizer_query_size() is what a query of n bytes takes in memory. */
size_t codist_sizer_query_size(size_t n);

/* codist_sizer_query_prepare() fills that memory. n <= SIZER_QUERY_MOST */
void codist_sizer_query_prepare(void *memory, const struct sizer_params *params,
				const unsigned char *bytes, size_t n,
				const struct sizer_query_scratch *scratch);

/* codist_sizer_query_open() tells what lies in it. */
struct sizer_query codist_sizer_query_open(const void *memory,
					   const struct sizer_params *params,
					   size_t n);

/* Have it brought into the cache, as many queries together do not fit. */
void codist_sizer_query_fetch(const struct sizer_query *query);

#endif
