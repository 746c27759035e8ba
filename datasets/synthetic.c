/*
 * synthetic.c - digits written by hands that never were
 *
 * Samples are drawn each by itself, by its index: neither their number nor
 * what is kept of them changes one. Ten by ten they hold every digit once, in
 * a random order. The training samples of a hand stand together, as pages do
 * that one person has filled, so that chunks of a class differ; a test sample
 * is by any hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/random.h"
#include "base/text.h"
#include "hand.h"
#include "pen.h"
#include "selection.h"

#include <codist/dataset.h>

#include <inttypes.h>
#include <stdlib.h>

#define N_HANDS 4
#define PAGES 640 /* training samples of a hand in a row: 64 of a digit */
#define IMAGE_SIZE (CODIST_PEN_SIDE * CODIST_PEN_SIDE)

enum { TRAIN, TEST };
static const char *const parts[] = { "train", "test", NULL };

struct config {
	int part;
	int64_t n;
	int64_t seed;
	struct codist_subset subset;
};

/*
 * Streams of random numbers: two for each part, one for the hands. An index
 * within a stream is that of a sample, of ten samples, or of a hand.
 */
enum { HANDS, ORDERS, SAMPLES = ORDERS + 2 };

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	return codist_subset_check(&c->subset, err);
}

/* The digits of all n samples. */
static unsigned char *choose_digits(const struct config *config, size_t n)
{
	unsigned char *digits = malloc(n);

	for (size_t i = 0; digits && i < n; i += 10) {
		struct codist_random random;
		unsigned char ten[10] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

		codist_random_init(&random, (uint64_t)config->seed,
				   ORDERS + (unsigned)config->part, i / 10);
		for (int last = 9; last >= 0; last--) {
			int k = codist_random_within(&random, 0, last);
			unsigned char digit = ten[k];

			ten[k] = ten[last];
			if (i + (size_t)last < n)
				digits[i + (size_t)last] = digit;
		}
	}
	return digits;
}

static void draw(const struct config *config, const struct codist_hand *hands,
		 size_t index, unsigned digit, unsigned char *image)
{
	struct codist_random random;
	size_t hand = index / PAGES % N_HANDS;

	codist_random_init(&random, (uint64_t)config->seed,
			   SAMPLES + (unsigned)config->part, index);
	if (config->part == TEST)
		hand = (size_t)codist_random_within(&random, 0, N_HANDS - 1);
	codist_hand_write(&hands[hand], digit, &random, image);
}

static void draw_all(const struct config *config,
		     const struct codist_selection *selection,
		     const unsigned char *digits, struct codist_dataset *set)
{
	struct codist_hand hands[N_HANDS];

	for (unsigned i = 0; i < N_HANDS; i++) {
		struct codist_random random;

		codist_random_init(&random, (uint64_t)config->seed, HANDS, i);
		codist_hand_init(&hands[i], &random);
	}
	for (size_t i = 0; i < set->n_samples; i++) {
		size_t index = selection->samples[i];

		draw(config, hands, index, digits[index],
		     set->bytes + set->starts[i]);
	}
	set->rank = 2;
	set->dimensions[0] = set->dimensions[1] = CODIST_PEN_SIDE;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;
	size_t n = c->n ? (size_t)c->n : c->part == TRAIN ? 2400 : 600;
	struct codist_selection selection = { 0 };
	unsigned char *digits = choose_digits(c, n);
	char *name = codist_text_format("synthetic %s, seed %" PRId64,
					parts[c->part], c->seed);
	enum codist_status status;

	if (digits && name)
		status = codist_selection_init(&selection, &c->subset, name,
					       digits, n, err);
	else
		status = codist_no_memory(err, "synthetic digits");
	if (status == CODIST_OK)
		status = codist_selection_allocate(&selection, name, digits,
						   IMAGE_SIZE, set, err);
	if (status == CODIST_OK)
		draw_all(c, &selection, digits, set);
	codist_selection_release(&selection);
	free(digits);
	free(name);
	return status;
}

static const struct codist_option options[] = {
	{ .name = "part", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, part),
	  .choices = parts, .fallback = "train",
	  .help = "samples to train on or to test with" },
	{ .name = "n", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, n),
	  .minimum = 0, .maximum = 1e6, .fallback = "0",
	  .help = "samples to draw; 0: 2400 to train on, 600 to test with" },
	{ .name = "seed", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, seed),
	  .minimum = 0, .maximum = 1e15, .fallback = "1",
	  .help = "another seed is another set" },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_synthetic = {
	.plugin = {
		.name = "synthetic",
		.summary = "digits drawn by strokes of a pen, 28x28 grey "
			   "pixels, the same on every machine",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
