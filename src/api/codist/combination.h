/*
 * codist/combination.h - several classifiers become one
 *
 * Class scores that are code lengths add up: the sum stands for the product of
 * what each says is probable, and so for what they say together. How much each
 * is to count, and how much a difference of lengths, can be fitted - on other
 * samples than those that the result is to be judged by.
 *
 * Scores are in the unit in which codist_probabilities() takes 1 for the
 * temperature unless said otherwise: a score s stands for 2^-s. All arrays are
 * the caller's, and are only read unless said otherwise. All functions may be
 * called from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_COMBINATION_H
#define CODIST_COMBINATION_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * codist_scores_combine() adds up the class scores of members,
 *
 *     S_c = sum over members m of w_m s_mc
 *
 * which is minus the logarithm, up to what all classes share, of a product of
 * experts (G. E. Hinton, Training products of experts by minimizing contrastive
 * divergence, Neural Computation 14 (2002) 1771-1800, eq. 1), each to the power
 * of its weight: a logarithmic opinion pool (T. Heskes, Selecting weighting
 * factors in logarithmic opinion pools, NIPS 10 (1998) 266-272), but that the
 * weights need not add up to 1.
 *
 *   scores      [n_members] arrays [n_samples][n_classes], row-major; lower is
 *               nearer
 *   weights     [n_members], >= 0; a member of the weight 0 has no say
 *   n_members   > 0
 *   n_classes   > 0
 *   combined    receives [n_samples][n_classes]; none of the scores
 *
 * INFINITY of one member makes it INFINITY, and NaN counts as that; -INFINITY
 * counts where no other has INFINITY. Sums run in the order of the members.
 */
CODIST_API void codist_scores_combine(const double *const *scores,
				      const double *weights, size_t n_members,
				      size_t n_samples, size_t n_classes,
				      double *combined);

/* What weights were found, and how good they are. */
struct codist_weights {
	size_t n_fitted; /* samples that count; none: all weights are 1 */
	/* Bits a sample, >= 0, over those. */
	double log_loss, log_loss_equal; /* with these weights; with 1 for all */
	double gap;      /* the least log-loss that weights can have is at most
	                    that much lower */
};

/*
 * codist_weights_fit() finds the weights, none of them negative, by which the
 * combined scores have the least log-loss
 *
 *     1/n  sum over samples i of  log2(sum over classes c of
 *          2^-(sum over members m of w_m (s_imc - s_imt)))      t: the truth
 *
 * which is -log2 of the probability of the truth. It is convex in the weights
 * (a multinomial logistic regression with one coefficient a member), so there
 * is no second minimum. It is found by projected Newton steps (D. P. Bertsekas,
 * Projected Newton methods for optimization problems with simple constraints,
 * SIAM J. Control Optim. 20 (1982) 221-246), until
 *
 *     gap = max over all weights v allowed of  g . (w - v)       g: the gradient
 *
 * by which the log-loss can be lowered at most, as it is convex (M. Jaggi,
 * Revisiting Frank-Wolfe, ICML 2013, eq. 2), is below 1e-9 bits, or no step
 * lowers it any more.
 *
 *   weights     receives [n_members], each within 0..max(1, 1024 / d), d being
 *               the mean of |s_mc - s_mt| over samples and other classes: a
 *               typical difference then stands for no less than 2^-1024, or a
 *               weight of 1 is allowed. Where the truth is nearest in all
 *               samples there is no least log-loss; weights then grow until it
 *               all but vanishes, a sign of too few samples.
 *   scores, n_members, n_samples, n_classes   as of codist_scores_combine();
 *               no samples are fine
 *   truth       [n_samples], class indices, each < n_classes
 *
 * Samples whose truth is infinitely far by any member are left out, since they
 * have an infinite log-loss; of others, classes that are infinitely far by any
 * member are, whatever its weight. A member that makes no difference gets 0.
 * The log-loss is never above that of equal weights, nor of any member alone
 * with the weight 1. Time grows as n_samples n_classes n_members^2.
 * CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_weights_fit(double *weights, struct codist_weights *fit,
		   const double *const *scores, size_t n_members,
		   const unsigned *truth, size_t n_samples, size_t n_classes,
		   struct codist_error *err);

/* How many temperatures there are to be tried, and which. */
#define CODIST_LADDER 33

/*
 * codist_ladder() is the i-th temperature of the ladder that studies go up, i <
 * CODIST_LADDER: 2^(i / 2 - 4), from 1/16 to 4096; i = 8 is 1.
 */
CODIST_API double codist_ladder(size_t i);

/* The log-loss of scores, as of struct codist_calibration; but a mean over the
 * samples whose truth is not infinitely far, as other classes are not. */
struct codist_log_loss {
	size_t n; /* samples that count */
	double mean; /* bits a sample; 0 where there are none */
};

/*
 * codist_log_loss_of() computes it.
 *
 *   scores, truth, n_samples, n_classes, temperature   as of
 *               codist_calibration_init() in codist/statistics.h
 *   stride      of samples in scores, in doubles, >= n_classes
 */
CODIST_API struct codist_log_loss
codist_log_loss_of(const double *scores, size_t stride, const unsigned *truth,
		   size_t n_samples, size_t n_classes, double temperature);

#ifdef __cplusplus
}
#endif

#endif
