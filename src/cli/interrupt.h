/*
 * interrupt.h - Ctrl-C, and being asked to end
 *
 * The first such signal asks the work to stop; the second one ends the program
 * at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_INTERRUPT_H
#define CODIST_CLI_INTERRUPT_H

#include <codist.h>

/* interrupt_install() begins to listen. */
void interrupt_install(void);

/* interrupt_ends() lets the first one end the program, which has nothing to lose. */
void interrupt_ends(void);

/* interrupt_came() is the signal that came, or 0. */
int interrupt_came(void);

/* interrupt_check() is CODIST_ECANCELLED once one came. */
enum codist_status interrupt_check(struct codist_error *err);

/* interrupt_die() ends the program as the signal that came would have. */
void interrupt_die(void);

#endif
