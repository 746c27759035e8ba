/*
 * pairs.c - distances of all pairs, for a benchmark: the items, and the time
 *
 *     pairs items SIZE N          writes N items of SIZE bytes, one behind the
 *                                 other: 98, binarized images, 8 pixels a byte;
 *                                 784, grey images; else what a row of such
 *                                 images is cut into
 *     pairs BACKEND SIZE N THREADS   takes the NCD of each with each, both ways
 *
 * Images are MNIST's where it is at hand (see CODIST_DATA), else synthetic.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define IMAGE_SIZE 784
#define PACKED_SIZE 98

static void need(enum codist_status status, const struct codist_error *err)
{
	if (status == CODIST_OK)
		return;
	fprintf(stderr, "pairs: %s\n", err->message);
	exit(1);
}

static void load(struct codist_dataset *set, size_t n_images)
{
	struct codist_error err = { 0 };
	struct codist_spec loader;
	char text[64];

	snprintf(text, sizeof(text), "idx:mnist/test,limit=%zu", n_images);
	need(codist_spec_init(&loader, &codist_loaders, text, &err), &err);
	if (codist_dataset_load(set, &loader, &err) == CODIST_OK) {
		codist_spec_release(&loader);
		return;
	}
	codist_spec_release(&loader);
	snprintf(text, sizeof(text), "synthetic:part=test,n=%zu", n_images);
	need(codist_spec_init(&loader, &codist_loaders, text, &err), &err);
	need(codist_dataset_load(set, &loader, &err), &err);
	codist_spec_release(&loader);
}

static void transform(struct codist_dataset *set, const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	need(codist_spec_init(&spec, &codist_transforms, text, &err), &err);
	need(codist_dataset_transform(set, &spec, &err), &err);
	codist_spec_release(&spec);
}

/* The set whose first n * size bytes are the items. */
static void make_items(struct codist_dataset *set, size_t size, size_t n)
{
	load(set, size == PACKED_SIZE ? n : n * size / IMAGE_SIZE + 1);
	if (size != PACKED_SIZE)
		return;
	transform(set, "binarize");
	transform(set, "pack");
}

static double seconds_of(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void measure(const char *backend_text, size_t size, size_t n,
		    unsigned n_threads)
{
	struct codist_dataset set = { 0 };
	struct codist_bytes *items = calloc(n, sizeof(*items));
	double *values = calloc(n * n, sizeof(*values)), sum = 0;
	unsigned char *done = calloc(n, 1);
	struct codist_error err = { 0 };
	struct codist_spec backend, ncd;
	struct codist_pairwise pairwise = {
		.rows = items, .n_rows = n, .is_full = 1, .measures = &ncd,
		.n_measures = 1, .backends = &backend, .n_backends = 1,
	};
	struct codist_pairwise_values to = { .of = &values, .done = done };
	struct codist_how how = { .n_threads = n_threads };
	double began, cpu;

	if (!items || !values || !done)
		need(codist_no_memory(&err, "distances"), &err);
	need(codist_spec_init(&backend, &codist_backends, backend_text, &err),
	     &err);
	need(codist_spec_init(&ncd, &codist_measures, "ncd", &err), &err);
	make_items(&set, size, n);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct codist_bytes){ set.bytes + i * size, size };
	began = seconds_of(CLOCK_MONOTONIC);
	cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
	need(codist_pairwise_run(&pairwise, &how, &to, NULL, &err), &err);
	began = seconds_of(CLOCK_MONOTONIC) - began;
	cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	for (size_t i = 0; i < n * n; i++)
		sum += values[i];
	printf("%zu %.9f %.4f %.4f\n", n * n, sum, began, cpu);
	codist_dataset_release(&set);
	codist_spec_release(&backend);
	codist_spec_release(&ncd);
	free(items);
	free(values);
	free(done);
}

int main(int argc, char **argv)
{
	struct codist_dataset set = { 0 };
	size_t size, n;

	if (argc < 4) {
		fprintf(stderr, "pairs: expected items SIZE N, or BACKEND SIZE "
				"N THREADS\n");
		return 2;
	}
	size = strtoul(argv[2], NULL, 10);
	n = strtoul(argv[3], NULL, 10);
	if (argc > 4) {
		measure(argv[1], size, n,
			(unsigned)strtoul(argv[4], NULL, 10));
		return 0;
	}
	make_items(&set, size, n);
	fwrite(set.bytes, size, n, stdout);
	codist_dataset_release(&set);
	return 0;
}
