/*
 * logsumexp.c - the mean probability of a sample under the references
 *
 * A length L stands for the probability base^-(L / temperature), and a class for
 * the mean of its references' probabilities; the score is minus its logarithm:
 *
 *     -ln(sum of base^-(L / temperature)) + ln(number of references)
 *
 * A greater temperature trusts a difference of lengths less: towards 0 the
 * smallest length speaks for its class, as by `min`, and towards infinity their
 * mean does, as by `mean`.
 *
 * With prior=samples a class is the more probable beforehand, the more samples
 * its references have: by Bayes' rule its probability is multiplied by its
 * share of all samples, and minus the logarithm of that is added to the score.
 * Without, all classes are equally probable, however many references or
 * samples they have.
 *
 * Powers of two are exact, and so are sums of those that lie within 52 units
 * of the smallest length: with base 2, the temperature 1 and no prior, equal
 * means are equal scores.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/row.h"

struct config {
	double base;
	int unit;
	int prior;
	double temperature; /* NAN: left open, to be fitted by a study */
};

enum { UNIT_BYTE, UNIT_BIT };
enum { PRIOR_NONE, PRIOR_SAMPLES };

/* Add minus the logarithm of each class's share of the samples. */
static void add_prior(const struct codist_row *row, void *scratch,
		      double *class_scores)
{
	struct codist_tally *tallies = codist_tallies_init(scratch, row);
	size_t n_samples = 0;

	for (size_t i = 0; i < row->n_references; i++) {
		tallies[row->class_of[i]].n += row->samples_in[i];
		n_samples += row->samples_in[i];
	}
	for (size_t class = 0; class < row->n_classes; class++)
		if (tallies[class].n > 0)
			class_scores[class] -= log((double)tallies[class].n /
						   (double)n_samples);
}

/*
 * The smallest length m is taken out of the sum first, else everything
 * underflows from 1075 units on: the sum is base^-m times that of
 * base^(m - L), which is at least 1.
 */
static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	const struct config *c = config;
	struct codist_tally *tallies = codist_tallies_init(scratch, row);
	double unit = (c->unit == UNIT_BYTE ? 8 : 1) * c->temperature;

	codist_row_smallest(row, class_scores);
	for (size_t i = 0; i < row->n_references; i++) {
		unsigned class = row->class_of[i];
		double more = codist_row_score(row, i) - class_scores[class];

		/* NaN if the smallest is infinite: that is the result. */
		tallies[class].sum += pow(c->base, -more / unit);
		tallies[class].n++;
	}
	for (size_t class = 0; class < row->n_classes; class++) {
		struct codist_tally tally = tallies[class];

		if (isinf(class_scores[class]))
			continue;
		class_scores[class] =
			class_scores[class] / unit * log(c->base) -
			log(tally.sum / (double)tally.n);
	}
	if (c->prior == PRIOR_SAMPLES)
		add_prior(row, scratch, class_scores);
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	if (c->base > 1)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "aggregator logsumexp: base=1, expected more than 1");
}

static const char *const units[] = { "byte", "bit", NULL };
static const char *const priors[] = { "none", "samples", NULL };
static const char *const left_open[] = { "fit", NULL };

static const struct codist_option options[] = {
	{ .name = "base", .type = CODIST_REAL,
	  .offset = offsetof(struct config, base),
	  .minimum = 1, .maximum = 1e6, .fallback = "2",
	  .help = "a length of n units stands for the probability base^-n; "
		  "more than 1" },
	{ .name = "unit", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, unit),
	  .choices = units, .fallback = "byte",
	  .help = "unit of the lengths; byte is the published one" },
	{ .name = "prior", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, prior),
	  .choices = priors, .fallback = "none",
	  .help = "classes are equally probable beforehand, or as their numbers "
		  "of samples" },
	{ .name = "temperature", .type = CODIST_REAL,
	  .offset = offsetof(struct config, temperature),
	  .minimum = 1e-6, .maximum = 1e6, .choices = left_open, .fallback = "1",
	  .help = "what lengths are divided by; fit: what studies find on "
		  "training samples held back, see the key fit" },
	{ .name = NULL },
};

const struct codist_aggregator codist_aggregator_logsumexp = {
	.plugin = {
		.name = "logsumexp",
		.summary = "minus the logarithm of the mean of base^-length",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.needs_lengths = 1,
	.per_bit = M_LN2,
	.scratch_size = codist_tallies_size,
	.fold = fold,
};
