/*
 * fuzz_idx.c - any bytes as an IDX file: refused, or read as they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include "../../datasets/idx_file.h"

#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/codist-fuzz-idx-XXXXXX";

static void clean_up(void)
{
	unlink(path);
}

/* The reader takes paths, since gzip files are zlib's to open. */
static void put(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0) {
		fd = mkstemp(path);
		FUZZ_PROMISE(fd >= 0);
		atexit(clean_up);
	}
	FUZZ_PROMISE(ftruncate(fd, 0) == 0);
	FUZZ_PROMISE(pwrite(fd, data, size, 0) == (ssize_t)size);
}

static void try_file(void)
{
	struct codist_idx_file file;
	struct codist_error err = { 0 };
	size_t product = 1;

	if (codist_idx_file_read(&file, path, &err)) {
		FUZZ_PROMISE(err.status == CODIST_EFORMAT ||
			     err.status == CODIST_EIO ||
			     err.status == CODIST_ENOMEM);
		FUZZ_PROMISE(strstr(err.message, path));
		FUZZ_PROMISE(!file.bytes);
		return;
	}
	FUZZ_PROMISE(file.rank >= 1 && file.rank <= CODIST_MAX_RANK + 1);
	for (size_t d = 0; d < file.rank; d++)
		product *= file.dimensions[d];
	FUZZ_PROMISE(file.nbytes == product);
	codist_idx_file_release(&file);
}

/* The same file as images and as labels: rarely both, never a crash. */
static void try_set(const char *more)
{
	struct codist_dataset set;
	struct codist_spec spec;
	char text[128];

	snprintf(text, sizeof(text), "idx:images=%s,labels=%s%s", path, path,
		 more);
	FUZZ_PROMISE(!codist_spec_init(&spec, &codist_loaders, text, NULL));
	if (!codist_dataset_load(&set, &spec, NULL)) {
		FUZZ_PROMISE(set.n_samples > 0 && set.n_classes > 0);
		codist_dataset_release(&set);
	}
	codist_spec_release(&spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	put(data, size);
	try_file();
	try_set("");
	try_set(",offset=1,limit=2,classes=0-7");
	return 0;
}
