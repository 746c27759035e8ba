/*
 * zstd.c - Zstandard's frames, and what a dictionary leaves of them
 *
 * A length is that of one frame made in one call, so that libzstd knows the
 * size and fits its parameters and the frame's header to it. With another size
 * p may be compressed in another way; so what is kept of p is good for queries
 * of one size. It is made when a size comes again, as it does with images, and
 * only of prefixes longer than a block; otherwise p and x are compressed joined,
 * each time, which libzstd is quick to begin with.
 *
 * zstd-dict is another quantity, in which p is prepared once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "zstd/halted.h"
#include "zstd/memory.h"

#include <codist/backend.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct coder {
	const struct codist_zstd_config *config;
	ZSTD_CCtx *plain;
	unsigned char *out; /* [capacity] */
	size_t capacity;

	/* Of zstd: */
	struct codist_bytes prefix; /* borrowed */
	unsigned char *joined;      /* [joined_capacity]; holds the prefix */
	size_t joined_capacity;
	struct codist_zstd_halted halted;
	size_t last_query; /* its size; SIZE_MAX: none since prime() */

	/* Of zstd-dict: */
	ZSTD_CCtx *with_dictionary; /* NULL until prime() */
};

static enum codist_status context_new(ZSTD_CCtx **context,
				      const struct codist_zstd_config *config,
				      struct codist_error *err)
{
	enum codist_status status;

	*context = ZSTD_createCCtx();
	if (!*context)
		return codist_no_memory(err, "zstd");
	status = codist_zstd_configure(*context, config, err);
	if (status != CODIST_OK) {
		ZSTD_freeCCtx(*context);
		*context = NULL;
	}
	return status;
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;

	coder->config = config;
	return context_new(&coder->plain, coder->config, err);
}

static void release(void *state)
{
	struct coder *coder = state;

	ZSTD_freeCCtx(coder->plain);
	ZSTD_freeCCtx(coder->with_dictionary);
	codist_zstd_halted_release(&coder->halted);
	free(coder->joined);
	free(coder->out);
}

static enum codist_status have_room(struct coder *coder, size_t nbytes,
				    struct codist_error *err)
{
	size_t bound = ZSTD_compressBound(nbytes);
	unsigned char *out;

	if (ZSTD_isError(bound))
		return codist_zstd_error("ZSTD_compressBound", bound, err);
	if (coder->capacity >= bound)
		return CODIST_OK;
	out = realloc(coder->out, bound);
	if (!out)
		return codist_no_memory(err, "a frame");
	coder->out = out;
	coder->capacity = bound;
	return CODIST_OK;
}

static enum codist_status compress(struct coder *coder, ZSTD_CCtx *context,
				   struct codist_bytes x, double *bits,
				   struct codist_error *err)
{
	size_t n;

	CODIST_TRY(have_room(coder, x.nbytes, err));
	n = ZSTD_compress2(context, coder->out, coder->capacity, x.data,
			   x.nbytes);
	if (ZSTD_isError(n))
		return codist_zstd_error("ZSTD_compress2", n, err);
	*bits = 8 * (double)n;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;

	return compress(coder, coder->plain, x, bits, err);
}

/* A buffer that holds the prefix and has room for so many bytes more. */
static enum codist_status have_joined(struct coder *coder, size_t query,
				      struct codist_error *err)
{
	struct codist_bytes prefix = coder->prefix;
	size_t needed = prefix.nbytes + query;
	unsigned char *joined;

	if (needed < query)
		return codist_no_memory(err, "a prefix and a sample");
	if (coder->joined_capacity >= needed)
		return CODIST_OK;
	coder->halted.is_there = 0;
	joined = realloc(coder->joined, needed);
	if (!joined)
		return codist_no_memory(err, "a prefix and a sample");
	coder->joined = joined;
	coder->joined_capacity = needed;
	if (prefix.nbytes)
		memcpy(joined, prefix.data, prefix.nbytes);
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	coder->prefix = prefix;
	coder->halted.is_there = 0;
	coder->last_query = SIZE_MAX;
	CODIST_TRY(have_joined(coder, 0, err));
	if (prefix.nbytes)
		memcpy(coder->joined, prefix.data, prefix.nbytes);
	return CODIST_OK;
}

/* Whether the frame is halted where such a query goes on; it may be now. */
static int is_halted(struct coder *coder, size_t query)
{
	struct codist_zstd_halted *halted = &coder->halted;
	int is_again = query == coder->last_query;

	coder->last_query = query;
	if (halted->is_there && halted->query == query)
		return 1;
	if (!is_again || !codist_zstd_halted_is_worth_it(coder->prefix.nbytes))
		return 0;
	/* The last query was of that size, and so was the room that it took. */
	return codist_zstd_halted_begin(halted, coder->config,
					ZSTD_sizeof_CCtx(coder->plain),
					coder->joined, coder->prefix.nbytes,
					query, coder->out, coder->capacity);
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	struct codist_bytes joined;
	size_t n;

	(void)prepared;
	CODIST_TRY(have_joined(coder, x.nbytes, err));
	CODIST_TRY(have_room(coder, coder->prefix.nbytes + x.nbytes, err));
	if (x.nbytes)
		memcpy(coder->joined + coder->prefix.nbytes, x.data, x.nbytes);
	if (is_halted(coder, x.nbytes)) {
		CODIST_TRY(codist_zstd_halted_end(&coder->halted, coder->out,
						  coder->capacity, &n, err));
		*bits = 8 * (double)n;
		return CODIST_OK;
	}
	joined.data = coder->joined;
	joined.nbytes = coder->prefix.nbytes + x.nbytes;
	return compress(coder, coder->plain, joined, bits, err);
}

/*
 * libzstd digests the dictionary at the first frame. It is copied: by reference,
 * an x that lies right behind it in memory would be taken for one piece with it,
 * and could have another length.
 */
static enum codist_status prime_dictionary(void *state,
					   struct codist_bytes prefix,
					   struct codist_error *err)
{
	struct coder *coder = state;
	size_t code;

	if (!coder->with_dictionary)
		CODIST_TRY(context_new(&coder->with_dictionary, coder->config,
				       err));
	code = ZSTD_CCtx_loadDictionary_advanced(
		coder->with_dictionary, prefix.data, prefix.nbytes,
		ZSTD_dlm_byCopy, ZSTD_dct_rawContent);
	if (ZSTD_isError(code))
		return codist_zstd_error("ZSTD_CCtx_loadDictionary_advanced",
					 code, err);
	return CODIST_OK;
}

static enum codist_status length_by_dictionary(void *state,
					       struct codist_bytes x,
					       const void *prepared,
					       double *bits,
					       struct codist_error *err)
{
	struct coder *coder = state;

	(void)prepared;
	assert(coder->with_dictionary);
	return compress(coder, coder->with_dictionary, x, bits, err);
}

/* A context, a frame, the joined bytes, and a halted context and its image. */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	size_t total = prefix + query;
	size_t context = codist_zstd_context_most(config, total);
	size_t n = context + ZSTD_compressBound(total) + total;

	if (codist_zstd_halted_is_worth_it(prefix))
		n += 2 * (context + CODIST_ZSTD_HALTED_EXTRA);
	return n;
}

/* One context for C(x), and one with the dictionary. */
static size_t memory_by_dictionary(const void *config, size_t prefix,
				   size_t query)
{
	size_t total = prefix + query;

	return 2 * codist_zstd_context_most(config, total) +
	       codist_zstd_dictionary_most(config, prefix) +
	       ZSTD_compressBound(total);
}

static const char *version(void)
{
	return ZSTD_versionString();
}

const struct codist_backend codist_backend_zstd = {
	.plugin = {
		.name = "zstd",
		.summary = "Zstandard, a frame of known size",
		.options = codist_zstd_options,
		.config_size = sizeof(struct codist_zstd_config),
		.check = codist_zstd_check,
	},
	.library = "libzstd",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.memory = memory,
};

const struct codist_backend codist_backend_zstd_dict = {
	.plugin = {
		.name = "zstd-dict",
		.summary = "Zstandard, a frame of x with p as its raw content "
			   "dictionary",
		.options = codist_zstd_options,
		.config_size = sizeof(struct codist_zstd_config),
		.check = codist_zstd_check,
	},
	.library = "libzstd",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime_dictionary,
	.length_primed = length_by_dictionary,
	.is_dictionary = 1,
	.memory = memory_by_dictionary,
};
