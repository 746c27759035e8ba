/*
 * memory.c - how many threads and scores fit the memory at a time
 *
 * Coders come first: a thread saves more time than a longer block does. But a
 * quarter is left to the scores.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/memory.h"
#include "experiment/run.h"

#define MOST_FOR_SCORES ((size_t)256 << 20)

static size_t longest_reference(const struct codist_run *run)
{
	size_t longest = 0;

	for (size_t i = 0; i < run->references.n_references; i++)
		if (run->references.bytes_of[i].nbytes > longest)
			longest = run->references.bytes_of[i].nbytes;
	return longest;
}

static size_t longest_sample(const struct codist_run *run)
{
	size_t longest = 0;

	for (size_t i = 0; i < run->n_samples; i++) {
		size_t nbytes = codist_dataset_sample(run->test, i).nbytes;

		if (nbytes > longest)
			longest = nbytes;
	}
	return longest;
}

/* By formula, samples are what the coder is primed with as well. */
static size_t coder_memory(const struct codist_run *run)
{
	size_t reference = longest_reference(run), sample = longest_sample(run);
	size_t longest = reference > sample ? reference : sample;

	if (run->measure->formula)
		return codist_backend_memory(run->pipeline->backend, longest,
					     longest);
	return codist_backend_memory(run->pipeline->backend, reference, sample);
}

unsigned codist_threads_within(unsigned wanted, size_t coder_memory,
			       size_t memory)
{
	size_t most;

	if (coder_memory == 0)
		return wanted;
	most = (memory - memory / 4) / coder_memory;
	if (most == 0)
		return 1;
	return wanted < most ? wanted : (unsigned)most;
}

static void plan_threads(struct codist_run *run, size_t budget)
{
	run->n_threads_wanted = codist_usable_threads(run->how->n_threads);
	if (run->n_threads_wanted > run->n_scores)
		run->n_threads_wanted = (unsigned)run->n_scores;
	if (run->measure->needs_backend)
		run->coder_memory = coder_memory(run);
	run->n_threads = codist_threads_within(run->n_threads_wanted,
					       run->coder_memory, budget);
}

/*
 * As many rows of scores as fit the memory, with what is prepared of samples of
 * mean length, at least one; and then only as many as the same number of
 * blocks needs, so that all are about equal.
 */
static void plan_block(struct codist_run *run, size_t memory)
{
	size_t scores = run->references.n_references * sizeof(double);
	size_t most, n_blocks;

	/* By formula, there is another length to a score, and as much is left
	 * to what is prepared of one side. */
	if (run->measure->formula) {
		scores *= 2;
		memory /= 2;
		run->lengths.joint.prepared_memory = memory;
	}
	most = memory / (scores + codist_run_prepared_mean(run));
	if (most == 0)
		most = 1;
	n_blocks = (run->n_samples - 1) / most + 1;
	run->block_capacity = (run->n_samples - 1) / n_blocks + 1;
}

void codist_run_plan(struct codist_run *run)
{
	size_t memory = run->how->memory ? run->how->memory :
					   codist_machine_memory() / 2;
	size_t coders, scores = memory / 4;

	plan_threads(run, memory);
	coders = run->n_threads * run->coder_memory;
	if (coders < memory - scores)
		scores = memory - coders;
	if (!run->how->memory && scores > MOST_FOR_SCORES)
		scores = MOST_FOR_SCORES;
	plan_block(run, scores);
}
