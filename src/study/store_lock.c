/*
 * store_lock.c - one process at a time works on a store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/store.h"

#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>

/* Far beyond the bytes that SQLite locks, and the file's end. */
#define LOCKED_AT ((off_t)1 << 62)

/* 0, or an errno. Locks are the kernel's, and end with the process. */
static int try_lock(int file)
{
#ifdef F_OFD_SETLK
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET,
			      .l_start = LOCKED_AT, .l_len = 1 };

	return fcntl(file, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
#else
	return flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
#endif
}

/* Of a process that was killed, the kernel may not be done with the files. */
#define SECONDS_TO_LOCK 2

static int lock_soon(int file)
{
	const struct timespec while_ending = { 0, 50 * 1000 * 1000 };
	double began = codist_seconds();
	int error;

	while ((error = try_lock(file)) == EAGAIN || error == EACCES ||
	       error == EWOULDBLOCK) {
		if (codist_seconds() - began > SECONDS_TO_LOCK)
			break;
		nanosleep(&while_ending, NULL);
	}
	return error;
}

enum codist_status codist_store_lock(struct codist_store *store,
				     const char *path,
				     struct codist_error *err)
{
	int error;

	store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (store->lock < 0)
		return codist_cannot(err, path, "write", errno);
	store->is_locked = 1;
	error = lock_soon(store->lock);
	if (error == EAGAIN || error == EACCES || error == EWOULDBLOCK)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: another process is at work on it, "
				   "which 'codist status' tells of", path);
	/* Some file systems have no locks. */
	return error == 0 || error == ENOLCK || error == EINVAL ?
		       CODIST_OK : codist_cannot(err, path, "lock", error);
}
