/*
 * test_figures.c - confusion matrices, contact sheets, scatter plots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist.h>

#include "scratch.h"

#ifdef HAVE_CAIRO

#include <cairo.h>
#include <math.h>

static const char *const formats[] = { "a.png", "a.svg", "a.pdf" };

static enum codist_status draw_counts(const char *path, size_t n_classes,
				      size_t *counts, struct codist_error *err)
{
	static const char *const names[] = { "a", "b", "c" };
	struct codist_confusion confusion = { n_classes, counts };

	assert_true(n_classes <= 3);
	return codist_draw_confusion(path, &confusion, names, "title", err);
}

static enum codist_status draw_matrix(const char *path,
				      struct codist_error *err)
{
	size_t counts[] = { 12345, 0, 17, 1, 2, 3, 0, 0, 0 };

	return draw_counts(path, 3, counts, err);
}

/* Images of 2 x 2 pixels, of one class with a blank for a name. */
static struct codist_dataset two_images(void)
{
	static unsigned char bytes[] = { 0, 1, 2, 4, 0, 1, 2, 4 };
	static size_t starts[] = { 0, 4, 8 };
	static unsigned labels[] = { 0, 0 };
	static char blank[] = " ";
	static char *names[] = { blank };

	return (struct codist_dataset){
		.name = (char *)"squares",
		.n_samples = 2,
		.n_classes = 1,
		.bytes = bytes,
		.starts = starts,
		.labels = labels,
		.class_names = names,
		.rank = 2,
		.dimensions = { 2, 2 },
	};
}

static enum codist_status draw_sheet(const char *path,
				     struct codist_error *err)
{
	struct codist_dataset set = two_images();

	return codist_draw_contact_sheet(path, &set, 1, err);
}

static const char *const point_names[] = { "a", "\xff\n", "a name" };

/* Points at (0, 0), (2, 0) and (1, 0), in all classes there can be. */
static struct codist_scatter three_points(void)
{
	static const double x[] = { 0, 2, 1 }, y[] = { 0, 0, 0 };
	static const unsigned classes[] = { 0, 27, 13 };
	static const char *class_names[CODIST_SCATTER_CLASSES];

	for (size_t c = 0; c < CODIST_SCATTER_CLASSES; c++)
		class_names[c] = "class";
	return (struct codist_scatter){
		.n = 3, .x = x, .y = y, .names = point_names,
		.classes = classes, .n_classes = CODIST_SCATTER_CLASSES,
		.class_names = class_names, .title = "title",
		.x_label = "across", .y_label = "up",
	};
}

static enum codist_status draw_points(const char *path,
				      struct codist_error *err)
{
	struct codist_scatter scatter = three_points();

	return codist_draw_scatter(path, &scatter, err);
}

static enum codist_status draw_a_tree(const char *path, int is_rectangular,
				      struct codist_error *err)
{
	static const char text[] = "((a:1,'b \xff':2):1,c:3,(d:1,e:0):-1);";
	static const unsigned groups[] = { 0, 1, 0, 1, 0 };
	static const char *const group_names[] = { "one", "two" };
	const struct codist_tree_figure what = {
		.title = "tree", .is_rectangular = is_rectangular,
		.groups = groups, .n_groups = 2, .group_names = group_names,
	};
	struct codist_bytes bytes = { (const unsigned char *)text,
				      sizeof(text) - 1 };
	enum codist_status status;
	struct codist_tree tree;

	assert_int_equal(codist_tree_read(&tree, bytes, "it", NULL),
			 CODIST_OK);
	status = codist_draw_tree(path, &tree, &what, err);
	codist_tree_release(&tree);
	return status;
}

static enum codist_status draw_around(const char *path,
				      struct codist_error *err)
{
	return draw_a_tree(path, 0, err);
}

static enum codist_status draw_rectangular(const char *path,
					   struct codist_error *err)
{
	return draw_a_tree(path, 1, err);
}

static enum codist_status (*const figures[])(const char *,
					     struct codist_error *) = {
	draw_matrix, draw_sheet, draw_points,
	draw_around, draw_rectangular,
};
#define N_FIGURES (sizeof(figures) / sizeof(figures[0]))

static void a_figure_is_of_the_format_its_name_says(void **state)
{
	for (size_t i = 0; i < N_FIGURES; i++) {
		struct codist_error err = { 0 };
		double width, height;
		unsigned char *png;
		char *other, *box;
		size_t nbytes;

		for (size_t k = 0; k < 3; k++)
			if (figures[i](scratch_path(state, formats[k]), &err))
				fail_msg("%s", err.message);
		assert_int_equal(scratch_count(state, 0), 3);

		other = scratch_read(scratch_path(state, "a.pdf"), NULL);
		assert_memory_equal(other, "%PDF-1.", 7);
		free(other);

		other = scratch_read(scratch_path(state, "a.svg"), NULL);
		box = strstr(other, "<svg ");
		assert_non_null(box);
		assert_int_equal(sscanf(strstr(box, "viewBox"),
					"viewBox=\"0 0 %lf %lf\"", &width,
					&height),
				 2);
		free(other);

		/* PNG's IHDR: both sides as big-endian 32-bit numbers at 16. */
		png = (unsigned char *)scratch_read(
			scratch_path(state, "a.png"), &nbytes);
		assert_true(nbytes > 24);
		assert_memory_equal(png, "\x89PNG\r\n\x1a\n", 8);
		assert_true(width > 0 && height > 0);
		assert_true(png[18] * 256 + png[19] == (int)(2 * width));
		assert_true(png[22] * 256 + png[23] == (int)(2 * height));
		free(png);
	}
}

static void the_same_figure_is_the_same_bytes(void **state)
{
	for (size_t i = 0; i < N_FIGURES; i++)
		for (size_t k = 0; k < 3; k++) {
			const char *path = scratch_path(state, formats[k]);
			struct codist_error err = { 0 };
			size_t n_first, n_second;
			char *first, *second;

			assert_int_equal(figures[i](path, &err), CODIST_OK);
			first = scratch_read(path, &n_first);
			assert_int_equal(figures[i](path, &err), CODIST_OK);
			second = scratch_read(path, &n_second);
			assert_int_equal(n_first, n_second);
			assert_memory_equal(first, second, n_first);
			free(first);
			free(second);
		}
}

static void what_an_svg_refers_to_is_in_it(void **state)
{
	for (size_t i = 0; i < N_FIGURES; i++) {
		const char *path = scratch_path(state, "a.svg");
		struct codist_error err = { 0 };
		unsigned n_references = 0;
		char *svg;

		assert_int_equal(figures[i](path, &err), CODIST_OK);
		svg = scratch_read(path, NULL);
		for (char *at = svg; (at = strstr(at, "href=\"#")); at++) {
			char id[64], wanted[80];

			assert_int_equal(sscanf(at, "href=\"#%63[^\"]", id),
					 1);
			snprintf(wanted, sizeof(wanted), " id=\"%s\"", id);
			assert_non_null(strstr(svg, wanted));
			n_references++;
		}
		assert_true(n_references > 0);
		free(svg);
	}
}

static void a_pdf_does_not_tell_when_it_was_made(void **state)
{
	const char *path = scratch_path(state, "a.pdf");
	struct codist_error err = { 0 };
	size_t nbytes;
	char *pdf;

	assert_int_equal(draw_matrix(path, &err), CODIST_OK);
	pdf = scratch_read(path, &nbytes);
	for (size_t i = 0; i + 12 < nbytes; i++)
		assert_true(memcmp(pdf + i, "CreationDate", 12) != 0);
	free(pdf);
}

static void a_full_disk_is_an_error_in_every_format(void **state)
{
	if (access("/dev/full", W_OK) != 0) {
		print_message("no /dev/full here\n");
		skip();
	}
	for (size_t k = 0; k < 3; k++) {
		const char *path = scratch_path(state, formats[k]);
		struct codist_error err = { 0 };

		assert_int_equal(symlink("/dev/full", path), 0);
		assert_int_equal(draw_matrix(path, &err), CODIST_EIO);
		assert_non_null(strstr(err.message, "No space left"));
	}
}

static void a_sheet_needs_images(void **state)
{
	static const size_t ranks[] = { 0, 1, 3 };

	for (size_t i = 0; i < 3; i++) {
		struct codist_dataset set = two_images();
		struct codist_error err = { 0 };

		set.rank = ranks[i];
		assert_int_equal(codist_draw_contact_sheet(
					 scratch_path(state, "a.png"), &set, 1,
					 &err),
				 CODIST_EUSAGE);
		assert_non_null(strstr(err.message, "squares: "));
		assert_non_null(strstr(err.message, "rank 2"));
	}
	assert_int_equal(scratch_count(state, 0), 0);
}

static void images_without_pixels_are_refused(void **state)
{
	struct codist_dataset set = two_images();
	struct codist_error err = { 0 };
	size_t starts[3] = { 0 };

	set.dimensions[0] = 0;
	set.dimensions[1] = 0;
	set.starts = starts;
	assert_int_equal(codist_draw_contact_sheet(
				 scratch_path(state, "a.png"), &set, 1, &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "0 x 0"));
}

static void too_large_a_sheet_is_refused(void **state)
{
	struct codist_dataset set = two_images();
	struct codist_error err = { 0 };

	set.dimensions[1] = 20000;
	assert_int_equal(codist_draw_contact_sheet(
				 scratch_path(state, "a.svg"), &set, 1, &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "at most"));
	assert_int_equal(scratch_count(state, 0), 0);
}

/* A picture's pixels as 0xrrggbb, read back from a PNG, for free(). */
static uint32_t *read_image(const char *path, size_t *n_pixels,
			    size_t *n_columns)
{
	cairo_surface_t *image = cairo_image_surface_create_from_png(path);
	const unsigned char *data = cairo_image_surface_get_data(image);
	size_t width = (size_t)cairo_image_surface_get_width(image);
	size_t height = (size_t)cairo_image_surface_get_height(image);
	size_t stride = (size_t)cairo_image_surface_get_stride(image);
	uint32_t *pixels;

	assert_non_null(data);
	*n_pixels = width * height;
	*n_columns = width;
	pixels = malloc(*n_pixels * sizeof(*pixels));
	assert_non_null(pixels);
	for (size_t y = 0; y < height; y++)
		memcpy(pixels + y * width, data + y * stride, 4 * width);
	for (size_t i = 0; i < *n_pixels; i++)
		pixels[i] &= 0xffffff;
	cairo_surface_destroy(image);
	return pixels;
}

static uint32_t *read_pixels(const char *path, size_t *n_pixels)
{
	size_t n_columns;

	return read_image(path, n_pixels, &n_columns);
}

/*
 * The largest byte, 4, is white, so 1 is 255 / 4 = 63.75 and 2 is 127.5: to
 * the nearest, 64 and 128. Every pixel must be one of these, and as many of
 * one as of the other; white is also the page.
 */
static void images_are_scaled_to_white_and_stay_crisp(void **state)
{
	const char *path = scratch_path(state, "a.png");
	size_t n_of[3] = { 0 }, n_white = 0, n_pixels;
	struct codist_error err = { 0 };
	uint32_t *pixels;

	assert_int_equal(draw_sheet(path, &err), CODIST_OK);
	pixels = read_pixels(path, &n_pixels);
	for (size_t i = 0; i < n_pixels; i++) {
		n_of[0] += pixels[i] == 0;
		n_of[1] += pixels[i] == 0x404040;
		n_of[2] += pixels[i] == 0x808080;
		n_white += pixels[i] == 0xffffff;
	}
	free(pixels);
	assert_int_equal(n_of[0] + n_of[1] + n_of[2] + n_white, n_pixels);
	assert_true(n_of[0] > 0 && n_white > n_of[0]);
	assert_int_equal(n_of[0], n_of[1]);
	assert_int_equal(n_of[0], n_of[2]);
}

static void a_sheet_has_as_many_images_as_were_asked_for(void **state)
{
	static const size_t asked[] = { 1, 2, 1000 }, drawn[] = { 1, 2, 2 };
	struct codist_dataset set = two_images();
	size_t n_in_one = 0;

	for (size_t k = 0; k < 3; k++) {
		const char *path = scratch_path(state, "a.png");
		struct codist_error err = { 0 };
		size_t n_pixels, n_black = 0;
		uint32_t *pixels;

		assert_int_equal(codist_draw_contact_sheet(path, &set,
							   asked[k], &err),
				 CODIST_OK);
		pixels = read_pixels(path, &n_pixels);
		for (size_t i = 0; i < n_pixels; i++)
			n_black += pixels[i] == 0;
		free(pixels);
		if (k == 0)
			n_in_one = n_black;
		assert_true(n_black > 0);
		assert_int_equal(n_black, drawn[k] * n_in_one);
	}
}

/* The pixels as blue and dark as a cell that holds all of its row. */
static size_t count_dark_blue(void **state, size_t count_a, size_t count_b)
{
	const char *path = scratch_path(state, "a.png");
	size_t counts[] = { count_a, 0, 0, count_b };
	size_t n_pixels, n_dark_blue = 0;
	struct codist_error err = { 0 };
	uint32_t *pixels;

	assert_int_equal(draw_counts(path, 2, counts, &err), CODIST_OK);
	pixels = read_pixels(path, &n_pixels);
	for (size_t i = 0; i < n_pixels; i++) {
		unsigned red = pixels[i] >> 16, blue = pixels[i] & 0xff;

		n_dark_blue += red < 40 && blue > 80 && blue < 140;
	}
	free(pixels);
	return n_dark_blue;
}

/*
 * Of the row: 3 of 3 is as dark as 3000 of 3000, and 0 of 0 is not dark. The
 * frame and the digits leave not quite the same number of pixels of each cell.
 */
static void a_cell_is_shaded_by_its_share_of_the_row(void **state)
{
	size_t in_bar = count_dark_blue(state, 0, 0);
	size_t one = count_dark_blue(state, 3, 0) - in_bar;
	size_t both = count_dark_blue(state, 3, 3000) - in_bar;

	assert_true(one > 1000);
	assert_true(10 * both > 19 * one && 10 * both < 21 * one);
}

static void names_in_any_encoding_can_be_drawn(void **state)
{
	static const char *const names[] = {
		"", "caf\xe9", "\xff\xfe\n", "na\xc3\xafve",
		"a name that is much longer than the place that it has got",
	};
	size_t counts[25] = { 1 };
	struct codist_confusion confusion = { 5, counts };

	for (size_t k = 0; k < 3; k++) {
		struct codist_error err = { 0 };

		if (codist_draw_confusion(scratch_path(state, formats[k]),
					  &confusion, names, "\xe9", &err) ||
		    codist_draw_confusion(scratch_path(state, formats[k]),
					  &confusion, names, NULL, &err))
			fail_msg("%s", err.message);
	}
}

/*
 * Of points 2 apart, which is 440 points of the page, the middles are 880
 * pixels apart. The marks are blue (0x0073b2), and with 2 pixels to a point
 * and the line around them aside, 2 * 2 * (3.5 - 0.25) = 13 pixels wide.
 */
static void points_are_as_far_apart_as_their_places(void **state)
{
	const char *path = scratch_path(state, "a.png");
	struct codist_scatter scatter = three_points();
	size_t left = SIZE_MAX, right = 0, top = SIZE_MAX, bottom = 0;
	size_t n_pixels, n_columns;
	struct codist_error err = { 0 };
	uint32_t *pixels;

	scatter.classes = NULL;
	assert_int_equal(codist_draw_scatter(path, &scatter, &err), CODIST_OK);
	pixels = read_image(path, &n_pixels, &n_columns);
	for (size_t i = 0; i < n_pixels; i++) {
		size_t x = i % n_columns, y = i / n_columns;

		if (pixels[i] >> 8 != 0x0073)
			continue;
		left = x < left ? x : left;
		right = x > right ? x : right;
		top = y < top ? y : top;
		bottom = y > bottom ? y : bottom;
	}
	free(pixels);
	assert_in_range(right - left, 880 + 13 - 3, 880 + 13 + 1);
	assert_in_range(bottom - top, 13 - 3, 13 + 1);
}

/* A star of leaves, in groups that are all called the same. */
static enum codist_status draw_star(const char *path, size_t n_leaves,
				    const unsigned *groups, size_t n_groups,
				    int is_rectangular,
				    struct codist_error *err)
{
	const char *group_names[64];
	const struct codist_tree_figure what = {
		.is_rectangular = is_rectangular, .groups = groups,
		.n_groups = n_groups, .group_names = group_names,
	};
	char text[512] = "(";
	enum codist_status status;
	struct codist_tree tree;

	for (size_t i = 0; i < 64; i++)
		group_names[i] = "group";
	for (size_t i = 0; i < n_leaves; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "%s%zu", i ? "," : "", i);
	strcat(text, ");");
	assert_int_equal(codist_tree_read(&tree, (struct codist_bytes){
		(const unsigned char *)text, strlen(text) }, "it", NULL),
			 CODIST_OK);
	status = codist_draw_tree(path, &tree, &what, err);
	codist_tree_release(&tree);
	return status;
}

static void assert_same_files(void **state, int are_same)
{
	size_t n_a, n_b;
	char *a = scratch_read(scratch_path(state, "a.png"), &n_a);
	char *b = scratch_read(scratch_path(state, "b.png"), &n_b);

	assert_int_equal(n_a == n_b && memcmp(a, b, n_a) == 0, are_same);
	free(a);
	free(b);
}

/* In 28 groups of two each is another, and so any two of them exchanged. */
static void no_two_groups_of_a_tree_look_the_same(void **state)
{
	for (unsigned other = 1; other < CODIST_TREE_GROUPS; other++) {
		unsigned groups[2 * CODIST_TREE_GROUPS];

		for (unsigned i = 0; i < 2 * CODIST_TREE_GROUPS; i++)
			groups[i] = i / 2;
		assert_int_equal(draw_star(scratch_path(state, "a.png"),
					   2 * CODIST_TREE_GROUPS, groups,
					   CODIST_TREE_GROUPS, other % 2, NULL),
				 CODIST_OK);
		groups[0] = groups[1] = other;
		groups[2 * other] = groups[2 * other + 1] = 0;
		assert_int_equal(draw_star(scratch_path(state, "b.png"),
					   2 * CODIST_TREE_GROUPS, groups,
					   CODIST_TREE_GROUPS, other % 2, NULL),
				 CODIST_OK);
		assert_same_files(state, 0);
	}
}

static void a_leaf_alone_in_its_group_is_drawn_as_without(void **state)
{
	static const unsigned groups[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

	assert_int_equal(draw_star(scratch_path(state, "a.png"), 10, groups,
				   10, 0, NULL), CODIST_OK);
	assert_int_equal(draw_star(scratch_path(state, "b.png"), 10, NULL, 0,
				   0, NULL), CODIST_OK);
	assert_same_files(state, 1);
}

static void more_groups_than_there_are_marks_are_refused(void **state)
{
	struct codist_error err = { 0 };
	unsigned groups[58];

	for (unsigned i = 0; i < 58; i++)
		groups[i] = i / 2;
	assert_int_equal(draw_star(scratch_path(state, "a.svg"), 58, groups,
				   29, 0, &err), CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "a.svg: 29 groups of several "
					    "leaves, expected at most 28"));
	assert_int_equal(scratch_count(state, 0), 0);
}

static void points_without_place_or_mark_are_refused(void **state)
{
	const char *path = scratch_path(state, "a.svg");
	const double nowhere[] = { 0, NAN, 0 };
	struct codist_scatter scatter = three_points();
	struct codist_error err = { 0 };

	scatter.y = nowhere;
	assert_int_equal(codist_draw_scatter(path, &scatter, &err),
			 CODIST_EFORMAT);
	assert_non_null(strstr(err.message, "a.svg: point 2 "));
	scatter = three_points();
	scatter.n_classes++;
	assert_int_equal(codist_draw_scatter(path, &scatter, &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "29 classes, expected at most 28"));
	assert_int_equal(scratch_count(state, 0), 0);
}

#endif

static void a_check_finds_where_no_figure_can_be_written(void **state)
{
	struct codist_error err = { 0 };
	enum codist_status good = CODIST_EMISSING, bad = CODIST_EMISSING;

#ifdef HAVE_CAIRO
	good = CODIST_OK;
	bad = CODIST_EIO;
#endif
	assert_int_equal(codist_draw_check(scratch_path(state, "a.png"), &err),
			 good);
	assert_int_equal(codist_draw_check(scratch_path(state, "none/a.png"),
					   &err),
			 bad);
	assert_int_equal(scratch_count(state, 0), 0);
}

static void another_extension_is_refused(void **state)
{
	static const char *const names[] = { "a.jpg", "a", ".png/a", "a.png " };
	static const char *const class_names[] = { "0" };
	size_t count = 1;
	struct codist_confusion confusion = { 1, &count };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *path = scratch_path(state, names[i]);
		struct codist_error err = { 0 };

		assert_int_equal(codist_draw_confusion(path, &confusion,
						       class_names, NULL,
						       &err),
				 CODIST_EUSAGE);
		assert_non_null(strstr(err.message, path));
		assert_non_null(strstr(err.message, ".png, .svg or .pdf"));
		assert_int_equal(codist_draw_check(path, NULL),
				 CODIST_EUSAGE);
	}
	assert_int_equal(scratch_count(state, 0), 0);
}

#ifndef HAVE_CAIRO

static void without_cairo_nothing_is_drawn(void **state)
{
	static const char *const class_names[] = { "0" };
	size_t count = 1;
	struct codist_confusion confusion = { 1, &count };
	struct codist_error err = { 0 };

	print_message("built without cairo: figures are not tested\n");
	assert_int_equal(codist_draw_confusion(scratch_path(state, "a.png"),
					       &confusion, class_names, NULL,
					       &err),
			 CODIST_EMISSING);
	assert_non_null(strstr(err.message, "cairo"));
	assert_int_equal(scratch_count(state, 0), 0);
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
#ifdef HAVE_CAIRO
		IN_SCRATCH(a_figure_is_of_the_format_its_name_says),
		IN_SCRATCH(the_same_figure_is_the_same_bytes),
		IN_SCRATCH(what_an_svg_refers_to_is_in_it),
		IN_SCRATCH(a_pdf_does_not_tell_when_it_was_made),
		IN_SCRATCH(a_full_disk_is_an_error_in_every_format),
		IN_SCRATCH(a_sheet_needs_images),
		IN_SCRATCH(images_without_pixels_are_refused),
		IN_SCRATCH(too_large_a_sheet_is_refused),
		IN_SCRATCH(images_are_scaled_to_white_and_stay_crisp),
		IN_SCRATCH(a_sheet_has_as_many_images_as_were_asked_for),
		IN_SCRATCH(a_cell_is_shaded_by_its_share_of_the_row),
		IN_SCRATCH(names_in_any_encoding_can_be_drawn),
		IN_SCRATCH(points_are_as_far_apart_as_their_places),
		IN_SCRATCH(no_two_groups_of_a_tree_look_the_same),
		IN_SCRATCH(a_leaf_alone_in_its_group_is_drawn_as_without),
		IN_SCRATCH(more_groups_than_there_are_marks_are_refused),
		IN_SCRATCH(points_without_place_or_mark_are_refused),
#else
		IN_SCRATCH(without_cairo_nothing_is_drawn),
#endif
		IN_SCRATCH(a_check_finds_where_no_figure_can_be_written),
		IN_SCRATCH(another_extension_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
