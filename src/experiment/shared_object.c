/*
 * shared_object.c - a file of code, and a constant in it, by dlopen()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/shared_object.h"

#ifdef HAVE_DLOPEN

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* dlopen() of a FIFO would wait for ever. */
static enum codist_status check_file(const char *path, struct codist_error *err)
{
	struct stat about;

	if (stat(path, &about) != 0)
		return codist_fail(err, CODIST_EIO, "cannot open: %s",
				   strerror(errno));
	if (!S_ISREG(about.st_mode))
		return codist_fail(err, CODIST_EIO,
				   "not a file, expected a shared object");
	return CODIST_OK;
}

/* Without a slash, dlopen() would look in the folders of libraries. */
static char *with_slash(const char *path)
{
	size_t size = strlen(path) + sizeof("./");
	char *copy = malloc(size);

	if (copy)
		snprintf(copy, size, "%s%s", strchr(path, '/') ? "" : "./",
			 path);
	return copy;
}

enum codist_status codist_shared_object_open(void **object, const char *path,
					     struct codist_error *err)
{
	char *file = NULL;
	const char *why;

	CODIST_TRY(check_file(path, err));
	file = with_slash(path);
	if (!file)
		return codist_no_memory(err, "a path");
	/* Lazily, a missing function would end the program in mid-work. */
	*object = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	why = *object ? NULL : dlerror();
	if (why && strncmp(why, file, strlen(file)) == 0 &&
	    why[strlen(file)] == ':')
		why += strlen(file) + 2;
	free(file);
	return *object ? CODIST_OK :
			 codist_fail(err, CODIST_EIO,
				     "not a shared object that can be loaded: "
				     "%s", why);
}

const void *codist_shared_object_find(void *object, const char *name)
{
	return dlsym(object, name);
}

void codist_shared_object_close(void *object)
{
	dlclose(object);
}

#else

enum codist_status codist_shared_object_open(void **object, const char *path,
					     struct codist_error *err)
{
	(void)object;
	(void)path;
	return codist_fail(err, CODIST_EMISSING,
			   "this build of codist loads no plug-ins, as it was "
			   "made without dlopen()");
}

const void *codist_shared_object_find(void *object, const char *name)
{
	(void)object;
	(void)name;
	return NULL;
}

void codist_shared_object_close(void *object)
{
	(void)object;
}

#endif
