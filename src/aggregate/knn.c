/*
 * knn.c - the k nearest references vote
 *
 * Of equal distances at the k-th place the first references are taken, or some
 * evenly spaced, so a run repeats exactly. Where hundreds are equally near, the
 * first may not stand for them all. With fewer than k references all vote. A
 * class score is minus the class's share of the votes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/neighbours.h"
#include "aggregate/row.h"

struct config {
	int64_t k;
	int weights;
	int equals;
};

enum { WEIGHTS_UNIFORM, WEIGHTS_DISTANCE };
enum { EQUALS_FIRST, EQUALS_EVEN };

/* What ties() knows of a class. */
struct party {
	double votes;    /* of its references nearer than the k-th */
	size_t n_border; /* its references just as near as the k-th */
};

struct poll {
	const struct config *config;
	struct codist_neighbour *voters; /* [n_voters], nearest first */
	size_t n_voters;
	struct party *parties;           /* [n_classes] */
};

static size_t count_voters(const struct config *config,
			   const struct codist_row *row)
{
	return (uint64_t)config->k < row->n_references ? (size_t)config->k :
							 row->n_references;
}

static size_t scratch_size(const void *config, const struct codist_row *row)
{
	return count_voters(config, row) * sizeof(struct codist_neighbour) +
	       row->n_classes * sizeof(struct party);
}

static struct poll lay_out(const struct config *config,
			   const struct codist_row *row, void *scratch)
{
	struct poll poll = { .config = config,
			     .voters = scratch,
			     .n_voters = count_voters(config, row) };

	poll.parties = (struct party *)(poll.voters + poll.n_voters);
	return poll;
}

/*
 * The weight of a vote, at most 1. By distance it is 1 / distance in units of
 * the nearest's, lest it overflow; only the exact matches vote where there are
 * some. What is infinitely far has no vote.
 */
static double weight(const struct poll *poll, double distance)
{
	double nearest = poll->voters[0].score;

	if (distance == INFINITY)
		return 0;
	if (poll->config->weights == WEIGHTS_UNIFORM)
		return 1;
	/* A difference of lengths can be negative: as good as a match. */
	if (nearest <= 0)
		return distance <= 0;
	return nearest / distance;
}

/* All votes are summed from the nearest on, those of a class likewise. */
static double total_votes(const struct poll *poll)
{
	double total = 0;

	for (size_t i = 0; i < poll->n_voters; i++)
		total += weight(poll, poll->voters[i].score);
	return total;
}

static double share(double votes, double total)
{
	return votes / total;
}

/* Those who are as near as the k-th, and contend for the last seats. */
struct border {
	double distance;
	double weight; /* of each vote */
	size_t n_seats;
};

static struct border find_border(const struct poll *poll)
{
	struct border border = { .distance =
					 poll->voters[poll->n_voters - 1].score };

	border.weight = weight(poll, border.distance);
	for (size_t i = poll->n_voters;
	     i > 0 && poll->voters[i - 1].score == border.distance; i--)
		border.n_seats++;
	return border;
}

/* 0 for each class that has references; stops when all were seen. */
static void find_classes(const struct codist_row *row, double *class_scores)
{
	size_t n_missing = row->n_classes;

	for (size_t i = 0; i < row->n_references && n_missing > 0; i++) {
		double *score = &class_scores[row->class_of[i]];

		n_missing -= *score != 0;
		*score = 0;
	}
}

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	struct poll poll = lay_out(config, row, scratch);
	struct border border;
	double total;

	for (size_t c = 0; c < row->n_classes; c++)
		class_scores[c] = INFINITY;
	if (poll.n_voters == 0)
		return;
	codist_neighbours_find(row, poll.n_voters, poll.voters);
	if (poll.voters[0].score == INFINITY)
		return;
	border = find_border(&poll);
	if (poll.config->equals == EQUALS_EVEN && border.weight > 0)
		codist_neighbours_spread(row, border.n_seats,
					 poll.voters + poll.n_voters -
						 border.n_seats);
	find_classes(row, class_scores);
	for (size_t i = 0; i < poll.n_voters; i++)
		class_scores[row->class_of[poll.voters[i].reference]] +=
			weight(&poll, poll.voters[i].score);
	total = total_votes(&poll);
	for (size_t c = 0; c < row->n_classes; c++)
		if (class_scores[c] < INFINITY) /* 0 - 0 is not -0 */
			class_scores[c] = 0 - share(class_scores[c], total);
}

static void fill_parties(const struct poll *poll, const struct border *border,
			 const struct codist_row *row)
{
	for (size_t c = 0; c < row->n_classes; c++)
		poll->parties[c] = (struct party){ 0 };
	for (size_t i = 0; i < poll->n_voters - border->n_seats; i++)
		poll->parties[row->class_of[poll->voters[i].reference]].votes +=
			weight(poll, poll->voters[i].score);
	for (size_t i = 0; i < row->n_references; i++)
		if (row->scores[i] == border->distance)
			poll->parties[row->class_of[i]].n_border++;
}

/*
 * Whether a class wins, or shares the first place, for some choice of who
 * takes the seats at the border. Only how many seats each class gets matters:
 * the votes there weigh the same and are added last, so that neither the total
 * nor a class's sum depends on which of its references they belong to.
 *
 * Let the class take as many seats as it has references there. This loses
 * nothing: where it wins with fewer, a seat moved to it from another class
 * leaves it winning, as sums do not fall by adding a vote, nor rise by leaving
 * one out. What seats are left must go to others, and each can take as many
 * as do not lift it above the class. So the class can win just if no other is
 * above it without any seat, and the others together can take all that are
 * left.
 */
static int can_win(const struct poll *poll, const struct border *border,
		   double total, size_t n_classes, size_t class)
{
	const struct party *own = &poll->parties[class];
	size_t n_left = border->n_seats;
	double votes = own->votes, most;

	for (size_t i = 0; i < own->n_border && n_left > 0; i++, n_left--)
		votes += border->weight;
	most = share(votes, total);
	for (size_t c = 0; c < n_classes; c++) {
		const struct party *party = &poll->parties[c];

		if (c == class)
			continue;
		votes = party->votes;
		if (share(votes, total) > most)
			return 0;
		for (size_t i = 0; i < party->n_border && n_left > 0;
		     i++, n_left--) {
			votes += border->weight;
			if (share(votes, total) > most)
				break;
		}
	}
	return n_left == 0;
}

/*
 * A class without votes cannot win, as the nearest reference has one. Where
 * votes at the border weigh nothing it does not matter whose they are.
 */
static void ties(const void *config, const struct codist_row *row,
		 void *scratch, const double *class_scores,
		 unsigned char *may_win)
{
	struct poll poll = lay_out(config, row, scratch);
	struct border border = { 0 };
	double total;

	if (poll.n_voters > 0)
		border = find_border(&poll);
	if (border.weight == 0) {
		codist_row_ties(row, class_scores, may_win);
		return;
	}
	fill_parties(&poll, &border, row);
	total = total_votes(&poll);
	for (size_t c = 0; c < row->n_classes; c++)
		may_win[c] = (unsigned char)can_win(&poll, &border, total,
						    row->n_classes, c);
}

static const char *const weights[] = { "uniform", "distance", NULL };
static const char *const equals[] = { "first", "even", NULL };

static const struct codist_option options[] = {
	{ .name = "k", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, k),
	  .minimum = 1, .maximum = 1e9, .fallback = "1",
	  .help = "how many references vote" },
	{ .name = "weights", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, weights),
	  .choices = weights, .fallback = "uniform",
	  .help = "each vote counts as one, or as 1/distance; of the k, those "
		  "at distance 0 then vote alone" },
	{ .name = "equals", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, equals),
	  .choices = equals, .fallback = "first",
	  .help = "of references just as near as the k-th, take the first, or "
		  "some evenly spaced in their order" },
	{ .name = NULL },
};

const struct codist_aggregator codist_aggregator_knn = {
	.plugin = {
		.name = "knn",
		.summary = "the k nearest references vote",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.scratch_size = scratch_size,
	.fold = fold,
	.ties = ties,
};
