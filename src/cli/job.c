/*
 * job.c - what commands that classify do alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "job.h"
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct codist_pipeline job_pipeline(const struct job *job,
				    const struct codist_spec *backend)
{
	return (struct codist_pipeline){
		.reference = &job->reference, .measure = &job->measure,
		.backend = backend, .aggregators = &job->aggregate,
		.n_aggregators = 1, .allows_unseen = job->allows_unseen,
	};
}

enum codist_status job_check(const struct job *job, struct codist_error *err)
{
	if (!job->data == (!job->train || !job->test) ||
	    (job->data && (job->train || job->test)))
		return codist_fail(err, CODIST_EUSAGE,
				   "expected --data NAME, or else both --train "
				   "and --test");
	return CODIST_OK;
}

static enum codist_status drop(struct codist_dataset *set,
			       const struct codist_dataset *other,
			       struct repeats *repeats, struct codist_error *err)
{
	CODIST_TRY(codist_dataset_drop_duplicates(set, other,
						  &repeats->n_dropped, err));
	if (set->n_samples > 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: without the %zu samples that stand twice there "
			   "is none left", set->name, repeats->n_dropped);
}

/* Samples of `set` that stand in `other`, or twice in it where that is NULL. */
static enum codist_status look_for_repeats(const struct job *job,
					   const char *command,
					   struct codist_dataset *set,
					   const struct codist_dataset *other,
					   struct repeats *repeats,
					   struct codist_error *err)
{
	size_t n_samples = set->n_samples;

	CODIST_TRY(codist_dataset_duplicates(set, other, &repeats->n, err));
	if (repeats->n == 0)
		return CODIST_OK;
	if (job->drops_duplicates)
		CODIST_TRY(drop(set, other, repeats, err));
	fprintf(stderr, "codist %s: %zu of %zu %s%s\n", command, repeats->n,
		n_samples,
		other ? "test samples stand among the training samples, too" :
			"samples repeat an earlier one",
		job->drops_duplicates ?
			", and are left out" :
			"; --drop-duplicates leaves them out");
	return CODIST_OK;
}

enum codist_status job_load(const struct job *job, const char *command,
			    struct source *train, struct source *test,
			    struct repeats *repeats, struct codist_error *err)
{
	CODIST_TRY(source_find(train, job->data ? job->data : job->train,
			       "train", err));
	CODIST_TRY(source_find(test, job->data ? job->data : job->test, "test",
			       err));
	CODIST_TRY(source_train(train, 0, &job->transforms, err));
	CODIST_TRY(source_load(test, job->limit, &job->transforms, err));
	CODIST_TRY(codist_datasets_unify(&train->set, &test->set, err));
	CODIST_TRY(look_for_repeats(job, command, &test->set, &train->set,
				    repeats, err));
	test->n_samples = test->set.n_samples;
	return CODIST_OK;
}

enum codist_status job_load_one(const struct job *job, const char *command,
				struct source *set, struct repeats *repeats,
				struct codist_error *err)
{
	for (size_t i = 0; i < job->transforms.n; i++)
		if (codist_transform_makes_copies(&job->transforms.items[i]))
			return codist_fail(
				err, CODIST_EUSAGE,
				"--transform %s makes copies of what is "
				"trained on, which does not go with "
				"cross-validation",
				job->transforms.items[i].plugin->name);
	CODIST_TRY(source_find(set, job->data ? job->data : job->train, "train",
			       err));
	CODIST_TRY(source_load(set, job->limit, &job->transforms, err));
	CODIST_TRY(look_for_repeats(job, command, &set->set, NULL, repeats,
				    err));
	set->n_samples = set->set.n_samples;
	return CODIST_OK;
}

void job_say_threads(const char *command, const struct codist_cost *cost)
{
	char size[QUANTITY_SIZE];

	if (cost->n_threads >= cost->n_threads_wanted)
		return;
	format_quantity(size, (double)cost->coder_memory, "B");
	fprintf(stderr,
		"codist %s: %u of %u threads at work, as each coder takes up "
		"to %s; --memory may allow for more\n",
		command, cost->n_threads, cost->n_threads_wanted, size);
}

/* The k of the aggregator knn; 0: it is another. */
static int64_t voters_of(const struct codist_spec *aggregate)
{
	const struct codist_option *option = aggregate->plugin->options;
	int64_t k;

	if (strcmp(aggregate->plugin->name, "knn") != 0)
		return 0;
	while (strcmp(option->name, "k") != 0)
		option++;
	memcpy(&k, (const char *)aggregate->config + option->offset,
	       sizeof(k));
	return k;
}

void job_say_voters(const struct job *job, const char *command,
		    const struct codist_cost *cost)
{
	int64_t k = voters_of(&job->aggregate);
	int are_whole = strcmp(job->reference.plugin->name, "class") == 0;
	int are_single = strcmp(job->reference.plugin->name, "each") == 0;

	/* Of whole classes each has one vote, and all of the k are level. */
	if (k <= 1 || (!are_whole && (uint64_t)k <= cost->n_references))
		return;
	fprintf(stderr,
		"codist %s: knn:k=%" PRId64 " among %zu references%s%s\n",
		command, k, cost->n_references, are_whole ? ", one a class" : "",
		are_single ? "" : "; --reference each takes single samples");
}
