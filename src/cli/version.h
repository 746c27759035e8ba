/*
 * version.h - which codist this is, and which libraries it runs with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_VERSION_H
#define CODIST_CLI_VERSION_H

void print_version(void);

#endif
