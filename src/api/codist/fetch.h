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
	/* Made if need be, parents too; NULL: codist_data_directory()/NAME */
	const char *directory;
	/* The URL of a folder with the files; NULL: the usual mirrors */
	const char *mirror;
	/*
	 * Called a few times a second while a file comes: its name, its bytes
	 * so far, and all of them where known, else 0. Nonzero stops with
	 * CODIST_ECANCELLED, and what came so far is kept for the next call
	 * to go on with. NULL: not wanted.
	 */
	int (*progress)(void *user, const char *file, size_t done,
			size_t total);
	void *user;
};

/*
 * codist_fetch() downloads a set ("mnist") file by file, checks the SHA-256 of
 * the contents (unpacked), and only then gives each its final name; until
 * then it is called NAME.part. An unfinished download is resumed.
 *
 * A file that is there and right, packed or not, is left alone, and one that
 * is there and wrong, too, with CODIST_EFORMAT: it may be of another set that
 * uses the same names. So files may also be placed by hand.
 *
 * CODIST_EUSAGE: no such set, or no folder to put it in. CODIST_EMISSING: a
 * file is not there and codist was built without libcurl. CODIST_EIO: no
 * mirror sent a file, with the reasons of all, or it cannot be written, or
 * another fetch is at work on it. CODIST_EFORMAT: as CODIST_EIO, and some
 * mirror sent other contents.
 *
 * Proxies are taken from the environment, as libcurl does. One call at a time:
 * libcurl's own start-up need not be thread-safe.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_fetch(const char *name, const struct codist_fetching *how,
	     struct codist_error *err);

/*
 * codist_curl_version() is the version of libcurl at run time; NULL: not built
 * in.
 */
CODIST_API const char *codist_curl_version(void);

#ifdef __cplusplus
}
#endif

#endif
