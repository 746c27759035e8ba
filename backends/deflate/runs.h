/*
 * runs.h - a text as runs of one byte, listed by what follows them
 *
 * Where here a run has n bytes left, a string can match more than these n only
 * if its own run ends where the run here does: has n bytes left, or has had
 * more. So what matters of a text are the ends of its runs, and what follows
 * there: a phrase. In texts most runs are of one byte, and phrases are strings;
 * in pictures there are far fewer runs than bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_RUNS_H
#define CODIST_DEFLATE_RUNS_H

#include "text.h"

/*
 * A phrase is the byte of a run, so many whole runs behind it, each with its
 * byte and length, and one byte more. Lists of longer ones are shorter.
 */
#define SIZER_N_LISTS 4
static const unsigned char sizer_phrase_runs[SIZER_N_LISTS] = { 0, 1, 2, 4 };
#define SIZER_PHRASE_MOST 4 /* the greatest of these */
#ifndef SIZER_KEY_BITS
#define SIZER_KEY_BITS 13
#endif

/* Runs are counted from 1. Steps lead back to older runs; 0: there is none, or
 * it is too far for any match. */
struct sizer_run {
	uint32_t end; /* the next one begins here */
	uint16_t older[SIZER_N_LISTS]; /* one with such a phrase */
	/* One in the first list that is longer than this, and one with a longer
	 * run behind it than this has. */
	uint16_t longer, longer_next;
};

/* Steps back to runs of the same byte: the one before, and a longer one. */
struct sizer_same {
	uint16_t older, longer;
};

struct sizer_runs {
	struct sizer_run *runs;  /* [0] ends where the first one begins */
	struct sizer_same *same; /* by run */
	uint32_t n;             /* the last is number n */
	/* The newest ones, by phrase and by byte; 0: none. The last ones have
	 * phrases that are not known yet, and are in no list of these. */
	uint32_t *heads; /* [SIZER_N_LISTS << SIZER_KEY_BITS] */
	uint32_t of_byte[256];
};

/* Matches are too short for longer runs to matter. */
static inline uint32_t sizer_token(unsigned char byte, uint32_t length)
{
	return byte | (length < 511 ? length : 511) << 8;
}

/*
 * The keys of the phrases that begin with a run, given the tokens of it and of
 * those behind: keys[list], for as many as are known.
 */
static inline void sizer_phrase_keys(uint16_t *keys, const uint32_t *tokens,
				     unsigned n_lists)
{
	uint32_t sum = (tokens[0] & 255) + 1;
	unsigned n = 0;

	for (unsigned list = 0; list < n_lists; list++) {
		while (n < sizer_phrase_runs[list])
			sum = sum * 0x9E3779B1u + tokens[++n];
		keys[list] = (uint16_t)(((sum ^ sum >> 15) * 0x85EBCA6Bu +
					 (tokens[n + 1] & 255) * 0xC2B2AE35u) >>
					(32 - SIZER_KEY_BITS));
	}
}

/* How many lists know the phrase of a run with `behind` others behind it? */
static inline unsigned sizer_known_phrases(uint32_t behind)
{
	unsigned n = 0;

	while (n < SIZER_N_LISTS && sizer_phrase_runs[n] < behind)
		n++;
	return n;
}

/* Where the run ends that text[at] is of, at < n. */
static inline size_t sizer_run_end(const unsigned char *text, size_t at,
				   size_t n)
{
	return at + 1 +
	       sizer_common(text + at, text + at + 1, (unsigned)(n - at - 1));
}

/* A zeroed struct becomes room for texts of n bytes; 0 when out of memory. */
int codist_sizer_runs_init(struct sizer_runs *runs, size_t n);
void codist_sizer_runs_release(struct sizer_runs *runs);

/* The runs of text[n]. */
void codist_sizer_runs_find(struct sizer_runs *runs, const unsigned char *text,
			    size_t n);

#endif
