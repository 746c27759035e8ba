/*
 * mpi_deal.c - the root's side of a block
 *
 * It computes columns as all others do, and looks for theirs each time that its
 * first thread comes by: a process that sends waits until somebody does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/mpi_team.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS_TO_SAVE 2.5

struct dealing {
	struct codist_columns *columns;
	struct codist_to_do to_do;
	double *message;
	int n_done;        /* processes */
	size_t n_received; /* scores that run->n_scored is without */
	enum codist_status status; /* the first failure of another */
	struct codist_error *err;
	codist_save_columns *save;
	unsigned char *is_saved; /* [n_references] */
};

static void receive_columns(struct dealing *d, const MPI_Status *from)
{
	const struct codist_run *run = d->to_do.run;
	const struct codist_block *block = &run->block;
	uint64_t head[2];

	MPI_Recv(d->message, (int)codist_to_do_message(&d->to_do), MPI_BYTE,
		 from->MPI_SOURCE, CODIST_SENT_COLUMNS, MPI_COMM_WORLD,
		 MPI_STATUS_IGNORE);
	memcpy(head, d->message, sizeof(head));
	for (size_t k = 0; k < head[1]; k++) {
		size_t r = d->to_do.columns[head[0] + k];

		for (size_t i = 0; i < block->n; i++)
			block->scores[i * run->references.n_references + r] =
				d->message[2 + k * block->n + i];
		d->columns->is_done[r] = 1;
	}
	d->n_received += head[1] * block->n * run->n_passes;
}

static void receive_done(struct dealing *d, const MPI_Status *from)
{
	struct codist_error why;

	MPI_Recv(&why, sizeof(why), MPI_BYTE, from->MPI_SOURCE,
		 CODIST_SENT_DONE, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
	d->n_done++;
	if (why.status == CODIST_OK || d->status != CODIST_OK)
		return;
	d->status = codist_fail(d->err, why.status, "process %d: %.900s",
				from->MPI_SOURCE, why.message);
}

static void receive(struct dealing *d, const MPI_Status *from)
{
	if (from->MPI_TAG == CODIST_SENT_COLUMNS)
		receive_columns(d, from);
	else
		receive_done(d, from);
}

/* All that has arrived. */
static void poll(void *user)
{
	struct dealing *d = user;
	MPI_Status from;
	int is_any;

	for (;;) {
		MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &is_any,
			   &from);
		if (!is_any)
			return;
		receive(d, &from);
	}
}

/* What is still to come, until nobody is at work any more. */
static void wait_for_all(struct dealing *d)
{
	MPI_Status from;

	while (d->n_done < codist_mpi.size - 1) {
		MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &from);
		receive(d, &from);
	}
}

/* What is done and not saved, stretch by stretch. */
static enum codist_status save_all(struct dealing *d)
{
	size_t n_references = d->to_do.run->references.n_references;

	for (size_t r = 0, n; r < n_references; r += n) {
		const unsigned char *is_done = d->columns->is_done + r;
		unsigned char *is_saved = d->is_saved + r;

		for (n = 0; r + n < n_references && is_done[n] &&
			    !is_saved[n]; n++)
			is_saved[n] = 1;
		if (n == 0)
			n = 1;
		else
			CODIST_TRY(d->save(d->columns, r, n, d->err));
	}
	d->columns->saved = codist_seconds();
	return CODIST_OK;
}

/* Between two turns no other thread is at work. */
static void count_received(struct dealing *d)
{
	struct codist_run *run = d->to_do.run;

	run->n_scored += d->n_received;
	run->n_shown = run->n_scored;
	d->n_received = 0;
}

static enum codist_status take_part(struct dealing *d)
{
	struct codist_columns *c = d->columns;
	size_t first, n;

	while (d->status == CODIST_OK && !c->engine->stop) {
		n = codist_to_do_take(&d->to_do, &first);
		if (n == 0)
			return CODIST_OK;
		CODIST_TRY(codist_to_do_compute(&d->to_do, first, n, d->err));
		for (size_t k = 0; k < n; k++)
			c->is_done[d->to_do.columns[first + k]] = 1;
		poll(d);
		count_received(d);
		if (codist_seconds() - c->saved > SECONDS_TO_SAVE)
			CODIST_TRY(save_all(d));
	}
	return d->status;
}

static enum codist_status deal(struct dealing *d)
{
	struct codist_columns *c = d->columns;
	size_t n_references = c->run->references.n_references, n_left = 0;
	enum codist_status status;

	codist_to_do_begin();
	/* Which are to be done; after it, all of them begin. */
	MPI_Bcast(c->is_done, (int)n_references, MPI_BYTE, 0, MPI_COMM_WORLD);
	c->run->poll = poll;
	c->run->poll_user = d;
	status = take_part(d);
	c->run->poll = NULL;
	if (status != CODIST_OK || c->engine->stop)
		codist_to_do_end(&d->to_do);
	wait_for_all(d);
	count_received(d);
	if (status == CODIST_OK)
		status = d->status;
	for (size_t r = 0; r < n_references; r++)
		n_left += !c->is_done[r];
	if (status != CODIST_OK || n_left == 0)
		return status;
	CODIST_TRY(save_all(d));
	return codist_fail(d->err, CODIST_ECANCELLED, "stopped when asked to");
}

enum codist_status codist_team_columns(struct codist_columns *columns,
				       codist_save_columns *save,
				       struct codist_error *err)
{
	size_t n_references = columns->run->references.n_references;
	struct dealing d = { .columns = columns, .save = save, .err = err };
	enum codist_status status;

	d.is_saved = malloc(n_references);
	if (d.is_saved)
		memcpy(d.is_saved, columns->is_done, n_references);
	if (codist_to_do_init(&d.to_do, columns->run, columns->is_done))
		d.message = malloc(codist_to_do_message(&d.to_do));
	if (!d.is_saved || !d.message) {
		/* The others wait for what cannot be told any more. */
		fprintf(stderr, "codist: out of memory for scores\n");
		MPI_Abort(MPI_COMM_WORLD, 1);
	}
	status = deal(&d);
	free(d.is_saved);
	free(d.message);
	codist_to_do_release(&d.to_do);
	return status;
}
