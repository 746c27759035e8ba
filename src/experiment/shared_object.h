/*
 * shared_object.h - a file of code, and a constant in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_SHARED_OBJECT_H
#define CODIST_EXPERIMENT_SHARED_OBJECT_H

#include <codist/base.h>

/*
 * codist_shared_object_open() brings a file's code into the process. CODIST_EIO: no
 * file, or not one of code for here; CODIST_EMISSING: not in this build. The
 * message does not name the path.
 */
enum codist_status codist_shared_object_open(void **object, const char *path,
					     struct codist_error *err);

/* The address of what it calls by that name, or NULL. */
const void *codist_shared_object_find(void *object, const char *name);

/* Opening a file again opens the same object, which closes with the last. */
void codist_shared_object_close(void *object);

#endif
