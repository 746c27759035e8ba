/*
 * codist/measure.h - one score for a sample and a reference
 *
 * Scores are always "lower is nearer". A measure is one of three kinds:
 *
 *   by formula     from the lengths of both items alone and joined; the core
 *                  computes each length once, the cheapest exact way
 *   by prefix      reference() readies a coder, score() asks it: conditional
 *   by itself      score() looks at both items, or at sketches of them
 *
 * C(x) is the length of x compressed, C(xy) that of x and y joined, and C(x|y)
 * is C(yx) - C(y). x is the sample, or row, and y the reference, or column.
 *
 *   conditional    C(yx) - C(y): bits that x adds to y
 *   ncd            (C(xy) - min(C(x), C(y))) / max(C(x), C(y))
 *                  R. Cilibrasi, P. Vitanyi, Clustering by compression, IEEE
 *                  Trans. Information Theory 51 (2005)
 *   nccd           max(C(x|y), C(y|x)) / max(C(x), C(y))
 *                  M. Li, X. Chen, X. Li, B. Ma, P. Vitanyi, The similarity
 *                  metric, IEEE Trans. Information Theory 50 (2004)
 *   cdm            C(xy) / (C(x) + C(y))
 *                  E. Keogh, S. Lonardi, C. A. Ratanamahatana, Towards
 *                  parameter-free data mining, KDD 2004
 *   clm            1 - (C(x) + C(y) - C(xy)) / C(xy)
 *   cosine         1 - (C(x) + C(y) - C(xy)) / sqrt(C(x) C(y))
 *                  D. Sculley, C. E. Brodley, Compression and machine learning:
 *                  a new perspective on feature space vectors, DCC 2006
 *   benedetto      (C(x|y) - C(x|x)) / |x|, and by symmetric=yes
 *                  (C(x|y) - C(x|x)) / C(x|x) + (C(y|x) - C(y|y)) / C(y|y)
 *                  D. Benedetto, E. Caglioti, V. Loreto, Language trees and
 *                  zipping, Phys. Rev. Letters 88 (2002)
 *   fcd            (|D(x)| - |D(x) and D(y)|) / |D(x)|, D: LZW's phrases of two
 *                  bytes or more
 *                  D. Cerra, M. Datcu, A fast compression-based similarity
 *                  measure with applications to content-based image retrieval,
 *                  J. Visual Communication and Image Representation 23 (2012)
 *   lzjd           1 - |D(x) and D(y)| / |D(x) or D(y)|, D: LZ78's phrases
 *                  E. Raff, C. Nicholas, An alternative to NCD for large
 *                  sequences, Lempel-Ziv Jaccard distance, KDD 2017
 *   length         |C(x) - C(y)|
 *   pixels         |n(x) - n(y)|, n: the count of pixels
 *   euclidean      sqrt(sum of (x[i] - y[i])^2), bytes that one lacks being 0
 *   hamming        how many x[i] differ from y[i], or are lacking in one
 *                  R. W. Hamming, Error detecting and error correcting codes,
 *                  Bell System Technical J. 29 (1950), there by bits
 *   bag-of-words   1 - |W(x) and W(y)| / |W(x) or W(y)|, W: the words
 *                  J. Opitz, Gzip versus bag-of-words for text classification,
 *                  2023
 *
 * The NCD of more than two items is codist_multiset_measure() of
 * codist/multiset.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MEASURE_H
#define CODIST_MEASURE_H

#include <codist/backend.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One side of a pair, and what was computed of it alone. All borrowed. */
struct codist_item {
	struct codist_bytes bytes;
	double value;         /* by value(); 0 without it */
	const void *prepared; /* by codist_coder_prepare(), see backend.h; or
	                         NULL */
	const void *sketch;   /* by sketch(); NULL without it */
};

/*
 * The lengths of a pair: of x, the sample, and y, the reference (in a matrix
 * the row and the column), each that of a complete stream, after the options
 * unit and empty were heeded. `s` is the separator. What a measure did not ask
 * for is NAN.
 */
struct codist_lengths {
	double x, y;     /* C(x), C(y) */
	double joint;    /* C(xsy), C(ysx), the smaller one or their mean, by
	                    the option order */
	double xy, yx;   /* C(xsy), C(ysx) */
	double xx, yy;   /* C(xsx), C(ysy) */
	size_t x_nbytes, y_nbytes;
};

/* What a measure by formula wants beyond C(x) and C(y). Flags. */
enum {
	CODIST_WANTS_JOINT = 1, /* joint */
	CODIST_WANTS_BOTH = 2,  /* xy and yx */
	CODIST_WANTS_TWICE = 4, /* xx and yy */
};

/* Values of the options order, unit and empty. */
enum { CODIST_ORDER_XY, CODIST_ORDER_YX, CODIST_ORDER_MIN, CODIST_ORDER_MEAN };
enum { CODIST_UNIT_BIT, CODIST_UNIT_BYTE };
enum { CODIST_EMPTY_KEEP, CODIST_EMPTY_SUBTRACT };

/* The first member of the config of each measure by formula. */
struct codist_lengths_options {
	char *separator; /* for codist_separator(), see plugin.h */
	int unit;        /* byte: lengths in bytes, parts of one rounded up */
	int empty;       /* subtract: C() is taken from every length */
	int order;       /* of joint; only read where that is wanted */
};

/*
 * The rows of these options in the option table of a measure whose config,
 * struct `config`, has them in its first member, `member`.
 */
#define CODIST_LENGTHS_OPTIONS(config, member)                              \
	{ .name = "separator", .type = CODIST_TEXT,                         \
	  .offset = offsetof(config, member.separator), .fallback = "",     \
	  .help = "between the two where they are joined: "                 \
		  CODIST_SEPARATOR_HELP },                                  \
	{ .name = "unit", .type = CODIST_CHOICE,                            \
	  .offset = offsetof(config, member.unit),                          \
	  .choices = codist_lengths_units, .fallback = "bit",               \
	  .help = "count lengths in bits, or in bytes with parts of one "   \
		  "rounded up" },                                           \
	{ .name = "empty", .type = CODIST_CHOICE,                           \
	  .offset = offsetof(config, member.empty),                         \
	  .choices = codist_lengths_empties, .fallback = "keep",            \
	  .help = "subtract the length of nothing, headers and the like, "  \
		  "from every length" }
#define CODIST_LENGTHS_ORDER(config, member)                                \
	{ .name = "order", .type = CODIST_CHOICE,                           \
	  .offset = offsetof(config, member.order),                         \
	  .choices = codist_lengths_orders, .fallback = "xy",               \
	  .help = "join the sample, or row, and then the reference, or "    \
		  "column; the other way round; or take the smaller length " \
		  "or the mean of both" }

extern CODIST_API const char *const codist_lengths_orders[];
extern CODIST_API const char *const codist_lengths_units[];
extern CODIST_API const char *const codist_lengths_empties[];

/* The whole table for a measure that wants these options and no others. */
extern CODIST_API const struct codist_option codist_lengths_options[];

/*
 * codist_lengths_check() is the check() of these options, to be called by a
 * measure's own if it has one: CODIST_EUSAGE if the separator does not parse.
 */
CODIST_API enum codist_status codist_lengths_check(const void *config,
						   struct codist_error *err);

/*
 * codist_quotient() is a / b where b > 0, and defined for what compressors of
 * nothing give: 0 where a <= 0 and b <= 0, else INFINITY. Formulas divide by it.
 */
CODIST_API double codist_quotient(double a, double b);

/* What the author of a measure writes. */
struct codist_measure {
	struct codist_plugin plugin;

	int needs_backend;   /* 1: `coder` is never NULL; 0: always NULL */
	int counts_lengths;  /* 1: scores are differences of lengths, in bits */
	/*
	 * Optional: 1 if d(x, y) and d(y, x) are different quantities, so that
	 * no one stands for both in a matrix. NULL: they are not.
	 */
	int (*is_directed)(const void *config);

	/*
	 * By formula: flags of what is wanted, and the score. Then config
	 * begins with struct codist_lengths_options, needs_backend is 1, and
	 * what follows here is absent.
	 */
	unsigned wants;
	double (*formula)(const void *config,
			  const struct codist_lengths *lengths);

	/*
	 * Optional: a number that belongs to one item and that score() wants,
	 * computed once per item, such as a count of pixels.
	 */
	enum codist_status (*value)(const void *config,
				    struct codist_coder *coder,
				    struct codist_bytes item, double *value,
				    struct codist_error *err);
	/*
	 * 1: values of joined items add up, so that a class has a mean value;
	 * aggregators such as nearest-mean read them.
	 */
	int values_add;

	/*
	 * Optional, both or neither: what score() reads of an item in place of
	 * its bytes, such as its set of words. sketch_size() is an upper bound,
	 * more than 0; sketch() fills it, aligned as by malloc(), and sets
	 * *nbytes, at most that, to what is to be kept. Threads read it. What
	 * sketch() does not touch of its memory costs nothing on most systems.
	 */
	size_t (*sketch_size)(const void *config, struct codist_bytes item);
	enum codist_status (*sketch)(const void *config,
				     struct codist_bytes item, void *sketch,
				     size_t *nbytes, struct codist_error *err);

	/*
	 * Optional: ready `coder` for one reference, and keep in *base what
	 * score() is to be handed as its base.
	 */
	enum codist_status (*reference)(const void *config,
					struct codist_coder *coder,
					struct codist_bytes reference,
					double *base,
					struct codist_error *err);

	/*
	 * The score of one query against the reference made ready last.
	 * References are outside, queries inside: reference() once, then
	 * score() for every query of the block.
	 *
	 *   base        what reference() kept; 0 without it
	 *   reference   its value is divided by the number of samples that it
	 *               joins where values_add is 1, so that it compares to a
	 *               query's; it is never prepared
	 */
	enum codist_status (*score)(const void *config,
				    struct codist_coder *coder, double base,
				    const struct codist_item *reference,
				    const struct codist_item *query,
				    double *score, struct codist_error *err);
	/*
	 * 1: score() asks the coder for the length of the query behind a
	 * prefix, so that preparing queries once is worth it.
	 */
	int follows_prefix;
};

#ifdef __cplusplus
}
#endif

#endif
