/*
 * names.h - several names in one option: "title+body"
 *
 * A backslash takes from a '+', or from itself, what it means here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_NAMES_H
#define CODIST_DATASETS_NAMES_H

#include <codist/base.h>

/*
 * Copy what stands at *at before the next '+' or the end, without its
 * backslashes; `name` has room for all of the text. *at moves behind the '+',
 * or becomes NULL after the last name. 1 if the name is not empty.
 */
int codist_name_next(const char **at, char *name);

/* CODIST_EUSAGE if there are no names in `text`, or one of them is empty. */
enum codist_status codist_names_check(const char *option, const char *text,
				      struct codist_error *err);

#endif
