/*
 * output.c - a file that gets its final name only once it is whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"

#include <codist/output.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum codist_status fail(struct codist_error *err, const char *path,
			       const char *what)
{
	return codist_fail(err, CODIST_EIO, "%s: cannot %s: %s", path, what,
			   strerror(errno));
}

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
		int fd;

		*temporary = codist_text_format("%s.%ld.%u.part", path,
						(long)getpid(), i);
		if (!*temporary)
			return -1;
		fd = open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
		free(*temporary);
	}
	*temporary = NULL;
	return -1;
}

enum codist_status codist_output_open(struct codist_output *output,
				      const char *path,
				      struct codist_error *err)
{
	struct stat there;
	enum codist_status status;
	int fd;

	*output = (struct codist_output){ 0 };
	if (stat(path, &there) == 0 && S_ISDIR(there.st_mode)) {
		errno = EISDIR;
		return fail(err, path, "write");
	}
	output->path = codist_text_format("%s", path);
	if (!output->path)
		return codist_no_memory(err, path);
	fd = create(path, &output->temporary);
	if (fd >= 0)
		output->file = fdopen(fd, "wb");
	if (output->file)
		return CODIST_OK;
	status = fail(err, path, "write");
	if (fd >= 0)
		close(fd);
	else { /* the name is not ours to remove */
		free(output->temporary);
		output->temporary = NULL;
	}
	discard(output);
	return status;
}

enum codist_status codist_output_finish(struct codist_output *output,
					struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	int closed;

	/* A write that failed earlier has left its mark on the stream. */
	if (fflush(output->file) || ferror(output->file) ||
	    fsync(fileno(output->file)))
		status = fail(err, output->path, "write");
	closed = fclose(output->file);
	output->file = NULL;
	if (status == CODIST_OK && closed)
		status = fail(err, output->path, "write");
	if (status == CODIST_OK &&
	    rename(output->temporary, output->path) != 0)
		status = fail(err, output->path, "write");
	if (status == CODIST_OK) {
		free(output->temporary);
		output->temporary = NULL;
	}
	discard(output);
	return status;
}

void codist_output_abandon(struct codist_output *output)
{
	discard(output);
}
