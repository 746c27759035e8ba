/*
 * standard.c - the standard files of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "standard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_WIDTH 79
#define LABEL_WIDTH 12

static int pipe_is_closed;

/*
 * Where one is closed, the next file opened would take its place, and be
 * printed to. /dev/null stands in, opened the wrong way round, so that using
 * it is an error still.
 */
void standard_open(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
			return;
}

static int has_no_reader(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* The reason may be lost: when printing itself emptied a buffer in vain. */
enum codist_status standard_flush(struct codist_error *err)
{
	static int reason;

	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return CODIST_OK;
	if (!reason)
		reason = errno;
	pipe_is_closed = reason == EPIPE || (!reason && has_no_reader());
	return codist_fail(err, CODIST_EIO,
			   "standard output: cannot write%s%s",
			   reason ? ": " : "", reason ? strerror(reason) : "");
}

int standard_pipe_is_closed(void)
{
	return pipe_is_closed;
}

enum codist_status print_spec(const char *label,
			      const struct codist_spec *spec,
			      struct codist_error *err)
{
	char *text = codist_spec_text(spec);

	if (!text)
		return codist_no_memory(err, "a spec");
	if (LABEL_WIDTH + strlen(text) <= LINE_WIDTH)
		printf("%-*s%s\n", LABEL_WIDTH, label, text);
	else
		printf("%s\n  %s\n", label, text);
	free(text);
	return CODIST_OK;
}

void print_wrapped(const char *text, int column, int indent)
{
	int is_first = 1;

	for (;;) {
		int length;

		text += strspn(text, " ");
		length = (int)strcspn(text, " ");
		if (length == 0)
			break;
		if (!is_first && column + 1 + length > LINE_WIDTH) {
			printf("\n%*s", indent, "");
			column = indent;
		} else if (!is_first) {
			putchar(' ');
			column++;
		}
		printf("%.*s", length, text);
		column += length;
		text += length;
		is_first = 0;
	}
	putchar('\n');
}
