/*
 * arff_header.h - what an ARFF file declares before its data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_ARFF_HEADER_H
#define CODIST_DATASETS_ARFF_HEADER_H

#include "reader.h"

enum codist_arff_type { CODIST_ARFF_NOMINAL, CODIST_ARFF_STRING,
			CODIST_ARFF_OTHER /* a number or a date */ };

struct codist_arff_attribute {
	char *name;
	enum codist_arff_type type;
	char **values; /* [n_values], of a nominal one */
	size_t n_values;
};

struct codist_arff_header {
	struct codist_arff_attribute *attributes; /* [n_attributes] */
	size_t n_attributes;
};

/*
 * Read up to the line @data, which must come after one attribute or more, into
 * a zeroed header. Release it after a failure, too.
 */
enum codist_status codist_arff_header_read(struct codist_arff_header *header,
					   struct codist_reader *reader,
					   struct codist_error *err);
void codist_arff_header_release(struct codist_arff_header *header);

/* The attribute of that name, or n_attributes. */
size_t codist_arff_header_find(const struct codist_arff_header *header,
			       const char *name);

#endif
