/*
 * ppmd.c - PPMd, by way of libarchive's 7-Zip archives
 *
 * libarchive has the compressor (variant H, of order 6, with 16 MiB for its
 * model), but only within archives. The length is that of the compressed stream
 * alone: a 7-Zip archive is 32 bytes of header, the stream, and a list of names,
 * and the header tells where the list begins, counted from its own end. So
 * nothing of the container counts, and of no bytes there is no stream: C() = 0.
 *
 * PPMd learns while it goes, and its state after a prefix would be worth keeping.
 * libarchive gives no way to, so p and x are compressed anew each time. It keeps
 * the stream in a temporary file in $TMPDIR until the header can be written, and
 * ends the process when it has no memory for a name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#define HEADER_SIZE 32
#define SIGNATURE "7z\xbc\xaf\x27\x1c"
#define SIGNATURE_SIZE 6
#define LIST_OFFSET 12 /* where the header has it, in 8 bytes, lowest first */
#define MODEL ((size_t)1 << 24)

/* The start of an archive as it is written. */
struct start {
	unsigned char bytes[HEADER_SIZE];
	size_t nbytes;
};

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	(void)state;
	(void)config;
	(void)err;
	return CODIST_OK;
}

static void release(void *state)
{
	(void)state;
}

static la_ssize_t take(struct archive *archive, void *state, const void *bytes,
		       size_t nbytes)
{
	struct start *start = state;
	size_t n = HEADER_SIZE - start->nbytes;

	(void)archive;
	if (n > nbytes)
		n = nbytes;
	memcpy(start->bytes + start->nbytes, bytes, n);
	start->nbytes += n;
	return (la_ssize_t)nbytes;
}

static enum codist_status write_entry(struct archive *archive,
				      struct archive_entry *entry,
				      struct codist_bytes x)
{
	archive_entry_set_pathname(entry, "x");
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_size(entry, (la_int64_t)x.nbytes);
	if (archive_write_header(archive, entry) != ARCHIVE_OK)
		return CODIST_ELIBRARY;
	while (x.nbytes > 0) {
		la_ssize_t n = archive_write_data(archive, x.data, x.nbytes);

		if (n <= 0)
			return CODIST_ELIBRARY;
		x.data += n;
		x.nbytes -= (size_t)n;
	}
	return archive_write_finish_entry(archive) == ARCHIVE_OK ?
		       CODIST_OK :
		       CODIST_ELIBRARY;
}

static enum codist_status write_archive(struct archive *archive,
					struct archive_entry *entry,
					struct codist_bytes x,
					struct start *start)
{
	if (archive_write_set_format_7zip(archive) != ARCHIVE_OK ||
	    archive_write_set_options(archive, "7zip:compression=ppmd") !=
		    ARCHIVE_OK ||
	    archive_write_open(archive, start, NULL, take, NULL) != ARCHIVE_OK)
		return CODIST_ELIBRARY;
	if (write_entry(archive, entry, x) != CODIST_OK ||
	    archive_write_close(archive) != ARCHIVE_OK)
		return CODIST_ELIBRARY;
	return CODIST_OK;
}

static const char *version(void)
{
	const char *text = archive_version_string(), *blank = strchr(text, ' ');

	return blank ? blank + 1 : text;
}

static enum codist_status library_error(struct archive *archive,
					struct codist_error *err)
{
	const char *why = archive_error_string(archive);

	if (archive_errno(archive) == ENOMEM)
		return codist_no_memory(err, "ppmd");
	return codist_fail(err, CODIST_ELIBRARY, "ppmd: libarchive %s: %s",
			   version(), why ? why : "it failed without a reason");
}

static enum codist_status measure(const struct start *start, double *bits,
				  struct codist_error *err)
{
	uint64_t nbytes = 0;

	if (start->nbytes < HEADER_SIZE ||
	    memcmp(start->bytes, SIGNATURE, SIGNATURE_SIZE) != 0)
		return codist_fail(err, CODIST_ELIBRARY,
				   "ppmd: libarchive %s: what it wrote does not "
				   "begin as a 7-Zip archive",
				   version());
	for (int i = 7; i >= 0; i--)
		nbytes = nbytes << 8 | start->bytes[LIST_OFFSET + i];
	*bits = 8 * (double)nbytes;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	struct start start = { .nbytes = 0 };
	enum codist_status status;

	(void)state;
	if (!archive || !entry)
		status = codist_no_memory(err, "ppmd");
	else if (write_archive(archive, entry, x, &start) != CODIST_OK)
		status = library_error(archive, err);
	else
		status = measure(&start, bits, err);
	archive_entry_free(entry);
	if (archive)
		archive_write_free(archive);
	return status;
}

/* The joined bytes, the model, and libarchive's buffers. */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	(void)config;
	return prefix + query + MODEL + ((size_t)1 << 20);
}

const struct codist_backend codist_backend_ppmd = {
	.plugin = {
		.name = "ppmd",
		.summary = "PPMd of order 6, the stream in a 7-Zip archive",
	},
	.library = "libarchive",
	.version = version,
	.init = init,
	.release = release,
	.length = length,
	.memory = memory,
};
