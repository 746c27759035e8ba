/*
 * groups.h - classes of items, from a file of their names or from a data set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_GROUPS_H
#define CODIST_CLI_GROUPS_H

#include "file.h"

#include <codist.h>

/* Start with {0}; groups_release() is harmless on that. */
struct groups {
	struct file file;        /* that the names point into, if any */
	const char **class_of;   /* [n_items] */
	unsigned *of_item;       /* [n_items], each < n */
	const char **names;      /* [n], of the classes, in order */
	size_t n;
};

/*
 * groups_read() reads a class for each item: lines of a name, a tab and a
 * class. Names that are no item's are passed over.
 */
enum codist_status groups_read(struct groups *groups, const char *path,
			       char *const *items, size_t n_items,
			       struct codist_error *err);
/* groups_of_classes() takes the classes of a set, which must outlive it. */
enum codist_status groups_of_classes(struct groups *groups,
				     const struct codist_dataset *set,
				     struct codist_error *err);
void groups_release(struct groups *groups);

#endif
