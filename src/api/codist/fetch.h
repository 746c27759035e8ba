/*
 * codist/fetch.h - data sets from the network, checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_FETCH_H
#define CODIST_FETCH_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How it is fetched. {0} takes the defaults. */
struct codist_fetching {
	const char *directory; /* NULL: codist_data_directory()/NAME */
	const char *mirror;    /* a URL instead of the usual mirrors */
	/*
	 * Called a few times a second: the file, its bytes so far, and all
	 * of them where known, else 0. Nonzero stops with CODIST_ECANCELLED,
	 * and what came so far is kept for the next call to go on with.
	 */
	int (*progress)(void *user, const char *file, size_t done,
			size_t total);
	void *user;
};

/*
 * codist_fetch() downloads a set ("mnist") file by file, checks the SHA-256 of
 * the contents, and only then gives each its final name. Files that are there
 * and right are left alone; an unfinished download is resumed.
 *
 * CODIST_EMISSING: built without libcurl. CODIST_EIO: no mirror answered,
 * with the last reason. CODIST_EFORMAT: a checksum differs. CODIST_EUSAGE: no
 * such set.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_fetch(const char *name, const struct codist_fetching *how,
	     struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
