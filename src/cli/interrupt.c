/*
 * interrupt.c - Ctrl-C, and being asked to end
 *
 * SIGPIPE is caught and forgotten, so that a write to a closed pipe is an
 * error like any other, which leaves time to clean up. Were it ignored, the
 * programs that the backend `command` starts would ignore it too. Likewise
 * SIGXFSZ, of a file that grows beyond what the shell allows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interrupt.h"

#include <signal.h>

static volatile sig_atomic_t came;

static void remember(int signal_number)
{
	came = signal_number;
}

static void forget(int signal_number)
{
	(void)signal_number;
}

/* Not where it is ignored, as SIGHUP is below nohup. */
static void listen_to(int signal_number, void (*handler)(int), int flags)
{
	struct sigaction action = { 0 };

	if (sigaction(signal_number, NULL, &action) != 0 ||
	    action.sa_handler == SIG_IGN)
		return;
	action = (struct sigaction){ 0 };
	action.sa_handler = handler;
	action.sa_flags = flags;
	sigemptyset(&action.sa_mask);
	sigaction(signal_number, &action, NULL);
}

void interrupt_install(void)
{
	listen_to(SIGINT, remember, (int)SA_RESETHAND);
	listen_to(SIGTERM, remember, (int)SA_RESETHAND);
	listen_to(SIGHUP, remember, (int)SA_RESETHAND);
	listen_to(SIGPIPE, forget, SA_RESTART);
	listen_to(SIGXFSZ, forget, SA_RESTART);
}

void interrupt_ends(void)
{
	listen_to(SIGINT, SIG_DFL, 0);
	listen_to(SIGTERM, SIG_DFL, 0);
	listen_to(SIGHUP, SIG_DFL, 0);
}

int interrupt_came(void)
{
	return came;
}

enum codist_status interrupt_check(struct codist_error *err)
{
	return came ? codist_fail(err, CODIST_ECANCELLED, "interrupted") :
		      CODIST_OK;
}

void interrupt_die(void)
{
	signal(came, SIG_DFL);
	raise(came);
}
