/*
 * selection.c - which samples of a set are kept: classes, offset, limit
 *
 * In that order: `classes` keeps some labels, then `offset` passes samples
 * over, then `limit` takes so many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "classes.h"
#include "selection.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum codist_status codist_subset_check(const struct codist_subset *subset,
				       struct codist_error *err)
{
	unsigned char keep[256];

	return codist_classes_parse(subset->classes, keep, err);
}

enum codist_status codist_subset_check_names(const struct codist_subset *subset,
					     struct codist_error *err)
{
	return codist_classes_check(subset->classes, err);
}

/* A class that no sample has: the whole of a set knows which there are. */
static enum codist_status check_labels(const struct codist_subset *subset,
				       const char *name,
				       const unsigned char keep[256],
				       const size_t n_of[256],
				       struct codist_error *err)
{
	for (int label = 0; label < 256; label++)
		if (keep[label] == CODIST_LABEL_NAMED && !n_of[label])
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: classes=%s, but no sample has "
					   "the label %d",
					   name, subset->classes, label);
	return CODIST_OK;
}

static enum codist_status nothing_left(const struct codist_subset *subset,
				       const char *name, size_t n_kept,
				       size_t n_labels,
				       struct codist_error *err)
{
	if (n_labels == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: no samples, expected at least one",
				   name);
	if (n_kept == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: classes=%s keeps none of its %zu "
				   "samples",
				   name, subset->classes, n_labels);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: offset=%" PRId64 " passes over all %zu samples "
			   "of classes=%s",
			   name, subset->offset, n_kept, subset->classes);
}

enum codist_status
codist_selection_init(struct codist_selection *selection,
		      const struct codist_subset *subset, const char *name,
		      const unsigned char *labels, size_t n_labels,
		      struct codist_error *err)
{
	unsigned char keep[256];
	size_t n_of[256] = { 0 }, n_kept = 0;
	uint64_t offset = (uint64_t)subset->offset;
	uint64_t limit = subset->limit ? (uint64_t)subset->limit : UINT64_MAX;

	*selection = (struct codist_selection){ 0 };
	CODIST_TRY(codist_classes_parse(subset->classes, keep, err));
	for (size_t i = 0; i < n_labels; i++)
		n_of[labels[i]]++;
	CODIST_TRY(check_labels(subset, name, keep, n_of, err));
	for (unsigned label = 0; label < 256; label++) {
		if (!n_of[label] || !keep[label])
			continue;
		selection->label_of[selection->n_classes] =
			(unsigned char)label;
		selection->class_of[label] = selection->n_classes++;
		n_kept += n_of[label];
	}
	if (n_kept <= offset)
		return nothing_left(subset, name, n_kept, n_labels, err);
	selection->samples = calloc(n_kept, sizeof(*selection->samples));
	if (!selection->samples)
		return codist_no_memory(err, "a selection of samples");
	for (size_t i = 0; i < n_labels && selection->n_samples < limit; i++) {
		if (!keep[labels[i]])
			continue;
		if (offset > 0)
			offset--;
		else
			selection->samples[selection->n_samples++] = i;
	}
	return CODIST_OK;
}

void codist_selection_release(struct codist_selection *selection)
{
	free(selection->samples);
	*selection = (struct codist_selection){ 0 };
}

enum codist_status
codist_selection_allocate(const struct codist_selection *selection,
			  const char *name, const unsigned char *labels,
			  size_t nbytes, struct codist_dataset *set,
			  struct codist_error *err)
{
	size_t n = selection->n_samples;

	if (nbytes > SIZE_MAX / n)
		return codist_no_memory(err, name);
	CODIST_TRY(codist_dataset_allocate(set, name, n, selection->n_classes,
					   n * nbytes, err));
	for (size_t i = 0; i < n; i++) {
		unsigned char label = labels[selection->samples[i]];

		set->labels[i] = selection->class_of[label];
		set->starts[i + 1] = (i + 1) * nbytes;
	}
	for (unsigned c = 0; c < selection->n_classes; c++) {
		set->class_names[c] =
			codist_text_format("%d", selection->label_of[c]);
		if (!set->class_names[c])
			return codist_no_memory(err, "class names");
	}
	return CODIST_OK;
}

/* Leave the samples of the classes that are kept, but the first `offset`. */
static void keep_samples(struct codist_dataset *set, const unsigned char *keep,
			 uint64_t offset, uint64_t limit)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);
		int is_kept = keep[set->labels[i]] && n < limit;

		if (is_kept && offset > 0) {
			offset--;
			is_kept = 0;
		}
		if (!is_kept) {
			if (set->sample_names)
				free(set->sample_names[i]);
			continue;
		}
		memmove(set->bytes + set->starts[n], x.data, x.nbytes);
		/* Not before starts[i + 1] was read, as n may be i. */
		set->starts[n + 1] = set->starts[n] + x.nbytes;
		set->labels[n] = set->labels[i];
		if (set->sample_names)
			set->sample_names[n] = set->sample_names[i];
		n++;
	}
	set->n_samples = n;
}

static void keep_classes(struct codist_dataset *set, const unsigned char *keep,
			 unsigned *label_of)
{
	unsigned n = 0;

	for (size_t c = 0; c < set->n_classes; c++) {
		label_of[c] = n;
		if (keep[c])
			set->class_names[n++] = set->class_names[c];
		else
			free(set->class_names[c]);
	}
	set->n_classes = n;
	for (size_t i = 0; i < set->n_samples; i++)
		set->labels[i] = label_of[set->labels[i]];
}

static enum codist_status apply(const struct codist_subset *subset,
				struct codist_dataset *set,
				unsigned char *keep, unsigned *label_of,
				struct codist_error *err)
{
	uint64_t offset = (uint64_t)subset->offset;
	uint64_t limit = subset->limit ? (uint64_t)subset->limit : UINT64_MAX;
	size_t n_kept = 0;

	CODIST_TRY(codist_classes_choose(subset->classes, set, keep, err));
	for (size_t i = 0; i < set->n_samples; i++)
		n_kept += keep[set->labels[i]];
	if (n_kept <= offset)
		return nothing_left(subset, set->name, n_kept, set->n_samples,
				    err);
	keep_samples(set, keep, offset, limit);
	keep_classes(set, keep, label_of);
	return CODIST_OK;
}

enum codist_status codist_subset_apply(const struct codist_subset *subset,
				       struct codist_dataset *set,
				       struct codist_error *err)
{
	unsigned char *keep = calloc(set->n_classes + 1, 1);
	unsigned *label_of = calloc(set->n_classes + 1, sizeof(*label_of));
	enum codist_status status;

	if (keep && label_of)
		status = apply(subset, set, keep, label_of, err);
	else
		status = codist_no_memory(err, "a selection of classes");
	free(keep);
	free(label_of);
	return status;
}
