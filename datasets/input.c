/*
 * input.c - the bytes of a file, unpacked if it is gzipped
 *
 * zlib's own reader of files passes in silence over what follows the gzip
 * data, and takes data that just stops for its end; so this one is ours. Like
 * gzip it takes several members, one after the other, for one file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "input.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

struct codist_input {
	const char *path;
	FILE *file;
	int is_gzip;
	int is_within;       /* a member has begun, and not ended */
	size_t n_members;    /* that have ended */
	z_stream stream;     /* its input is what is left of the buffer */
	unsigned char buffer[1 << 16];
};

static enum codist_status fail(const char *path, struct codist_error *err)
{
	return codist_fail(err, CODIST_EIO, "%s: cannot read: %s", path,
			   strerror(errno));
}

/* Fill the empty buffer; it stays empty at the end of the file. */
static enum codist_status fill(struct codist_input *input,
			       struct codist_error *err)
{
	size_t n = fread(input->buffer, 1, sizeof(input->buffer), input->file);

	input->stream.next_in = input->buffer;
	input->stream.avail_in = (uInt)n;
	return ferror(input->file) ? fail(input->path, err) : CODIST_OK;
}

static enum codist_status open_file(struct codist_input *input,
				    struct codist_error *err)
{
	struct stat there;

	if (stat(input->path, &there) != 0)
		return fail(input->path, err);
	if (S_ISDIR(there.st_mode)) {
		errno = EISDIR;
		return fail(input->path, err);
	}
	input->file = fopen(input->path, "rb");
	if (!input->file)
		return fail(input->path, err);
	CODIST_TRY(fill(input, err));
	/* The two bytes that begin each member (RFC 1952, 2.3.1). */
	if (input->stream.avail_in < 2 || input->buffer[0] != 0x1f ||
	    input->buffer[1] != 0x8b)
		return CODIST_OK;
	if (inflateInit2(&input->stream, 16 + MAX_WBITS) != Z_OK)
		return codist_no_memory(err, input->path);
	input->is_gzip = 1;
	return CODIST_OK;
}

enum codist_status codist_input_new(struct codist_input **input,
				    const char *path,
				    struct codist_error *err)
{
	enum codist_status status;

	*input = calloc(1, sizeof(**input));
	if (!*input)
		return codist_no_memory(err, path);
	(*input)->path = path;
	status = open_file(*input, err);
	if (status != CODIST_OK) {
		codist_input_free(*input);
		*input = NULL;
	}
	return status;
}

void codist_input_free(struct codist_input *input)
{
	if (!input)
		return;
	if (input->is_gzip)
		inflateEnd(&input->stream);
	if (input->file)
		fclose(input->file);
	free(input);
}

/* Unpack some of the buffer, of which something is left. */
static enum codist_status unpack(struct codist_input *input,
				 unsigned char *bytes, size_t nbytes,
				 size_t *n_unpacked, struct codist_error *err)
{
	z_stream *stream = &input->stream;
	uInt room = nbytes < UINT_MAX ? (uInt)nbytes : UINT_MAX;
	int code;

	if (!input->is_within && input->n_members > 0)
		inflateReset(stream);
	input->is_within = 1;
	stream->next_out = bytes;
	stream->avail_out = room;
	code = inflate(stream, Z_NO_FLUSH);
	*n_unpacked = room - stream->avail_out;
	if (code == Z_STREAM_END) {
		input->is_within = 0;
		input->n_members++;
	}
	if (code == Z_OK || code == Z_STREAM_END)
		return CODIST_OK;
	if (code == Z_MEM_ERROR)
		return codist_no_memory(err, input->path);
	return codist_fail(err, CODIST_EFORMAT, "%s: %s: %s", input->path,
			   input->n_members && stream->total_out == 0 ?
				   "not gzip data after its gzip data" :
				   "damaged gzip data",
			   stream->msg ? stream->msg : zError(code));
}

static size_t copy(struct codist_input *input, unsigned char *bytes,
		   size_t nbytes)
{
	z_stream *stream = &input->stream;
	size_t n = stream->avail_in < nbytes ? stream->avail_in : nbytes;

	memcpy(bytes, stream->next_in, n);
	stream->next_in += n;
	stream->avail_in -= (uInt)n;
	return n;
}

enum codist_status codist_input_read(struct codist_input *input,
				     unsigned char *bytes, size_t nbytes,
				     size_t *n_read, struct codist_error *err)
{
	*n_read = 0;
	while (*n_read < nbytes) {
		unsigned char *to = bytes + *n_read;
		size_t n = nbytes - *n_read;

		if (input->stream.avail_in == 0)
			CODIST_TRY(fill(input, err));
		if (input->stream.avail_in == 0)
			break;
		if (input->is_gzip)
			CODIST_TRY(unpack(input, to, n, &n, err));
		else
			n = copy(input, to, n);
		*n_read += n;
	}
	if (*n_read < nbytes && input->is_within)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: truncated: the gzip data ends in its "
				   "midst",
				   input->path);
	return CODIST_OK;
}
