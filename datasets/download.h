/*
 * download.h - the rest of one file from one URL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_DOWNLOAD_H
#define CODIST_DATASETS_DOWNLOAD_H

#include <codist/fetch.h>

/* 0 if codist was built without libcurl. */
extern const int codist_can_download;

struct codist_download {
	const char *url;
	const char *path;     /* of fd, for messages */
	int fd;               /* to be appended to; stands at its end */
	size_t offset;        /* bytes that are there */
	size_t limit;         /* of bytes in all, lest a server fill the disk */
	long connect_seconds; /* until it must be connected */
	long stall_seconds;   /* within which a byte must come */
	const char *file;     /* what the progress hook is told */
	const struct codist_fetching *how;
	/* What a failure with CODIST_EIO was about, if 1; receives it. */
	int cannot_resume;    /* the server sends all or nothing */
	int cannot_write;     /* fd takes no more, whatever the server */
};

/*
 * Fetch what is not there yet. After any failure what came is kept.
 * CODIST_EFORMAT: it is longer than the limit.
 */
enum codist_status codist_download(struct codist_download *download,
				   struct codist_error *err);

#endif
