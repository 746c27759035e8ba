/*
 * mirrors.h - http_server.py at work, for as long as a test program runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_MIRRORS_H
#define CODIST_TESTS_MIRRORS_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct mirrors {
	pid_t pid;
	int alive; /* the server ends when this is closed */
	unsigned port;
	char log[64];
};

/* 1, or 0 with a message where there is no Python. */
static inline int mirrors_start(struct mirrors *mirrors)
{
	const char *folder = getenv("srcdir");
	char script[4096];
	int in[2], out[2], n;
	FILE *answer;

	snprintf(script, sizeof(script), "%s/tests/http_server.py",
		 folder ? folder : ".");
	snprintf(mirrors->log, sizeof(mirrors->log), "mirrors.%ld.log",
		 (long)getpid());
	if (pipe(in) != 0 || pipe(out) != 0)
		return 0;
	fflush(stdout);
	mirrors->pid = fork();
	if (mirrors->pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close(in[1]);
		execlp("python3", "python3", script, mirrors->log,
		       (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	mirrors->alive = in[1];
	answer = fdopen(out[0], "r");
	n = answer ? fscanf(answer, "%u", &mirrors->port) : 0;
	if (answer)
		fclose(answer);
	if (n != 1)
		printf("python3 does not run tests/http_server.py\n");
	return n == 1;
}

static inline void mirrors_end(struct mirrors *mirrors)
{
	close(mirrors->alive);
	waitpid(mirrors->pid, NULL, 0);
	unlink(mirrors->log);
}

#endif
