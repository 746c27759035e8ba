/*
 * pairwise_store.c - distances in a file, with which a run can go on
 *
 * The file is mapped: a process that is killed leaves what it wrote, and the
 * kernel keeps in memory what fits. A head with a digest of all that the
 * distances depend on is followed by a byte for each row of each result, 1 once
 * it is done, and, from a multiple of 8 on, by the distances as this machine
 * has doubles: a store is not meant to travel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/digest.h"
#include "base/system.h"
#include "base/text.h"

#include <codist/pairwise.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "codist pairwise 1\n"
#define HEAD_SIZE 128
#define SECONDS_BETWEEN_SYNCS 5

static size_t n_columns_of(const struct codist_pairwise *pairwise)
{
	return pairwise->columns ? pairwise->n_columns : pairwise->n_rows;
}

static enum codist_status fail(const char *path, const char *what,
			       struct codist_error *err)
{
	return codist_fail(err, CODIST_EIO, "%s: %s: %s", path, what,
			   strerror(errno));
}

/* Each text or item with its size, lest two joined be taken for others. */
static void add(struct codist_digest *digest, const void *data, size_t nbytes)
{
	char size[32];
	int n = snprintf(size, sizeof(size), "%zu:", nbytes);

	codist_digest_add(digest, (struct codist_bytes){
					  (const unsigned char *)size,
					  (size_t)n });
	codist_digest_add(digest, (struct codist_bytes){ data, nbytes });
}

static void add_text(struct codist_digest *digest, const char *text)
{
	add(digest, text, strlen(text));
}

static void add_items(struct codist_digest *digest,
		      const struct codist_bytes *items, size_t n,
		      const char *const *names)
{
	add(digest, &n, sizeof(n));
	for (size_t i = 0; i < n; i++) {
		add(digest, items[i].data, items[i].nbytes);
		add_text(digest, names ? names[i] : "");
	}
}

static enum codist_status add_spec(struct codist_digest *digest,
				   const struct codist_spec *spec,
				   struct codist_error *err)
{
	char *text = codist_spec_text(spec);

	if (!text)
		return codist_no_memory(err, "a spec");
	add_text(digest, text);
	free(text);
	return CODIST_OK;
}

/* The magic and the digest, a line each, and zeros. */
static enum codist_status write_head(const struct codist_pairwise *pairwise,
				     char head[HEAD_SIZE],
				     struct codist_error *err)
{
	struct codist_digest digest;
	char text[CODIST_DIGEST_SIZE];

	codist_digest_init(&digest);
	add_text(&digest, codist_version());
	add_items(&digest, pairwise->rows, pairwise->n_rows,
		  pairwise->row_names);
	if (pairwise->columns)
		add_items(&digest, pairwise->columns, pairwise->n_columns,
			  pairwise->column_names);
	add_text(&digest, pairwise->is_full ? "full" : "half");
	for (size_t i = 0; i < pairwise->n_measures; i++)
		CODIST_TRY(add_spec(&digest, &pairwise->measures[i], err));
	for (size_t i = 0; i < pairwise->n_backends; i++) {
		const struct codist_spec *backend = &pairwise->backends[i];

		CODIST_TRY(add_spec(&digest, backend, err));
		add_text(&digest, codist_backend_version(backend));
	}
	codist_digest_text(&digest, text);
	memset(head, 0, HEAD_SIZE);
	snprintf(head, HEAD_SIZE, MAGIC "%s\n", text);
	return CODIST_OK;
}

/* Where the distances begin, and how large it all is; 0: too large. */
static size_t measure_out(const struct codist_pairwise *pairwise,
			  size_t *nbytes)
{
	size_t n_results = codist_pairwise_results(pairwise);
	size_t n_rows = n_results * pairwise->n_rows;
	size_t at = (HEAD_SIZE + n_rows + 7) / 8 * 8;
	size_t row = n_columns_of(pairwise) * sizeof(double);

	*nbytes = 0;
	if (row / sizeof(double) == n_columns_of(pairwise) &&
	    n_rows <= (SIZE_MAX / 2 - at) / row)
		*nbytes = at + n_rows * row;
	return at;
}

static enum codist_status save(void *user, size_t result, size_t first_row,
			       size_t n_rows, struct codist_error *err)
{
	struct codist_pairwise_store *store = user;
	double now = codist_seconds();

	(void)result;
	(void)first_row;
	(void)n_rows;
	if (now - store->synced < SECONDS_BETWEEN_SYNCS)
		return CODIST_OK;
	store->synced = now;
	if (msync(store->map, store->nbytes, MS_SYNC) == 0)
		return CODIST_OK;
	return fail(store->path, "cannot write", err);
}

/*
 * Whether a file holds nothing, as one that was begun and no more: its room is
 * taken before the head is written.
 */
static int is_blank(const struct codist_pairwise_store *store,
		    const struct stat *there)
{
	static const char zeros[4096];
	char found[sizeof(zeros)];
	off_t at = 0;

	while (at < there->st_size) {
		ssize_t n = pread(store->file, found, sizeof(found), at);

		if (n <= 0 || memcmp(found, zeros, (size_t)n) != 0)
			return 0;
		at += n;
	}
	return 1;
}

/* It is empty, or is the store of this run. */
static enum codist_status check_head(const struct codist_pairwise_store *store,
				     const char head[HEAD_SIZE],
				     const struct stat *there, int *is_new,
				     struct codist_error *err)
{
	char found[HEAD_SIZE];
	ssize_t n;

	n = pread(store->file, found, HEAD_SIZE, 0);
	if (n < 0)
		return fail(store->path, "cannot read", err);
	*is_new = is_blank(store, there);
	if (*is_new)
		return CODIST_OK;
	if ((size_t)n < strlen(MAGIC) ||
	    memcmp(found, MAGIC, strlen(MAGIC)) != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: is no store of distances; expected a "
				   "file that codist may write to", store->path);
	if (memcmp(found, head, (size_t)n) == 0 &&
	    (uintmax_t)there->st_size != store->nbytes)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: has %ju bytes, expected %zu of the "
				   "distances of this run; to begin anew, "
				   "remove it", store->path,
				   (uintmax_t)there->st_size, store->nbytes);
	if (n < HEAD_SIZE || memcmp(found, head, HEAD_SIZE) != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: is of another run, of other items, "
				   "measures or backends, or by other versions "
				   "of the libraries; to begin anew, remove it",
				   store->path);
	return CODIST_OK;
}

static enum codist_status open_file(struct codist_pairwise_store *store,
				    const char head[HEAD_SIZE],
				    struct codist_error *err)
{
	struct stat there;
	int is_new = 0, failure;

	store->file = open(store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (store->file < 0)
		return fail(store->path, "cannot open", err);
	if (flock(store->file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: another process is at work on it",
				   store->path);
	if (fstat(store->file, &there) != 0)
		return fail(store->path, "cannot read", err);
	CODIST_TRY(check_head(store, head, &there, &is_new, err));
	if (!is_new)
		return CODIST_OK;
	/* One that was begun may have been meant to be larger. */
	if (ftruncate(store->file, 0) != 0)
		return fail(store->path, "cannot write", err);
	failure = posix_fallocate(store->file, 0, (off_t)store->nbytes);
	errno = failure;
	if (failure && ftruncate(store->file, 0) == 0)
		unlink(store->path);
	errno = failure;
	if (failure)
		return fail(store->path, "no room for the distances", err);
	if (pwrite(store->file, head, HEAD_SIZE, 0) != HEAD_SIZE)
		return fail(store->path, "cannot write", err);
	return CODIST_OK;
}

static enum codist_status map(struct codist_pairwise_store *store,
			      const struct codist_pairwise *pairwise,
			      size_t at, struct codist_error *err)
{
	size_t n_results = codist_pairwise_results(pairwise);
	size_t n_values = pairwise->n_rows * n_columns_of(pairwise);
	void *mapped = mmap(NULL, store->nbytes, PROT_READ | PROT_WRITE,
			    MAP_SHARED, store->file, 0);

	if (mapped == MAP_FAILED)
		return fail(store->path, "cannot map into memory", err);
	store->map = mapped;
	store->of = calloc(n_results, sizeof(*store->of));
	if (!store->of)
		return codist_no_memory(err, "results");
	for (size_t i = 0; i < n_results; i++)
		store->of[i] = (double *)((char *)mapped + at) + i * n_values;
	store->values = (struct codist_pairwise_values){
		.of = store->of,
		.done = (unsigned char *)mapped + HEAD_SIZE,
		.save = save, .user = store,
	};
	for (size_t i = 0; i < n_results * pairwise->n_rows; i++)
		store->n_rows_done += store->values.done[i];
	store->synced = codist_seconds();
	return CODIST_OK;
}

enum codist_status
codist_pairwise_store_open(struct codist_pairwise_store *store,
			   const char *path,
			   const struct codist_pairwise *pairwise,
			   struct codist_error *err)
{
	char head[HEAD_SIZE];
	size_t at, nbytes;
	enum codist_status status;

	*store = (struct codist_pairwise_store){ .file = -1 };
	CODIST_TRY(codist_pairwise_check(pairwise, err));
	CODIST_TRY(write_head(pairwise, head, err));
	at = measure_out(pairwise, &nbytes);
	store->path = strdup(path);
	if (!store->path || nbytes == 0) {
		codist_pairwise_store_close(store);
		return codist_no_memory(err, "so many distances");
	}
	store->nbytes = nbytes;
	status = open_file(store, head, err);
	if (status == CODIST_OK)
		status = map(store, pairwise, at, err);
	if (status != CODIST_OK)
		codist_pairwise_store_close(store);
	return status;
}

void codist_pairwise_store_close(struct codist_pairwise_store *store)
{
	if (store->map)
		munmap(store->map, store->nbytes);
	if (store->path && store->file >= 0)
		close(store->file);
	free(store->of);
	free(store->path);
	*store = (struct codist_pairwise_store){ .file = -1 };
}

void codist_pairwise_store_remove(struct codist_pairwise_store *store)
{
	if (store->path)
		unlink(store->path);
	codist_pairwise_store_close(store);
}
