/*
 * selection.h - which samples of a set are kept: classes, offset, limit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_SELECTION_H
#define CODIST_DATASETS_SELECTION_H

#include <codist/dataset.h>

/* What is asked for: a part of a loader's config. */
struct codist_subset {
	char *classes;
	int64_t offset;
	int64_t limit;
};

/* The options of a struct codist_subset `member` of a struct `config`. */
#define CODIST_SUBSET_OPTIONS(config, member)                              \
	{ .name = "classes", .type = CODIST_TEXT,                          \
	  .offset = offsetof(config, member.classes), .fallback = "all",   \
	  .help = "those to keep, as in 3+8, 0-4 or ham+spam" },                    \
	{ .name = "offset", .type = CODIST_INTEGER,                        \
	  .offset = offsetof(config, member.offset),                       \
	  .minimum = 0, .maximum = 1e15, .fallback = "0",                  \
	  .help = "samples of these classes to pass over" },               \
	{ .name = "limit", .type = CODIST_INTEGER,                         \
	  .offset = offsetof(config, member.limit),                        \
	  .minimum = 0, .maximum = 1e15, .fallback = "0",                  \
	  .help = "samples to take at most; 0: all" }

/*
 * For loaders whose classes have names: codist_subset_check_names() for their
 * check(), CODIST_EUSAGE if the classes do not parse; and codist_subset_apply()
 * for a set that is loaded, which leaves in it what is asked for. The classes
 * are those that pass `classes`. CODIST_EFORMAT if no sample is left, or a
 * class is asked for that is not there.
 */
enum codist_status codist_subset_check_names(const struct codist_subset *subset,
					     struct codist_error *err);
enum codist_status codist_subset_apply(const struct codist_subset *subset,
				       struct codist_dataset *set,
				       struct codist_error *err);

/*
 * All below is for loaders whose labels are 0..255, and which choose before
 * they have samples. codist_subset_check() is for their check().
 */
enum codist_status codist_subset_check(const struct codist_subset *subset,
				       struct codist_error *err);

/* What is kept. The classes are those of all samples that pass `classes`. */
struct codist_selection {
	size_t *samples; /* [n_samples], ascending */
	size_t n_samples;
	unsigned n_classes;
	unsigned class_of[256];      /* by label, of those that are kept */
	unsigned char label_of[256]; /* [n_classes], ascending */
};

/*
 * Choose among samples by their labels. CODIST_EFORMAT if nothing is left, or
 * a class is asked for that is not there.
 *
 *   name     of the set, for messages
 *   labels   [n_labels]
 */
enum codist_status
codist_selection_init(struct codist_selection *selection,
		      const struct codist_subset *subset, const char *name,
		      const unsigned char *labels, size_t n_labels,
		      struct codist_error *err);
void codist_selection_release(struct codist_selection *selection);

/*
 * Allocate a set for what is kept, samples of `nbytes` each, and fill in its
 * starts, labels and class names. Bytes and shape are left to the loader.
 */
enum codist_status
codist_selection_allocate(const struct codist_selection *selection,
			  const char *name, const unsigned char *labels,
			  size_t nbytes, struct codist_dataset *set,
			  struct codist_error *err);

#endif
