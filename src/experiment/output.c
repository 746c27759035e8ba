/*
 * output.c - a file that gets its final name only once it is whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "base/text.h"

#include <codist/output.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Do away with what is left of an output; its path is freed too. */
static void discard(struct codist_output *output)
{
	if (output->file)
		fclose(output->file);
	if (output->temporary)
		unlink(output->temporary);
	free(output->temporary);
	free(output->path);
	*output = (struct codist_output){ 0 };
}

/*
 * mkstemp() makes the file for its owner alone; give it the mode that any new
 * file would have. The umask can only be read by setting it, which would race
 * with other threads, so the mode comes from open() itself: a name that must
 * not exist yet, tried until one does not.
 */
static int create(const char *path, char **temporary)
{
	for (unsigned i = 0; i < 1000; i++) {
		int fd, error;

		*temporary = codist_text_format("%s.%ld.%u.part", path,
						(long)getpid(), i);
		if (!*temporary)
			return -1;
		fd = open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  0666);
		if (fd >= 0)
			return fd;
		error = errno;
		free(*temporary); /* somebody else's, if anybody's */
		*temporary = NULL;
		errno = error;
		if (error != EEXIST)
			return -1;
	}
	return -1;
}

/* The standard stream that goes to the file described, or -1. */
static int standard_stream(const struct stat *there)
{
	struct stat stream;

	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		if (fstat(fd, &stream) == 0 &&
		    stream.st_dev == there->st_dev &&
		    stream.st_ino == there->st_ino)
			return fd;
	return -1;
}

/* What rename() must be told, which replaces a link and not its target. */
static char *final_name(const char *path)
{
	struct stat link;
	char *target = NULL;

	if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
		target = realpath(path, NULL);
	return target ? target : codist_text_format("%s", path);
}

enum codist_status codist_output_open(struct codist_output *output,
				      const char *path,
				      struct codist_error *err)
{
	struct stat there;
	int exists = stat(path, &there) == 0;
	int stream = exists ? standard_stream(&there) : -1;
	enum codist_status status;
	int fd;

	*output = (struct codist_output){ 0 };
	if (!*path || (exists && S_ISDIR(there.st_mode)))
		return codist_cannot(err, path, "write",
				     *path ? EISDIR : ENOENT);
	output->path = final_name(path);
	if (!output->path)
		return codist_no_memory(err, path);
	if (stream >= 0) /* opened anew it would begin at the file's start */
		fd = fcntl(stream, F_DUPFD_CLOEXEC, 0);
	else if (exists && !S_ISREG(there.st_mode))
		fd = open(path, O_WRONLY | O_CLOEXEC);
	else
		fd = create(output->path, &output->temporary);
	if (fd >= 0)
		output->file = fdopen(fd, "wb");
	if (output->file)
		return CODIST_OK;
	status = codist_cannot(err, path, "write", errno);
	if (fd >= 0)
		close(fd);
	discard(output);
	return status;
}

/* What is written to directly is not opened, as a pipe then waits. */
enum codist_status codist_output_check(const char *path,
				       struct codist_error *err)
{
	struct codist_output output;
	struct stat there;

	if (stat(path, &there) == 0 && !S_ISREG(there.st_mode) &&
	    !S_ISDIR(there.st_mode))
		return access(path, W_OK) == 0 ?
			       CODIST_OK :
			       codist_cannot(err, path, "write", errno);
	CODIST_TRY(codist_output_open(&output, path, err));
	codist_output_abandon(&output);
	return CODIST_OK;
}

/* Empty the buffers; 0, or an errno. */
static int flush(struct codist_output *output)
{
	errno = 0;
	/* A write that failed earlier has left its mark on the stream. */
	if (fflush(output->file) || ferror(output->file))
		return errno ? errno : EIO;
	/* Pipes and devices have nothing to synchronise, and say so. */
	if (output->temporary && fsync(fileno(output->file)))
		return errno;
	return 0;
}

enum codist_status codist_output_finish(struct codist_output *output,
					struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	int error = flush(output);

	if (fclose(output->file) && !error)
		error = errno;
	output->file = NULL;
	if (!error && output->temporary) {
		if (rename(output->temporary, output->path))
			error = errno;
		else {
			free(output->temporary);
			output->temporary = NULL;
		}
	}
	if (error)
		status = codist_cannot(err, output->path, "write", error);
	discard(output);
	return status;
}

void codist_output_abandon(struct codist_output *output)
{
	discard(output);
}
