/*
 * classify.c - codist classify: one pipeline, whatever its doors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "classify.h"
#include "command.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the hooks of a run share. */
struct hooks {
	struct progress progress;
	struct codist_npy npy;
	const char *scores; /* NULL: not wanted */
	size_t n_samples;
	int is_open;        /* the npy */
};

static int report_progress(void *user, const struct codist_progress *progress)
{
	struct hooks *hooks = user;

	return progress_hook(&hooks->progress, progress);
}

/* How many references there are is known when the first scores come. */
static enum codist_status take_scores(void *user, size_t first, size_t n,
				      size_t n_references,
				      const double *scores,
				      struct codist_error *err)
{
	struct hooks *hooks = user;

	(void)first;
	if (!hooks->is_open)
		CODIST_TRY(codist_npy_open(&hooks->npy, hooks->scores,
					   hooks->n_samples, n_references,
					   err));
	hooks->is_open = 1;
	return codist_npy_write(&hooks->npy, n, scores, err);
}

static enum codist_status carry_out(struct outcome *outcome,
				    const struct codist_pipeline *pipeline,
				    struct codist_error *err)
{
	const struct classify_config *c = outcome->config;
	struct hooks hooks = { .scores = c->scores,
			       .n_samples = outcome->test.set.n_samples };
	struct codist_how how = {
		.n_threads = (unsigned)c->job.threads, .memory = c->job.memory,
		.progress = report_progress,
		.scores = c->scores ? take_scores : NULL,
		.user = &hooks,
	};
	enum codist_status status;

	progress_begin(&hooks.progress, "classify", "deltas");
	if (outcome->n_folds)
		status = codist_cross_validate(pipeline, &outcome->test.set,
					       outcome->fold_of,
					       outcome->n_folds, &how,
					       &outcome->predictions,
					       &outcome->cost, err);
	else
		status = codist_pipeline_run(pipeline, &outcome->train.set,
					     &outcome->test.set, &how,
					     &outcome->predictions,
					     &outcome->cost, err);
	progress_end(&hooks.progress);
	if (status == CODIST_OK) {
		job_say_threads("classify", &outcome->cost);
		job_say_voters(&c->job, "classify", &outcome->cost);
	}
	if (!hooks.is_open)
		return status;
	if (status == CODIST_OK)
		return codist_npy_finish(&hooks.npy, err);
	codist_npy_abandon(&hooks.npy);
	return status;
}

static enum codist_status draw(const struct outcome *outcome,
			       struct codist_error *err)
{
	const struct classify_config *c = outcome->config;
	const struct codist_confusion *confusion =
		&outcome->predictions.confusion;
	size_t n = codist_confusion_total(confusion);
	size_t n_correct = codist_confusion_correct(confusion);
	char title[256];

	snprintf(title, sizeof(title),
		 "%s, %s%s%s, %s: %zu of %zu correct (%.1f %%)",
		 c->job.reference.plugin->name, c->job.measure.plugin->name,
		 outcome->backend ? ", " : "",
		 outcome->backend ? outcome->backend->plugin->name : "",
		 c->job.aggregate.plugin->name, n_correct, n,
		 100 * (double)n_correct / (double)n);
	return codist_draw_confusion(
		c->figure, confusion,
		(const char *const *)outcome->test.set.class_names, title,
		err);
}

/* A file that fails does not keep the others from being written. */
static enum codist_status write_files(const struct outcome *outcome,
				      struct codist_error *err)
{
	const struct classify_config *c = outcome->config;
	enum codist_status status = CODIST_OK, drawn = CODIST_OK;

	if (c->predictions)
		status = codist_write_predictions(c->predictions,
						  &outcome->predictions,
						  &outcome->test.set, err);
	if (c->confusion) {
		enum codist_status written = codist_write_confusion(
			c->confusion, &outcome->predictions.confusion,
			status == CODIST_OK ? err : NULL);

		status = status == CODIST_OK ? written : status;
	}
	if (c->figure)
		drawn = draw(outcome, status == CODIST_OK ? err : NULL);
	return status == CODIST_OK ? drawn : status;
}

static int is_cross_validation(const struct classify_config *c)
{
	return c->folds || c->leaves_one_out;
}

static int is_of_single_samples(const struct classify_config *c)
{
	return strcmp(c->job.reference.plugin->name, "each") == 0;
}

static enum codist_status check_folds(const struct classify_config *c,
				      struct codist_error *err)
{
	if (c->top2 && !is_of_single_samples(c))
		return codist_fail(err, CODIST_EUSAGE,
				   "--top2: is of the two nearest samples, and "
				   "needs --reference each");
	if (!is_cross_validation(c))
		return job_check(&c->job, err);
	if (c->folds && c->leaves_one_out)
		return codist_fail(err, CODIST_EUSAGE,
				   "--folds and --leave-one-out: expected one "
				   "of them");
	if (!c->job.data == !c->job.train || c->job.test)
		return codist_fail(err, CODIST_EUSAGE,
				   "of cross-validation there is one set, "
				   "expected --data NAME or --train SPEC");
	if (c->scores && !is_of_single_samples(c))
		return codist_fail(err, CODIST_EUSAGE,
				   "--scores: of cross-validation they need "
				   "--reference each");
	return CODIST_OK;
}

/* Everything that can be refused before data is loaded. */
static enum codist_status check(const struct classify_config *c,
				const struct codist_pipeline *pipeline,
				struct codist_error *err)
{
	const char *outputs[] = { c->predictions, c->confusion, c->scores,
				  c->figure };

	CODIST_TRY(check_folds(c, err));
	CODIST_TRY(codist_pipeline_check(pipeline, err));
	for (size_t i = 0; i < 4; i++)
		if (outputs[i] && strcmp(outputs[i], "-") == 0)
			return codist_fail(err, CODIST_EUSAGE,
					   "'-': expected a file to write; what "
					   "is printed is chosen by --format");
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < i; j++)
			if (outputs[i] && outputs[j] &&
			    strcmp(outputs[i], outputs[j]) == 0)
				return codist_fail(err, CODIST_EUSAGE,
						   "%s: two outputs go there",
						   outputs[i]);
	for (size_t i = 0; i < 3; i++)
		if (outputs[i])
			CODIST_TRY(codist_output_check(outputs[i], err));
	return c->figure ? codist_draw_check(c->figure, err) : CODIST_OK;
}

static enum codist_status load(struct outcome *outcome,
			       struct codist_error *err)
{
	const struct classify_config *c = outcome->config;
	const struct codist_dataset *set = &outcome->test.set;

	if (!is_cross_validation(c))
		return job_load(&c->job, "classify", &outcome->train,
				&outcome->test, &outcome->repeats, err);
	CODIST_TRY(job_load_one(&c->job, "classify", &outcome->test,
				&outcome->repeats, err));
	outcome->n_folds = c->leaves_one_out ? set->n_samples : c->folds;
	outcome->fold_of = calloc(set->n_samples, sizeof(*outcome->fold_of));
	if (!outcome->fold_of)
		return codist_no_memory(err, "folds");
	return codist_dataset_folds(set, outcome->n_folds, c->seed,
				    outcome->fold_of, err);
}

static enum codist_status classify(struct outcome *outcome,
				   const struct codist_pipeline *pipeline,
				   struct codist_error *err)
{
	enum codist_status status, written;

	CODIST_TRY(check(outcome->config, pipeline, err));
	CODIST_TRY(load(outcome, err));
	CODIST_TRY(carry_out(outcome, pipeline, err));
	status = outcome_print(outcome, err);
	written = write_files(outcome, status == CODIST_OK ? err : NULL);
	return status == CODIST_OK ? written : status;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct classify_config *c = config;
	const struct codist_measure *measure =
		(const struct codist_measure *)c->job.measure.plugin;
	struct codist_spec usual = { 0 };
	struct outcome outcome = { .config = c };
	struct codist_pipeline pipeline;
	enum codist_status status;

	if (n_operands > 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "'%s': expected options only", operands[0]);
	if (c->backend.plugin) {
		outcome.backend = &c->backend;
	} else if (measure->needs_backend) {
		CODIST_TRY(codist_spec_init(&usual, &codist_backends,
					    "deflate", err));
		outcome.backend = &usual;
	}
	pipeline = job_pipeline(&c->job, outcome.backend);
	status = classify(&outcome, &pipeline, err);
	codist_predictions_release(&outcome.predictions);
	free(outcome.fold_of);
	source_release(&outcome.train);
	source_release(&outcome.test);
	codist_spec_release(&usual);
	return status;
}

#define FIELD(name) .offset = offsetof(struct classify_config, name)

static const struct command_option options[] = {
	JOB_ROWS_DATA(struct classify_config),
	{ .name = "backend", .argument = "SPEC", .kind = OPTION_SPEC,
	  FIELD(backend), .registry = &codist_backends,
	  .help = "the compressor (default: deflate, if the measure needs "
		  "one)" },
	JOB_ROWS_REST(struct classify_config),
	{ .name = "folds", .argument = "K", .kind = OPTION_COUNT, FIELD(folds),
	  .minimum = 2, .maximum = SIZE_MAX / 2,
	  .help = "cross-validate: deal the set, the training part where there "
		  "are two, out to K folds, with the same share of each class, "
		  "and classify each fold by the others" },
	{ .name = "leave-one-out", .kind = OPTION_FLAG, FIELD(leaves_one_out),
	  .help = "likewise, each sample by all others" },
	{ .name = "seed", .argument = "N", .kind = OPTION_COUNT, FIELD(seed),
	  .maximum = SIZE_MAX / 2,
	  .help = "by which folds are drawn (default: 0)" },
	{ .name = "top2", .kind = OPTION_FLAG, FIELD(top2),
	  .help = "tell also what the flawed scoring gives by which a sample "
		  "is correct if either of its two nearest is of its class, as "
		  "the code to Jiang et al. 2023 had it for k = 2" },
	{ .name = "predictions", .argument = "FILE", .kind = OPTION_TEXT,
	  FIELD(predictions),
	  .help = "write a line for each sample, as CSV: index, true and "
		  "predicted class, and a score for each class" },
	{ .name = "confusion", .argument = "FILE", .kind = OPTION_TEXT,
	  FIELD(confusion),
	  .help = "write the confusion matrix, as CSV without a header; rows "
		  "are true classes" },
	{ .name = "scores", .argument = "FILE", .kind = OPTION_TEXT,
	  FIELD(scores),
	  .help = "write the score of each sample and reference as a NumPy "
		  "matrix (.npy)" },
	{ .name = "figure", .argument = "FILE", .kind = OPTION_TEXT,
	  FIELD(figure),
	  .help = "draw the confusion matrix; FILE ends in .png, .svg or "
		  ".pdf" },
	OPTION_ROW_FORMAT(struct classify_config),
	{ .name = NULL },
};

const struct command command_classify = {
	.name = "classify",
	.summary = "classify a test set, and tell how well that went",
	.operands = "",
	.description =
		"Classify a test set by a training set: each sample is scored "
		"against references made of the training samples, the row of "
		"scores is folded into scores of classes, and the smallest "
		"wins; of equals the first class. With --folds or "
		"--leave-one-out there is one set, of which parts are "
		"classified by the rest.\n"
		"As text, the classification report has the layout of "
		"scikit-learn's. As CSV, the outcome is one row; what holds "
		"for single classes is in the JSON.",
	.examples =
		"codist classify --data mnist\n"
		"codist classify --train idx:mnist/train --test idx:mnist/test "
		"--limit 100 \\\n"
		"    --transform binarize:threshold=128 --reference "
		"chunk:size=64 \\\n"
		"    --backend deflate:level=9 --aggregate logsumexp\n"
		"codist classify --data mnist --transform binarize --reference "
		"each \\\n"
		"    --measure pixels --aggregate knn:k=20,weights=distance\n"
		"codist classify --train text:train.txt --test text:test.txt "
		"\\\n"
		"    --reference each --measure 'ncd:separator=%20' \\\n"
		"    --backend deflate:level=9,wbits=31 --aggregate knn:k=3\n"
		"codist classify --data texts/ --folds 10 --reference each "
		"\\\n"
		"    --measure ncd --aggregate knn\n"
		"codist classify --data synthetic --predictions p.csv --figure "
		"f.png",
	.options = options,
	.config_size = sizeof(struct classify_config),
	.run = run,
};
