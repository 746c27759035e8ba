/*
 * compare.c - codist compare: one pipeline, several backends
 *
 * A study whose runs differ in the backend; all that is printed is read from
 * its store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "backend_lists.h"
#include "command.h"
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* " + " between them, as a study has it; for free(), or NULL. */
static char *chain_text(const struct specs *specs)
{
	char *text = NULL;
	size_t n;
	FILE *chain = open_memstream(&text, &n);
	int failed = !chain;

	for (size_t i = 0; chain && i < specs->n; i++) {
		char *link = codist_spec_text(&specs->items[i]);

		fprintf(chain, "%s%s", i ? " + " : "", link ? link : "");
		failed |= !link;
		free(link);
	}
	if (chain && fclose(chain) != 0)
		failed = 1;
	if (!failed)
		return text;
	free(text);
	return NULL;
}

/* 0: out of memory. */
static int write_text(FILE *study, const char *key, char *text)
{
	if (text)
		front_write(study, key, text);
	free(text);
	return text != NULL;
}

/* A set without parts is named for both. */
static void write_data(FILE *study, const struct comparison *c)
{
	const struct job *job = &c->config->job;

	if (c->has_both) {
		front_write(study, "data", job->data);
	} else {
		front_write(study, "train", job->data ? job->data : job->train);
		front_write(study, "test", job->data ? job->data : job->test);
	}
	if (job->limit)
		fprintf(study, "test.limit: %zu\n", job->limit);
	if (job->drops_duplicates)
		fputs("drop-duplicates: yes\n", study);
	if (job->allows_unseen)
		fputs("allow-unseen: yes\n", study);
}

static int write_study(FILE *study, const struct comparison *c)
{
	const struct job *job = &c->config->job;
	int good = 1;

	fputs("title: Backends compared\n", study);
	write_data(study, c);
	if (job->transforms.n > 0)
		good &= write_text(study, "transform",
				   chain_text(&job->transforms));
	good &= write_text(study, "reference",
			   codist_spec_text(&job->reference));
	good &= write_text(study, "measure", codist_spec_text(&job->measure));
	good &= write_text(study, "aggregate",
			   codist_spec_text(&job->aggregate));
	fputs("backend:\n", study);
	for (size_t i = 0; i < c->n_backends; i++)
		good &= write_text(study, NULL,
				   codist_spec_text(&c->backends[i]));
	return good;
}

static enum codist_status make_study(struct comparison *c,
				     struct codist_error *err)
{
	char *text = NULL;
	size_t n;
	FILE *study = open_memstream(&text, &n);
	int good = study && write_study(study, c);
	enum codist_status status;

	if (study && fclose(study) != 0)
		good = 0;
	status = good ? front_open(&c->front, text, err) :
			codist_no_memory(err, "a study");
	free(text);
	return status;
}

static enum codist_status find_data(struct comparison *c,
				    struct codist_error *err)
{
	const struct job *job = &c->config->job;
	struct source train = { 0 }, test = { 0 };

	CODIST_TRY(source_find(&c->train, job->data ? job->data : job->train,
			       "train", err));
	CODIST_TRY(source_find(&c->test, job->data ? job->data : job->test,
			       "test", err));
	if (job->data) {
		CODIST_TRY(source_find_both(&train, &test, job->data, err));
		c->has_both = train.loader.plugin && test.loader.plugin;
	}
	source_release(&train);
	source_release(&test);
	return CODIST_OK;
}

/* What is over is told at once; the table comes at the end. */
static enum codist_status done(void *user,
			       const struct codist_study_run *const *runs,
			       size_t n, struct codist_error *err)
{
	struct comparison *c = user;
	struct codist_results results;
	enum codist_status status = codist_results_read(&results,
							c->front.store, err);
	char duration[DURATION_SIZE];

	c->n_told += n;
	for (size_t i = 0; status == CODIST_OK && i < results.n; i++) {
		const struct codist_result *result = &results.items[i];

		if (strcmp(result->name, runs[0]->name) != 0 ||
		    c->front.study.n_runs == 1)
			continue;
		format_duration(duration, result->seconds);
		fprintf(stderr, "codist compare: %zu of %zu, %s: %zu of %zu "
			"correct, %s\n", c->n_told, c->front.study.n_runs,
			result->backend, result->n_correct, result->n_samples,
			duration);
	}
	codist_results_release(&results);
	return status;
}

/*
 * The contenders that are done, each against the first of them. The store may
 * have further runs, of earlier comparisons, so p is adjusted here.
 */
static enum codist_status compare_all(struct comparison *c,
				      const struct codist_pair *pairs,
				      size_t n_pairs, struct codist_error *err)
{
	const struct codist_study *study = &c->front.study;
	double *p = calloc(2 * study->n_runs + 1, sizeof(*p));
	enum codist_status status = CODIST_OK;

	c->contenders = calloc(study->n_runs, sizeof(*c->contenders));
	if (!p || !c->contenders) {
		free(p);
		return codist_no_memory(err, "tests");
	}
	for (size_t i = 0; i < study->n_runs; i++) {
		size_t run = codist_comparison_find(&c->compared,
						    study->runs[i].name);
		struct contender *made = &c->contenders[c->n];

		if (run == c->compared.n_runs)
			continue;
		made->backend = &study->runs[i].backend;
		made->result = c->compared.runs[run].result;
		made->p = 1;
		for (size_t k = 0; k < n_pairs; k++)
			if (pairs[k].second == run) {
				made->n_first_only = pairs[k].n_first_only;
				made->n_this_only = pairs[k].n_second_only;
				made->p = pairs[k].p;
			}
		p[c->n++] = made->p;
	}
	/* The first is no test. */
	if (c->n > 1)
		status = codist_holm(p + 1, c->n - 1, p + study->n_runs, err);
	for (size_t i = 1; i < c->n; i++)
		c->contenders[i].p_holm = p[study->n_runs + i - 1];
	free(p);
	return status;
}

static enum codist_status read_all(struct comparison *c,
				   struct codist_error *err)
{
	const struct codist_study *study = &c->front.study;
	struct codist_pairs_how how = {
		.which = CODIST_PAIRS_WITH_RUN, .n_resamples = 1,
		.confidence = 0.95,
	};
	struct codist_pair *pairs;
	size_t i = 0;
	enum codist_status status;

	CODIST_TRY(codist_comparison_init(&c->compared, c->front.store, NULL,
					  err));
	do {
		how.run = codist_comparison_find(&c->compared,
						 study->runs[i].name);
	} while (how.run == c->compared.n_runs && ++i < study->n_runs);
	if (i == study->n_runs)
		return CODIST_OK;
	CODIST_TRY(codist_comparison_pairs(&c->compared, &how, &pairs, err));
	status = compare_all(c, pairs,
			     codist_comparison_n_pairs(&c->compared, &how),
			     err);
	free(pairs);
	return status;
}

static enum codist_status print(struct comparison *c, struct codist_error *err)
{
	CODIST_TRY(read_all(c, err));
	return c->n > 0 ? comparison_print(c, err) : CODIST_OK;
}

/* What is done before a failure or an interrupt is printed all the same. */
static enum codist_status compare(struct comparison *c,
				  struct codist_error *err)
{
	enum codist_status status, printed;

	CODIST_TRY(backends_init(&c->backends, &c->n_backends,
				 &c->config->backends, err));
	CODIST_TRY(check(c, err));
	CODIST_TRY(find_data(c, err));
	CODIST_TRY(make_study(c, err));
	status = front_run(&c->front, err);
	printed = print(c, status == CODIST_OK ? err : NULL);
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
	c.front = (struct front){
		.command = "compare", .kept = c.config->store,
		.threads = c.config->job.threads,
		.memory = c.config->job.memory, .done = done, .user = &c,
	};
	status = compare(&c, err);
	codist_specs_release(c.backends, c.n_backends);
	source_release(&c.train);
	source_release(&c.test);
	codist_comparison_release(&c.compared);
	front_release(&c.front);
	free(c.contenders);
	return status;
}

static const struct command_option options[] = {
	OPTION_ROW_BACKENDS(struct compare_config),
	JOB_ROWS_DATA(struct compare_config),
	JOB_ROWS_REST(struct compare_config),
	OPTION_ROW_STORE(struct compare_config),
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
		"process. Backends that come to the same are taken once.\n"
		"p is McNemar's exact test against the first backend, on the "
		"samples that only one of the two got right; next to it, p is "
		"adjusted for all comparisons in the table (Holm).\n"
		"It is carried out as a study, as by codist run. An interrupt "
		"ends it, and the backends that are done are printed; with "
		"--store the same command then goes on with the others.",
	.examples =
		"codist compare --data synthetic --limit 200 --reference "
		"chunk:size=64 \\\n"
		"    --aggregate logsumexp --backends 'deflate:level=1|6|9,null'\n"
		"codist compare --data mnist --transform binarize --limit 500 "
		"\\\n"
		"    --backends deflate,bzip2,zstd:level=3|19,lzma --format csv\n"
		"codist compare --data mnist --transform binarize --limit 500 "
		"\\\n"
		"    --backends deflate,bzip2,lzma --store compared.db\n"
		"codist stats compared.db --all-pairs",
	.options = options,
	.config_size = sizeof(struct compare_config),
	.run = run,
};
