/*
 * stream.c - the calls to liblzma that begin a stream and take it further
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "stream.h"

#define OUT_SIZE 16384
#define PIECE 4096

static enum codist_status library_error(const char *call, lzma_ret code,
					struct codist_error *err)
{
	if (code == LZMA_MEM_ERROR)
		return codist_no_memory(err, "lzma");
	return codist_fail(err, CODIST_ELIBRARY, "liblzma %s: %s: error %d",
			   lzma_version_string(), call, (int)code);
}

static lzma_ret begin_container(lzma_stream *stream,
				const struct codist_lzma_config *c,
				lzma_options_lzma *options)
{
	lzma_filter filters[2];

	codist_lzma_filters_of(filters, c, options);
	switch (c->container) {
	case CODIST_LZMA_XZ:
		return lzma_stream_encoder(stream, filters,
					   codist_lzma_check_of(c));
	case CODIST_LZMA_ALONE:
		return lzma_alone_encoder(stream, options);
	default:
		return lzma_raw_encoder(stream, filters);
	}
}

enum codist_status codist_lzma_begin(lzma_stream *stream,
				     const struct codist_lzma_config *config,
				     struct codist_bytes dictionary,
				     struct codist_error *err)
{
	lzma_options_lzma options;
	lzma_ret code;

	codist_lzma_options_of(&options, config);
	/* More than that is not looked at, nor can it be told. */
	if (dictionary.nbytes > options.dict_size) {
		dictionary.data += dictionary.nbytes - options.dict_size;
		dictionary.nbytes = options.dict_size;
	}
	options.preset_dict = dictionary.nbytes ? dictionary.data : NULL;
	options.preset_dict_size = (uint32_t)dictionary.nbytes;
	code = begin_container(stream, config, &options);
	return code == LZMA_OK ?
		       CODIST_OK :
		       library_error("begin an encoder", code, err);
}

static enum codist_status code_bytes(lzma_stream *stream,
				     struct codist_bytes x, lzma_action action,
				     struct codist_error *err)
{
	uint8_t out[OUT_SIZE];
	lzma_ret code;

	stream->next_in = x.data;
	stream->avail_in = x.nbytes;
	do {
		stream->next_out = out;
		stream->avail_out = OUT_SIZE;
		code = lzma_code(stream, action);
	} while (code == LZMA_OK &&
		 (action == LZMA_FINISH || stream->avail_in > 0 ||
		  stream->avail_out == 0));
	if (code != (action == LZMA_FINISH ? LZMA_STREAM_END : LZMA_OK))
		return library_error("lzma_code", code, err);
	return CODIST_OK;
}

enum codist_status codist_lzma_feed(lzma_stream *stream,
				    struct codist_bytes prefix,
				    struct codist_error *err)
{
	while (prefix.nbytes > 0) {
		struct codist_bytes piece = prefix;

		if (piece.nbytes > PIECE)
			piece.nbytes = PIECE;
		CODIST_TRY(code_bytes(stream, piece, LZMA_RUN, err));
		prefix.data += piece.nbytes;
		prefix.nbytes -= piece.nbytes;
	}
	return CODIST_OK;
}

enum codist_status codist_lzma_finish(lzma_stream *stream,
				      struct codist_bytes x, double *bits,
				      struct codist_error *err)
{
	enum codist_status status = code_bytes(stream, x, LZMA_FINISH, err);

	*bits = 8 * (double)stream->total_out;
	return status;
}
