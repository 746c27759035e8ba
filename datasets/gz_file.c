/*
 * gz_file.c - a file, gzipped or not, read from its start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "gz_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

struct codist_gz_file {
	gzFile in;
	const char *path;
};

enum codist_status codist_gz_open(struct codist_gz_file **file,
				  const char *path, struct codist_error *err)
{
	struct stat there;

	if (stat(path, &there) != 0)
		return codist_cannot(err, path, "read", errno);
	if (S_ISDIR(there.st_mode))
		return codist_fail(err, CODIST_EIO,
				   "%s: is a folder, expected a file", path);
	*file = calloc(1, sizeof(**file));
	if (!*file)
		return codist_no_memory(err, path);
	(*file)->path = path;
	errno = 0;
	(*file)->in = gzopen(path, "rb");
	if ((*file)->in)
		return CODIST_OK;
	free(*file);
	return codist_cannot(err, path, "read", errno ? errno : ENOMEM);
}

void codist_gz_close(struct codist_gz_file *file)
{
	gzclose(file->in);
	free(file);
}

static enum codist_status read_error(const struct codist_gz_file *file,
				     struct codist_error *err)
{
	int code;
	const char *message = gzerror(file->in, &code);

	if (code == Z_ERRNO)
		return codist_cannot(err, file->path, "read", errno);
	return codist_fail(err, CODIST_EFORMAT, "%s: damaged gzip data: %s",
			   file->path, message);
}

/* gzread() takes a stream that just stops for an end; gzerror() tells. */
enum codist_status codist_gz_read(struct codist_gz_file *file,
				  unsigned char *bytes, size_t nbytes,
				  size_t *n_read, struct codist_error *err)
{
	*n_read = 0;
	while (*n_read < nbytes) {
		size_t left = nbytes - *n_read;
		unsigned piece = left < 1u << 30 ? (unsigned)left : 1u << 30;
		int n = gzread(file->in, bytes + *n_read, piece);
		int code;

		if (n < 0)
			return read_error(file, err);
		*n_read += (size_t)n;
		if (n == 0 || (unsigned)n < piece) {
			gzerror(file->in, &code);
			if (code == Z_BUF_ERROR)
				return codist_fail(err, CODIST_EFORMAT,
						   "%s: truncated: the gzip "
						   "data ends in its midst",
						   file->path);
			if (n == 0)
				break;
		}
	}
	return CODIST_OK;
}
