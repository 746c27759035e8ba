/*
 * codist/statistics.h - do classifiers differ, and what are their scores worth?
 *
 * Classifiers that were tried on the same samples, or methods on the same data
 * sets, are compared here, and class scores read as code lengths are turned
 * into probabilities and held against the truth. Wilson's interval, McNemar's
 * test and Holm's correction are in codist/evaluate.h.
 *
 * All arrays are the caller's, and are only read unless said otherwise. All
 * functions may be called from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STATISTICS_H
#define CODIST_STATISTICS_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The accuracy of one classifier less that of another, within -1..1. */
struct codist_difference {
	double difference;
	double low, high; /* the interval */
};

/* The samples on which one of two classifiers is right, and not the other. */
struct codist_discordant {
	size_t n_samples; /* all */
	size_t n_first_only, n_second_only;
};

/*
 * codist_discordant_count() counts them; arrays [n], of 1 where a classifier is
 * right, else 0.
 */
CODIST_API struct codist_discordant
codist_discordant_count(const unsigned char *first,
			const unsigned char *second, size_t n);

/*
 * codist_difference_bootstrap() finds an interval of the difference of two
 * accuracies on the same samples, by the percentiles of paired resamples
 * (B. Efron, Bootstrap methods: another look at the jackknife, Ann. Statist. 7
 * (1979) 1-26; B. Efron and R. J. Tibshirani, An introduction to the bootstrap,
 * 1993, chapter 13).
 *
 *   first, second   [n], 1 where that classifier is right, else 0
 *   n               samples, at most UINT32_MAX; 0 gives 0, and -1..1
 *   n_resamples     > 0, such as 10000: each draws n samples, with replacement,
 *                   both classifiers with one another
 *   confidence      within 0..1, exclusive, such as 0.95
 *   seed            any: it alone decides what is drawn, on every machine
 *
 * Of the sorted differences floor(n_resamples (1 - confidence) / 2) are left
 * out at each end; low and high are the ends of what stays, and all of the
 * interval are numbers that n samples can have. Memory grows as n_resamples;
 * time, too, beside as the root of n times the spread of what differs, and is
 * some milliseconds for 10000 resamples of 100000 samples. CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_difference_bootstrap(struct codist_difference *difference,
			    const unsigned char *first,
			    const unsigned char *second, size_t n,
			    size_t n_resamples, double confidence,
			    uint64_t seed, struct codist_error *err);

/* codist_difference_resample() is the same, of what was counted. */
CODIST_API CODIST_MUST_USE enum codist_status
codist_difference_resample(struct codist_difference *difference,
			   const struct codist_discordant *of,
			   size_t n_resamples, double confidence,
			   uint64_t seed, struct codist_error *err);

/* What a test says. */
struct codist_test {
	double statistic;
	size_t freedom[2]; /* degrees of freedom; of an F of both, else the
	                      second is 0 */
	double p;          /* of a statistic as great or greater if there is no
	                      difference, within 0..1 */
};

/*
 * codist_cochran() is Cochran's Q, of the hypothesis that classifiers are
 * equally often right on the same samples (W. G. Cochran, The comparison of
 * percentages in matched samples, Biometrika 37 (1950) 256-266):
 *
 *     Q = k (k - 1) sum over j of (G_j - G)^2 / (k sum of L_i - sum of L_i^2)
 *
 * for k classifiers, of which L_i are right on sample i; classifier j is right
 * G_j times, G on average. It is compared with chi-square of k - 1 degrees of
 * freedom, which holds for many samples on which they differ; of two
 * classifiers it is McNemar's test, without a correction, and codist_mcnemar()
 * is exact.
 *
 *   correct         [n_classifiers] arrays [n_samples], 1 where right, else 0
 *   n_classifiers   > 0
 *   n_samples       0 is fine
 *
 * Where on every sample all are right or all are wrong Q is 0, and p is 1.
 */
CODIST_API struct codist_test
codist_cochran(const unsigned char *const *correct, size_t n_classifiers,
	       size_t n_samples);

/* Methods by their ranks on the same data sets, or folds of one. */
struct codist_friedman {
	size_t n_sets, n_methods;
	double *ranks;  /* [n_methods], averages within 1..n_methods; 1 is best */
	size_t *order;  /* [n_methods], indices of methods, the best first, equal
	                   ones as they come */
	struct codist_test chi_square;
	struct codist_test f;
};

/*
 * codist_friedman_init() ranks k methods on each of N data sets, and tests the
 * hypothesis that they are equally good; to be released with
 * codist_friedman_release(). Equal ones share the mean of their ranks.
 *
 * chi_square: M. Friedman, The use of ranks to avoid the assumption of
 * normality implicit in the analysis of variance, J. Am. Stat. Assoc. 32 (1937)
 * 675-701, with the correction for ties, t being the size of a group of equals,
 *
 *     12 N / (k (k + 1)) sum over j of (R_j - (k + 1) / 2)^2
 *     ------------------------------------------------------
 *              1 - sum of (t^3 - t) / (N k (k^2 - 1))
 *
 * with k - 1 degrees of freedom, R_j being the average ranks; 0, and p is 1,
 * where all are equal. It holds for N > 10 and k > 5 or so.
 *
 * f: R. L. Iman and J. M. Davenport, Approximations of the critical region of
 * the Friedman statistic, Commun. Statist. A 9 (1980) 571-595, which is less
 * conservative,
 *
 *     (N - 1) chi_square / (N (k - 1) - chi_square)
 *
 * with k - 1 and (k - 1)(N - 1) degrees of freedom; INFINITY, and p is 0, where
 * all sets have the same ranks. For less than two sets it is 0, and p is 1.
 * Both, and the test below, as in J. Demsar, Statistical comparisons of
 * classifiers over multiple data sets, J. Mach. Learn. Res. 7 (2006) 1-30,
 * section 3.2.2.
 *
 *   values      [n_sets][n_methods], row-major; greater is better, as an
 *               accuracy: negate errors. Infinities have ranks, too.
 *   n_sets      0 is fine: no difference is seen
 *   n_methods   > 0
 *
 * CODIST_EFORMAT if a value is NaN; CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_friedman_init(struct codist_friedman *friedman, const double *values,
		     size_t n_sets, size_t n_methods, struct codist_error *err);

/* codist_friedman_release() frees what it holds. Harmless on {0}. */
CODIST_API void codist_friedman_release(struct codist_friedman *friedman);

/* Places in the order of codist_friedman, first..last, both included. */
struct codist_places {
	size_t first, last; /* first < last */
};

/* Which methods differ: the content of a critical-difference diagram. */
struct codist_nemenyi {
	double critical_difference; /* of average ranks */
	size_t n_groups;
	struct codist_places *groups; /* [n_groups], by their first */
};

/*
 * codist_nemenyi_init() compares all pairs of methods (P. B. Nemenyi,
 * Distribution-free multiple comparisons, 1963; Demsar 2006, section 3.2.2):
 * they differ if their average ranks do by at least
 *
 *     q / sqrt(2) sqrt(k (k + 1) / (6 N))
 *
 * where q is codist_studentized_range_above(significance, k). The groups are
 * those, as large as can be, of two or more methods of which no two differ; a
 * method may belong to several. To be released with codist_nemenyi_release().
 *
 *   significance   within 0..1, exclusive, such as 0.05: the probability that
 *                  any difference is seen where there is none
 *
 * Without a data set the critical difference is INFINITY. CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_nemenyi_init(struct codist_nemenyi *nemenyi,
		    const struct codist_friedman *friedman,
		    double significance, struct codist_error *err);

/* codist_nemenyi_release() frees what it holds. Harmless on {0}. */
CODIST_API void codist_nemenyi_release(struct codist_nemenyi *nemenyi);

/*
 * codist_studentized_range_above() is the q that the range of k independent
 * standard normal variables is above with that probability: the studentized
 * range for infinitely many degrees of freedom, by the integral of H. O.
 * Hartley, The range in random samples, Biometrika 32 (1942) 334-348.
 *
 *   probability   within 0..1, exclusive; from 1e-6 on nine digits of q or
 *                 more are right, and below fewer
 *   k             > 0; of one the range is 0
 */
CODIST_API double codist_studentized_range_above(double probability, size_t k);

/*
 * codist_probabilities() takes class scores for code lengths: the one of class
 * c, s_c, stands for the probability
 *
 *     p_c = 2^(-s_c / T) / sum over all classes d of 2^(-s_d / T)
 *
 *   scores          [n_classes], lower is nearer
 *   n_classes       > 0
 *   temperature     T, >= 0, in the unit of the scores per bit. Scores in bits
 *                   are taken literally with 1, in bytes with 1/8, and those of
 *                   the aggregator logsumexp, natural logarithms, with ln 2.
 *                   Greater ones make for less confidence, until at INFINITY
 *                   classes that are not infinitely far are equally probable;
 *                   at 0 the smallest score takes all, and equals share.
 *   probabilities   receives [n_classes], within 0..1; not scores itself
 *
 * A class with INFINITY has the probability 0; where all have it they are
 * equally probable. NaN counts as INFINITY. Classes with -INFINITY share all.
 */
CODIST_API void codist_probabilities(const double *scores, size_t n_classes,
				     double temperature, double *probabilities);

/*
 * codist_temperature() is the temperature at which the scores of samples have
 * the least log-loss (C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, On
 * calibration of modern neural networks, ICML 2017, section 4.2). Fit it on
 * other samples than those it is to be used on.
 *
 *   scores      [n_samples][n_classes], row-major, as of codist_probabilities()
 *   truth       [n_samples], class indices, each < n_classes
 *   n_samples   0 is fine
 *   n_classes   > 0
 *
 * As a function of 1 / T log-loss is convex, so there is no second minimum. It
 * may lie at an end: 0 where the truth has the smallest score in each sample,
 * which is a sign of too few samples; and INFINITY where the truth's scores
 * are, on average, no smaller than the means of their samples. Where it makes
 * no difference it is 1. Samples whose truth is infinitely far, as other
 * classes are not, have infinite log-loss at any temperature, and are left out.
 */
CODIST_API double codist_temperature(const double *scores,
				     const unsigned *truth, size_t n_samples,
				     size_t n_classes);

/* A bin of the reliability curve. All are 0 where it is empty. */
struct codist_reliability {
	size_t n_samples;
	double confidence; /* the mean probability of the predicted class */
	double accuracy;   /* the share of samples predicted correctly */
};

/*
 * How probabilities agree with the truth. The predicted class is the one of the
 * smallest score, of equals the first, and its probability the confidence.
 * Where there are no samples all numbers are 0.
 */
struct codist_calibration {
	size_t n_samples;
	size_t n_impossible; /* samples whose truth has the probability 0, on
	                        account of a score or of the temperature 0 */
	double accuracy;
	double confidence;   /* mean */
	/*
	 * The mean of -log2 of the probability of the truth, in bits a sample,
	 * >= 0; times ln 2, in nats. INFINITY if any sample is impossible.
	 * Probabilities too small for a double count as what they are.
	 */
	double log_loss;
	/* The mean over samples of the sum over classes of (p_c - y_c)^2, within
	 * 0..2; y_c is 1 for the truth, else 0. G. W. Brier, Verification of
	 * forecasts expressed in terms of probability, Mon. Weather Rev. 78
	 * (1950) 1-3. */
	double brier;
	/* The expected calibration error, within 0..1: the mean over samples of
	 * |accuracy - confidence| of their bins. Guo et al. 2017, eq. 3. */
	double ece;
	size_t n_bins;
	struct codist_reliability *bins; /* [n_bins]; bin b has the confidences
	                                    above b / n_bins, and up to
	                                    (b + 1) / n_bins */
};

/*
 * codist_calibration_init() computes all of that, to be released with
 * codist_calibration_release().
 *
 *   scores, truth, n_samples, n_classes   as of codist_temperature()
 *   temperature                           as of codist_probabilities()
 *   n_bins                                > 0, such as 15, of equal width
 *
 * CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_calibration_init(struct codist_calibration *calibration,
			const double *scores, const unsigned *truth,
			size_t n_samples, size_t n_classes, double temperature,
			size_t n_bins, struct codist_error *err);

/* codist_calibration_release() frees what it holds. Harmless on {0}. */
CODIST_API void
codist_calibration_release(struct codist_calibration *calibration);

#ifdef __cplusplus
}
#endif

#endif
