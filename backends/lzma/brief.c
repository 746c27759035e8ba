/*
 * brief.c - an encoder for short streams, which undoes what it did
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "brief.h"
#include "tables.h"

#include <stdlib.h>
#include <string.h>

#define BEFORE (CODIST_LZMA_HASHED - 1)
#define MOST_ENTRIES (CODIST_LZMA_ENTRIES * (2 * CODIST_LZMA_BRIEF + BEFORE))

/* The encoder between two calls, but for its tables. */
struct state {
	lzma_stream stream;
	size_t used;
	unsigned char rest[CODIST_LZMA_CONTAINER_SIZE];
};

struct codist_lzma_brief {
	const struct codist_lzma_config *config;
	struct codist_lzma_tables tables;
	lzma_stream stream;
	int is_begun, is_primed;
	struct state *states; /* [2], without a prefix, and with it */

	/* Entries of the hash table and their values: the prefix's, a query's. */
	uint32_t *entries, *values; /* [MOST_ENTRIES] */
	size_t n_entries;           /* of the prefix */
	unsigned char *nodes;       /* of the prefix, from the finder's */

	/* The prefix; its last bytes, and a query. */
	unsigned char prefix[CODIST_LZMA_BRIEF];
	size_t n_prefix;
	unsigned char joined[BEFORE + CODIST_LZMA_BRIEF];
	size_t n_before;
};

int codist_lzma_brief_allows(const struct codist_lzma_config *config)
{
	struct codist_lzma_finder finder;
	lzma_options_lzma options;

	codist_lzma_options_of(&options, config);
	/* So that the window does not slide, nor the nodes come round. */
	return options.dict_size >= 4 * CODIST_LZMA_BRIEF &&
	       codist_lzma_finder_init(&finder, &options);
}

static uint32_t *hash_of(const struct codist_lzma_brief *b)
{
	return (void *)b->tables.of[CODIST_LZMA_HASH];
}

static void save(struct codist_lzma_brief *b, int is_primed)
{
	struct state *state = &b->states[is_primed];

	state->stream = b->stream;
	state->used = b->tables.used;
	memcpy(state->rest, b->tables.rest, state->used);
}

/* The tables are set back already. */
static void load(struct codist_lzma_brief *b, int is_primed)
{
	const struct state *state = &b->states[is_primed];

	b->stream = state->stream;
	b->tables.used = state->used;
	memcpy(b->tables.rest, state->rest, state->used);
}

static enum codist_status begin(struct codist_lzma_brief *b,
				struct codist_error *err)
{
	static const struct codist_bytes nothing = { NULL, 0 };

	if (b->is_begun)
		return CODIST_OK;
	codist_lzma_tables_empty(&b->tables);
	b->is_primed = 0;
	b->n_entries = 0;
	b->stream = (lzma_stream)LZMA_STREAM_INIT;
	b->stream.allocator = &b->tables.allocator;
	CODIST_TRY(codist_lzma_begin(&b->stream, b->config, nothing, err));
	for (int i = 0; i < CODIST_LZMA_N_TABLES; i++)
		b->tables.is_strange |= !b->tables.of[i];
	save(b, 0);
	b->is_begun = 1;
	return CODIST_OK;
}

/* From the state with the prefix to the one without. */
static void leave_prefix(struct codist_lzma_brief *b)
{
	uint32_t *hash = hash_of(b);

	for (size_t i = 0; i < b->n_entries; i++)
		hash[b->entries[i]] = 0;
	load(b, 0);
}

static void return_to_prefix(struct codist_lzma_brief *b)
{
	uint32_t *hash = hash_of(b);

	for (size_t i = 0; i < b->n_entries; i++)
		hash[b->entries[i]] = b->values[i];
	memcpy(b->tables.of[CODIST_LZMA_NODES], b->nodes,
	       b->n_prefix * b->tables.finder.node_size);
	load(b, 1);
}

/* End the stream, and undo what that did to the hash table. */
static enum codist_status finish(struct codist_lzma_brief *b,
				 const unsigned char *hashed, size_t n_hashed,
				 struct codist_bytes x, double *bits,
				 struct codist_error *err)
{
	uint32_t *hash = hash_of(b), *entries = b->entries + b->n_entries;
	uint32_t *values = b->values + b->n_entries;
	enum codist_status status;
	size_t n;

	n = codist_lzma_finder_entries(&b->tables.finder, hashed, n_hashed, entries);
	for (size_t i = 0; i < n; i++)
		values[i] = hash[entries[i]];
	status = codist_lzma_finish(&b->stream, x, bits, err);
	if (status != CODIST_OK) {
		b->is_begun = b->is_primed = 0;
		return status;
	}
	for (size_t i = 0; i < n; i++)
		hash[entries[i]] = values[i];
	return CODIST_OK;
}

enum codist_status codist_lzma_brief_length(struct codist_lzma_brief *brief,
					    struct codist_bytes x, double *bits,
					    struct codist_error *err)
{
	CODIST_TRY(begin(brief, err));
	if (brief->is_primed)
		leave_prefix(brief);
	CODIST_TRY(finish(brief, x.data, x.nbytes, x, bits, err));
	if (brief->is_primed) {
		memcpy(brief->tables.of[CODIST_LZMA_WINDOW], brief->prefix,
		       brief->n_prefix);
		return_to_prefix(brief);
	} else {
		load(brief, 0);
	}
	return CODIST_OK;
}

static void keep(struct codist_lzma_brief *b, struct codist_bytes prefix)
{
	b->n_prefix = prefix.nbytes;
	b->n_before = prefix.nbytes < BEFORE ? prefix.nbytes : BEFORE;
	if (prefix.nbytes)
		memcpy(b->prefix, prefix.data, prefix.nbytes);
	memcpy(b->joined, b->prefix + b->n_prefix - b->n_before, b->n_before);
	memcpy(b->nodes, b->tables.of[CODIST_LZMA_NODES],
	       b->n_prefix * b->tables.finder.node_size);
}

enum codist_status codist_lzma_brief_prime(struct codist_lzma_brief *brief,
					   struct codist_bytes prefix,
					   struct codist_error *err)
{
	const uint32_t *hash;
	enum codist_status status;

	CODIST_TRY(begin(brief, err));
	if (brief->is_primed)
		leave_prefix(brief);
	brief->is_primed = 0;
	brief->n_entries = codist_lzma_finder_entries(
		&brief->tables.finder, prefix.data, prefix.nbytes, brief->entries);
	status = codist_lzma_feed(&brief->stream, prefix, err);
	if (status != CODIST_OK) {
		brief->is_begun = 0;
		return status;
	}
	hash = hash_of(brief);
	for (size_t i = 0; i < brief->n_entries; i++)
		brief->values[i] = hash[brief->entries[i]];
	keep(brief, prefix);
	save(brief, 1);
	brief->is_primed = 1;
	return CODIST_OK;
}

struct codist_bytes
codist_lzma_brief_prefix(const struct codist_lzma_brief *brief)
{
	return (struct codist_bytes){ brief->prefix, brief->n_prefix };
}

enum codist_status codist_lzma_brief_joined(struct codist_lzma_brief *brief,
					    struct codist_bytes x, double *bits,
					    struct codist_error *err)
{
	if (!brief->is_primed)
		return codist_fail(err, CODIST_ELIBRARY,
				   "lzma: the prefix was lost to an error");
	if (x.nbytes)
		memcpy(brief->joined + brief->n_before, x.data, x.nbytes);
	CODIST_TRY(finish(brief, brief->joined, brief->n_before + x.nbytes, x,
			  bits, err));
	return_to_prefix(brief);
	return CODIST_OK;
}

#define N_SAMPLE 9216
#define N_SAMPLE_PREFIX 8192 /* liblzma holds back some 4 KB of it */

/* Noise, and repetitions that are not exact. */
static void draw_sample(unsigned char sample[N_SAMPLE])
{
	uint32_t state = 1;

	for (size_t i = 0; i < N_SAMPLE; i++) {
		state = state * 1664525 + 1013904223;
		sample[i] = (unsigned char)(state >> 24);
		if (i % 1024 > 512 && state % 8)
			sample[i] = sample[i - 512];
	}
}

static int is_clean(const struct codist_lzma_brief *b)
{
	const unsigned char *hash = b->tables.of[CODIST_LZMA_HASH];

	return hash[0] == 0 && !memcmp(hash, hash + 1, b->tables.finder.hash_size - 1);
}

/*
 * Whether lengths come again, each after another stream, with a prefix and
 * without, and nothing stays in the hash table, which would lead the next stream
 * out of its window.
 */
static enum codist_status try_sample(struct codist_lzma_brief *b, int *agrees,
				     struct codist_error *err)
{
	unsigned char sample[N_SAMPLE];
	const struct codist_bytes all = { sample, N_SAMPLE };
	const struct codist_bytes prefix = { sample, N_SAMPLE_PREFIX };
	const struct codist_bytes rest = { sample + N_SAMPLE_PREFIX,
					   N_SAMPLE - N_SAMPLE_PREFIX };
	const struct codist_bytes other = { sample + 1, 1024 };
	double whole, again, ignored;

	*agrees = 0;
	CODIST_TRY(begin(b, err));
	if (b->tables.is_strange)
		return CODIST_OK;
	draw_sample(sample);
	CODIST_TRY(codist_lzma_brief_length(b, all, &whole, err));
	if (!is_clean(b))
		return CODIST_OK;
	CODIST_TRY(codist_lzma_brief_prime(b, prefix, err));
	CODIST_TRY(codist_lzma_brief_joined(b, other, &ignored, err));
	CODIST_TRY(codist_lzma_brief_length(b, other, &ignored, err));
	CODIST_TRY(codist_lzma_brief_joined(b, rest, &again, err));
	if (again < whole || again > whole)
		return CODIST_OK;
	leave_prefix(b);
	b->is_primed = 0;
	b->n_entries = 0;
	CODIST_TRY(codist_lzma_brief_length(b, all, &again, err));
	*agrees = again <= whole && again >= whole && is_clean(b) &&
		  !b->tables.is_strange;
	return CODIST_OK;
}

static struct codist_lzma_brief *make(const struct codist_lzma_config *config)
{
	struct codist_lzma_brief *b = calloc(1, sizeof(*b));
	lzma_options_lzma options;

	if (!b)
		return NULL;
	b->config = config;
	codist_lzma_options_of(&options, config);
	if (codist_lzma_tables_init(&b->tables, &options,
				    CODIST_LZMA_CONTAINER_SIZE)) {
		b->states = calloc(2, sizeof(b->states[0]));
		b->entries = malloc(MOST_ENTRIES * sizeof(b->entries[0]));
		b->values = malloc(MOST_ENTRIES * sizeof(b->values[0]));
		b->nodes = malloc(CODIST_LZMA_BRIEF *
				  b->tables.finder.node_size);
	}
	if (b->states && b->entries && b->values && b->nodes)
		return b;
	codist_lzma_brief_free(b);
	return NULL;
}

enum codist_status
codist_lzma_brief_new(struct codist_lzma_brief **brief,
		      const struct codist_lzma_config *config,
		      struct codist_error *err)
{
	struct codist_lzma_brief *b = make(config);
	enum codist_status status;
	int agrees;

	*brief = NULL;
	if (!b)
		return codist_no_memory(err, "lzma");
	status = try_sample(b, &agrees, err);
	if (b->tables.is_strange)
		status = CODIST_OK;
	if (status == CODIST_OK && agrees)
		*brief = b;
	else
		codist_lzma_brief_free(b);
	return status;
}

void codist_lzma_brief_free(struct codist_lzma_brief *brief)
{
	if (!brief)
		return;
	codist_lzma_tables_release(&brief->tables);
	free(brief->states);
	free(brief->entries);
	free(brief->values);
	free(brief->nodes);
	free(brief);
}
