/*
 * bag_of_words.c - which words two texts have in common
 *
 * What J. Opitz, Gzip versus bag-of-words for text classification, 2023,
 * showed to be the honest baseline for compression distances of texts. Words
 * are compared byte by byte, with nothing hashed, so that distances are exact.
 *
 * An item is read into a sorted part and a tail of about as many words, which
 * are sorted in once there is no more room: so a word that repeats takes its
 * place once, and memory goes with the different words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <stdlib.h>
#include <string.h>

struct config {
	int overlap, words, count;
};

#define SHORTEST_TAIL ((size_t)1 << 12)

enum { OVERLAP_JACCARD, OVERLAP_DICE, OVERLAP_LARGER };
enum { WORDS_BLANK, WORDS_LETTERS };
enum { COUNT_ONCE, COUNT_EACH };

/* A word, its bytes still in the item. */
struct word {
	uint64_t key; /* its first 8 bytes, so ordered as they are */
	const unsigned char *bytes;
	uint32_t nbytes;
	uint32_t n; /* how often it stands there; 1 where that is not counted */
};

struct bag {
	size_t n_words; /* different ones */
	size_t total;   /* the sum of their n */
	struct word words[]; /* [n_words], in order */
};

static int is_of_word(const struct config *config, unsigned char c)
{
	if (config->words == WORDS_BLANK)
		return c != ' ' && (c < '\t' || c > '\r');
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c >= 0x80;
}

static uint64_t key_of(const unsigned char *bytes, size_t nbytes)
{
	uint64_t key = 0;

	for (size_t i = 0; i < 8; i++)
		key = key << 8 | (i < nbytes ? bytes[i] : 0);
	return key;
}

static int compare(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	uint32_t both = x->nbytes < y->nbytes ? x->nbytes : y->nbytes;
	int order;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	order = both > 8 ? memcmp(x->bytes + 8, y->bytes + 8, both - 8) : 0;
	if (order)
		return order;
	return (x->nbytes > y->nbytes) - (x->nbytes < y->nbytes);
}

/* Sort words[n], of which the same become one; how many are left. */
static size_t merge(struct word *words, size_t n, int is_counted)
{
	size_t n_kept = 0;

	qsort(words, n, sizeof(words[0]), compare);
	for (size_t i = 0; i < n; i++) {
		struct word *last = n_kept ? &words[n_kept - 1] : NULL;

		if (!last || compare(last, &words[i]) != 0)
			words[n_kept++] = words[i];
		else if (is_counted)
			last->n += words[i].n;
	}
	return n_kept;
}

/*
 * The words of an item, at most one in two bytes. Of that, sketch() touches
 * only what the different words take, and a tail.
 */
static size_t sketch_size(const void *config, struct codist_bytes item)
{
	(void)config;
	return sizeof(struct bag) +
	       (item.nbytes / 2 + 1) * sizeof(struct word);
}

static enum codist_status sketch(const void *config, struct codist_bytes item,
				 void *sketch, size_t *nbytes,
				 struct codist_error *err)
{
	const struct config *c = config;
	struct bag *bag = sketch;
	int is_counted = c->count == COUNT_EACH;
	size_t n = 0, most = SHORTEST_TAIL, n_all = 0;

	if (item.nbytes > UINT32_MAX)
		return codist_fail(err, CODIST_EUSAGE,
				   "an item of %zu bytes, expected at most "
				   "2^32 for its bag of words", item.nbytes);
	for (size_t i = 0; i < item.nbytes;) {
		size_t start = i;

		while (i < item.nbytes && is_of_word(c, item.data[i]))
			i++;
		if (i == start) {
			i++;
			continue;
		}
		if (n == most) {
			n = merge(bag->words, n, is_counted);
			most = 2 * n + SHORTEST_TAIL;
		}
		n_all++;
		bag->words[n++] = (struct word){
			key_of(item.data + start, i - start),
			item.data + start, (uint32_t)(i - start), 1,
		};
	}
	n = merge(bag->words, n, is_counted);
	bag->n_words = n;
	bag->total = is_counted ? n_all : n;
	*nbytes = sizeof(*bag) + n * sizeof(bag->words[0]);
	return CODIST_OK;
}

/* Of each word as many as both have. */
static size_t count_common(const struct bag *a, const struct bag *b)
{
	size_t n = 0;

	for (size_t i = 0, k = 0; i < a->n_words && k < b->n_words;) {
		const struct word *p = &a->words[i], *q = &b->words[k];
		int order = compare(p, q);

		if (order == 0)
			n += p->n < q->n ? p->n : q->n;
		i += order <= 0;
		k += order >= 0;
	}
	return n;
}

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	const struct config *c = config;
	const struct bag *x = query->sketch, *y = reference->sketch;
	size_t n_common = count_common(x, y);
	double common = (double)n_common, all;

	(void)coder;
	(void)base;
	(void)err;
	if (c->overlap == OVERLAP_JACCARD)
		all = (double)(x->total + y->total - n_common);
	else if (c->overlap == OVERLAP_DICE)
		all = (double)(x->total + y->total) / 2;
	else
		all = (double)(x->total > y->total ? x->total : y->total);
	*score = all > 0 ? 1 - common / all : 0;
	return CODIST_OK;
}

static const char *const overlaps[] = { "jaccard", "dice", "larger", NULL };
static const char *const words[] = { "blank", "letters", NULL };
static const char *const counts[] = { "once", "each", NULL };

static const struct codist_option options[] = {
	{ .name = "overlap", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, overlap),
	  .choices = overlaps, .fallback = "jaccard",
	  .help = "what both have is divided by |W(x) or W(y)|, by the mean of "
		  "|W(x)| and |W(y)|, or by the larger of them" },
	{ .name = "words", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, words),
	  .choices = words, .fallback = "blank",
	  .help = "words are what stands between white space, or runs of "
		  "ASCII letters, digits and bytes from 128 on" },
	{ .name = "count", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, count),
	  .choices = counts, .fallback = "once",
	  .help = "each word counts once, or as often as it stands there" },
	{ .name = NULL },
};

const struct codist_measure codist_measure_bag_of_words = {
	.plugin = {
		.name = "bag-of-words",
		.summary = "words that two texts do not share, as a control "
			   "(Opitz 2023): 1 - |W(x) and W(y)| / "
			   "|W(x) or W(y)|, W being the words",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.sketch_size = sketch_size,
	.sketch = sketch,
	.score = score,
};
