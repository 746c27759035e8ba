/*
 * runs.c - a text as runs of one byte, listed by what follows them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "runs.h"

#include <stdlib.h>

int codist_sizer_runs_init(struct sizer_runs *runs, size_t n)
{
	runs->runs = malloc((n + 1) * sizeof(*runs->runs));
	runs->same = malloc((n + 1) * sizeof(*runs->same));
	runs->heads = malloc((SIZER_N_LISTS * sizeof(*runs->heads))
			     << SIZER_KEY_BITS);
	return runs->runs && runs->same && runs->heads;
}

void codist_sizer_runs_release(struct sizer_runs *runs)
{
	free(runs->runs);
	free(runs->same);
	free(runs->heads);
	runs->runs = NULL;
	runs->same = NULL;
	runs->heads = NULL;
}

static uint16_t step_back(uint32_t from, uint32_t to)
{
	return to != 0 && from - to <= UINT16_MAX ? (uint16_t)(from - to) : 0;
}

static uint32_t length_of(const struct sizer_run *run)
{
	return run->end - run[-1].end;
}

/* Enter a run in the list of its byte. */
static void link_byte(struct sizer_runs *runs, uint32_t i, unsigned char byte)
{
	const struct sizer_run *run = &runs->runs[i];
	struct sizer_same *same = &runs->same[i];
	uint32_t older = runs->of_byte[byte], step;

	same->older = step_back(i, older);
	older = same->older ? older : 0;
	while (older && length_of(&runs->runs[older]) <= length_of(run)) {
		step = runs->same[older].longer;
		older = step ? older - step : 0;
	}
	same->longer = step_back(i, older);
	runs->of_byte[byte] = i;
}

/* Link a run of the first list with one that is longer. */
static uint16_t link_longer(const struct sizer_runs *runs, uint32_t i)
{
	const struct sizer_run *run = &runs->runs[i];
	uint32_t older = run->older[0] ? i - run->older[0] : 0, step;

	while (older && length_of(&runs->runs[older]) <= length_of(run)) {
		step = runs->runs[older].longer;
		older = step ? older - step : 0;
	}
	return step_back(i, older);
}

/* And with one that has a longer run behind it. */
static uint16_t link_next(const struct sizer_runs *runs, uint32_t i)
{
	const struct sizer_run *run = &runs->runs[i];
	uint32_t older = run->older[0] ? i - run->older[0] : 0, step;

	while (older &&
	       length_of(&runs->runs[older + 1]) <= length_of(run + 1)) {
		step = runs->runs[older].longer_next;
		older = step ? older - step : 0;
	}
	return step_back(i, older);
}

/* Enter a run in as many lists as know its phrase. */
static void link_phrases(struct sizer_runs *runs, uint32_t i,
			 const uint32_t *tokens, unsigned n_lists)
{
	struct sizer_run *run = &runs->runs[i];
	uint16_t keys[SIZER_N_LISTS];

	sizer_phrase_keys(keys, tokens, n_lists);
	for (unsigned list = 0; list < n_lists; list++) {
		uint32_t *head =
			&runs->heads[list << SIZER_KEY_BITS | keys[list]];

		run->older[list] = step_back(i, *head);
		*head = i;
	}
	if (n_lists > 0) {
		run->longer = link_longer(runs, i);
		run->longer_next = link_next(runs, i);
	}
}

void codist_sizer_runs_find(struct sizer_runs *runs, const unsigned char *text,
			    size_t n)
{
	struct sizer_run *run = runs->runs;
	uint32_t tokens[SIZER_PHRASE_MOST + 2] = { 0 };

	memset(runs->heads, 0,
	       (SIZER_N_LISTS * sizeof(*runs->heads)) << SIZER_KEY_BITS);
	memset(runs->of_byte, 0, sizeof(runs->of_byte));
	runs->n = 0;
	run[0].end = 0;
	for (size_t at = 0; at < n; run[++runs->n].end = (uint32_t)at)
		at = sizer_run_end(text, at, n);
	for (uint32_t i = 1, ahead = 1; i <= runs->n; i++) {
		/* tokens[k] is that of the run k behind. */
		memmove(tokens, tokens + 1, sizeof(tokens) - sizeof(*tokens));
		for (; ahead <= i + SIZER_PHRASE_MOST + 1; ahead++)
			if (ahead <= runs->n)
				tokens[ahead - i] =
					sizer_token(text[run[ahead].end - 1],
						    length_of(&run[ahead]));
		link_byte(runs, i, (unsigned char)tokens[0]);
		link_phrases(runs, i, tokens,
			     sizer_known_phrases(runs->n - i));
	}
}
