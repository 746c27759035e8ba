/*
 * lzjd.c - the Lempel-Ziv Jaccard distance
 *
 * 1 - |D(x) and D(y)| / |D(x) or D(y)|, D being the phrases of LZ78: E. Raff
 * and C. Nicholas, An alternative to NCD for large sequences, Lempel-Ziv
 * Jaccard distance, KDD 2017; exact, or as they do by the smallest hashes of
 * each set. From 0 to 1; of two empty items 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "measure/phrases.h"

#include <codist/measure.h>

#include <stdlib.h>

struct config {
	int64_t hashes;
};

/* The smallest hashes of a set, in ascending order. */
struct hashes {
	size_t n;
	uint64_t hashes[];
};

static size_t sketch_size(const void *config, struct codist_bytes item)
{
	/* A hash takes as much as a node, and n as much as the head. */
	_Static_assert(sizeof(struct codist_phrase) == sizeof(uint64_t),
		       "hashes take the place of nodes");
	(void)config;
	return codist_phrases_size(item) + sizeof(struct hashes);
}

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The set of phrases at `room` gives way to its smallest hashes. */
static enum codist_status keep_smallest(size_t most, void *room,
					size_t *nbytes,
					struct codist_error *err)
{
	const struct codist_phrases *phrases = room;
	struct hashes *kept = room;
	size_t n = phrases->n;
	uint64_t *hashes = calloc(n + 1, sizeof(*hashes));
	enum codist_status status;

	if (!hashes)
		return codist_no_memory(err, "hashes of phrases");
	status = codist_phrases_hashes(phrases, hashes, err);
	if (status == CODIST_OK) {
		qsort(hashes, n, sizeof(*hashes), compare);
		kept->n = n < most ? n : most;
		for (size_t i = 0; i < kept->n; i++)
			kept->hashes[i] = hashes[i];
		*nbytes = sizeof(*kept) + kept->n * sizeof(kept->hashes[0]);
	}
	free(hashes);
	return status;
}

static enum codist_status sketch(const void *config, struct codist_bytes item,
				 void *sketch, size_t *nbytes,
				 struct codist_error *err)
{
	const struct config *c = config;

	CODIST_TRY(codist_phrases_find(item, CODIST_PARSE_LZ78, sketch, nbytes,
				       err));
	if (c->hashes == 0)
		return CODIST_OK;
	return keep_smallest((size_t)c->hashes, sketch, nbytes, err);
}

static size_t count_common(const struct hashes *a, const struct hashes *b)
{
	size_t n = 0;

	for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
		uint64_t p = a->hashes[i], q = b->hashes[k];

		n += p == q;
		i += p <= q;
		k += q <= p;
	}
	return n;
}

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	const struct config *c = config;
	const void *x = query->sketch, *y = reference->sketch;
	size_t n_x, n_y, n_common, n_any;

	(void)coder;
	(void)base;
	(void)err;
	if (c->hashes) {
		n_x = ((const struct hashes *)x)->n;
		n_y = ((const struct hashes *)y)->n;
		n_common = count_common(x, y);
	} else {
		n_x = ((const struct codist_phrases *)x)->n_in_set;
		n_y = ((const struct codist_phrases *)y)->n_in_set;
		n_common = codist_phrases_common(x, y);
	}
	n_any = n_x + n_y - n_common;
	*score = n_any ? 1 - (double)n_common / (double)n_any : 0;
	return CODIST_OK;
}

static const struct codist_option options[] = {
	{ .name = "hashes", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, hashes),
	  .minimum = 0, .maximum = 1e9, .fallback = "0",
	  .help = "compare that many smallest hashes of each set, 1024 in the "
		  "paper; 0: the sets themselves" },
	{ .name = NULL },
};

const struct codist_measure codist_measure_lzjd = {
	.plugin = {
		.name = "lzjd",
		.summary = "Lempel-Ziv Jaccard distance (Raff and Nicholas "
			   "2017): 1 - |D(x) and D(y)| / |D(x) or D(y)|, D "
			   "being the phrases that LZ78 finds",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.sketch_size = sketch_size,
	.sketch = sketch,
	.score = score,
};
