/*
 * canvas.c - a page to draw on, by cairo
 *
 * No other file knows cairo. Everything that would differ between two runs is
 * switched off: hints and subpixels, which are a desktop's settings, the PDF's
 * date, and in the SVG the identifiers, which cairo counts up all through the
 * life of a process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/canvas.h"

#include "base/text.h"
#include "experiment/svg_ids.h"

#include <codist/output.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum format { PNG, SVG, PDF, N_FORMATS };

/* N_FORMATS if it is none of them. */
static enum format format_of(const char *path)
{
	static const char *const extensions[N_FORMATS] = {
		[PNG] = ".png", [SVG] = ".svg", [PDF] = ".pdf",
	};
	size_t length = strlen(path);
	enum format format = 0;

	while (format < N_FORMATS &&
	       (length <= 4 ||
		strcasecmp(path + length - 4, extensions[format]) != 0))
		format++;
	return format;
}

/* Whether such a figure can be drawn at all. */
static enum codist_status check(const char *path, struct codist_error *err)
{
	if (format_of(path) == N_FORMATS)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: cannot tell the figure's format, "
				   "expected a name that ends in .png, .svg or "
				   ".pdf", path);
#ifndef HAVE_CAIRO
	return codist_fail(err, CODIST_EMISSING,
			   "%s: codist was built without cairo, which draws "
			   "the figures", path);
#else
	return CODIST_OK;
#endif
}

enum codist_status codist_draw_check(const char *path,
				     struct codist_error *err)
{
	CODIST_TRY(check(path, err));
	return codist_output_check(path, err);
}

#ifdef HAVE_CAIRO

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

/* The largest page of PDF 1.7, Annex C; as a PNG, cairo can still hold it. */
#define LARGEST_SIDE 14400
#define PIXELS_PER_POINT 2
#define PI 3.14159265358979323846

struct codist_canvas {
	struct codist_output output;
	enum format format;
	cairo_surface_t *surface;
	cairo_t *cairo;
	struct codist_text svg; /* what cairo wrote, to be renumbered */
	int error;              /* the errno of a failed write */
};

static cairo_status_t write_file(void *user, const unsigned char *bytes,
				 unsigned nbytes)
{
	struct codist_canvas *canvas = user;

	if (fwrite(bytes, 1, nbytes, canvas->output.file) == nbytes)
		return CAIRO_STATUS_SUCCESS;
	canvas->error = errno;
	return CAIRO_STATUS_WRITE_ERROR;
}

static cairo_status_t write_memory(void *user, const unsigned char *bytes,
				   unsigned nbytes)
{
	struct codist_canvas *canvas = user;

	codist_text_add(&canvas->svg, "%.*s", (int)nbytes,
			(const char *)bytes);
	return canvas->svg.failed ? CAIRO_STATUS_NO_MEMORY :
				    CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *surface_new(struct codist_canvas *canvas, double width,
				    double height)
{
	cairo_surface_t *surface;

	switch (canvas->format) {
	case SVG:
		return cairo_svg_surface_create_for_stream(
			write_memory, canvas, width, height);
	case PDF:
		surface = cairo_pdf_surface_create_for_stream(
			write_file, canvas, width, height);
		cairo_pdf_surface_set_metadata(
			surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
		return surface;
	default:
		surface = cairo_image_surface_create(
			CAIRO_FORMAT_RGB24, (int)(width * PIXELS_PER_POINT),
			(int)(height * PIXELS_PER_POINT));
		cairo_surface_set_device_scale(surface, PIXELS_PER_POINT,
					       PIXELS_PER_POINT);
		return surface;
	}
}

static cairo_t *context_new(cairo_surface_t *surface)
{
	cairo_t *cairo = cairo_create(surface);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_set_font_options(cairo, options);
	cairo_font_options_destroy(options);
	cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
			       CAIRO_FONT_WEIGHT_NORMAL);
	return cairo;
}

enum codist_status codist_canvas_new(struct codist_canvas **result,
				     const char *path, double width,
				     double height, struct codist_error *err)
{
	static const struct codist_colour white = { 1, 1, 1 };
	struct codist_canvas *canvas;
	enum codist_status status;

	CODIST_TRY(check(path, err));
	if (width > LARGEST_SIDE || height > LARGEST_SIDE)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: a figure of %.0f x %.0f points, "
				   "expected at most %d a side", path,
				   width, height, LARGEST_SIDE);
	canvas = calloc(1, sizeof(*canvas));
	if (!canvas)
		return codist_no_memory(err, path);
	status = codist_output_open(&canvas->output, path, err);
	if (status != CODIST_OK) {
		free(canvas);
		return status;
	}
	canvas->format = format_of(path);
	canvas->surface = surface_new(canvas, width, height);
	canvas->cairo = context_new(canvas->surface);
	codist_canvas_fill(canvas, (struct codist_box){ 0, 0, width, height },
			   white);
	*result = canvas;
	return CODIST_OK;
}

static void release(struct codist_canvas *canvas)
{
	cairo_destroy(canvas->cairo);
	cairo_surface_destroy(canvas->surface);
	free(canvas->svg.chars);
	free(canvas);
}

void codist_canvas_abandon(struct codist_canvas *canvas)
{
	/* The surface may still write to the file. */
	cairo_surface_finish(canvas->surface);
	codist_output_abandon(&canvas->output);
	release(canvas);
}

static cairo_status_t write_svg(struct codist_canvas *canvas)
{
	struct codist_text svg = { 0 };
	cairo_status_t status = CAIRO_STATUS_NO_MEMORY;

	if (canvas->svg.failed)
		return status;
	codist_svg_renumber(canvas->svg.chars, &svg);
	if (!svg.failed)
		status = write_file(canvas, (unsigned char *)svg.chars,
				    (unsigned)svg.length);
	free(svg.chars);
	return status;
}

/* Have cairo write all that it has not written yet. */
static cairo_status_t complete(struct codist_canvas *canvas)
{
	cairo_status_t status = cairo_status(canvas->cairo);

	if (status == CAIRO_STATUS_SUCCESS && canvas->format == PNG)
		status = cairo_surface_write_to_png_stream(
			canvas->surface, write_file, canvas);
	cairo_surface_finish(canvas->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(canvas->surface);
	if (status == CAIRO_STATUS_SUCCESS && canvas->format == SVG)
		status = write_svg(canvas);
	/* cairo 1.16 forgets that the end of a PDF could not be written. */
	return canvas->error ? CAIRO_STATUS_WRITE_ERROR : status;
}

static enum codist_status failure(const struct codist_canvas *canvas,
				  cairo_status_t status,
				  struct codist_error *err)
{
	const char *path = canvas->output.path;

	if (status == CAIRO_STATUS_NO_MEMORY)
		return codist_no_memory(err, path);
	if (status == CAIRO_STATUS_WRITE_ERROR)
		return codist_fail(err, CODIST_EIO, "%s: cannot write: %s",
				   path, strerror(canvas->error));
	return codist_fail(err, CODIST_ELIBRARY, "%s: cairo: %s", path,
			   cairo_status_to_string(status));
}

enum codist_status codist_canvas_finish(struct codist_canvas *canvas,
					struct codist_error *err)
{
	cairo_status_t drawn = complete(canvas);
	enum codist_status status;

	if (drawn == CAIRO_STATUS_SUCCESS) {
		status = codist_output_finish(&canvas->output, err);
	} else {
		status = failure(canvas, drawn, err);
		codist_output_abandon(&canvas->output);
	}
	release(canvas);
	return status;
}

static void set_colour(cairo_t *cairo, struct codist_colour colour)
{
	cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

void codist_canvas_fill(struct codist_canvas *canvas, struct codist_box box,
			struct codist_colour colour)
{
	set_colour(canvas->cairo, colour);
	cairo_rectangle(canvas->cairo, box.x, box.y, box.width, box.height);
	cairo_fill(canvas->cairo);
}

void codist_canvas_frame(struct codist_canvas *canvas, struct codist_box box,
			 double line_width, struct codist_colour colour)
{
	set_colour(canvas->cairo, colour);
	cairo_set_line_width(canvas->cairo, line_width);
	cairo_rectangle(canvas->cairo, box.x, box.y, box.width, box.height);
	cairo_stroke(canvas->cairo);
}

/* Fill the path and draw a line along it. */
static void fill_and_line(cairo_t *cairo, struct codist_colour fill,
			  struct codist_colour line)
{
	set_colour(cairo, fill);
	cairo_fill_preserve(cairo);
	set_colour(cairo, line);
	cairo_set_line_width(cairo, 0.5);
	cairo_stroke(cairo);
}

void codist_canvas_line(struct codist_canvas *canvas, double x, double y,
			double to_x, double to_y, double line_width,
			struct codist_colour colour)
{
	set_colour(canvas->cairo, colour);
	cairo_set_line_width(canvas->cairo, line_width);
	cairo_set_line_cap(canvas->cairo, CAIRO_LINE_CAP_ROUND);
	cairo_move_to(canvas->cairo, x, y);
	cairo_line_to(canvas->cairo, to_x, to_y);
	cairo_stroke(canvas->cairo);
}

void codist_canvas_disc(struct codist_canvas *canvas, double x, double y,
			double radius, struct codist_colour fill,
			struct codist_colour line)
{
	cairo_new_path(canvas->cairo);
	cairo_arc(canvas->cairo, x, y, radius, 0, 2 * PI);
	cairo_close_path(canvas->cairo);
	fill_and_line(canvas->cairo, fill, line);
}

void codist_canvas_polygon(struct codist_canvas *canvas, size_t n,
			   const double *corners,
			   struct codist_colour fill,
			   struct codist_colour line)
{
	cairo_new_path(canvas->cairo);
	for (size_t i = 0; i < n; i++)
		cairo_line_to(canvas->cairo, corners[2 * i],
			      corners[2 * i + 1]);
	cairo_close_path(canvas->cairo);
	fill_and_line(canvas->cairo, fill, line);
}

static double advance(cairo_t *cairo, const char *text)
{
	cairo_text_extents_t extents;

	cairo_text_extents(cairo, text, &extents);
	return extents.x_advance;
}

void codist_canvas_text(struct codist_canvas *canvas, double x, double y,
			const struct codist_lettering *lettering,
			const char *text)
{
	cairo_t *cairo = canvas->cairo;
	cairo_text_extents_t capital;

	cairo_save(cairo);
	cairo_set_font_size(cairo, lettering->size);
	cairo_text_extents(cairo, "H", &capital);
	cairo_translate(cairo, x, y);
	cairo_rotate(cairo, -lettering->degrees / 180 * PI);
	cairo_move_to(cairo, -lettering->align * advance(cairo, text),
		      capital.height / 2);
	set_colour(cairo, lettering->colour);
	cairo_show_text(cairo, text);
	cairo_restore(cairo);
}

void codist_canvas_grey(struct codist_canvas *canvas, double x, double y,
			size_t n_columns, size_t n_rows,
			const unsigned char *bytes)
{
	cairo_t *cairo = canvas->cairo;
	cairo_surface_t *image = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, (int)n_columns, (int)n_rows);
	unsigned char *pixels = cairo_image_surface_get_data(image);
	int stride = cairo_image_surface_get_stride(image);

	/* Without pixels, painting leaves the image's status in `cairo`. */
	for (size_t row = 0; pixels && row < n_rows; row++) {
		unsigned char *line = pixels + row * (size_t)stride;

		for (size_t i = 0; i < n_columns; i++) {
			uint32_t pixel = bytes[row * n_columns + i] * 0x10101u;

			memcpy(line + 4 * i, &pixel, sizeof(pixel));
		}
	}
	cairo_surface_mark_dirty(image);
	cairo_set_source_surface(cairo, image, x, y);
	cairo_pattern_set_filter(cairo_get_source(cairo),
				 CAIRO_FILTER_NEAREST);
	cairo_paint(cairo);
	cairo_surface_destroy(image);
}

double codist_text_width(const char *text, double size)
{
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
	cairo_t *cairo = context_new(surface);
	double width;

	cairo_set_font_size(cairo, size);
	width = advance(cairo, text);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return width;
}

const char *codist_cairo_version(void)
{
	return cairo_version_string();
}

#else /* no canvas is ever made, so nothing is ever drawn */

enum codist_status codist_canvas_new(struct codist_canvas **canvas,
				     const char *path, double width,
				     double height, struct codist_error *err)
{
	(void)canvas, (void)width, (void)height;
	return check(path, err);
}

enum codist_status codist_canvas_finish(struct codist_canvas *canvas,
					struct codist_error *err)
{
	(void)canvas;
	return codist_fail(err, CODIST_EMISSING, "no cairo");
}

void codist_canvas_abandon(struct codist_canvas *canvas)
{
	(void)canvas;
}

void codist_canvas_fill(struct codist_canvas *canvas, struct codist_box box,
			struct codist_colour colour)
{
	(void)canvas, (void)box, (void)colour;
}

void codist_canvas_frame(struct codist_canvas *canvas, struct codist_box box,
			 double line_width, struct codist_colour colour)
{
	(void)canvas, (void)box, (void)line_width, (void)colour;
}

void codist_canvas_line(struct codist_canvas *canvas, double x, double y,
			double to_x, double to_y, double line_width,
			struct codist_colour colour)
{
	(void)canvas, (void)x, (void)y, (void)to_x, (void)to_y;
	(void)line_width, (void)colour;
}

void codist_canvas_disc(struct codist_canvas *canvas, double x, double y,
			double radius, struct codist_colour fill,
			struct codist_colour line)
{
	(void)canvas, (void)x, (void)y, (void)radius, (void)fill, (void)line;
}

void codist_canvas_polygon(struct codist_canvas *canvas, size_t n,
			   const double *corners,
			   struct codist_colour fill,
			   struct codist_colour line)
{
	(void)canvas, (void)n, (void)corners, (void)fill, (void)line;
}

void codist_canvas_text(struct codist_canvas *canvas, double x, double y,
			const struct codist_lettering *lettering,
			const char *text)
{
	(void)canvas, (void)x, (void)y, (void)lettering, (void)text;
}

void codist_canvas_grey(struct codist_canvas *canvas, double x, double y,
			size_t n_columns, size_t n_rows,
			const unsigned char *bytes)
{
	(void)canvas, (void)x, (void)y, (void)n_columns, (void)n_rows;
	(void)bytes;
}

double codist_text_width(const char *text, double size)
{
	(void)text, (void)size;
	return 0;
}

const char *codist_cairo_version(void)
{
	return NULL;
}

#endif
