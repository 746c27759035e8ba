/*
 * mpi_serve.c - what the processes do that are not the root
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/mpi_team.h"

#include <stdlib.h>
#include <string.h>

/* Two messages, so that one can be under way while the next is computed. */
struct post {
	double *messages[2];
	MPI_Request requests[2];
	size_t n_sent;
};

static enum codist_status post_init(struct post *post, size_t nbytes,
				    struct codist_error *err)
{
	*post = (struct post){
		.messages = { malloc(nbytes), malloc(nbytes) },
		.requests = { MPI_REQUEST_NULL, MPI_REQUEST_NULL },
	};
	return post->messages[0] && post->messages[1] ? CODIST_OK :
		codist_no_memory(err, "scores");
}

static void post_release(struct post *post)
{
	MPI_Waitall(2, post->requests, MPI_STATUSES_IGNORE);
	free(post->messages[0]);
	free(post->messages[1]);
}

static void send_columns(struct post *post, const struct codist_to_do *to_do,
			 size_t first, size_t n)
{
	const struct codist_block *block = &to_do->run->block;
	size_t n_references = to_do->run->references.n_references;
	size_t at = post->n_sent++ % 2;
	double *message = post->messages[at];
	uint64_t head[2] = { first, n };

	MPI_Wait(&post->requests[at], MPI_STATUS_IGNORE);
	memcpy(message, head, sizeof(head));
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < block->n; i++)
			message[2 + k * block->n + i] =
				block->scores[i * n_references +
					      to_do->columns[first + k]];
	MPI_Isend(message, (int)((2 + n * block->n) * sizeof(double)), MPI_BYTE,
		  0, CODIST_SENT_COLUMNS, MPI_COMM_WORLD,
		  &post->requests[at]);
}

/* MPI sends on only while it is called. */
static void poll(void *user)
{
	struct post *post = user;
	int is_sent;

	MPI_Testall(2, post->requests, &is_sent, MPI_STATUSES_IGNORE);
}

static enum codist_status serve_columns(struct codist_run *run,
					const unsigned char *is_done,
					struct codist_error *err)
{
	struct codist_to_do to_do;
	struct post post;
	size_t first, n;
	enum codist_status status;

	if (!codist_to_do_init(&to_do, run, is_done))
		return codist_no_memory(err, "columns");
	status = post_init(&post, codist_to_do_message(&to_do), err);
	run->poll = poll;
	run->poll_user = &post;
	while (status == CODIST_OK &&
	       (n = codist_to_do_take(&to_do, &first)) > 0) {
		status = codist_to_do_compute(&to_do, first, n, err);
		if (status == CODIST_OK)
			send_columns(&post, &to_do, first, n);
	}
	run->poll = NULL;
	post_release(&post);
	codist_to_do_release(&to_do);
	return status;
}

/* What is at hand, on a process that is not the root. */
struct serving {
	struct codist_engine *engine;
	struct codist_part part;
	struct codist_pipeline pipeline;
	struct codist_how how;
	struct codist_run run;
	int is_open;
};

static void close_part(struct serving *s)
{
	if (s->is_open)
		codist_run_close(&s->run, NULL);
	codist_part_release(&s->part);
	s->run = (struct codist_run){ 0 };
	s->is_open = 0;
}

static void open_part(struct serving *s, size_t number)
{
	const struct codist_study_run *any = s->engine->job->runs[0];
	enum codist_status status;

	s->pipeline = codist_study_pipeline(any, s->engine->sets.fold_of !=
							 NULL);
	s->how = (struct codist_how){
		.n_threads = s->engine->how->n_threads,
		.memory = s->engine->how->memory,
	};
	s->run.pipeline = &s->pipeline;
	s->run.how = &s->how;
	status = codist_part_init(&s->part, &s->engine->sets, any, number,
				  NULL);
	if (status == CODIST_OK) {
		s->is_open = 1;
		status = codist_run_open(&s->run, s->part.train, s->part.test,
					 NULL, NULL);
	}
	codist_team_least(status == CODIST_OK ? s->run.block_capacity : 0);
}

static enum codist_status serve_block(struct serving *s, size_t first,
				      size_t n)
{
	size_t n_references = s->run.references.n_references;
	unsigned char *is_done = calloc(n_references, 1);
	struct codist_error why = { 0 };

	if (!is_done)
		MPI_Abort(MPI_COMM_WORLD, 1);
	MPI_Bcast(is_done, (int)n_references, MPI_BYTE, 0, MPI_COMM_WORLD);
	why.status = codist_run_block(&s->run, first, n, &why);
	if (why.status == CODIST_OK)
		why.status = serve_columns(&s->run, is_done, &why);
	free(is_done);
	MPI_Send(&why, sizeof(why), MPI_BYTE, 0, CODIST_SENT_DONE, MPI_COMM_WORLD);
	return CODIST_OK;
}

enum codist_status codist_team_serve(struct codist_engine *engine,
				     struct codist_error *err)
{
	struct serving s = { .engine = engine };
	uint64_t told[3];

	for (;;) {
		MPI_Bcast(told, 3, MPI_UINT64_T, 0, MPI_COMM_WORLD);
		switch (told[0]) {
		case CODIST_TOLD_JOB:
			engine->job = &engine->jobs[told[1]];
			/* The root has the message, if it fails. */
			if (codist_engine_load(engine, err) != CODIST_OK)
				codist_sets_release(&engine->sets);
			break;
		case CODIST_TOLD_PART:
			open_part(&s, (size_t)told[1]);
			break;
		case CODIST_TOLD_BLOCK:
			CODIST_TRY(serve_block(&s, (size_t)told[1],
					       (size_t)told[2]));
			break;
		case CODIST_TOLD_CLOSE:
			close_part(&s);
			break;
		default:
			close_part(&s);
			return CODIST_OK;
		}
	}
}
