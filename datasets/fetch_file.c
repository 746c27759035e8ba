/*
 * fetch_file.c - one file from the first mirror that sends it right
 *
 * What has come stands in NAME.part until its contents are proved, and is
 * locked, so that two fetches do not write into each other. A file that is
 * there under its final name is never touched: sets of other contents go by
 * the same names (Fashion-MNIST by those of MNIST).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/digest.h"
#include "base/system.h"
#include "base/text.h"
#include "download.h"
#include "fetch.h"
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct part {
	char *path;
	int fd;
};

/* What a file unpacks to; `begins` is for a guess where that is wrong. */
struct contents {
	size_t nbytes;
	char sha256[CODIST_DIGEST_SIZE];
	unsigned char begins;
};

/* No more is read than shows that it is too much. */
static enum codist_status read_contents(struct contents *contents,
					const char *path, size_t expected,
					struct codist_error *err)
{
	enum { PIECE = 1 << 16 };
	unsigned char *bytes = malloc(PIECE);
	struct codist_digest digest;
	struct codist_input *in;
	enum codist_status status;
	size_t n = 0;

	*contents = (struct contents){ 0 };
	if (!bytes)
		return codist_no_memory(err, path);
	status = codist_input_new(&in, path, err);
	if (status != CODIST_OK) {
		free(bytes);
		return status;
	}
	codist_digest_init(&digest);
	do {
		status = codist_input_read(in, bytes, PIECE, &n, err);
		if (status != CODIST_OK)
			break;
		if (contents->nbytes == 0 && n > 0)
			contents->begins = bytes[0];
		contents->nbytes += n;
		codist_digest_add(&digest, (struct codist_bytes){ bytes, n });
	} while (n == PIECE && contents->nbytes <= expected);
	codist_digest_text(&digest, contents->sha256);
	codist_input_free(in);
	free(bytes);
	return status;
}

/* CODIST_EFORMAT if the file of that path, called `name`, is another. */
static enum codist_status prove(const struct codist_remote_file *file,
				const char *path, const char *name,
				struct codist_error *err)
{
	struct contents contents;

	CODIST_TRY(read_contents(&contents, path, file->nbytes, err));
	if (contents.nbytes != file->nbytes)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %s%zu bytes of contents, expected %zu%s",
				   name,
				   contents.nbytes > file->nbytes ? "at least " :
								    "",
				   contents.nbytes, file->nbytes,
				   contents.begins == '<' ?
					   " (it looks like a web page)" :
					   "");
	if (strcmp(contents.sha256, file->sha256) != 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: contents of SHA-256 %s, expected %s",
				   name, contents.sha256, file->sha256);
	return CODIST_OK;
}

/*
 * Whether the file is there, packed or not; the loader prefers the latter.
 * One that is there and wrong is an error.
 */
static enum codist_status look(const struct codist_remote_file *file,
			       const char *path, int *is_there,
			       struct codist_error *err)
{
	char *plain = codist_text_format("%.*s", (int)(strlen(path) - 3), path);
	const char *at = plain;
	enum codist_status status;
	struct codist_error why = { 0 };

	*is_there = 0;
	if (!plain)
		return codist_no_memory(err, path);
	if (access(at, F_OK) != 0)
		at = path;
	if (access(at, F_OK) != 0) {
		free(plain);
		return CODIST_OK;
	}
	*is_there = 1;
	status = prove(file, at, at, &why);
	if (status == CODIST_EFORMAT)
		codist_fail(err, status,
			    "%s; it is left as it is: move it away to fetch "
			    "another",
			    why.message);
	else if (status != CODIST_OK)
		codist_fail(err, status, "%s", why.message);
	free(plain);
	return status;
}

/* Open the part and lock it. Whoever had it before may have renamed it. */
static enum codist_status open_part(struct part *part,
				    struct codist_error *err)
{
	struct stat ours, there;

	for (;;) {
		part->fd = open(part->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (part->fd < 0)
			return codist_cannot(err, part->path, "write", errno);
		if (fstat(part->fd, &ours) != 0 || !S_ISREG(ours.st_mode)) {
			close(part->fd);
			return codist_fail(err, CODIST_EIO,
					   "%s: is there, but is no file",
					   part->path);
		}
		if (flock(part->fd, LOCK_EX | LOCK_NB) != 0 &&
		    errno == EWOULDBLOCK) {
			close(part->fd);
			return codist_fail(err, CODIST_EIO,
					   "%s: another fetch is at work on it",
					   part->path);
		}
		if (stat(part->path, &there) == 0 &&
		    there.st_ino == ours.st_ino && there.st_dev == ours.st_dev)
			return CODIST_OK;
		close(part->fd);
	}
}

/* Close it, and leave nothing where nothing has come. */
static void close_part(struct part *part)
{
	struct stat ours;

	if (fstat(part->fd, &ours) == 0 && ours.st_size == 0)
		unlink(part->path);
	close(part->fd);
}

/* The part goes on from where it is, or from nothing if that proves wrong. */
static enum codist_status try_mirror(struct codist_download *download,
				     const struct codist_remote_file *file,
				     struct codist_error *err)
{
	for (;;) {
		off_t size = lseek(download->fd, 0, SEEK_END);
		enum codist_status status = CODIST_EFORMAT;

		download->offset = (size_t)size;
		if (download->offset <= download->limit)
			status = codist_download(download, err);
		if (status == CODIST_OK)
			status = prove(file, download->path, download->url,
				       err);
		if (status != CODIST_EFORMAT && !download->cannot_resume)
			return status;
		if (ftruncate(download->fd, 0) != 0) {
			download->cannot_write = 1;
			return codist_cannot(err, download->path, "write",
					     errno);
		}
		if (size == 0)
			return status;
	}
}

static int is_final(enum codist_status status,
		    const struct codist_download *download)
{
	return (status != CODIST_EIO && status != CODIST_EFORMAT) ||
	       download->cannot_write;
}

static enum codist_status try_mirrors(struct codist_download *download,
				      const char *const *mirrors,
				      const struct codist_remote_file *file,
				      struct codist_error *err)
{
	struct codist_text reasons = { 0 };
	enum codist_status status = CODIST_EIO, worst = CODIST_EIO;

	for (; *mirrors; mirrors++) {
		const char *slash = *mirrors + strlen(*mirrors);
		struct codist_error why = { 0 };
		char *url = codist_text_format(
			"%s%s%s", *mirrors,
			slash > *mirrors && slash[-1] == '/' ? "" : "/",
			file->name);

		if (!url) {
			free(reasons.chars);
			return codist_no_memory(err, "a URL");
		}
		download->url = url;
		status = try_mirror(download, file, &why);
		free(url);
		if (is_final(status, download)) {
			if (status != CODIST_OK)
				codist_fail(err, status, "%s", why.message);
			free(reasons.chars);
			return status;
		}
		if (status == CODIST_EFORMAT)
			worst = status;
		codist_text_add(&reasons, "; %s", why.message);
	}
	codist_fail(err, worst, "%s: no mirror sent it%s", file->name,
		    reasons.chars ? reasons.chars : "");
	free(reasons.chars);
	return worst;
}

static enum codist_status finish(const struct part *part, const char *path,
				 struct codist_error *err)
{
	if (fsync(part->fd) != 0)
		return codist_cannot(err, part->path, "write", errno);
	if (rename(part->path, path) != 0)
		return codist_cannot(err, path, "write", errno);
	return CODIST_OK;
}

static enum codist_status fetch(const struct codist_remote_set *set,
				const struct codist_remote_file *file,
				const char *path, struct part *part,
				const struct codist_fetching *how,
				struct codist_error *err)
{
	const char *const only[] = { how->mirror, NULL };
	struct codist_download download = {
		.path = part->path,
		/* Data that does not yield grows by 5 bytes in 16 K. */
		.limit = file->nbytes + file->nbytes / 1000 + 4096,
		.connect_seconds = set->connect_seconds,
		.stall_seconds = set->stall_seconds,
		.file = file->name,
		.how = how,
	};
	int is_there;
	enum codist_status status;

	CODIST_TRY(look(file, path, &is_there, err));
	if (is_there)
		return CODIST_OK;
	if (!codist_can_download)
		return codist_fail(err, CODIST_EMISSING,
				   "%s is missing, and codist was built "
				   "without libcurl (Debian: "
				   "libcurl4-openssl-dev); put it there by "
				   "hand, from %s or elsewhere",
				   path, how->mirror ? how->mirror :
						       set->mirrors[0]);
	CODIST_TRY(open_part(part, err));
	download.fd = part->fd;
	status = try_mirrors(&download, how->mirror ? only : set->mirrors,
			     file, err);
	if (status == CODIST_OK)
		status = finish(part, path, err);
	close_part(part);
	return status;
}

enum codist_status codist_fetch_file(const struct codist_remote_set *set,
				     const struct codist_remote_file *file,
				     const char *directory,
				     const struct codist_fetching *how,
				     struct codist_error *err)
{
	struct part part = { 0 };
	char *path = codist_text_format("%s/%s", directory, file->name);
	enum codist_status status = CODIST_ENOMEM;

	if (path)
		part.path = codist_text_format("%s.part", path);
	if (part.path)
		status = fetch(set, file, path, &part, how, err);
	else
		codist_no_memory(err, "a path");
	free(part.path);
	free(path);
	return status;
}
