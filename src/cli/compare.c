/*
 * compare.c - codist compare: one pipeline, several backends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "backend_lists.h"
#include "command.h"
#include "compare.h"
#include "peak.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the hooks of a run share. */
struct hooks {
	struct progress progress;
	double sum, sum_of_least;
};

static int report_progress(void *user, const struct codist_progress *progress)
{
	struct hooks *hooks = user;

	return progress_hook(&hooks->progress, progress);
}

/* Blocks come in order, so that the sums are the same for any memory. */
static enum codist_status take_scores(void *user, size_t first, size_t n,
				      size_t n_references,
				      const double *scores,
				      struct codist_error *err)
{
	struct hooks *hooks = user;

	(void)first;
	(void)err;
	for (size_t i = 0; i < n; i++) {
		const double *row = scores + i * n_references;
		double least = row[0];

		for (size_t r = 0; r < n_references; r++) {
			hooks->sum += row[r];
			least = row[r] < least ? row[r] : least;
		}
		hooks->sum_of_least += least;
	}
	return CODIST_OK;
}

/* Keep the first backend's predictions, and compare the others' with them. */
static void count_against_first(struct comparison *c, struct contender *made,
				const struct codist_predictions *predictions)
{
	size_t n = predictions->n_samples;

	if (made == c->contenders) {
		memcpy(c->first, predictions->predicted,
		       n * sizeof(*c->first));
		made->p = 1;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned truth = c->test.set.labels[i];
		int first = c->first[i] == truth;
		int this = predictions->predicted[i] == truth;

		made->n_first_only += first && !this;
		made->n_this_only += this && !first;
	}
	made->p = codist_mcnemar(made->n_first_only, made->n_this_only);
}

/* The first is no test, so all but it are adjusted. */
static enum codist_status adjust(struct comparison *c,
				 struct codist_error *err)
{
	double *p = calloc(2 * c->n + 1, sizeof(*p));
	enum codist_status status = CODIST_OK;

	if (!p)
		return codist_no_memory(err, "tests");
	for (size_t i = 1; i < c->n; i++)
		p[i] = c->contenders[i].p;
	if (c->n > 1)
		status = codist_holm(p + 1, c->n - 1, p + c->n, err);
	for (size_t i = 1; i < c->n; i++)
		c->contenders[i].p_holm = p[c->n + i - 1];
	free(p);
	return status;
}

/* What is over is told at once; the table comes at the end. */
static void tell(const struct comparison *c, const struct contender *made,
		 const char *name)
{
	char duration[DURATION_SIZE];

	format_duration(duration, made->cost.seconds);
	fprintf(stderr, "codist compare: %zu of %zu, %s: %zu of %zu correct, "
		"%s\n", c->n, c->n_backends, name, made->n_correct, made->n,
		duration);
}

static enum codist_status run_one(struct comparison *c,
				  const struct codist_spec *backend,
				  const char *name, struct codist_error *err)
{
	struct contender *made = &c->contenders[c->n];
	struct hooks hooks = { .sum = 0 };
	struct codist_pipeline pipeline = job_pipeline(&c->config->job,
						       backend);
	struct codist_how how = {
		.n_threads = (unsigned)c->config->job.threads,
		.memory = c->config->job.memory,
		.progress = report_progress, .scores = take_scores,
		.user = &hooks,
	};
	struct codist_predictions predictions = { 0 };
	int is_measured = peak_begin();
	enum codist_status status;

	progress_begin(&hooks.progress, name, "deltas");
	status = codist_pipeline_run(&pipeline, &c->train.set, &c->test.set,
				     &how, &predictions, &made->cost, err);
	progress_end(&hooks.progress);
	CODIST_TRY(status);
	made->backend = backend;
	made->memory = is_measured ? peak_end() : 0;
	made->n = codist_confusion_total(&predictions.confusion);
	made->n_correct = codist_confusion_correct(&predictions.confusion);
	made->ties = predictions.ties;
	made->mean_bits = hooks.sum / (double)made->cost.n_scores;
	made->least_bits = hooks.sum_of_least / (double)made->n;
	count_against_first(c, made, &predictions);
	codist_predictions_release(&predictions);
	c->n++;
	job_say_threads("compare", &made->cost);
	if (c->n_backends > 1)
		tell(c, made, name);
	return CODIST_OK;
}

static enum codist_status run_all(struct comparison *c,
				  struct codist_error *err)
{
	enum codist_status status = CODIST_OK;

	for (size_t i = 0; status == CODIST_OK && i < c->n_backends; i++) {
		char *name = codist_spec_brief(&c->backends[i]);

		status = name ? run_one(c, &c->backends[i], name, err) :
				codist_no_memory(err, "a name");
		free(name);
	}
	return status;
}

static enum codist_status check(const struct comparison *c,
				struct codist_error *err)
{
	const struct job *job = &c->config->job;

	CODIST_TRY(job_check(job, err));
	for (size_t i = 0; i < c->n_backends; i++) {
		struct codist_pipeline pipeline =
			job_pipeline(job, &c->backends[i]);

		CODIST_TRY(codist_pipeline_check(&pipeline, err));
	}
	return CODIST_OK;
}

/* What is done before a failure or an interrupt is printed all the same. */
static enum codist_status compare(struct comparison *c,
				  struct codist_error *err)
{
	struct repeats repeats = { 0 };
	enum codist_status status, printed;

	CODIST_TRY(backends_init(&c->backends, &c->n_backends,
				 &c->config->backends, err));
	CODIST_TRY(check(c, err));
	CODIST_TRY(job_load(&c->config->job, "compare", &c->train,
			    &c->test, &repeats, err));
	c->contenders = calloc(c->n_backends, sizeof(*c->contenders));
	c->first = calloc(c->test.set.n_samples + 1, sizeof(*c->first));
	if (!c->contenders || !c->first)
		return codist_no_memory(err, "a comparison");
	status = run_all(c, err);
	if (c->n == 0)
		return status;
	printed = adjust(c, status == CODIST_OK ? err : NULL);
	if (printed == CODIST_OK)
		printed = comparison_print(c, status == CODIST_OK ? err :
								    NULL);
	return status == CODIST_OK ? printed : status;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct comparison c = { .config = config };
	enum codist_status status;

	if (n_operands > 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "'%s': expected options only", operands[0]);
	status = compare(&c, err);
	codist_specs_release(c.backends, c.n_backends);
	source_release(&c.train);
	source_release(&c.test);
	free(c.contenders);
	free(c.first);
	return status;
}

static const struct command_option options[] = {
	OPTION_ROW_BACKENDS(struct compare_config),
	JOB_ROWS_DATA(struct compare_config),
	JOB_ROWS_REST(struct compare_config),
	OPTION_ROW_FORMAT(struct compare_config),
	{ .name = NULL },
};

const struct command command_compare = {
	.name = "compare",
	.summary = "classify a test set by several compressors, side by side",
	.operands = "",
	.description =
		"Classify the same test set by the same training set with one "
		"backend after the other, all else being equal, and print a "
		"table: the samples that were correct, the accuracy with its "
		"95 % interval (Wilson), the share of samples for which the "
		"first place was tied, bits (the mean of all scores), the time "
		"of one thread for one score, and the peak memory of the "
		"process.\n"
		"p is McNemar's exact test against the first backend, on the "
		"samples that only one of the two got right; next to it, p is "
		"adjusted for all comparisons in the table (Holm).\n"
		"An interrupt ends the run; the backends that are done are "
		"printed.",
	.examples =
		"codist compare --data synthetic --limit 200 --reference "
		"chunk:size=64 \\\n"
		"    --aggregate logsumexp --backends 'deflate:level=1|6|9,null'\n"
		"codist compare --data mnist --transform binarize --limit 500 "
		"\\\n"
		"    --backends deflate,bzip2,zstd:level=3|19,lzma --format csv",
	.options = options,
	.config_size = sizeof(struct compare_config),
	.run = run,
};
