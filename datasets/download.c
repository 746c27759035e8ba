/*
 * download.c - the rest of one file from one URL, by libcurl
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "download.h"

#ifdef HAVE_CURL

#include "base/broken_pipe.h"
#include "base/system.h"

#include <curl/curl.h>
#include <errno.h>
#include <unistd.h>

const int codist_can_download = 1;

#define SECONDS_BETWEEN_REPORTS 0.2

struct transfer {
	struct codist_download *download;
	size_t have;          /* bytes in the file */
	size_t total;         /* 0: not known */
	int write_error;      /* an errno */
	int too_long;
	int stalled;
	double last_byte, last_report; /* by the clock */
	char complaint[CURL_ERROR_SIZE];
};

/* A count less than that asked for makes libcurl stop. */
static size_t receive(char *bytes, size_t size, size_t n, void *user)
{
	struct transfer *transfer = user;
	size_t nbytes = size * n, written = 0;

	if (nbytes > transfer->download->limit - transfer->have) {
		transfer->too_long = 1;
		return 0;
	}
	transfer->last_byte = codist_seconds();
	while (written < nbytes) {
		ssize_t piece = write(transfer->download->fd, bytes + written,
				      nbytes - written);

		if (piece < 0 && errno != EINTR) {
			transfer->write_error = errno;
			return 0;
		}
		if (piece > 0) {
			written += (size_t)piece;
			transfer->have += (size_t)piece;
		}
	}
	return nbytes;
}

static int report(struct transfer *transfer)
{
	const struct codist_fetching *how = transfer->download->how;

	transfer->last_report = codist_seconds();
	return how->progress(how->user, transfer->download->file,
			     transfer->have, transfer->total) != 0;
}

/*
 * libcurl calls this at least once a second, and mostly far more often than
 * anybody wants to look. Its own watch over stalls takes the mean of several
 * seconds, and so lets a short quick burst outlast a short patience.
 */
static int advance(void *user, curl_off_t to_come, curl_off_t came,
		   curl_off_t to_send, curl_off_t sent)
{
	struct transfer *transfer = user;
	double time = codist_seconds();

	(void)came;
	(void)to_send;
	(void)sent;
	if (to_come > 0)
		transfer->total = transfer->download->offset + (size_t)to_come;
	transfer->stalled = time - transfer->last_byte >
			    (double)transfer->download->stall_seconds;
	if (transfer->stalled)
		return 1;
	if (!transfer->download->how->progress ||
	    time - transfer->last_report < SECONDS_BETWEEN_REPORTS)
		return 0;
	return report(transfer);
}

static enum codist_status verdict(struct transfer *transfer, CURLcode code,
				  struct codist_error *err)
{
	struct codist_download *download = transfer->download;

	if (transfer->write_error) {
		download->cannot_write = 1;
		return codist_cannot(err, download->path, "write",
				     transfer->write_error);
	}
	if (transfer->too_long)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: more than %zu bytes, which is too much",
				   download->url, download->limit);
	if (transfer->stalled)
		return codist_fail(err, CODIST_EIO,
				   "%s: nothing came for %ld s", download->url,
				   download->stall_seconds);
	switch (code) {
	case CURLE_OK:
		return CODIST_OK;
	case CURLE_ABORTED_BY_CALLBACK:
		return codist_fail(err, CODIST_ECANCELLED, "%s: stopped",
				   download->url);
	case CURLE_OUT_OF_MEMORY:
		return codist_no_memory(err, download->url);
	case CURLE_RANGE_ERROR:
	case CURLE_BAD_DOWNLOAD_RESUME:
		download->cannot_resume = 1;
		break;
	default:
		break;
	}
	return codist_fail(err, CODIST_EIO, "%s: %s", download->url,
			   transfer->complaint[0] ? transfer->complaint :
						    curl_easy_strerror(code));
}

static void prepare(CURL *curl, struct transfer *transfer)
{
	const struct codist_download *download = transfer->download;

	curl_easy_setopt(curl, CURLOPT_URL, download->url);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, PACKAGE "/" VERSION);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 10L);
	curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->complaint);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
			 download->connect_seconds);
	curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE,
			 (curl_off_t)download->offset);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, advance);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
}

enum codist_status codist_download(struct codist_download *download,
				   struct codist_error *err)
{
	struct transfer transfer = {
		.download = download,
		.have = download->offset,
		.last_byte = codist_seconds(),
	};
	struct codist_broken_pipe broken_pipe;
	CURL *curl = curl_easy_init();
	CURLcode code;

	download->cannot_resume = 0;
	download->cannot_write = 0;
	if (!curl)
		return codist_fail(err, CODIST_ELIBRARY,
				   "%s: libcurl does not start",
				   download->url);
	prepare(curl, &transfer);
	codist_broken_pipe_hold(&broken_pipe);
	code = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	codist_broken_pipe_release(&broken_pipe);
	/* The last report, that all has come, must not be one too few. */
	if (code == CURLE_OK && download->how->progress) {
		transfer.total = transfer.have;
		if (report(&transfer))
			code = CURLE_ABORTED_BY_CALLBACK;
	}
	return verdict(&transfer, code, err);
}

const char *codist_curl_version(void)
{
	return curl_version_info(CURLVERSION_NOW)->version;
}

#else

const int codist_can_download = 0;

enum codist_status codist_download(struct codist_download *download,
				   struct codist_error *err)
{
	return codist_fail(err, CODIST_EMISSING,
			   "%s: codist was built without libcurl",
			   download->url);
}

const char *codist_curl_version(void)
{
	return NULL;
}

#endif
