/*
 * confusion.c - counts of test samples by true and predicted class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/evaluate.h>

#include <assert.h>
#include <stdlib.h>

enum codist_status codist_confusion_init(struct codist_confusion *confusion,
					 size_t n_classes,
					 struct codist_error *err)
{
	assert(n_classes > 0);
	*confusion = (struct codist_confusion){ .n_classes = n_classes };
	if (n_classes <= SIZE_MAX / n_classes)
		confusion->counts = calloc(n_classes * n_classes,
					   sizeof(*confusion->counts));
	if (confusion->counts)
		return CODIST_OK;
	*confusion = (struct codist_confusion){ 0 };
	return codist_fail(err, CODIST_ENOMEM,
			   "out of memory for a confusion matrix of %zu "
			   "classes",
			   n_classes);
}

void codist_confusion_release(struct codist_confusion *confusion)
{
	free(confusion->counts);
	*confusion = (struct codist_confusion){ 0 };
}

void codist_confusion_count(struct codist_confusion *confusion, unsigned truth,
			    unsigned predicted)
{
	assert(truth < confusion->n_classes);
	assert(predicted < confusion->n_classes);
	confusion->counts[truth * confusion->n_classes + predicted]++;
}

size_t codist_confusion_total(const struct codist_confusion *confusion)
{
	size_t n_cells = confusion->n_classes * confusion->n_classes;
	size_t total = 0;

	for (size_t i = 0; i < n_cells; i++)
		total += confusion->counts[i];
	return total;
}

size_t codist_confusion_correct(const struct codist_confusion *confusion)
{
	size_t correct = 0;

	for (size_t c = 0; c < confusion->n_classes; c++)
		correct += confusion->counts[c * confusion->n_classes + c];
	return correct;
}

size_t codist_confusion_differing(const struct codist_confusion *confusion,
				  const size_t *expected)
{
	size_t n_cells = confusion->n_classes * confusion->n_classes;
	size_t differing = 0;

	for (size_t i = 0; i < n_cells; i++)
		differing += confusion->counts[i] != expected[i];
	return differing;
}
