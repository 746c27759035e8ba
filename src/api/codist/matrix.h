/*
 * codist/matrix.h - matrices with a name for each row and column, as files
 *
 * A matrix is written row by row, so that it need not fit into memory, and
 * what is written is read back as the same doubles.
 *
 *     csv     a header line with an empty field and the names of the columns,
 *             then a line for each row: its name and its values. Fields are
 *             quoted as in RFC 4180 where they need it; lines end in LF.
 *     tsv     the same with tabs in place of commas
 *     phylip  the number of rows on a line of its own, then a line for each:
 *             its name, a blank, its values. Names are as long as they are
 *             ("relaxed"), not 10 characters: those of files would not fit.
 *     nexus   the blocks TAXA and DISTANCES (Maddison, Swofford and Maddison
 *             1997), with TRIANGLE=BOTH, labels in quotes
 *     json    an object: "rows" and "columns" are arrays of names, "values" is
 *             an array of rows, each an array of numbers
 *     npy     the values only, as codist_npy_open() writes them
 *
 * phylip and nexus hold square matrices with the same names for rows and
 * columns. Names must differ from each other, but in npy, which has none.
 * They may hold any bytes, except that in phylip and nexus a name must not be
 * empty or hold control characters, nor in phylip blanks, and in json must be
 * UTF-8.
 * Infinities are inf and -inf, in json as strings; phylip and nexus have none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MATRIX_H
#define CODIST_MATRIX_H

#include <codist/output.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Start with {0}, or by codist_matrix_init(). */
struct codist_matrix {
	size_t n_rows, n_columns;
	char **row_names;    /* [n_rows] */
	char **column_names; /* [n_columns]; those of a square matrix of
	                        distances are equal to row_names, not shared */
	double *values;      /* [n_rows][n_columns], row-major */
};

/*
 * codist_matrix_init() allocates a matrix of zeros and copies the names, to be
 * released with codist_matrix_release().
 *
 *   row_names, column_names   NULL: "0", "1" and so on
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_init(struct codist_matrix *matrix, size_t n_rows,
		   size_t n_columns, const char *const *row_names,
		   const char *const *column_names, struct codist_error *err);
/* codist_matrix_release() frees what a matrix holds. Harmless on {0}. */
CODIST_API void codist_matrix_release(struct codist_matrix *matrix);

enum codist_matrix_format {
	CODIST_MATRIX_AUTO, /* by the path's ending, see below */
	CODIST_MATRIX_CSV,
	CODIST_MATRIX_TSV,
	CODIST_MATRIX_PHYLIP,
	CODIST_MATRIX_NEXUS,
	CODIST_MATRIX_JSON,
	CODIST_MATRIX_NPY,
};

/*
 * codist_matrix_format_find() finds a format by name: "auto", "csv", "tsv",
 * "phylip", "nexus", "json", "npy". CODIST_EUSAGE lists them.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_format_find(enum codist_matrix_format *format, const char *name,
			  struct codist_error *err);

/*
 * codist_matrix_format_of() finds it by the ending of a path, in small letters
 * or capitals: .csv; .tsv, .tab; .phy, .phylip, .dist; .nex, .nxs, .nexus;
 * .json; .npy. CODIST_EUSAGE if there is none of these.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_format_of(enum codist_matrix_format *format, const char *path,
			struct codist_error *err);

/* codist_matrix_format_name() is the name of a format, static. */
CODIST_API const char *
codist_matrix_format_name(enum codist_matrix_format format);

/*
 * A matrix on its way to a file. Once codist_matrix_writer_open() or
 * codist_matrix_writer_attach() succeeded, the caller ends it with exactly one
 * of finish and abandon. The fields are the writer's own.
 */
struct codist_matrix_writer {
	struct codist_npy npy; /* in every format: file, shape, rows written */
	enum codist_matrix_format format;
	const char *const *row_names;
	const char *const *column_names;
	char **numbers; /* names made up for NULL */
	int is_attached;
};

/*
 * codist_matrix_writer_open() starts a file beside `path`, see codist/output.h.
 *
 *   n_rows, n_columns         both > 0; CODIST_EUSAGE if not
 *   row_names, column_names   [n_rows], [n_columns], borrowed until the end;
 *                             NULL: "0", "1" and so on
 *
 * CODIST_EUSAGE names what the format cannot hold: the shape, or a name. To be
 * called before the values are computed, then, if that takes long.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_writer_open(struct codist_matrix_writer *writer,
			  const char *path, enum codist_matrix_format format,
			  size_t n_rows, size_t n_columns,
			  const char *const *row_names,
			  const char *const *column_names,
			  struct codist_error *err);

/*
 * codist_matrix_writer_check() fails as codist_matrix_writer_open() would, and
 * changes nothing: to be called before the work whose result is to be written.
 * A terminal, which npy is not written to, is not told of.
 *
 *   path   NULL: what codist_matrix_writer_attach() would refuse to write to
 *          the standard output; the format is then not CODIST_MATRIX_AUTO
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_writer_check(const char *path, enum codist_matrix_format format,
			   size_t n_rows, size_t n_columns,
			   const char *const *row_names,
			   const char *const *column_names,
			   struct codist_error *err);

/*
 * codist_matrix_writer_attach() writes to an open file instead, such as
 * stdout, which it does not close; what was written stays even if abandoned.
 *
 *   name     what messages call it; copied
 *   format   CODIST_EUSAGE for CODIST_MATRIX_AUTO, and for npy if the file is
 *            a terminal
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_writer_attach(struct codist_matrix_writer *writer, FILE *file,
			    const char *name,
			    enum codist_matrix_format format, size_t n_rows,
			    size_t n_columns, const char *const *row_names,
			    const char *const *column_names,
			    struct codist_error *err);

/*
 * codist_matrix_writer_write() adds the next rows[n_rows][n_columns].
 * CODIST_EFORMAT names the row and column of a value that is not a number, or
 * is infinite where the format has no infinities; CODIST_EUSAGE if there are
 * more rows than announced. After a failure the writer can be abandoned only.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_writer_write(struct codist_matrix_writer *writer, size_t n_rows,
			   const double *rows, struct codist_error *err);

/*
 * codist_matrix_writer_finish() gives the file its name, or flushes the open
 * file. CODIST_EIO also if fewer rows came than were announced.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_writer_finish(struct codist_matrix_writer *writer,
			    struct codist_error *err);
/* codist_matrix_writer_abandon() removes what was written. Harmless on {0}. */
CODIST_API void
codist_matrix_writer_abandon(struct codist_matrix_writer *writer);

/* codist_matrix_write() writes a matrix that is there to a file, at once. */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_write(const struct codist_matrix *matrix, const char *path,
		    enum codist_matrix_format format,
		    struct codist_error *err);

/*
 * codist_matrix_read() reads a matrix, to be released with
 * codist_matrix_release(), also as others write it:
 *
 *     csv, tsv   as above; the first field of the header may be anything, and
 *                lines may end in CR LF
 *     phylip     square, or the lower triangle with or without the diagonal,
 *                which is 0 if left out. A line that begins with a blank goes
 *                on with the row above. A name ends at the first blank, or, in
 *                a row that has not the right number of values then, after 10
 *                characters ("strict"), less the blanks around it.
 *     nexus      the first block DISTANCES, of TRIANGLE=LOWER (if it does not
 *                say), UPPER or BOTH, DIAGONAL or NODIAGONAL, LABELS (at the
 *                left) or NOLABELS, not INTERLEAVE. Underscores stay as they
 *                are.
 *     json       as above; "columns" may be left out if they are the rows.
 *                Takes several times the memory of the matrix.
 *     npy        f8 or f4 of either byte order, rows first. Names are "0", "1"
 *                and so on.
 *
 *   format   CODIST_MATRIX_AUTO: by the path's ending, or else by what the
 *            file begins with
 *
 * CODIST_EFORMAT tells the line, or the row and column, of what is wrong: among
 * others a value that is not a number, a name that is there twice, a matrix
 * without rows or columns. Infinities are read.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_read(struct codist_matrix *matrix, const char *path,
		   enum codist_matrix_format format,
		   struct codist_error *err);

/*
 * codist_matrix_read_from() reads an open file, such as stdin, to its end.
 * CODIST_MATRIX_AUTO goes by what the file begins with; messages call it
 * `name`.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_read_from(struct codist_matrix *matrix, FILE *file,
			const char *name, enum codist_matrix_format format,
			struct codist_error *err);

/*
 * codist_matrix_check_distances() makes sure that a matrix holds distances: it
 * is square, rows and columns have the same names in the same order, and all
 * values are finite, not negative, the same both ways, and 0 on the diagonal,
 * up to 1e-12 times the largest. CODIST_EFORMAT names the cell and its values.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_check_distances(const struct codist_matrix *matrix,
			      struct codist_error *err);

/* What stands for the two values of a pair. */
enum codist_symmetry {
	CODIST_SYMMETRY_MEAN,
	CODIST_SYMMETRY_MIN,
	CODIST_SYMMETRY_MAX,
};

/*
 * codist_symmetry_find() finds it by name: "mean", "min", "max". CODIST_EUSAGE
 * lists them.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_symmetry_find(enum codist_symmetry *symmetry, const char *name,
		     struct codist_error *err);

/*
 * codist_matrix_symmetrize() makes both values of each pair the same, and the
 * diagonal 0: a compression distance from an item to itself is small, but
 * seldom 0. CODIST_EFORMAT if the matrix is not square, or has other names for
 * its columns than for its rows; then it is as it was.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_matrix_symmetrize(struct codist_matrix *matrix,
			 enum codist_symmetry how, struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
