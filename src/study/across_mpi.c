/*
 * across_mpi.c - a team of processes, by MPI
 *
 * Columns are not handed out by anybody: each process takes the next few from a
 * counter in the root's memory, until none are left, so that a slow one takes
 * fewer. All of them send their scores to the root, which also computes.
 *
 * A process that fails says so when the block ends. When the root fails or is to
 * stop, it sets the counter to the end, and the others are soon done.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/team.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JOB, PART, BLOCK, CLOSE, END };   /* what is told */
enum { TAG_COLUMNS = 1, TAG_DONE = 2 };  /* what is sent to the root */

#define SECONDS_TO_SAVE 2.5
#define MOST_AT_ONCE ((size_t)1 << 30)

static struct {
	int is_on, rank, size;
	MPI_Comm node; /* those on this machine, and the first of them */
	MPI_Win window;
	uint64_t *counter; /* the root's; of columns that are taken */
} team = { .size = 1 };

unsigned codist_team_size(void)
{
	return (unsigned)team.size;
}

unsigned codist_team_rank(void)
{
	return (unsigned)team.rank;
}

/* MPI takes long to begin where nobody began it for several processes. */
static int is_started_by_mpi(void)
{
	static const char *const names[] = { "OMPI_COMM_WORLD_SIZE", "PMI_SIZE",
					     "PMI_RANK", "PMIX_RANK",
					     "MPI_LOCALNRANKS" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (getenv(names[i]))
			return 1;
	return 0;
}

enum codist_status codist_processes_begin(unsigned *rank, unsigned *size,
					  struct codist_error *err)
{
	int provided;
	MPI_Aint nbytes = sizeof(*team.counter);

	*rank = 0;
	*size = 1;
	if (!is_started_by_mpi())
		return CODIST_OK;
	if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) !=
	    MPI_SUCCESS)
		return codist_fail(err, CODIST_ELIBRARY,
				   "MPI cannot be started");
	MPI_Comm_rank(MPI_COMM_WORLD, &team.rank);
	MPI_Comm_size(MPI_COMM_WORLD, &team.size);
	team.is_on = 1;
	MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, team.rank,
			    MPI_INFO_NULL, &team.node);
	MPI_Win_allocate(team.rank ? 0 : nbytes, sizeof(*team.counter),
			 MPI_INFO_NULL, MPI_COMM_WORLD, &team.counter,
			 &team.window);
	MPI_Win_lock_all(0, team.window);
	*rank = (unsigned)team.rank;
	*size = (unsigned)team.size;
	return CODIST_OK;
}

void codist_processes_end(void)
{
	if (!team.is_on)
		return;
	MPI_Win_unlock_all(team.window);
	MPI_Win_free(&team.window);
	MPI_Comm_free(&team.node);
	MPI_Finalize();
	team.is_on = 0;
}

static void tell(uint64_t what, size_t first, size_t second)
{
	uint64_t told[3] = { what, first, second };

	if (team.size > 1)
		MPI_Bcast(told, 3, MPI_UINT64_T, 0, MPI_COMM_WORLD);
}

void codist_team_tell_job(size_t job)
{
	tell(JOB, job, 0);
}

void codist_team_tell_part(size_t part)
{
	tell(PART, part, 0);
}

void codist_team_tell_block(size_t first, size_t n)
{
	tell(BLOCK, first, n);
}

void codist_team_tell_close(void)
{
	tell(CLOSE, 0, 0);
}

void codist_team_tell_end(void)
{
	tell(END, 0, 0);
}

size_t codist_team_least(size_t value)
{
	uint64_t mine = value, least = value;

	if (team.size > 1)
		MPI_Allreduce(&mine, &least, 1, MPI_UINT64_T, MPI_MIN,
			      MPI_COMM_WORLD);
	return (size_t)least;
}

/* The first process of a machine has them, the others get them. */
static void share(void *bytes, size_t nbytes)
{
	for (size_t at = 0; at < nbytes; at += MOST_AT_ONCE) {
		size_t n = nbytes - at < MOST_AT_ONCE ? nbytes - at :
							MOST_AT_ONCE;

		MPI_Bcast((char *)bytes + at, (int)n, MPI_BYTE, 0, team.node);
	}
}

/* Likewise an array, which the others have to make room for. */
static int share_array(void **array, size_t nbytes, int is_first)
{
	int is_there = *array != NULL;

	share(&is_there, sizeof(is_there));
	if (!is_there)
		return 1;
	if (!is_first)
		*array = malloc(nbytes ? nbytes : 1);
	if (!*array)
		return 0;
	share(*array, nbytes);
	return 1;
}

static int share_text(char **text, int is_first)
{
	size_t length = *text ? strlen(*text) + 1 : 0;

	share(&length, sizeof(length));
	return share_array((void **)text, length, is_first);
}

/* Names of samples are for messages of the root's, and stay there. */
static int share_set(struct codist_dataset *set, int is_first)
{
	struct codist_dataset head = *set;
	size_t nbytes = is_first && set->starts ?
				set->starts[set->n_samples] : 0;
	int good = 1;

	share(&head, sizeof(head));
	share(&nbytes, sizeof(nbytes));
	if (!is_first) {
		*set = head;
		set->name = NULL;
		set->bytes = NULL;
		set->starts = NULL;
		set->labels = NULL;
		set->class_names = NULL;
		set->sample_names = NULL;
		set->class_names = calloc(set->n_classes + 1, sizeof(char *));
		good = set->class_names != NULL;
	}
	good &= share_text(&set->name, is_first);
	good &= share_array((void **)&set->bytes, nbytes, is_first);
	good &= share_array((void **)&set->starts,
			    (set->n_samples + 1) * sizeof(*set->starts),
			    is_first);
	good &= share_array((void **)&set->labels,
			    set->n_samples * sizeof(*set->labels), is_first);
	for (size_t c = 0; c < set->n_classes && good; c++)
		good &= share_text(&set->class_names[c], is_first);
	return good;
}

static enum codist_status share_sets(struct codist_sets *sets, int is_first,
				     struct codist_error *err)
{
	int good;

	good = share_text(&sets->lines, is_first);
	good = good && share_set(&sets->train, is_first);
	good = good && share_set(&sets->test, is_first);
	good = good && share_array((void **)&sets->numbers,
				   sets->test.n_samples * sizeof(size_t),
				   is_first);
	good = good && share_array((void **)&sets->fold_of,
				   sets->train.n_samples * sizeof(size_t),
				   is_first);
	share(sets->train_checksum, sizeof(sets->train_checksum));
	share(sets->test_checksum, sizeof(sets->test_checksum));
	/* Others of this machine wait for what this one cannot take. */
	if (!good) {
		fprintf(stderr, "codist: process %d: out of memory for data\n",
			team.rank);
		MPI_Abort(MPI_COMM_WORLD, 1);
	}
	return good ? CODIST_OK : codist_no_memory(err, "data");
}

/* The root's sets are what counts; those of other machines are compared. */
static enum codist_status compare(const struct codist_sets *sets,
				  struct codist_error *err)
{
	char roots[2][65];
	int differs;

	memcpy(roots[0], sets->train_checksum, sizeof(roots[0]));
	memcpy(roots[1], sets->test_checksum, sizeof(roots[1]));
	MPI_Bcast(roots, sizeof(roots), MPI_BYTE, 0, MPI_COMM_WORLD);
	differs = strcmp(roots[0], sets->train_checksum) != 0 ||
		  strcmp(roots[1], sets->test_checksum) != 0;
	if (codist_team_least(differs ? 0 : 1))
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "the data is not the same on all machines");
}

enum codist_status codist_team_sets(struct codist_sets *sets,
				    const struct codist_study_run *run,
				    struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	int node_rank;

	if (team.size == 1)
		return codist_sets_load(sets, run, err);
	MPI_Comm_rank(team.node, &node_rank);
	if (node_rank == 0)
		status = codist_sets_load(sets, run, err);
	if (!codist_team_least(status == CODIST_OK))
		return status != CODIST_OK ? status :
		       codist_fail(err, CODIST_EIO, "another process could not "
				   "load the data");
	CODIST_TRY(share_sets(sets, node_rank == 0, err));
	return compare(sets, err);
}

/* Take the next n columns; their first. */
static size_t take(size_t n)
{
	uint64_t add = n, first = 0;

	MPI_Fetch_and_op(&add, &first, MPI_UINT64_T, 0, 0, MPI_SUM,
			 team.window);
	MPI_Win_flush(0, team.window);
	return (size_t)first;
}

/* Columns that are not done, numbered side by side. */
struct share {
	struct codist_run *run;
	size_t *columns; /* [n], which references they are */
	size_t n, at_once;
};

static int share_init(struct share *share, struct codist_run *run,
		      const unsigned char *is_done)
{
	size_t n_references = run->references.n_references;

	*share = (struct share){ .run = run };
	share->columns = calloc(n_references, sizeof(*share->columns));
	for (size_t r = 0; share->columns && r < n_references; r++)
		if (!is_done[r])
			share->columns[share->n++] = r;
	/* Small towards the end is not needed: there are many for each. */
	share->at_once = share->n / ((size_t)team.size * 16) + 1;
	return share->columns != NULL;
}

/* Scores of columns first..first + n - 1 of those to be done. */
static enum codist_status compute(const struct share *share, size_t first,
				  size_t n, struct codist_error *err)
{
	for (size_t i = 0, side; i < n; i += side) {
		size_t reference = share->columns[first + i];

		for (side = 1; i + side < n &&
			       share->columns[first + i + side] ==
				       reference + side;)
			side++;
		CODIST_TRY(codist_run_columns(share->run, reference, side,
					      err));
	}
	return CODIST_OK;
}

/* What another process sends: which columns, and their scores. */
static size_t message_size(const struct share *share)
{
	return (2 + share->at_once * share->run->block.n) * sizeof(double);
}

static void send_columns(const struct share *share, size_t first, size_t n,
			 double *message)
{
	const struct codist_block *block = &share->run->block;
	size_t n_references = share->run->references.n_references;
	uint64_t head[2] = { first, n };

	memcpy(message, head, sizeof(head));
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < block->n; i++)
			message[2 + k * block->n + i] =
				block->scores[i * n_references +
					      share->columns[first + k]];
	MPI_Send(message, (int)((2 + n * block->n) * sizeof(double)), MPI_BYTE,
		 0, TAG_COLUMNS, MPI_COMM_WORLD);
}

/* What a process that is not the root does of a block. */
static enum codist_status serve_columns(struct codist_run *run,
					const unsigned char *is_done,
					struct codist_error *err)
{
	struct share share;
	double *message = NULL;
	enum codist_status status = CODIST_OK;

	if (share_init(&share, run, is_done))
		message = malloc(message_size(&share));
	if (!message)
		status = codist_no_memory(err, "scores");
	while (status == CODIST_OK) {
		size_t first = take(share.at_once), n = share.at_once;

		if (first >= share.n)
			break;
		n = share.n - first < n ? share.n - first : n;
		status = compute(&share, first, n, err);
		if (status == CODIST_OK)
			send_columns(&share, first, n, message);
	}
	free(message);
	free(share.columns);
	return status;
}

/* The root's side of a block. */
struct dealing {
	struct codist_columns *columns;
	struct share share;
	double *message;
	int n_done; /* processes */
	enum codist_status status; /* the first failure */
	struct codist_error *err;
	enum codist_status (*save)(struct codist_columns *columns,
				   size_t first, size_t n_columns,
				   struct codist_error *err);
	unsigned char *is_saved; /* [n_references] */
};

static void receive_columns(struct dealing *d, const MPI_Status *from)
{
	const struct codist_block *block = &d->share.run->block;
	size_t n_references = d->share.run->references.n_references;
	uint64_t head[2];

	MPI_Recv(d->message, (int)message_size(&d->share), MPI_BYTE,
		 from->MPI_SOURCE, TAG_COLUMNS, MPI_COMM_WORLD,
		 MPI_STATUS_IGNORE);
	memcpy(head, d->message, sizeof(head));
	for (size_t k = 0; k < head[1]; k++) {
		size_t r = d->share.columns[head[0] + k];

		for (size_t i = 0; i < block->n; i++)
			block->scores[i * n_references + r] =
				d->message[2 + k * block->n + i];
		d->columns->is_done[r] = 1;
	}
	d->share.run->n_scored += head[1] * block->n *
				  d->share.run->n_passes;
}

static void receive_done(struct dealing *d, const MPI_Status *from)
{
	struct codist_error why;

	MPI_Recv(&why, sizeof(why), MPI_BYTE, from->MPI_SOURCE, TAG_DONE,
		 MPI_COMM_WORLD, MPI_STATUS_IGNORE);
	d->n_done++;
	if (why.status == CODIST_OK || d->status != CODIST_OK)
		return;
	d->status = codist_fail(d->err, why.status, "process %d: %.900s",
				from->MPI_SOURCE, why.message);
}

static void receive(struct dealing *d, const MPI_Status *from)
{
	if (from->MPI_TAG == TAG_COLUMNS)
		receive_columns(d, from);
	else
		receive_done(d, from);
}

/* All that was sent; and then, when told to wait, what is still to come. */
static void drain(struct dealing *d, int is_waiting)
{
	MPI_Status from;
	int is_any;

	for (;;) {
		if (is_waiting && d->n_done == team.size - 1)
			return;
		if (is_waiting) {
			MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD,
				  &from);
			is_any = 1;
		} else {
			MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD,
				   &is_any, &from);
		}
		if (!is_any)
			return;
		receive(d, &from);
	}
}

/* What is done and not saved, stretch by stretch. */
static enum codist_status save_all(struct dealing *d)
{
	size_t n_references = d->share.run->references.n_references;

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

static enum codist_status take_part(struct dealing *d)
{
	struct codist_engine *engine = d->columns->engine;
	const struct share *share = &d->share;

	while (d->status == CODIST_OK && !engine->is_stopped) {
		size_t first = take(share->at_once), n = share->at_once;

		if (first >= share->n)
			return CODIST_OK;
		n = share->n - first < n ? share->n - first : n;
		CODIST_TRY(compute(share, first, n, d->err));
		for (size_t k = 0; k < n; k++)
			d->columns->is_done[share->columns[first + k]] = 1;
		drain(d, 0);
		share->run->n_shown = share->run->n_scored;
		if (codist_seconds() - d->columns->saved > SECONDS_TO_SAVE)
			CODIST_TRY(save_all(d));
	}
	return d->status;
}

static enum codist_status deal(struct dealing *d)
{
	struct codist_columns *c = d->columns;
	size_t n_references = c->run->references.n_references, n_left = 0;
	uint64_t zero = 0, old;
	enum codist_status status;

	MPI_Fetch_and_op(&zero, &old, MPI_UINT64_T, 0, 0, MPI_REPLACE,
			 team.window);
	MPI_Win_flush(0, team.window);
	/* Which are to be done; after it, all of them begin. */
	MPI_Bcast(c->is_done, (int)n_references, MPI_BYTE, 0, MPI_COMM_WORLD);
	status = take_part(d);
	if (status != CODIST_OK || c->engine->is_stopped)
		take(2 * n_references);
	drain(d, 1);
	if (status == CODIST_OK)
		status = d->status;
	for (size_t r = 0; r < n_references; r++)
		n_left += !c->is_done[r];
	if (status != CODIST_OK || n_left == 0)
		return status;
	CODIST_TRY(save_all(d));
	return codist_fail(d->err, CODIST_ECANCELLED, "stopped when asked to");
}

enum codist_status
codist_team_columns(struct codist_columns *columns,
		    enum codist_status (*save)(struct codist_columns *columns,
					       size_t first, size_t n_columns,
					       struct codist_error *err),
		    struct codist_error *err)
{
	size_t n_references = columns->run->references.n_references;
	struct dealing d = { .columns = columns, .save = save, .err = err };
	enum codist_status status;

	d.is_saved = malloc(n_references);
	if (d.is_saved)
		memcpy(d.is_saved, columns->is_done, n_references);
	if (share_init(&d.share, columns->run, columns->is_done))
		d.message = malloc(message_size(&d.share));
	if (!d.is_saved || !d.message) {
		/* The others wait for what cannot be told any more. */
		fprintf(stderr, "codist: out of memory for scores\n");
		MPI_Abort(MPI_COMM_WORLD, 1);
	}
	status = deal(&d);
	free(d.is_saved);
	free(d.message);
	free(d.share.columns);
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
	status = codist_part_init(&s->part, &s->engine->sets, number, NULL);
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
	MPI_Send(&why, sizeof(why), MPI_BYTE, 0, TAG_DONE, MPI_COMM_WORLD);
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
		case JOB:
			engine->job = &engine->jobs[told[1]];
			/* The root has the message, if it fails. */
			if (codist_engine_load(engine, err) != CODIST_OK)
				codist_sets_release(&engine->sets);
			break;
		case PART:
			open_part(&s, (size_t)told[1]);
			break;
		case BLOCK:
			CODIST_TRY(serve_block(&s, (size_t)told[1],
					       (size_t)told[2]));
			break;
		case CLOSE:
			close_part(&s);
			break;
		default:
			close_part(&s);
			return CODIST_OK;
		}
	}
}
