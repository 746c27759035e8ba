/*
 * codist/output.h - results as files and figures
 *
 * No function here leaves a partial file under the final name: each writes
 * beside it and renames at the end. CODIST_EIO names the path and the reason.
 *
 * Only where the path exists and is not a regular file, such as /dev/stdout,
 * /dev/null or a pipe, or is a file that the standard output or error already
 * goes to, is it written to directly, and what was written stays. A symbolic
 * link is followed, and what it leads to is replaced; one that leads nowhere
 * is replaced itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_OUTPUT_H
#define CODIST_OUTPUT_H

#include <codist/pipeline.h>
#include <codist/tree.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A file on its way to its final name. */
struct codist_output {
	FILE *file;       /* to be written to by the caller */
	char *path;       /* the final name */
	char *temporary;  /* the name until it is finished; NULL: written to
	                     directly */
};

/*
 * codist_output_open() starts a file beside `path`. Once it succeeded, the
 * caller ends it with exactly one of finish and abandon, whatever happens.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_output_open(struct codist_output *output, const char *path,
		   struct codist_error *err);

/*
 * codist_output_finish() flushes to the disk and gives the file its final
 * name, replacing what was there; after a failure nothing is left.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_output_finish(struct codist_output *output, struct codist_error *err);

/*
 * codist_output_abandon() removes what was written, and leaves an older file
 * of that name as it was. Harmless on {0}.
 */
CODIST_API void codist_output_abandon(struct codist_output *output);

/*
 * codist_output_check() fails as codist_output_open() would, and changes
 * nothing: to be called before the work whose result is to be written.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_output_check(const char *path, struct codist_error *err);

/*
 * codist_write_field() writes a field of CSV, quoted as in RFC 4180 where it
 * needs that. The stream remembers a failure.
 */
CODIST_API void codist_write_field(FILE *file, const char *text);

/*
 * codist_write_predictions() writes CSV: the header
 *
 *     index,true,predicted,score_<class>,score_<class>...
 *
 * then a line for each test sample: its index from 0, the names of its true
 * and its predicted class, and a score of each class, so printed that reading
 * it back gives the same double; infinities are inf and -inf. Fields are
 * quoted as in RFC 4180 where they need it; lines end in LF.
 *
 *   predictions   as many samples and classes as `test`
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_write_predictions(const char *path,
			 const struct codist_predictions *predictions,
			 const struct codist_dataset *test,
			 struct codist_error *err);

/*
 * codist_write_confusion() writes the counts as CSV without a header: rows
 * are true classes, columns predicted ones; lines end in LF.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_write_confusion(const char *path,
		       const struct codist_confusion *confusion,
		       struct codist_error *err);

/*
 * A matrix of doubles on its way to a NumPy file (.npy, format 1.0), little-
 * endian on any machine. Rows are added in order, codist_npy_open() told how
 * many will come. Once that succeeded, the caller ends it with exactly one of
 * finish and abandon.
 */
struct codist_npy {
	struct codist_output output;
	size_t n_rows, n_columns, n_written;
};

CODIST_API CODIST_MUST_USE enum codist_status
codist_npy_open(struct codist_npy *npy, const char *path, size_t n_rows,
		size_t n_columns, struct codist_error *err);
CODIST_API CODIST_MUST_USE enum codist_status
codist_npy_write(struct codist_npy *npy, size_t n_rows, const double *rows,
		 struct codist_error *err);
/*
 * codist_npy_finish() gives the file its name. CODIST_EIO also if fewer or
 * more rows came than were announced; then, too, nothing is left.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_npy_finish(struct codist_npy *npy, struct codist_error *err);
/* codist_npy_abandon() removes what was written. Harmless on {0}. */
CODIST_API void codist_npy_abandon(struct codist_npy *npy);

/*
 * codist_draw_confusion() draws a confusion matrix: counts in the cells,
 * shaded by the share of the row, axes named.
 *
 *   path          ends in .png, .svg or .pdf, which decides the format
 *   title         a line above it; NULL: none
 *   class_names   [n_classes]; what is not UTF-8 is drawn as U+FFFD, and
 *                 what is too long for its place is cut in the middle
 *
 * The same picture is the same bytes, given the same cairo and fonts.
 * CODIST_EUSAGE if the path ends otherwise, or the picture would be too large;
 * CODIST_EMISSING if codist was built without cairo.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_draw_confusion(const char *path,
		      const struct codist_confusion *confusion,
		      const char *const *class_names, const char *title,
		      struct codist_error *err);

/*
 * codist_draw_contact_sheet() draws the first `per_class` > 0 samples of each
 * class, a row for each class, its name at the left. Bytes are scaled so that
 * the largest in the set is white.
 *
 *   path   as above
 *   set    grey images, that is of rank 2; CODIST_EUSAGE if not
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_draw_contact_sheet(const char *path, const struct codist_dataset *set,
			  size_t per_class, struct codist_error *err);

/* Named points in a plane. */
struct codist_scatter {
	size_t n;                       /* > 0 */
	const double *x, *y;            /* [n], finite */
	const char *const *names;       /* [n] */
	const unsigned *classes;        /* [n], each < n_classes; NULL: none */
	size_t n_classes;               /* up to CODIST_SCATTER_CLASSES */
	const char *const *class_names; /* [n_classes] */
	const char *title, *x_label; /* NULL: none */
	const char *y_label;         /* NULL: none, and no numbers either */
};

/* As many marks as there are colours for all eyes, times shapes. */
#define CODIST_SCATTER_CLASSES 28

/*
 * codist_draw_scatter() draws points, with the same scale across and up, in
 * the colours and shapes of their classes, and a legend for these. A name
 * stands beside its point if it has room there, or above or below; how many
 * have not is told below the figure. Of more than 300 points none has.
 *
 *   path   as above
 *
 * CODIST_EFORMAT if a point has no place.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_draw_scatter(const char *path, const struct codist_scatter *scatter,
		    struct codist_error *err);

/* How a tree is drawn. {0} is fine. */
struct codist_tree_figure {
	const char *title;      /* NULL: none */
	int is_rectangular;     /* 1: from the left to the right; 0: around */
	int is_cladogram;       /* 1: without regard to lengths, as are trees
	                           of which not all lengths are known */
	const unsigned *groups; /* [n_leaves], each < n_groups, for the colours
	                           of names; NULL: none. The names of those
	                           that have a group for themselves are black,
	                           and it is not in the legend. */
	size_t n_groups;
	const char *const *group_names; /* [n_groups], for a legend */
};

/*
 * codist_draw_tree() draws a tree with the names of its leaves; lengths are to
 * scale, those below 0 as 0. Around, names do not overlap as long as that can
 * be had by moving them outwards; there are up to 1000. There are 7 colours; of
 * more groups with several leaves the colours come again, and a mark stands
 * before each name, of another shape each time.
 *
 *   path   as above; CODIST_EUSAGE if so many leaves make the page too large,
 *          or more than CODIST_TREE_GROUPS groups have several leaves
 */
#define CODIST_TREE_GROUPS 28
CODIST_API CODIST_MUST_USE enum codist_status
codist_draw_tree(const char *path, const struct codist_tree *tree,
		 const struct codist_tree_figure *what,
		 struct codist_error *err);

/*
 * codist_draw_check() is codist_output_check() for a figure: it fails also
 * where the path's ending or a lack of cairo would make drawing fail.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_draw_check(const char *path, struct codist_error *err);

/* codist_cairo_version() is that of cairo at run time; NULL: not built in. */
CODIST_API const char *codist_cairo_version(void);

#ifdef __cplusplus
}
#endif

#endif
