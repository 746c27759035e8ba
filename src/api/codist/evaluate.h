/*
 * codist/evaluate.h - confusion matrices, the classification report, intervals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_H
#define CODIST_EVALUATE_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Counts of test samples by true and predicted class. */
struct codist_confusion {
	size_t n_classes;
	size_t *counts; /* [n_classes][n_classes], rows are true classes */
};

/*
 * codist_confusion_init() allocates n_classes > 0 rows of zeros, to be
 * released with codist_confusion_release().
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_confusion_init(struct codist_confusion *confusion, size_t n_classes,
		      struct codist_error *err);
CODIST_API void codist_confusion_release(struct codist_confusion *confusion);

/*
 * codist_confusion_count() adds one test sample.
 *
 *   truth, predicted   class indices, each < n_classes
 *
 * Not thread-safe.
 */
CODIST_API void codist_confusion_count(struct codist_confusion *confusion,
				       unsigned truth, unsigned predicted);

/* codist_confusion_total() is the number of samples counted. */
CODIST_API size_t
codist_confusion_total(const struct codist_confusion *confusion);

/* codist_confusion_correct() is the sum of the diagonal. */
CODIST_API size_t
codist_confusion_correct(const struct codist_confusion *confusion);

/*
 * codist_confusion_differing() is the number of cells that differ from
 * expected[n_classes][n_classes].
 */
CODIST_API size_t
codist_confusion_differing(const struct codist_confusion *confusion,
			   const size_t *expected);

/* One line of the classification report. Rates are within 0..1. */
struct codist_report_line {
	double precision; /* correct / predicted as it; 0 if none was */
	double recall;    /* correct / truly it: the class's accuracy; 0 if
	                     there are none */
	double f1;        /* harmonic mean of the two; 0 if both are */
	size_t support;   /* test samples truly of the class */
	size_t predicted; /* test samples predicted as it */
};

/*
 * The classification report, with the meaning (and, in text, the layout) of
 * scikit-learn's classification_report with zero_division=0: classes that
 * stand neither among the true nor among the predicted labels are left out of
 * the text and the macro average. F1 is 2 correct / (support + predicted),
 * rounded once, as in recent versions of scikit-learn; older ones, such as 1.2,
 * may have another last bit.
 */
struct codist_report {
	size_t n_classes;
	struct codist_report_line *classes; /* [n_classes] */
	double accuracy;
	struct codist_report_line macro;    /* means over classes, of counts
	                                       the sum */
	struct codist_report_line weighted; /* likewise, weighted by support */
};

/*
 * codist_report_init() computes the report, to be released with
 * codist_report_release().
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_report_init(struct codist_report *report,
		   const struct codist_confusion *confusion,
		   struct codist_error *err);
CODIST_API void codist_report_release(struct codist_report *report);

/*
 * codist_report_text() lays the report out as scikit-learn does.
 *
 *   class_names   [n_classes], UTF-8
 *   digits        decimals of the rates, 0..15
 *
 * Returns a string for free(), or NULL when out of memory.
 */
CODIST_API char *codist_report_text(const struct codist_report *report,
				    const char *const *class_names,
				    unsigned digits);

/* An interval of a proportion, within 0..1. */
struct codist_interval {
	double low, high;
};

/*
 * codist_wilson() is the score interval of a proportion (Wilson 1927; Brown,
 * Cai and DasGupta 2001, eq. 4).
 *
 *   n_correct, n    n_correct <= n; n = 0 gives 0..1
 *   confidence      within 0..1, exclusive, such as 0.95
 */
CODIST_API struct codist_interval codist_wilson(size_t n_correct, size_t n,
						double confidence);

/*
 * codist_mcnemar() is the p-value, two-sided and exact, of the hypothesis that
 * two classifiers are equally often right (McNemar 1947, with the binomial
 * tail), within 0..1.
 *
 *   n_first_only    samples that only the first classified correctly
 *   n_second_only   and only the second; their sum is at most UINT_MAX
 */
CODIST_API double codist_mcnemar(size_t n_first_only, size_t n_second_only);

/*
 * codist_holm() adjusts the p-values of n tests (Holm 1979): of all that come
 * out at most a, the probability of one false rejection or more is at most a.
 *
 *   p          [n], each within 0..1
 *   adjusted   receives [n], within 0..1
 *
 * CODIST_ENOMEM.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_holm(const double *p, size_t n, double *adjusted,
	    struct codist_error *err);

/*
 * How much ties decide: which classes some way to break ties would predict is
 * counted over samples with codist_ties_count(). Start with {0}.
 */
struct codist_ties {
	size_t n_samples;
	size_t n_tied;       /* more than one class could have won */
	size_t correct_low;  /* correct if every tie went wrong */
	size_t correct_high; /* correct if every tie went right */
};

/*
 * codist_ties_count() adds one test sample.
 *
 *   may_win   [n_classes], 1 for the classes that could be predicted; at
 *             least one is 1
 *   truth     < n_classes
 */
CODIST_API void codist_ties_count(struct codist_ties *ties,
				  const unsigned char *may_win,
				  size_t n_classes, unsigned truth);

/* codist_gsl_version() is the version of GSL at run time. */
CODIST_API const char *codist_gsl_version(void);

#ifdef __cplusplus
}
#endif

#endif
