/*
 * ranking.c - methods that were tried on the same data sets, or folds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/comparison.h"
#include "study/keys.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define KEY(key) (1u << CODIST_KEY_##key)

/* The keys that tell one block from another. */
static const unsigned block_keys[CODIST_N_BLOCKS] = {
	[CODIST_BLOCKS_DATA] = KEY(DATA) | KEY(TRAIN) | KEY(TEST),
	[CODIST_BLOCKS_SEED] = KEY(SEED),
	[CODIST_BLOCKS_TRAIN_LIMIT] = KEY(TRAIN_LIMIT),
	/* Of one set, cut into folds in one way. */
	[CODIST_BLOCKS_FOLD] = KEY(DATA) | KEY(TRAIN) | KEY(TRAIN_LIMIT) |
			       KEY(FOLDS) | KEY(SEED) | KEY(DROP_DUPLICATES),
};

/* A run as a method on a block, or on the folds of one. */
struct entry {
	const struct codist_compared_run *run;
	char *method, *block; /* lines of the spec */
	size_t nth;           /* of the method: the index of its first entry */
};

struct work {
	struct codist_ranking *ranking;
	enum codist_blocks over;
	struct entry *entries; /* [n], in the order of the grid */
	size_t n;
	size_t widest;         /* the first entry of the method with most */
	size_t *methods;       /* [ranking->n_methods], their first entries */
};

static enum codist_status list_entries(struct work *work,
				       const struct codist_comparison *c,
				       struct codist_error *err)
{
	unsigned keys = block_keys[work->over];

	work->entries = calloc(c->n_runs + 1, sizeof(*work->entries));
	work->methods = calloc(c->n_runs + 1, sizeof(*work->methods));
	if (!work->entries || !work->methods)
		return codist_no_memory(err, "methods");
	for (size_t i = 0; i < c->n_runs; i++) {
		struct entry *entry = &work->entries[work->n];

		if (work->over == CODIST_BLOCKS_FOLD &&
		    !c->runs[i].fold_accuracies)
			continue;
		work->n++;
		entry->run = &c->runs[i];
		entry->method = codist_lines_of(c->own[i].spec, keys, 0);
		entry->block = codist_lines_of(c->own[i].spec, keys, 1);
		if (!entry->method || !entry->block)
			return codist_no_memory(err, "methods");
	}
	return CODIST_OK;
}

/* Whether it is a method's first entry. */
static int is_first(const struct work *work, size_t at)
{
	return work->entries[at].nth == at;
}

/* Find the first entry of each method, and the method with most of them. */
static enum codist_status find_methods(struct work *work,
				       struct codist_error *err)
{
	size_t *n_entries = calloc(work->n + 1, sizeof(*n_entries));

	if (!n_entries)
		return codist_no_memory(err, "methods");
	for (size_t i = 0; i < work->n; i++) {
		size_t k = 0;

		while (k < i && (!is_first(work, k) ||
				 strcmp(work->entries[k].method,
					work->entries[i].method) != 0))
			k++;
		work->entries[i].nth = k;
		n_entries[k]++;
	}
	for (size_t i = 0; i < work->n; i++)
		if (n_entries[i] > n_entries[work->widest])
			work->widest = i;
	free(n_entries);
	return CODIST_OK;
}

/*
 * The entry of a method on the block that another has; NULL: none. Folds are
 * the same ones only if the samples are.
 */
static const struct entry *entry_on(const struct work *work, size_t method,
				    const struct entry *other)
{
	for (size_t i = method; i < work->n; i++) {
		const struct entry *entry = &work->entries[i];

		if (entry->nth == method &&
		    strcmp(entry->block, other->block) == 0 &&
		    (work->over != CODIST_BLOCKS_FOLD ||
		     entry->run->group == other->run->group))
			return entry;
	}
	return NULL;
}

static int has_all_blocks(const struct work *work, size_t method)
{
	for (size_t i = work->widest; i < work->n; i++)
		if (work->entries[i].nth == work->widest &&
		    !entry_on(work, method, &work->entries[i]))
			return 0;
	return 1;
}

/* The blocks that an entry of the widest method stands for. */
static size_t n_blocks_of(const struct work *work, const struct entry *entry)
{
	return work->over == CODIST_BLOCKS_FOLD ? entry->run->result->n_folds :
						  1;
}

static void choose(struct work *work)
{
	struct codist_ranking *ranking = work->ranking;

	for (size_t i = 0; i < work->n; i++) {
		if (work->entries[i].nth == work->widest)
			ranking->n_blocks += n_blocks_of(work,
							 &work->entries[i]);
		if (!is_first(work, i))
			continue;
		if (has_all_blocks(work, i))
			work->methods[ranking->n_methods++] = i;
		else
			ranking->n_left_out++;
	}
	if (ranking->n_methods < 2 || ranking->n_blocks < 2)
		ranking->n_methods = ranking->n_blocks = 0;
}

static double accuracy_of(const struct work *work, const struct entry *entry,
			  size_t fold)
{
	const struct codist_result *result = entry->run->result;

	if (work->over == CODIST_BLOCKS_FOLD)
		return entry->run->fold_accuracies[fold];
	return (double)result->n_correct /
	       (double)(result->n_classified ? result->n_classified : 1);
}

/* The value of the key, as "mnist"; of train and test both. */
static char *name_block(const struct work *work, const struct entry *entry,
			size_t fold)
{
	struct codist_text name = { 0 };

	if (work->over == CODIST_BLOCKS_FOLD)
		return codist_text_format("%s, seed %" PRIu64 ", fold %zu",
					  entry->run->result->data,
					  entry->run->result->seed, fold + 1);
	for (const char *line = entry->block, *end;
	     (end = strchr(line, '\n')); line = end + 1) {
		const char *value = strchr(line, ':') + 2;

		codist_text_add(&name, "%s%.*s", name.length ? ", " : "",
				(int)(end - value), value);
	}
	if (name.length == 0)
		codist_text_add(&name, "all"); /* no limit, or no seed */
	if (!name.failed)
		return name.chars;
	free(name.chars);
	return NULL;
}

/* The length of the first part of a name, up to the next slash. */
static size_t part_of(const char *name)
{
	return strcspn(name, "/");
}

static const char *nth_part(const char *name, size_t n)
{
	for (; n > 0 && *name; n--) {
		name += part_of(name);
		name += *name == '/';
	}
	return name;
}

/* 1 if all runs of the method have that part of their names in common. */
static int is_common(const struct work *work, size_t method, size_t n)
{
	const char *part = nth_part(work->entries[method].run->result->name, n);

	for (size_t i = method; i < work->n; i++) {
		const char *other;

		if (work->entries[i].nth != method)
			continue;
		other = nth_part(work->entries[i].run->result->name, n);
		if (part_of(other) != part_of(part) ||
		    memcmp(other, part, part_of(part)) != 0)
			return 0;
	}
	return 1;
}

/* What the names of its runs have in common, "" for nothing; for free(). */
static char *common_name(const struct work *work, size_t method)
{
	const char *name = work->entries[method].run->result->name;
	struct codist_text common = { 0 };

	codist_text_add(&common, "%s", "");

	for (size_t n = 0; *nth_part(name, n); n++) {
		const char *part = nth_part(name, n);

		if (is_common(work, method, n))
			codist_text_add(&common, "%s%.*s",
					common.length ? "/" : "",
					(int)part_of(part), part);
	}
	if (!common.failed)
		return common.chars;
	free(common.chars);
	return NULL;
}

static int are_names(char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!*names[i])
			return 0;
		for (size_t k = 0; k < i; k++)
			if (strcmp(names[i], names[k]) == 0)
				return 0;
	}
	return 1;
}

/* By what is common to a method's runs, or else by its first run. */
static enum codist_status name_methods(struct work *work,
				       struct codist_error *err)
{
	struct codist_ranking *ranking = work->ranking;

	for (size_t m = 0; m < ranking->n_methods; m++) {
		ranking->methods[m] = common_name(work, work->methods[m]);
		if (!ranking->methods[m])
			return codist_no_memory(err, "methods");
	}
	if (are_names(ranking->methods, ranking->n_methods))
		return CODIST_OK;
	for (size_t m = 0; m < ranking->n_methods; m++) {
		size_t first = work->methods[m];

		free(ranking->methods[m]);
		ranking->methods[m] =
			strdup(work->entries[first].run->result->name);
		if (!ranking->methods[m])
			return codist_no_memory(err, "methods");
	}
	return CODIST_OK;
}

static enum codist_status fill_block(struct work *work,
				     const struct entry *entry, size_t fold,
				     size_t at, struct codist_error *err)
{
	struct codist_ranking *ranking = work->ranking;

	ranking->blocks[at] = name_block(work, entry, fold);
	if (!ranking->blocks[at])
		return codist_no_memory(err, "blocks");
	for (size_t m = 0; m < ranking->n_methods; m++)
		ranking->accuracies[at * ranking->n_methods + m] = accuracy_of(
			work, entry_on(work, work->methods[m], entry),
			fold);
	return CODIST_OK;
}

static enum codist_status fill(struct work *work, struct codist_error *err)
{
	struct codist_ranking *ranking = work->ranking;
	size_t n = 0;

	ranking->blocks = calloc(ranking->n_blocks + 1, sizeof(char *));
	ranking->methods = calloc(ranking->n_methods + 1, sizeof(char *));
	ranking->accuracies = calloc(ranking->n_blocks + 1,
				     (ranking->n_methods + 1) *
					     sizeof(double));
	if (!ranking->blocks || !ranking->methods || !ranking->accuracies)
		return codist_no_memory(err, "methods");
	CODIST_TRY(name_methods(work, err));
	for (size_t i = 0; n < ranking->n_blocks; i++) {
		const struct entry *entry = &work->entries[i];

		if (entry->nth != work->widest)
			continue;
		for (size_t f = 0; f < n_blocks_of(work, entry); f++)
			CODIST_TRY(fill_block(work, entry, f, n++, err));
	}
	return CODIST_OK;
}

static enum codist_status rank(struct work *work,
			       const struct codist_comparison *comparison,
			       double significance, struct codist_error *err)
{
	struct codist_ranking *ranking = work->ranking;

	CODIST_TRY(list_entries(work, comparison, err));
	CODIST_TRY(find_methods(work, err));
	choose(work);
	CODIST_TRY(fill(work, err));
	if (ranking->n_methods == 0)
		return CODIST_OK;
	CODIST_TRY(codist_friedman_init(&ranking->friedman,
					ranking->accuracies, ranking->n_blocks,
					ranking->n_methods, err));
	return codist_nemenyi_init(&ranking->nemenyi, &ranking->friedman,
				   significance, err);
}

enum codist_status
codist_ranking_init(struct codist_ranking *ranking,
		    const struct codist_comparison *comparison,
		    enum codist_blocks over, double significance,
		    struct codist_error *err)
{
	struct work work = { .ranking = ranking, .over = over };
	enum codist_status status;

	*ranking = (struct codist_ranking){ 0 };
	status = rank(&work, comparison, significance, err);
	for (size_t i = 0; i < work.n; i++) {
		free(work.entries[i].method);
		free(work.entries[i].block);
	}
	free(work.entries);
	free(work.methods);
	return status;
}

void codist_ranking_release(struct codist_ranking *ranking)
{
	for (size_t b = 0; ranking->blocks && b < ranking->n_blocks; b++)
		free(ranking->blocks[b]);
	for (size_t m = 0; ranking->methods && m < ranking->n_methods; m++)
		free(ranking->methods[m]);
	free(ranking->blocks);
	free(ranking->methods);
	free(ranking->accuracies);
	codist_friedman_release(&ranking->friedman);
	codist_nemenyi_release(&ranking->nemenyi);
	*ranking = (struct codist_ranking){ 0 };
}
