/*
 * formulas.c - the scores of a block by a measure by formula
 *
 * The lengths of all pairs joined come first, sample before reference or the
 * other way round or both, in a pass each; then each pair's are put into the
 * formula, whose score takes the place of a length.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#include <math.h>
#include <stdlib.h>

/* Both sides' lengths, twice the item with the separator between. */
static enum codist_status lengths_twice(struct codist_run *run,
					struct codist_error *err)
{
	struct codist_run_lengths *lengths = &run->lengths;
	size_t n = run->references.n_references;

	lengths->references_twice = calloc(n, sizeof(double));
	lengths->queries_twice = calloc(run->n_samples, sizeof(double));
	if (!lengths->references_twice || !lengths->queries_twice)
		return codist_no_memory(err, "a length of each item");
	CODIST_TRY(codist_joint_twice(&lengths->joint, run->references.bytes_of,
				      n, lengths->references_twice, err));
	return codist_joint_twice(&lengths->joint, lengths->queries,
				  run->n_samples, lengths->queries_twice, err);
}

static enum codist_status blame(void *user, const struct codist_bytes *items,
				size_t i, enum codist_status status,
				struct codist_error *err)
{
	const struct codist_run *run = user;

	if (items == run->references.bytes_of)
		return codist_run_blame_reference(run, i, status, err);
	if (items == run->lengths.queries)
		return codist_run_blame_sample(run, i, status, err);
	return status;
}

enum codist_status codist_run_formulas_init(struct codist_run *run,
					    struct codist_error *err)
{
	const struct codist_spec *measure = run->pipeline->measure;
	struct codist_run_lengths *lengths = &run->lengths;
	struct codist_needs needs = codist_formula_needs(measure);

	lengths->needs = needs;
	if (needs.xy && needs.yx)
		run->n_passes = 2;
	lengths->joint.user = run;
	lengths->joint.done = codist_run_done;
	lengths->joint.tick = codist_run_tick;
	lengths->joint.blame = blame;
	CODIST_TRY(codist_joint_init(&lengths->joint, run->pipeline->backend,
				     codist_formula_separator(measure),
				     run->n_threads, err));
	lengths->queries = calloc(run->n_samples, sizeof(*lengths->queries));
	if (!lengths->queries)
		return codist_no_memory(err, "a list of samples");
	for (size_t i = 0; i < run->n_samples; i++)
		lengths->queries[i] = codist_dataset_sample(run->test, i);
	if (!needs.xy || !needs.yx)
		return CODIST_OK;
	lengths->other = malloc(run->block_capacity *
				run->references.n_references * sizeof(double));
	return lengths->other ? CODIST_OK :
				codist_no_memory(err, "lengths of pairs");
}

enum codist_status codist_run_formulas_values(struct codist_run *run,
					      struct codist_error *err)
{
	const struct codist_bytes nothing = { NULL, 0 };
	struct codist_run_lengths *lengths = &run->lengths;

	CODIST_TRY(codist_joint_alone(&lengths->joint, &nothing, 1,
				      &lengths->empty, err));
	CODIST_TRY(codist_joint_alone(&lengths->joint, run->references.bytes_of,
				      run->references.n_references,
				      run->reference_values, err));
	CODIST_TRY(codist_joint_alone(&lengths->joint, lengths->queries,
				      run->n_samples, run->query_values, err));
	return lengths->needs.twice ? lengths_twice(run, err) : CODIST_OK;
}

/* Samples are outside, so that each is taken in once: C(xsy) for all y. */
static enum codist_status lengths_xy(struct codist_run *run, double *to,
				     struct codist_error *err)
{
	struct codist_joint_pairs pairs = {
		.outer = run->lengths.queries + run->block.first,
		.n_outer = run->block.n,
		.inner = run->references.bytes_of + run->first_reference,
		.n_inner = run->n_at_hand,
		.lengths = to + run->first_reference,
		.outer_step = run->references.n_references, .inner_step = 1,
	};

	return codist_joint_lengths(&run->lengths.joint, &pairs, err);
}

static enum codist_status lengths_yx(struct codist_run *run, double *to,
				     struct codist_error *err)
{
	struct codist_joint_pairs pairs = {
		.outer = run->references.bytes_of + run->first_reference,
		.n_outer = run->n_at_hand,
		.inner = run->lengths.queries + run->block.first,
		.n_inner = run->block.n,
		.lengths = to + run->first_reference,
		.outer_step = 1, .inner_step = run->references.n_references,
	};

	return codist_joint_lengths(&run->lengths.joint, &pairs, err);
}

/* The scores of one sample by the references at hand. */
static enum codist_status score(void *user, unsigned thread, size_t in_block,
				struct codist_error *err)
{
	struct codist_run *run = user;
	const struct codist_run_lengths *lengths = &run->lengths;
	size_t n_references = run->references.n_references;
	size_t sample = run->block.first + in_block;
	double *row = run->block.scores + in_block * n_references;
	const double *other = lengths->other ?
		lengths->other + in_block * n_references : row;
	struct codist_lengths l = {
		.x = run->query_values[sample],
		.x_nbytes = lengths->queries[sample].nbytes,
	};

	(void)thread;
	if (lengths->needs.twice)
		l.xx = lengths->queries_twice[sample];
	for (size_t i = 0; i < run->n_at_hand; i++) {
		size_t r = run->first_reference + i;

		l.y = run->reference_values[r];
		l.y_nbytes = run->references.bytes_of[r].nbytes;
		l.xy = row[r];
		l.yx = other[r];
		if (lengths->needs.twice)
			l.yy = lengths->references_twice[r];
		row[r] = codist_formula(run->pipeline->measure, &l,
					lengths->empty);
		if (isnan(row[r]))
			return codist_run_not_a_number(run, sample, r, err);
	}
	return CODIST_OK;
}

enum codist_status codist_run_formulas(struct codist_run *run,
				       struct codist_error *err)
{
	const struct codist_needs *needs = &run->lengths.needs;
	double *scores = run->block.scores;

	if (needs->xy)
		CODIST_TRY(lengths_xy(run, scores, err));
	if (needs->yx)
		CODIST_TRY(lengths_yx(run, needs->xy ? run->lengths.other :
						       scores, err));
	if (!needs->xy && !needs->yx)
		run->n_scored += run->block.n * run->n_at_hand;
	run->n_shown = run->n_scored;
	return codist_run_items(run, run->block.n, score, err);
}

void codist_run_formulas_release(struct codist_run *run)
{
	struct codist_run_lengths *lengths = &run->lengths;

	codist_joint_release(&lengths->joint);
	free(lengths->references_twice);
	free(lengths->queries_twice);
	free(lengths->queries);
	free(lengths->other);
}
