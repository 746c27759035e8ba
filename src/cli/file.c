/*
 * file.c - all bytes of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "file.h"
#include "interrupt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* How much a file seems to hold, or a guess. */
static size_t size_of(FILE *stream)
{
	struct stat there;

	if (fstat(fileno(stream), &there) == 0 && S_ISREG(there.st_mode) &&
	    there.st_size > 0 && (uintmax_t)there.st_size < SIZE_MAX / 2)
		return (size_t)there.st_size;
	return 65536;
}

/* Whether a file is, at its end, what it was when it was opened. */
static enum codist_status check_unchanged(const char *name, FILE *stream,
					  const struct stat *before,
					  struct codist_error *err)
{
	struct stat after;

	if (fstat(fileno(stream), &after) != 0 || !S_ISREG(after.st_mode))
		return CODIST_OK;
	if (after.st_size == before->st_size &&
	    after.st_mtim.tv_sec == before->st_mtim.tv_sec &&
	    after.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
		return CODIST_OK;
	return codist_fail(err, CODIST_EIO,
			   "%s: changed while it was being read", name);
}

static enum codist_status read_stream(struct file *file, const char *name,
				      FILE *stream, struct codist_error *err)
{
	/* One more, so that the last read comes to the end. */
	size_t capacity = size_of(stream) + 1;

	errno = 0;
	for (;;) {
		unsigned char *bytes = realloc(file->bytes, capacity);

		if (!bytes)
			return codist_no_memory(err, name);
		file->bytes = bytes;
		file->nbytes += fread(bytes + file->nbytes, 1,
				      capacity - file->nbytes, stream);
		if (ferror(stream))
			return codist_fail(err, CODIST_EIO,
					   "%s: cannot read: %s", name,
					   strerror(errno));
		if (file->nbytes < capacity)
			return CODIST_OK;
		CODIST_TRY(interrupt_check(err));
		if (capacity > SIZE_MAX / 2)
			return codist_no_memory(err, name);
		capacity *= 2;
	}
}

enum codist_status file_read(struct file *file, const char *path,
			     struct codist_error *err)
{
	static int stdin_is_read;
	int is_stdin = strcmp(path, "-") == 0;
	struct stat before = { 0 };
	const char *name = is_stdin ? "standard input" : path;
	FILE *stream = is_stdin ? stdin : fopen(path, "rb");
	enum codist_status status;

	*file = (struct file){ 0 };
	if (is_stdin && stdin_is_read)
		return codist_fail(err, CODIST_EUSAGE,
				   "'-': the standard input can be read only "
				   "once");
	stdin_is_read |= is_stdin;
	if (!stream)
		return codist_fail(err, CODIST_EIO, "%s: cannot open: %s",
				   name, strerror(errno));
	fstat(fileno(stream), &before);
	status = read_stream(file, name, stream, err);
	if (status == CODIST_OK)
		status = check_unchanged(name, stream, &before, err);
	if (!is_stdin)
		fclose(stream);
	if (status != CODIST_OK)
		file_release(file);
	return status;
}

void file_release(struct file *file)
{
	free(file->bytes);
	*file = (struct file){ 0 };
}

struct codist_bytes file_view(const struct file *file)
{
	struct codist_bytes view = { file->bytes, file->nbytes };

	return view;
}
