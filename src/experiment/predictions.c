/*
 * predictions.c - predictions and confusion matrices as CSV
 *
 * Writes are not checked one by one: the stream remembers a failure, and
 * codist_output_finish() reports it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "experiment/field.h"

#include <codist/output.h>

#include <assert.h>

static void write_sample(FILE *file,
			 const struct codist_predictions *predictions,
			 const struct codist_dataset *test, size_t i)
{
	size_t n_classes = predictions->n_classes;
	const double *scores = predictions->class_scores + i * n_classes;

	fprintf(file, "%zu,", i);
	codist_write_field(file, test->class_names[test->labels[i]]);
	putc(',', file);
	codist_write_field(file,
			   test->class_names[predictions->predicted[i]]);
	for (size_t class = 0; class < n_classes; class++) {
		char text[CODIST_REAL_SIZE];

		codist_format_real(scores[class], text);
		fprintf(file, ",%s", text);
	}
	putc('\n', file);
}

enum codist_status
codist_write_predictions(const char *path,
			 const struct codist_predictions *predictions,
			 const struct codist_dataset *test,
			 struct codist_error *err)
{
	struct codist_output output;

	assert(predictions->n_samples == test->n_samples);
	assert(predictions->n_classes == test->n_classes);
	CODIST_TRY(codist_output_open(&output, path, err));
	fputs("index,true,predicted", output.file);
	for (size_t class = 0; class < test->n_classes; class++) {
		putc(',', output.file);
		codist_field_write(output.file, "score_",
				   test->class_names[class], ',');
	}
	putc('\n', output.file);
	for (size_t i = 0; i < test->n_samples; i++)
		write_sample(output.file, predictions, test, i);
	return codist_output_finish(&output, err);
}

enum codist_status
codist_write_confusion(const char *path,
		       const struct codist_confusion *confusion,
		       struct codist_error *err)
{
	size_t n = confusion->n_classes;
	struct codist_output output;

	CODIST_TRY(codist_output_open(&output, path, err));
	for (size_t i = 0; i < n * n; i++)
		fprintf(output.file, "%zu%c", confusion->counts[i],
			(i + 1) % n ? ',' : '\n');
	return codist_output_finish(&output, err);
}
