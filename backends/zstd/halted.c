/*
 * halted.c - a frame that was halted before its last blocks
 *
 * Input stays in the caller's buffer, so that libzstd sees p and x as one piece,
 * as it does when it makes the frame in one call; by its own buffer, matches
 * would be found in another way. It takes libzstd 1.5.4, which allows for x to
 * come later. From 1.5.7 on, where a block ends depends on what is in sight
 * behind it, and a halted frame could come out different.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "halted.h"

#include <string.h>

#define WHOLE ZSTD_BLOCKSIZE_MAX
/* Positions of libzstd's are 32 bits, and are corrected before they run out. */
#define PREFIX_MOST ((size_t)1 << 30)

int codist_zstd_halted_is_worth_it(size_t prefix)
{
	unsigned version = ZSTD_versionNumber();

	return version >= 10504 && version < 10507 && prefix > WHOLE &&
	       prefix <= PREFIX_MOST;
}

void codist_zstd_halted_release(struct codist_zstd_halted *halted)
{
	codist_snapshot_release(&halted->memory);
	halted->is_there = 0;
}

static void *take(void *memory, size_t nbytes)
{
	return codist_snapshot_take(memory, nbytes);
}

static void give(void *memory, void *bytes)
{
	(void)memory;
	(void)bytes;
}

static int have_memory(struct codist_snapshot *memory, size_t capacity)
{
	if (memory->capacity >= capacity)
		return codist_snapshot_empty(memory);
	codist_snapshot_release(memory);
	return codist_snapshot_init(memory, capacity);
}

/* Have libzstd take in all of `in`. */
static int feed(struct codist_zstd_halted *halted, unsigned char *out,
		size_t out_size)
{
	halted->made = 0;
	while (halted->in.pos < halted->in.size) {
		ZSTD_outBuffer buffer = { out, out_size, 0 };
		size_t before = halted->in.pos;
		size_t code = ZSTD_compressStream2(halted->context, &buffer,
						   &halted->in,
						   ZSTD_e_continue);

		halted->made += buffer.pos;
		if (ZSTD_isError(code) ||
		    (halted->in.pos == before && buffer.pos == 0))
			return 0;
	}
	return 1;
}

int codist_zstd_halted_begin(struct codist_zstd_halted *halted,
			     const struct codist_zstd_config *config,
			     size_t context_size, const unsigned char *joined,
			     size_t prefix, size_t query, unsigned char *out,
			     size_t out_size)
{
	ZSTD_customMem hooks = { take, give, &halted->memory };
	struct codist_error err;
	ZSTD_CCtx *context;

	halted->is_there = 0;
	if (!have_memory(&halted->memory,
			 context_size + CODIST_ZSTD_HALTED_EXTRA))
		return 0;
	halted->context = context = ZSTD_createCCtx_advanced(hooks);
	if (!context || codist_zstd_configure(context, config, &err) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_stableInBuffer,
						1)) ||
	    ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(context, prefix + query)))
		return 0;
	/* The query may be empty, and the last block must know that it is. */
	halted->in = (ZSTD_inBuffer){ joined, (prefix - 1) / WHOLE * WHOLE, 0 };
	if (!feed(halted, out, out_size) ||
	    !codist_snapshot_save(&halted->memory))
		return 0;
	halted->in.size = prefix + query;
	halted->query = query;
	halted->is_there = 1;
	return 1;
}

enum codist_status codist_zstd_halted_end(struct codist_zstd_halted *halted,
					  unsigned char *out, size_t out_size,
					  size_t *nbytes,
					  struct codist_error *err)
{
	ZSTD_inBuffer in = halted->in;
	size_t code;

	*nbytes = halted->made;
	do {
		ZSTD_outBuffer buffer = { out, out_size, 0 };

		code = ZSTD_compressStream2(halted->context, &buffer, &in,
					    ZSTD_e_end);
		*nbytes += buffer.pos;
	} while (!ZSTD_isError(code) && code > 0);
	if (!codist_snapshot_restore(&halted->memory, CODIST_SNAPSHOT_FIRST)) {
		halted->is_there = 0;
		return codist_no_memory(err, "a halted frame");
	}
	if (ZSTD_isError(code))
		return codist_zstd_error("ZSTD_compressStream2", code, err);
	return CODIST_OK;
}
