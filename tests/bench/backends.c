/*
 * backends.c - what priming gains: microseconds per conditional length
 *
 *     backends SPEC...
 *
 * For each backend, a chunk of 64 binarized images and a whole class are the
 * references. The naive way compresses reference and image joined, each time,
 * by a coder that is made once, so that no setting up counts as a gain; the
 * other way primes a coder with the reference. Where the reference is a
 * dictionary, the naive way hands it in anew each time. Both must give the same
 * lengths, or the program fails. To prime counts with the first queries, at which
 * a coder may decide what to keep. MNIST where it is at hand (see CODIST_DATA), else
 * synthetic digits of the same number. Not a test itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/system.h"

#include <codist.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_IMAGES 2000 /* at most that many are scored */
#define SECONDS 1.0   /* for each way; at least N_LEAST images */
#define N_LEAST 10
#define N_TO_SETTLE 3 /* queries after which a coder has all that it keeps */

/* What a way takes for one image. */
struct pace {
	size_t n;
	double microseconds;
};

static enum codist_status load(struct codist_dataset *set, const char *text,
			       struct codist_error *err)
{
	struct codist_spec loader = { 0 }, binarize = { 0 };
	enum codist_status status;

	status = codist_spec_init(&loader, &codist_loaders, text, err);
	if (status == CODIST_OK)
		status = codist_spec_init(&binarize, &codist_transforms,
					  "binarize", err);
	if (status == CODIST_OK)
		status = codist_dataset_load(set, &loader, err);
	if (status == CODIST_OK)
		status = codist_dataset_transform(set, &binarize, err);
	codist_spec_release(&loader);
	codist_spec_release(&binarize);
	return status;
}

static enum codist_status load_digits(struct codist_dataset *train,
				      struct codist_dataset *test,
				      struct codist_error *err)
{
	if (load(train, "idx:mnist/train", NULL) == CODIST_OK &&
	    load(test, "idx:mnist/test,limit=2000", NULL) == CODIST_OK) {
		printf("data: MNIST\n");
		return CODIST_OK;
	}
	codist_dataset_release(train);
	printf("data: synthetic digits, as MNIST is not at hand\n");
	CODIST_TRY(load(train, "synthetic:part=train,n=59000", err));
	return load(test, "synthetic:part=test,n=2000", err);
}

static enum codist_status length_joined(struct codist_coder *coder,
					struct codist_bytes p,
					struct codist_bytes x, double *bits,
					struct codist_error *err)
{
	struct codist_bytes joined = { NULL, p.nbytes + x.nbytes };
	unsigned char *room = malloc(joined.nbytes + 1);
	enum codist_status status;

	if (!room)
		return codist_no_memory(err, "a reference");
	memcpy(room, p.data, p.nbytes);
	memcpy(room + p.nbytes, x.data, x.nbytes);
	joined.data = room;
	status = codist_coder_length(coder, joined, bits, err);
	free(room);
	return status;
}

static enum codist_status naive(struct codist_coder *coder, int is_dictionary,
				struct codist_bytes p,
				const struct codist_dataset *test,
				double *bits, struct pace *pace,
				struct codist_error *err)
{
	double began = codist_seconds(), seconds = 0;

	for (pace->n = 0; pace->n < test->n_samples &&
			  (pace->n < N_LEAST || seconds < SECONDS);) {
		struct codist_bytes x = codist_dataset_sample(test, pace->n);
		double *found = &bits[pace->n++];

		if (is_dictionary) {
			CODIST_TRY(codist_coder_prime(coder, p, err));
			CODIST_TRY(codist_coder_length_primed(coder, x, NULL,
							      found, err));
		} else {
			CODIST_TRY(length_joined(coder, p, x, found, err));
		}
		seconds = codist_seconds() - began;
	}
	pace->microseconds = 1e6 * seconds / (double)pace->n;
	return CODIST_OK;
}

static enum codist_status check_images(struct codist_coder *coder,
				       const struct codist_dataset *test,
				       const double *expected, size_t from,
				       size_t to, struct codist_error *err)
{
	for (size_t i = from; i < to; i++) {
		struct codist_bytes x = codist_dataset_sample(test, i);
		double bits;

		CODIST_TRY(codist_coder_length_primed(coder, x, NULL, &bits,
						      err));
		if (bits != expected[i])
			return codist_fail(err, CODIST_ELIBRARY,
					   "image %zu: %.0f bits, expected "
					   "%.0f",
					   i, bits, expected[i]);
	}
	return CODIST_OK;
}

/* Those that the naive way did are compared, again and again. */
static enum codist_status primed(struct codist_coder *coder,
				 const struct codist_dataset *test,
				 const double *expected, size_t n_expected,
				 struct pace *pace, struct codist_error *err)
{
	double began = codist_seconds(), seconds;

	pace->n = 0;
	do {
		CODIST_TRY(check_images(coder, test, expected, 0, n_expected,
					err));
		pace->n += n_expected;
		seconds = codist_seconds() - began;
	} while (seconds < SECONDS);
	pace->microseconds = 1e6 * seconds / (double)pace->n;
	return CODIST_OK;
}

static enum codist_status measure(struct codist_coder *coder,
				  int is_dictionary, const char *text, const char *reference,
				  struct codist_bytes p,
				  const struct codist_dataset *test,
				  struct codist_error *err)
{
	static double expected[N_IMAGES];
	struct pace slow = { 0 }, quick = { 0 };
	double began, seconds;

	CODIST_TRY(naive(coder, is_dictionary, p, test, expected, &slow, err));
	began = codist_seconds();
	CODIST_TRY(codist_coder_prime(coder, p, err));
	for (int i = 0; i < N_TO_SETTLE; i++)
		CODIST_TRY(check_images(coder, test, expected, 0, 1, err));
	seconds = codist_seconds() - began;
	CODIST_TRY(primed(coder, test, expected, slow.n, &quick, err));
	printf("%-32s %-6s %11.1f %11.1f %9.1f %9.1f %6zu\n", text, reference,
	       slow.microseconds, quick.microseconds,
	       slow.microseconds / quick.microseconds, 1e3 * seconds, quick.n);
	fflush(stdout);
	return CODIST_OK;
}

static enum codist_status measure_backend(const char *text,
					  const struct codist_dataset *train,
					  const struct codist_dataset *test,
					  struct codist_error *err)
{
	static const char *const references[][2] = {
		{ "chunk", "chunk:size=64" },
		{ "class", "class" },
	};
	struct codist_spec backend, reference;
	enum codist_status status;

	CODIST_TRY(codist_spec_init(&backend, &codist_backends, text, err));
	status = CODIST_OK;
	for (int i = 0; i < 2 && status == CODIST_OK; i++) {
		struct codist_reference_set set = { 0 };
		struct codist_coder *coder = NULL;

		status = codist_spec_init(&reference, &codist_references,
					  references[i][1], err);
		if (status != CODIST_OK)
			break;
		status = codist_references_cut(&set, &reference, train, err);
		if (status == CODIST_OK)
			status = codist_coder_new(&coder, &backend, err);
		if (status == CODIST_OK)
			status = measure(
				coder, codist_backend_is_dictionary(&backend),
				text, references[i][0], set.bytes_of[0], test,
				err);
		codist_coder_free(coder);
		codist_references_release(&set);
		codist_spec_release(&reference);
	}
	codist_spec_release(&backend);
	return status;
}

int main(int argc, char **argv)
{
	struct codist_dataset train = { 0 }, test = { 0 };
	struct codist_error err = { 0 };
	int failed = 0;

	if (argc < 2) {
		fprintf(stderr, "backends: expected SPEC...\n");
		return 2;
	}
	if (load_digits(&train, &test, &err) != CODIST_OK) {
		fprintf(stderr, "backends: %s\n", err.message);
		return 1;
	}
	printf("microseconds per conditional length, on one thread\n"
	       "%-32s %-6s %11s %11s %9s %9s %6s\n",
	       "backend", "behind", "naive", "primed", "x naive", "prime ms",
	       "images");
	for (int i = 1; i < argc; i++) {
		err = (struct codist_error){ 0 };
		if (measure_backend(argv[i], &train, &test, &err) ==
		    CODIST_OK)
			continue;
		/* One that this build lacks does not keep from the others. */
		fprintf(stderr, "backends: %s: %s\n", argv[i], err.message);
		failed |= err.status != CODIST_EMISSING;
	}
	codist_dataset_release(&train);
	codist_dataset_release(&test);
	return failed;
}
