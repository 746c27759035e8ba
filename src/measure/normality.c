/*
 * normality.c - how far a compressor is from a normal one
 *
 * All conditions but the window's need C(x) of every item and C(xy) of every
 * ordered pair, so those are computed first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "measure/window.h"

#include <codist/normality.h>

#include <math.h>
#include <stdlib.h>

struct lengths {
	const struct codist_bytes *items; /* [n] */
	size_t n;
	double *alone;  /* [n], C(x) */
	double *joined; /* [n][n], C(xy), x by row */
};

static double joined(const struct lengths *lengths, size_t x, size_t y)
{
	return lengths->joined[x * lengths->n + y];
}

static enum codist_status tick(const struct codist_normality_how *how,
			       size_t done, size_t total,
			       struct codist_error *err)
{
	if (how->progress && how->progress(how->user, done, total))
		return codist_fail(err, CODIST_ECANCELLED, "cancelled");
	return CODIST_OK;
}

static enum codist_status compute(struct lengths *lengths,
				  struct codist_coder *coder,
				  const struct codist_normality_how *how,
				  struct codist_error *err)
{
	size_t n = lengths->n;

	for (size_t x = 0; x < n; x++) {
		CODIST_TRY(codist_coder_length(coder, lengths->items[x],
					       &lengths->alone[x], err));
		CODIST_TRY(codist_coder_prime(coder, lengths->items[x], err));
		for (size_t y = 0; y < n; y++) {
			double *bits = &lengths->joined[x * n + y];

			CODIST_TRY(codist_coder_length_primed(
				coder, lengths->items[y], NULL, bits, err));
			CODIST_TRY(tick(how, x * n + y, n * n, err));
		}
	}
	return CODIST_OK;
}

static size_t longest(const struct lengths *lengths, size_t x, size_t y,
		      size_t z)
{
	size_t a = lengths->items[x].nbytes, b = lengths->items[y].nbytes;
	size_t c = lengths->items[z].nbytes;
	size_t least = a < b ? (a < c ? a : c) : (b < c ? b : c);

	return a + b + c - least; /* of two that are joined */
}

/* One case, which misses by `bits`, with inputs of `nbytes` at most. */
static void add(struct codist_miss *miss, double bits, size_t nbytes)
{
	double allowed = nbytes ? log2(8 * (double)nbytes) : 0;

	if (miss->n == 0 || bits > miss->most)
		miss->most = bits;
	miss->n++;
	miss->mean += bits; /* the sum, until finish() */
	miss->n_over += fabs(bits) > allowed;
}

static void finish(struct codist_miss *miss)
{
	if (miss->n)
		miss->mean /= (double)miss->n;
}

static void add_pair(struct codist_normality *normality,
		     const struct lengths *lengths, size_t x, size_t y)
{
	const double *alone = lengths->alone;
	double xy = joined(lengths, x, y), yx = joined(lengths, y, x);
	size_t nbytes = lengths->items[x].nbytes + lengths->items[y].nbytes;

	add(&normality->symmetry, fabs(xy - yx), nbytes);
	add(&normality->monotonicity, fmax(0, alone[x] - xy), nbytes);
	add(&normality->monotonicity, fmax(0, alone[y] - yx), nbytes);
	for (size_t z = 0; z < lengths->n; z++)
		if (z != x && z != y)
			add(&normality->distributivity,
			    fmax(0, xy + alone[z] - joined(lengths, x, z) -
					    joined(lengths, y, z)),
			    longest(lengths, x, y, z));
}

static double tie_rate(const struct lengths *lengths)
{
	double n_tied = 0, n_pairs = 0;

	for (size_t y = 0; y < lengths->n; y++)
		for (size_t a = 0; a < lengths->n; a++)
			for (size_t b = 0; b < a; b++) {
				if (a == y || b == y)
					continue;
				n_pairs++;
				n_tied += joined(lengths, a, y) -
						  lengths->alone[a] ==
					  joined(lengths, b, y) -
						  lengths->alone[b];
			}
	return n_pairs > 0 ? n_tied / n_pairs : 0;
}

static void conclude(struct codist_normality *normality,
		     const struct lengths *lengths)
{
	for (size_t x = 0; x < lengths->n; x++) {
		add(&normality->idempotence,
		    joined(lengths, x, x) - lengths->alone[x],
		    2 * lengths->items[x].nbytes);
		for (size_t y = 0; y < x; y++)
			add_pair(normality, lengths, y, x);
	}
	finish(&normality->idempotence);
	finish(&normality->monotonicity);
	finish(&normality->symmetry);
	finish(&normality->distributivity);
	normality->tie_rate = tie_rate(lengths);
}

static enum codist_status measure(struct codist_normality *normality,
				  struct lengths *lengths,
				  const struct codist_spec *backend,
				  struct codist_coder *coder,
				  const struct codist_normality_how *how,
				  struct codist_error *err)
{
	const struct codist_bytes empty = { NULL, 0 };

	CODIST_TRY(codist_coder_length(coder, empty, &normality->empty, err));
	CODIST_TRY(compute(lengths, coder, how, err));
	conclude(normality, lengths);
	if (codist_backend_takes_pictures(backend))
		return CODIST_OK;
	return codist_find_window(normality, coder, how, err);
}

enum codist_status
codist_normality_measure(struct codist_normality *normality,
			 const struct codist_spec *backend,
			 const struct codist_bytes *items, size_t n,
			 const struct codist_normality_how *how,
			 struct codist_error *err)
{
	struct lengths lengths = { .items = items, .n = n };
	struct codist_coder *coder;
	enum codist_status status;

	*normality = (struct codist_normality){ 0 };
	if (codist_backend_is_dictionary(backend))
		return codist_fail(err, CODIST_EUSAGE,
				   "backend %s: has a prefix as a dictionary, "
				   "so that C(xy) is not known; expected a "
				   "backend that compresses both",
				   backend->plugin->name);
	CODIST_TRY(codist_coder_new(&coder, backend, err));
	lengths.alone = calloc(n, sizeof(*lengths.alone));
	if (n <= SIZE_MAX / n)
		lengths.joined = calloc(n * n, sizeof(*lengths.joined));
	status = lengths.alone && lengths.joined ?
			 measure(normality, &lengths, backend, coder, how,
				 err) :
			 codist_no_memory(err, "lengths of all pairs");
	free(lengths.alone);
	free(lengths.joined);
	codist_coder_free(coder);
	return status;
}
