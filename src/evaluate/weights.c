/*
 * weights.c - how much each of several classifiers counts
 *
 * What matters of a sample is how much farther each other class is than the
 * truth, by each member: those differences are gathered once, and counted in
 * their means, so that a weight of 1 makes a typical one a bit, whatever the
 * unit of the scores. All sums run in the order of samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/combination.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAP 1e-9   /* bits a sample, at which it is good enough */
#define MOST 1024  /* bits that a typical difference may stand for */
#define STEPS 1000 /* far more than are taken */
#define NEAR 1e-3  /* a weight so small may as well be 0 */

struct problem {
	size_t n_members, n_samples, n_rows;
	double *differences; /* [n_rows][n_members] */
	size_t *ends;        /* [n_samples], of their rows */
	double *scales;      /* [n_members], means of differences; 0: no say */
	double *most;        /* [n_members], bounds of weights */
};

/* A point, and what is known of it. */
struct point {
	double *weights;  /* [n_members], of differences as they are counted */
	double *gradient; /* [n_members] */
	double *hessian;  /* [n_members][n_members] */
	double log_loss;
};

/* What is needed on the way. */
struct work {
	const struct problem *problem;
	struct point now, next;
	double *weights_of_rows; /* [most rows of a sample] */
	double *means;           /* [n_members] */
	double *matrix;          /* [n_members][n_members] */
	double *step;            /* [n_members] */
	size_t *moving;          /* [n_members], those not at a bound */
	size_t n_moving;
};

static int is_far(double score)
{
	return isnan(score) || score == INFINITY;
}

/* Whether a class of a sample is infinitely far by any member. */
static int is_impossible(const double *const *scores, size_t n_members,
			 size_t at)
{
	for (size_t m = 0; m < n_members; m++)
		if (is_far(scores[m][at]) || scores[m][at] == -INFINITY)
			return 1;
	return 0;
}

static void gather(struct problem *p, const double *const *scores,
		   const unsigned *truth, size_t n_samples, size_t n_classes)
{
	for (size_t i = 0; i < n_samples; i++) {
		size_t own = i * n_classes + truth[i];

		assert(truth[i] < n_classes);
		if (is_impossible(scores, p->n_members, own))
			continue;
		for (size_t c = 0; c < n_classes; c++) {
			size_t at = i * n_classes + c;
			double *row = p->differences +
				      p->n_rows * p->n_members;

			if (at == own ||
			    is_impossible(scores, p->n_members, at))
				continue;
			for (size_t m = 0; m < p->n_members; m++)
				row[m] = scores[m][at] - scores[m][own];
			p->n_rows++;
		}
		p->ends[p->n_samples++] = p->n_rows;
	}
}

static void scale(struct problem *p)
{
	size_t n = p->n_members;

	for (size_t r = 0; r < p->n_rows; r++)
		for (size_t m = 0; m < n; m++)
			p->scales[m] += fabs(p->differences[r * n + m]) /
					(double)p->n_rows;
	for (size_t r = 0; r < p->n_rows; r++)
		for (size_t m = 0; m < n; m++)
			if (p->scales[m] > 0)
				p->differences[r * n + m] /= p->scales[m];
	for (size_t m = 0; m < n; m++)
		p->most[m] = p->scales[m] == 0 ? 0 : fmax(MOST, p->scales[m]);
}

static enum codist_status init(struct problem *p, const double *const *scores,
			       size_t n_members, const unsigned *truth,
			       size_t n_samples, size_t n_classes,
			       struct codist_error *err)
{
	*p = (struct problem){
		.n_members = n_members,
		.differences = calloc(n_samples * (n_classes - 1) + 1,
				      n_members * sizeof(double)),
		.ends = calloc(n_samples + 1, sizeof(*p->ends)),
		.scales = calloc(n_members, sizeof(double)),
		.most = calloc(n_members, sizeof(double)),
	};
	if (!p->differences || !p->ends || !p->scales || !p->most)
		return codist_no_memory(err, "weights");
	gather(p, scores, truth, n_samples, n_classes);
	scale(p);
	return CODIST_OK;
}

static void release(struct problem *p)
{
	free(p->differences);
	free(p->ends);
	free(p->scales);
	free(p->most);
}

static int allocate(struct point *point, size_t n)
{
	point->weights = calloc(n, sizeof(double));
	point->gradient = calloc(n, sizeof(double));
	point->hessian = calloc(n * n, sizeof(double));
	return point->weights && point->gradient && point->hessian;
}

static void release_point(struct point *point)
{
	free(point->weights);
	free(point->gradient);
	free(point->hessian);
}

static enum codist_status begin(struct work *work, const struct problem *p,
				size_t n_classes, struct codist_error *err)
{
	size_t n = p->n_members;

	*work = (struct work){
		.problem = p,
		.weights_of_rows = calloc(n_classes, sizeof(double)),
		.means = calloc(n, sizeof(double)),
		.matrix = calloc(n * n, sizeof(double)),
		.step = calloc(n, sizeof(double)),
		.moving = calloc(n, sizeof(*work->moving)),
	};
	if (!allocate(&work->now, n) || !allocate(&work->next, n) ||
	    !work->weights_of_rows || !work->means || !work->matrix ||
	    !work->step || !work->moving)
		return codist_no_memory(err, "weights");
	return CODIST_OK;
}

static void end(struct work *work)
{
	release_point(&work->now);
	release_point(&work->next);
	free(work->weights_of_rows);
	free(work->means);
	free(work->matrix);
	free(work->step);
	free(work->moving);
}

/*
 * The log-loss of a sample in bits; fills the weights of its rows, such that
 * those of all classes add up to *total. The most probable class is taken out.
 */
static double loss_of(struct work *work, const double *weights, size_t first,
		      size_t n_rows, double *total)
{
	size_t n = work->problem->n_members;
	const double *rows = work->problem->differences + first * n;
	double *bits = work->weights_of_rows, top = 0, others = 0;
	size_t winner = n_rows; /* the truth */

	for (size_t r = 0; r < n_rows; r++) {
		bits[r] = 0;
		for (size_t m = 0; m < n; m++)
			bits[r] -= weights[m] * rows[r * n + m];
		if (bits[r] > top) {
			top = bits[r];
			winner = r;
		}
	}
	for (size_t r = 0; r < n_rows; r++) {
		bits[r] = exp2(bits[r] - top);
		if (r != winner)
			others += bits[r];
	}
	if (winner < n_rows)
		others += exp2(-top);
	*total = 1 + others;
	return top + log1p(others) / log(2);
}

static double log_loss_at(struct work *work, const double *weights)
{
	const struct problem *p = work->problem;
	double sum = 0, total;

	for (size_t i = 0, first = 0; i < p->n_samples; first = p->ends[i++])
		sum += loss_of(work, weights, first, p->ends[i] - first,
			       &total);
	return sum / (double)p->n_samples;
}

/* What a sample adds to the sums of the gradient and the lower Hessian. */
static void add_slopes(struct work *work, size_t first, size_t n_rows,
		       double total)
{
	struct point *point = &work->now;
	size_t n = work->problem->n_members;
	const double *rows = work->problem->differences + first * n;

	memset(work->means, 0, n * sizeof(double));
	for (size_t r = 0; r < n_rows; r++) {
		double probability = work->weights_of_rows[r] / total;

		for (size_t m = 0; m < n; m++) {
			double own = probability * rows[r * n + m];

			work->means[m] += own;
			for (size_t k = 0; k <= m; k++)
				point->hessian[m * n + k] +=
					own * rows[r * n + k];
		}
	}
	for (size_t m = 0; m < n; m++) {
		point->gradient[m] -= work->means[m];
		for (size_t k = 0; k <= m; k++)
			point->hessian[m * n + k] -=
				work->means[m] * work->means[k];
	}
}

static void look(struct work *work)
{
	const struct problem *p = work->problem;
	struct point *point = &work->now;
	size_t n = p->n_members;
	double sum = 0, total;

	memset(point->gradient, 0, n * sizeof(double));
	memset(point->hessian, 0, n * n * sizeof(double));
	for (size_t i = 0, first = 0; i < p->n_samples; first = p->ends[i++]) {
		size_t n_rows = p->ends[i] - first;

		sum += loss_of(work, point->weights, first, n_rows, &total);
		add_slopes(work, first, n_rows, total);
	}
	point->log_loss = sum / (double)p->n_samples;
	for (size_t m = 0; m < n; m++)
		point->gradient[m] /= (double)p->n_samples;
	for (size_t i = 0; i < n * n; i++)
		point->hessian[i] *= log(2) / (double)p->n_samples;
}

static double gap_of_one(const struct work *work, size_t m)
{
	double slope = work->now.gradient[m], weight = work->now.weights[m];

	return slope > 0 ? slope * weight :
			   slope * (weight - work->problem->most[m]);
}

/* How much lower the log-loss can be, at most. */
static double gap_of(const struct work *work)
{
	double gap = 0;

	for (size_t m = 0; m < work->problem->n_members; m++)
		gap += gap_of_one(work, m);
	return gap;
}

static double within(const struct work *work, size_t m, double weight)
{
	return fmin(fmax(weight, 0), work->problem->most[m]);
}

/* Those that are not held at a bound, which their slope points beyond. */
static void choose_moving(struct work *work)
{
	const struct point *now = &work->now;
	double distance = 0;

	for (size_t m = 0; m < work->problem->n_members; m++)
		distance += fabs(now->weights[m] -
				 within(work, m, now->weights[m] -
							 now->gradient[m]));
	distance = fmin(distance, NEAR);
	work->n_moving = 0;
	for (size_t m = 0; m < work->problem->n_members; m++) {
		double most = work->problem->most[m];
		int is_held = now->gradient[m] > 0 ?
				      now->weights[m] <= distance :
				      now->weights[m] >= most - distance;

		if (!is_held)
			work->moving[work->n_moving++] = m;
	}
}

/*
 * Newton's step of those that move, by Cholesky's decomposition; a little on
 * the diagonal keeps members that say the same apart.
 */
static void solve(struct work *work)
{
	size_t n = work->n_moving, n_members = work->problem->n_members;
	double *l = work->matrix, ridge = 1e-300;

	for (size_t i = 0; i < n; i++) {
		size_t m = work->moving[i];

		ridge += 1e-12 * work->now.hessian[m * n_members + m];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= i; j++) {
			double sum = work->now.hessian[work->moving[i] *
							       n_members +
						       work->moving[j]];

			for (size_t k = 0; k < j; k++)
				sum -= l[i * n + k] * l[j * n + k];
			if (i == j)
				l[i * n + i] = sqrt(fmax(sum, 0) + ridge);
			else
				l[i * n + j] = sum / l[j * n + j];
		}
	for (size_t i = 0; i < n; i++) {
		double sum = -work->now.gradient[work->moving[i]];

		for (size_t k = 0; k < i; k++)
			sum -= l[i * n + k] * work->step[k];
		work->step[i] = sum / l[i * n + i];
	}
	for (size_t i = n; i-- > 0;) {
		double sum = work->step[i];

		for (size_t k = i + 1; k < n; k++)
			sum -= l[k * n + i] * work->step[k];
		work->step[i] = sum / l[i * n + i];
	}
}

/* So much of the step; those that are held go to their bounds. */
static void go(struct work *work, double share)
{
	const struct point *now = &work->now;
	size_t moved = 0;

	for (size_t m = 0; m < work->problem->n_members; m++) {
		double step = now->gradient[m] > 0 ? -NEAR : NEAR;

		if (moved < work->n_moving && work->moving[moved] == m)
			step = work->step[moved++];
		else if (now->gradient[m] == 0)
			step = 0;
		work->next.weights[m] = within(work, m, now->weights[m] +
							       share * step);
	}
	work->next.log_loss = log_loss_at(work, work->next.weights);
}

/* 0 if no step lowers the log-loss, as far as doubles can tell. */
static int take_step(struct work *work)
{
	choose_moving(work);
	solve(work);
	for (double share = 1; share > 1e-12; share /= 2) {
		double expected = 0;

		go(work, share);
		for (size_t m = 0; m < work->problem->n_members; m++)
			expected += work->now.gradient[m] *
				    (work->now.weights[m] -
				     work->next.weights[m]);
		if (expected > 0 && work->next.log_loss < work->now.log_loss &&
		    work->now.log_loss - work->next.log_loss >=
			    1e-4 * expected) {
			memcpy(work->now.weights, work->next.weights,
			       work->problem->n_members * sizeof(double));
			return 1;
		}
	}
	return 0;
}

static void swap_weights(struct work *work)
{
	double *weights = work->now.weights;

	work->now.weights = work->next.weights;
	work->next.weights = weights;
}

/*
 * Where log-loss is too flat to tell, the gap still does: a step is good if it
 * halves that. Its slopes are left behind.
 */
static int keep(struct work *work, double gap)
{
	double allowed = work->now.log_loss +
			 1e-15 * (1 + work->now.log_loss);

	if (!(work->next.log_loss <= allowed))
		return 0;
	swap_weights(work);
	look(work);
	if (gap_of(work) < gap / 2)
		return 1;
	swap_weights(work);
	look(work);
	return 0;
}

/* The whole step; or, of members that say the same, one goes by itself. */
static int take_last_step(struct work *work, double gap)
{
	const struct point *now = &work->now;
	size_t n = work->problem->n_members, most = 0;

	go(work, 1);
	if (keep(work, gap))
		return 1;
	for (size_t m = 1; m < n; m++)
		if (gap_of_one(work, m) > gap_of_one(work, most))
			most = m;
	memcpy(work->next.weights, now->weights, n * sizeof(double));
	work->next.weights[most] = within(
		work, most, now->weights[most] -
				    now->gradient[most] /
					    (now->hessian[most * n + most] +
					     1e-300));
	work->next.log_loss = log_loss_at(work, work->next.weights);
	return keep(work, gap);
}

static void consider(struct work *work, int is_first)
{
	size_t n = work->problem->n_members;

	work->next.log_loss = log_loss_at(work, work->next.weights);
	if (!is_first && !(work->next.log_loss < work->now.log_loss))
		return;
	memcpy(work->now.weights, work->next.weights, n * sizeof(double));
	work->now.log_loss = work->next.log_loss;
}

/* The best of: all by 1, as given and as counted; and each alone. */
static void choose_start(struct work *work, struct codist_weights *fit)
{
	const struct problem *p = work->problem;
	double *weights = work->next.weights;
	size_t n = p->n_members;

	memcpy(weights, p->scales, n * sizeof(double));
	consider(work, 1);
	fit->log_loss_equal = work->now.log_loss;
	for (size_t m = 0; m < n; m++)
		weights[m] = p->scales[m] > 0 ? 1 / (double)n : 0;
	consider(work, 0);
	for (size_t m = 0; m < n; m++) {
		memset(weights, 0, n * sizeof(double));
		weights[m] = p->scales[m];
		consider(work, 0);
	}
}

static void descend(struct work *work, struct codist_weights *fit)
{
	choose_start(work, fit);
	for (size_t step = 0; step <= STEPS; step++) {
		look(work);
		fit->log_loss = work->now.log_loss;
		fit->gap = gap_of(work);
		if (fit->gap <= GAP || step == STEPS)
			break;
		if (!take_step(work) && !take_last_step(work, fit->gap))
			break;
	}
}

enum codist_status codist_weights_fit(double *weights,
				      struct codist_weights *fit,
				      const double *const *scores,
				      size_t n_members, const unsigned *truth,
				      size_t n_samples, size_t n_classes,
				      struct codist_error *err)
{
	struct problem problem;
	struct work work = { 0 };
	enum codist_status status;

	assert(n_members > 0 && n_classes > 0);
	*fit = (struct codist_weights){ 0 };
	status = init(&problem, scores, n_members, truth, n_samples, n_classes,
		      err);
	if (status == CODIST_OK)
		status = begin(&work, &problem, n_classes, err);
	for (size_t m = 0; m < n_members; m++)
		weights[m] = 1;
	if (status == CODIST_OK && problem.n_samples > 0) {
		fit->n_fitted = problem.n_samples;
		descend(&work, fit);
		for (size_t m = 0; m < n_members; m++)
			weights[m] = problem.scales[m] > 0 ?
				work.now.weights[m] / problem.scales[m] : 0;
	}
	end(&work);
	release(&problem);
	return status;
}
