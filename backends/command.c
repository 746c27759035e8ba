/*
 * command.c - any compressor on the PATH: bytes in, count what comes out
 *
 * No shell stands between. Each length is one process, fed and drained at the
 * same time, so that neither side waits for the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/broken_pipe.h"
#include "base/system.h"
#include "base/text.h"

#include <codist/backend.h>

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct config {
	char *run;
	double timeout; /* seconds */
};

struct coder {
	const struct config *config;
	char **words;
};

#define COMPLAINT_SIZE 512

/* One run of the program. */
struct process {
	const struct config *config;
	pid_t pid;
	int in, out, complaints; /* our ends of its pipes, or -1 */
	struct codist_bytes rest; /* not written yet */
	double nbytes;            /* read so far */
	char complaint[COMPLAINT_SIZE]; /* the start of its stderr */
	size_t complaint_length;
	double deadline;
};

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;

	coder->config = config;
	return codist_split_words(coder->config->run, &coder->words, err);
}

static void release(void *state)
{
	struct coder *coder = state;

	codist_free_words(coder->words);
}

static void close_end(int *end)
{
	if (*end >= 0)
		close(*end);
	*end = -1;
}

/*
 * Start the program with pipes for its three standard files, a process group
 * of its own (so that a hang is ended with all its children), and the signal
 * mask that the caller had. An errno, or 0.
 */
static int spawn(struct process *process, char *const *words,
		 const sigset_t *mask)
{
	int pipes[3][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error = 0;

	for (int i = 0; i < 3 && !error; i++)
		if (pipe2(pipes[i], O_CLOEXEC) != 0)
			error = errno;
	if (!error) {
		posix_spawn_file_actions_init(&actions);
		posix_spawnattr_init(&attributes);
		for (int i = 0; i < 3 && !error; i++)
			error = posix_spawn_file_actions_adddup2(
				&actions, pipes[i][i > 0], i);
		posix_spawnattr_setflags(&attributes,
					 POSIX_SPAWN_SETPGROUP |
						 POSIX_SPAWN_SETSIGMASK);
		posix_spawnattr_setpgroup(&attributes, 0);
		posix_spawnattr_setsigmask(&attributes, mask);
		if (!error)
			error = posix_spawnp(&process->pid, words[0], &actions,
					     &attributes, words, environ);
		posix_spawn_file_actions_destroy(&actions);
		posix_spawnattr_destroy(&attributes);
	}
	close_end(&pipes[0][0]);
	close_end(&pipes[1][1]);
	close_end(&pipes[2][1]);
	process->in = pipes[0][1];
	process->out = pipes[1][0];
	process->complaints = pipes[2][0];
	return error;
}

/* Write what the pipe takes. A program may end without reading all. */
static void write_some(struct process *process)
{
	ssize_t n = write(process->in, process->rest.data,
			  process->rest.nbytes);

	if (n > 0) {
		process->rest.data += n;
		process->rest.nbytes -= (size_t)n;
	} else if (n < 0 && errno != EAGAIN && errno != EINTR) {
		process->rest.nbytes = 0;
	}
	if (process->rest.nbytes == 0)
		close_end(&process->in);
}

static void read_some(struct process *process)
{
	char buffer[65536];
	ssize_t n = read(process->out, buffer, sizeof(buffer));

	if (n > 0)
		process->nbytes += (double)n;
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		close_end(&process->out);
}

static void read_complaint(struct process *process)
{
	char buffer[4096];
	ssize_t n = read(process->complaints, buffer, sizeof(buffer));
	size_t room = COMPLAINT_SIZE - 1 - process->complaint_length;

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_end(&process->complaints);
	if (n <= 0)
		return;
	if ((size_t)n < room)
		room = (size_t)n;
	memcpy(process->complaint + process->complaint_length, buffer, room);
	process->complaint_length += room;
}

static int milliseconds_left(const struct process *process)
{
	double left = process->deadline - codist_seconds();

	return left <= 0 ? 0 : left > 3600 ? 3600000 : (int)ceil(1e3 * left);
}

/* Feed and drain until all pipes are closed; 0 if the time is up first. */
static int converse(struct process *process)
{
	fcntl(process->in, F_SETFL, O_NONBLOCK);
	if (process->rest.nbytes == 0)
		close_end(&process->in);
	while (process->in >= 0 || process->out >= 0 ||
	       process->complaints >= 0) {
		/* poll() passes over negative descriptors. */
		struct pollfd ends[3] = {
			{ process->in, POLLOUT, 0 },
			{ process->out, POLLIN, 0 },
			{ process->complaints, POLLIN, 0 },
		};

		if (poll(ends, 3, milliseconds_left(process)) < 0 &&
		    errno != EINTR)
			return 0;
		if (ends[0].revents)
			write_some(process);
		if (ends[1].revents)
			read_some(process);
		if (ends[2].revents)
			read_complaint(process);
		if (codist_seconds() >= process->deadline)
			return 0;
	}
	return 1;
}

/* Wait for its end, and kill it when the time is up. 1 if it ended itself. */
static int reap(struct process *process, int in_time, int *how)
{
	const struct timespec pause = { 0, 500000 };

	for (;;) {
		pid_t ended = waitpid(process->pid, how, in_time ? WNOHANG : 0);

		if (ended == process->pid)
			return in_time;
		if (ended < 0 && errno != EINTR)
			return 0;
		if (in_time && codist_seconds() < process->deadline) {
			nanosleep(&pause, NULL);
			continue;
		}
		in_time = 0;
		kill(-process->pid, SIGKILL);
	}
}

static enum codist_status verdict(struct process *process, int in_time,
				  int how, struct codist_error *err)
{
	const char *run = process->config->run;
	char *end = strchr(process->complaint, '\n');

	if (end)
		*end = '\0';
	if (!in_time)
		return codist_fail(err, CODIST_EIO,
				   "command '%s': still running after %g s, "
				   "ended (timeout=%g)",
				   run, process->config->timeout,
				   process->config->timeout);
	if (WIFSIGNALED(how))
		return codist_fail(err, CODIST_EIO,
				   "command '%s': ended by signal %d", run,
				   WTERMSIG(how));
	if (WEXITSTATUS(how) != 0)
		return codist_fail(err, CODIST_EIO,
				   "command '%s': exit status %d, expected 0%s%s",
				   run, WEXITSTATUS(how),
				   process->complaint[0] ? "; it says: " : "",
				   process->complaint);
	return CODIST_OK;
}

static enum codist_status run(struct process *process, char *const *words,
			      const sigset_t *mask, struct codist_error *err)
{
	int error = spawn(process, words, mask);
	int in_time, how = 0;

	if (error)
		return codist_fail(err, CODIST_EIO, "command '%s': %s: %s",
				   process->config->run, words[0],
				   error == ENOENT ? "no such program on the "
						     "PATH" :
						     strerror(error));
	process->deadline = codist_seconds() + process->config->timeout;
	in_time = converse(process);
	if (!in_time)
		kill(-process->pid, SIGKILL);
	in_time = reap(process, in_time, &how);
	return verdict(process, in_time, how, err);
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	const struct coder *coder = state;
	struct process process = { .config = coder->config, .rest = x };
	struct codist_broken_pipe broken_pipe;
	enum codist_status status;

	codist_broken_pipe_hold(&broken_pipe);
	status = run(&process, coder->words, &broken_pipe.mask, err);
	close_end(&process.in);
	close_end(&process.out);
	close_end(&process.complaints);
	codist_broken_pipe_release(&broken_pipe);
	*bits = 8 * process.nbytes;
	return status;
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	char **words;

	CODIST_TRY(codist_split_words(c->run, &words, err));
	codist_free_words(words);
	return CODIST_OK;
}

static const struct codist_option options[] = {
	{ .name = "run", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, run), .positional = 1,
	  .help = "the program and its arguments, split at blanks, quotes "
		  "honoured; it reads stdin and writes stdout" },
	{ .name = "timeout", .type = CODIST_REAL,
	  .offset = offsetof(struct config, timeout),
	  .minimum = 0.001, .maximum = 86400, .fallback = "60",
	  .help = "seconds after which a run is ended, as an error" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_command = {
	.plugin = {
		.name = "command",
		.summary = "any program that compresses stdin to stdout",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.library = "a program on the PATH",
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
};
