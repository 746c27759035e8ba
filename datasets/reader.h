/*
 * reader.h - a file of records becomes a set: what its loaders have in common
 *
 * A file is gzipped or not, and a UTF-8 byte order mark at its beginning is
 * passed over. A line ends with LF or CRLF, the last one also with the file;
 * its bytes may be any, also NULs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_READER_H
#define CODIST_DATASETS_READER_H

#include "selection.h"

#include <codist/dataset.h>

/* The class of samples that have none. */
#define CODIST_UNLABELLED "unlabelled"

/* The option of the path, which is field `member` of a struct `config`. */
#define CODIST_READER_PATH(config, member)                               \
	{ .name = "path", .type = CODIST_TEXT,                           \
	  .offset = offsetof(config, member),                            \
	  .help = "the file, gzipped or not, also if it stands in the "  \
		  "data directory", .positional = 1 }

struct codist_reader {
	const char *path; /* as it was found */
	/* The line that messages name, from 1: the last one read, unless a
	 * loader of records that span lines has put there another. */
	size_t line;
	size_t n_lines; /* read so far */
	struct codist_builder builder;
	struct codist_input *input;
	unsigned char *buffer; /* [capacity], read but not taken: begin..end */
	size_t capacity, begin, end;
	int is_at_end;
	char *label; /* [label_capacity], as a string */
	size_t label_capacity;
};

/* Read the records of the file, and add each. */
typedef enum codist_status codist_read_records(struct codist_reader *reader,
					       const void *config,
					       struct codist_error *err);

/*
 * Open the file of that path, read its records, and make a set of those that
 * `subset` asks for.
 */
enum codist_status codist_reader_load(const char *path,
				      const struct codist_subset *subset,
				      codist_read_records *read,
				      const void *config,
				      struct codist_dataset *set,
				      struct codist_error *err);

/*
 * The next line, valid until the one after it; *is_there is 0 after the last.
 * codist_reader_raw_line() leaves it its end.
 */
enum codist_status codist_reader_line(struct codist_reader *reader,
				      struct codist_bytes *line, int *is_there,
				      struct codist_error *err);
enum codist_status codist_reader_raw_line(struct codist_reader *reader,
					  struct codist_bytes *line,
					  int *is_there,
					  struct codist_error *err);

/*
 * Add a sample. CODIST_EFORMAT for a label that is empty or has a NUL within,
 * with the reader's line.
 */
enum codist_status codist_reader_add(struct codist_reader *reader,
				     struct codist_bytes sample,
				     struct codist_bytes label,
				     const char *sample_name,
				     struct codist_error *err);

/* codist_fail() with CODIST_EFORMAT, the path and the line before the text. */
enum codist_status codist_reader_fail(const struct codist_reader *reader,
				      struct codist_error *err,
				      const char *format, ...)
	CODIST_PRINTF(3, 4);

#endif
