/*
 * copy_loop.c - the conditional lengths in the obvious way, in C: zlib is primed
 * once for each reference, and deflateCopy() copies it for each sample
 *
 *     copy_loop ITEMS LEVEL WBITS
 *
 * ITEMS is what published_run items=ITEMS wrote. Not a test itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

struct items {
	uint64_t n_references, n_samples, *sizes;
	unsigned char **data;
};

static void fail(const char *what)
{
	fprintf(stderr, "copy_loop: %s\n", what);
	exit(1);
}

static void *room(size_t nbytes)
{
	void *memory = malloc(nbytes ? nbytes : 1);

	if (!memory)
		fail("out of memory");
	return memory;
}

static void read_bytes(FILE *file, void *to, size_t nbytes)
{
	if (nbytes && fread(to, 1, nbytes, file) != nbytes)
		fail("the items end early");
}

static void read_items(struct items *items, const char *path)
{
	FILE *file = fopen(path, "rb");
	uint64_t n;

	if (!file)
		fail("cannot read the items");
	read_bytes(file, &items->n_references, sizeof(uint64_t));
	read_bytes(file, &items->n_samples, sizeof(uint64_t));
	n = items->n_references + items->n_samples;
	items->sizes = room(n * sizeof(*items->sizes));
	items->data = room(n * sizeof(*items->data));
	read_bytes(file, items->sizes, n * sizeof(*items->sizes));
	for (uint64_t i = 0; i < n; i++) {
		items->data[i] = room(items->sizes[i]);
		read_bytes(file, items->data[i], items->sizes[i]);
	}
	fclose(file);
}

static void put(z_stream *stream, unsigned char *bytes, uint64_t nbytes,
		int flush)
{
	static unsigned char out[1 << 16];

	stream->next_in = bytes;
	stream->avail_in = (uInt)nbytes;
	do {
		stream->next_out = out;
		stream->avail_out = sizeof(out);
		if (deflate(stream, flush) == Z_STREAM_ERROR)
			fail("deflate");
	} while (stream->avail_out == 0);
}

static uint64_t finished(z_stream *primed, unsigned char *bytes, uint64_t nbytes)
{
	z_stream stream;
	uint64_t length;

	if (deflateCopy(&stream, primed) != Z_OK)
		fail("deflateCopy");
	put(&stream, bytes, nbytes, Z_FINISH);
	length = stream.total_out;
	deflateEnd(&stream);
	return length;
}

int main(int argc, char **argv)
{
	struct items items;
	struct timespec began, ended;
	clock_t began_cpu;
	uint64_t sum = 0;

	if (argc != 4)
		fail("expected ITEMS LEVEL WBITS");
	read_items(&items, argv[1]);
	clock_gettime(CLOCK_MONOTONIC, &began);
	began_cpu = clock();
	for (uint64_t r = 0; r < items.n_references; r++) {
		z_stream primed = { 0 };
		uint64_t alone;

		if (deflateInit2(&primed, atoi(argv[2]), Z_DEFLATED,
				 atoi(argv[3]), 8, Z_DEFAULT_STRATEGY) != Z_OK)
			fail("deflateInit2");
		put(&primed, items.data[r], items.sizes[r], Z_NO_FLUSH);
		alone = finished(&primed, NULL, 0);
		for (uint64_t s = 0; s < items.n_samples; s++) {
			uint64_t i = items.n_references + s;

			sum += finished(&primed, items.data[i],
					items.sizes[i]) - alone;
		}
		deflateEnd(&primed);
	}
	clock_gettime(CLOCK_MONOTONIC, &ended);
	printf("scores %llu, sum %llu, seconds %.4f, cpu %.4f, C, zlib %s\n",
	       (unsigned long long)(items.n_references * items.n_samples),
	       (unsigned long long)(8 * sum),
	       (double)(ended.tv_sec - began.tv_sec) +
		       1e-9 * (double)(ended.tv_nsec - began.tv_nsec),
	       (double)(clock() - began_cpu) / CLOCKS_PER_SEC, zlibVersion());
	return 0;
}
