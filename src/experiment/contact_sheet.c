/*
 * contact_sheet.c - the first images of each class side by side
 *
 * The sheet is put together here at a whole number of points a pixel, because
 * what a viewer of PDF or SVG does to an image that it enlarges differs: many
 * blur it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/canvas.h"
#include "experiment/label.h"
#include "experiment/picture.h"

#include <codist/output.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN 14
#define GAP 4           /* between images */
#define NAME_GAP 8
#define NAME_SIZE 10
#define WIDEST_NAME 160
#define USUAL_SIDE 56   /* an image's longer side, unless that is too small */

struct sheet {
	const struct codist_dataset *set;
	size_t n_columns;        /* images in the fullest row */
	size_t rows, columns;    /* of an image, in pixels */
	size_t zoom;             /* points a pixel */
	size_t width, height;    /* of all images, in points */
	unsigned char *grey;     /* [height][width] */
	struct codist_labels names;
};

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* The number of images of the fullest class, and the place for all. */
static enum codist_status measure(struct sheet *sheet, size_t per_class,
				  struct codist_error *err)
{
	const struct codist_dataset *set = sheet->set;
	size_t *n_of = calloc(set->n_classes, sizeof(*n_of));

	if (!n_of)
		return codist_no_memory(err, "a contact sheet");
	for (size_t i = 0; i < set->n_samples; i++)
		sheet->n_columns = larger(sheet->n_columns,
					  ++n_of[set->labels[i]]);
	free(n_of);
	if (sheet->n_columns > per_class)
		sheet->n_columns = per_class;
	sheet->zoom = larger(1, USUAL_SIDE / larger(sheet->rows,
						    sheet->columns));
	sheet->width = sheet->n_columns *
		       (sheet->columns * sheet->zoom + GAP) - GAP;
	sheet->height = set->n_classes *
			(sheet->rows * sheet->zoom + GAP) - GAP;
	return CODIST_OK;
}

static void place(struct sheet *sheet, size_t sample, size_t row,
		  size_t column, unsigned largest)
{
	const unsigned char *pixels =
		sheet->set->bytes + sheet->set->starts[sample];
	size_t zoom = sheet->zoom;
	size_t top = row * (sheet->rows * zoom + GAP);
	size_t left = column * (sheet->columns * zoom + GAP);

	for (size_t y = 0; y < sheet->rows * zoom; y++) {
		const unsigned char *from =
			pixels + y / zoom * sheet->columns;
		unsigned char *to =
			sheet->grey + (top + y) * sheet->width + left;

		for (size_t x = 0; x < sheet->columns * zoom; x++)
			to[x] = (unsigned char)((from[x / zoom] * 255u +
						 largest / 2) / largest);
	}
}

static enum codist_status place_all(struct sheet *sheet,
				    struct codist_error *err)
{
	const struct codist_dataset *set = sheet->set;
	size_t *n_placed = calloc(set->n_classes, sizeof(*n_placed));
	unsigned largest = codist_largest_byte(set);

	sheet->grey = malloc(sheet->width * sheet->height);
	if (!n_placed || !sheet->grey) {
		free(n_placed);
		return codist_no_memory(err, "a contact sheet");
	}
	memset(sheet->grey, 255, sheet->width * sheet->height);
	for (size_t i = 0; i < set->n_samples; i++) {
		unsigned class = set->labels[i];

		if (n_placed[class] < sheet->n_columns)
			place(sheet, i, class, n_placed[class]++, largest);
	}
	free(n_placed);
	return CODIST_OK;
}

static enum codist_status draw(struct sheet *sheet, const char *path,
			       struct codist_error *err)
{
	static const struct codist_lettering lettering = {
		.size = NAME_SIZE, .align = 1, .colour = { 0.1, 0.1, 0.1 },
	};
	double left = ceil(MARGIN + sheet->names.width + NAME_GAP);
	double image = (double)(sheet->rows * sheet->zoom);
	struct codist_canvas *canvas;
	enum codist_status status;

	/* The canvas refuses a sheet too large before there is one. */
	CODIST_TRY(codist_canvas_new(&canvas, path,
				     left + (double)sheet->width + MARGIN,
				     (double)sheet->height + 2 * MARGIN,
				     err));
	status = place_all(sheet, err);
	if (status != CODIST_OK) {
		codist_canvas_abandon(canvas);
		return status;
	}
	codist_canvas_grey(canvas, left, MARGIN, sheet->width, sheet->height,
			   sheet->grey);
	for (size_t i = 0; i < sheet->set->n_classes; i++)
		codist_canvas_text(canvas, left - NAME_GAP,
				   MARGIN + (double)i * (image + GAP) +
				   image / 2,
				   &lettering, sheet->names.texts[i]);
	return codist_canvas_finish(canvas, err);
}

enum codist_status
codist_draw_contact_sheet(const char *path, const struct codist_dataset *set,
			  size_t per_class, struct codist_error *err)
{
	struct sheet sheet = { .set = set };
	enum codist_status status;

	assert(per_class > 0 && set->n_samples > 0);
	if (set->rank != 2)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: samples of rank %zu%s, expected grey "
				   "images of rank 2 for a contact sheet",
				   set->name, set->rank,
				   set->rank ? "" : " (their lengths vary)");
	sheet.rows = set->dimensions[0];
	sheet.columns = set->dimensions[1];
	if (sheet.rows == 0 || sheet.columns == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: images of %zu x %zu pixels, expected "
				   "at least one for a contact sheet",
				   set->name, sheet.rows, sheet.columns);
	status = measure(&sheet, per_class, err);
	if (status == CODIST_OK)
		status = codist_labels_init(
			&sheet.names, set->n_classes,
			(const char *const *)set->class_names, NAME_SIZE,
			WIDEST_NAME, err);
	if (status == CODIST_OK)
		status = draw(&sheet, path, err);
	codist_labels_release(&sheet.names);
	free(sheet.grey);
	return status;
}
