/*
 * whole_file.c - all bytes of a regular file, as they are
 *
 * A file that somebody writes at the same time would be half of one and half of
 * another; its size and time tell, before and after.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum codist_status cannot(const char *path, struct codist_error *err)
{
	return codist_cannot(err, path, "read", errno);
}

static enum codist_status reserve(struct codist_whole_file *file,
				  const char *path, size_t nbytes,
				  struct codist_error *err)
{
	unsigned char *bytes;

	if (file->bytes && nbytes <= file->capacity)
		return CODIST_OK;
	bytes = realloc(file->bytes, nbytes);
	if (!bytes)
		return codist_no_memory(err, path);
	file->bytes = bytes;
	file->capacity = nbytes;
	return CODIST_OK;
}

/* Read up to `nbytes`; less only at the end of the file. */
static enum codist_status read_up_to(int fd, const char *path,
				     unsigned char *bytes, size_t nbytes,
				     size_t *n_read, struct codist_error *err)
{
	*n_read = 0;
	while (*n_read < nbytes) {
		ssize_t n = read(fd, bytes + *n_read, nbytes - *n_read);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot(path, err);
		if (n == 0)
			break;
		*n_read += (size_t)n;
	}
	return CODIST_OK;
}

static enum codist_status read_all(struct codist_whole_file *file, int fd,
				   const char *path, struct codist_error *err)
{
	struct stat before, after;
	size_t size;

	if (fstat(fd, &before) != 0)
		return cannot(path, err);
	if (!S_ISREG(before.st_mode))
		return codist_fail(err, CODIST_EIO,
				   "%s: %s, expected a regular file", path,
				   S_ISDIR(before.st_mode) ? "a folder" :
							     "not a file");
	if ((uintmax_t)before.st_size >= SIZE_MAX)
		return codist_no_memory(err, path);
	size = (size_t)before.st_size;
	/* With a byte more, to see whether there is one. */
	CODIST_TRY(reserve(file, path, size + 1, err));
	CODIST_TRY(read_up_to(fd, path, file->bytes, size + 1, &file->nbytes,
			      err));
	if (fstat(fd, &after) != 0)
		return cannot(path, err);
	if (file->nbytes != size || after.st_size != before.st_size ||
	    after.st_mtim.tv_sec != before.st_mtim.tv_sec ||
	    after.st_mtim.tv_nsec != before.st_mtim.tv_nsec)
		return codist_fail(err, CODIST_EIO,
				   "%s: changed while it was read: %zu bytes at "
				   "first, then %s%zu",
				   path, size,
				   file->nbytes > size ? "at least " : "",
				   file->nbytes);
	return CODIST_OK;
}

enum codist_status codist_whole_file_read(struct codist_whole_file *file,
					  const char *path,
					  struct codist_error *err)
{
	/* A pipe without a writer would be waited for. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	enum codist_status status;

	file->nbytes = 0;
	if (fd < 0)
		return cannot(path, err);
	status = read_all(file, fd, path, err);
	close(fd);
	return status;
}

void codist_whole_file_release(struct codist_whole_file *file)
{
	free(file->bytes);
	*file = (struct codist_whole_file){ 0 };
}

struct codist_bytes
codist_whole_file_bytes(const struct codist_whole_file *file)
{
	return (struct codist_bytes){ file->bytes, file->nbytes };
}
