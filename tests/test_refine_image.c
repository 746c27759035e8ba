/*
 * test_refine_image.c - pictures by earlier ones: a code, however it is computed
 *
 * Lengths are checked against Python, see refine_against_python.sh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "backends/image/refine_mean.h"
#include "backends/image/refine_model.h"
#include "draw.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_RASTER 2000
#define N_STREAM 12

static struct codist_costs costs;

static int fill_costs(void **state)
{
	(void)state;
	codist_costs_init(&costs);
	return 0;
}

/* A picture whose pixels are its own. */
struct drawn {
	struct codist_pbm pbm;
	unsigned char raster[MOST_RASTER];
};

static void set(struct drawn *drawn, size_t i, unsigned bit)
{
	size_t y = i / drawn->pbm.width, x = i % drawn->pbm.width;
	unsigned char *byte = drawn->raster +
			      y * ((drawn->pbm.width + 7) / 8) + x / 8;

	*byte = (unsigned char)((*byte & ~(0x80 >> x % 8)) |
				(bit ? 0x80 >> x % 8 : 0));
}

static void blank(struct drawn *drawn, size_t width, size_t height)
{
	memset(drawn->raster, 0, sizeof(drawn->raster));
	drawn->pbm = (struct codist_pbm){ width, height, drawn->raster, 0 };
	assert_true((width + 7) / 8 * height <= MOST_RASTER);
}

/* A bar somewhere near the middle, with a few pixels wrong. */
static void draw_bar(struct drawn *drawn, size_t width, size_t height)
{
	size_t left = width / 3 + draw(2), right = left + 1 + width / 4;

	blank(drawn, width, height);
	for (size_t i = 0; i < width * height; i++) {
		size_t x = i % width;

		set(drawn, i, (x >= left && x < right) != (draw(20) == 0));
	}
}

static struct codist_refine_model new_model(size_t radius, size_t block,
					    size_t nearest, uint32_t prior)
{
	struct codist_refine_model model;
	struct codist_error err = { 0 };

	if (codist_refine_model_init(
		    &model,
		    (struct codist_refine_choice){
			    .radius = radius, .block = block,
			    .n_nearest = nearest, .prior = prior,
		    },
		    &costs, &err))
		fail_msg("%s", err.message);
	return model;
}

static void take(struct codist_refine_model *model, const struct codist_pbm *x)
{
	struct codist_error err = { 0 };

	if (codist_refine_model_take(model, x, &err))
		fail_msg("%s", err.message);
}

static double cost(struct codist_refine_model *model,
		   const struct codist_pbm *x, size_t n_pixels)
{
	struct codist_error err = { 0 };
	uint64_t parts = 0;

	if (codist_refine_model_cost(model, x, n_pixels, &parts, &err))
		fail_msg("%s", err.message);
	return (double)parts / CODIST_COST_ONE;
}

/*
 * One pixel after the other, by what the picture costs up to it if it is white or
 * black: that is all that a decoder knows.
 */
static void code_picture(struct codist_refine_model *model,
			 struct codist_coding *coding, struct drawn *x)
{
	size_t n = x->pbm.width * x->pbm.height;

	for (size_t i = 0; i < n; i++) {
		unsigned bit = codist_pbm_pixel(&x->pbm, i / x->pbm.width,
						i % x->pbm.width);
		double white, black, p;

		set(x, i, 0);
		white = cost(model, &x->pbm, i + 1);
		set(x, i, 1);
		black = cost(model, &x->pbm, i + 1);
		p = floor(CODIST_PROBABILITY_ONE / (1 + exp2(black - white)));
		p = fmin(fmax(p, 1), CODIST_PROBABILITY_ONE - 1);
		set(x, i, codist_coding_bit(coding, (uint32_t)p, bit));
	}
	take(model, &x->pbm);
}

static void write_stream(struct codist_coding *coding,
			 struct codist_refine_model *model, struct drawn *x,
			 size_t n)
{
	struct codist_sizes sizes = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t width = x[i].pbm.width, height = x[i].pbm.height;

		codist_sizes_picture(&sizes, coding, &width, &height);
		code_picture(model, coding, &x[i]);
	}
	codist_sizes_end(coding);
}

static size_t read_stream(struct codist_coding *coding,
			  struct codist_refine_model *model, struct drawn *x)
{
	struct codist_sizes sizes = { 0 };
	size_t width = 0, height = 0, n = 0;

	while (codist_sizes_picture(&sizes, coding, &width, &height)) {
		assert_true(n < N_STREAM);
		blank(&x[n], width, height);
		code_picture(model, coding, &x[n++]);
	}
	return n;
}

/*
 * What is told is rounded up: a pixel by less than a 64th of a bit, a block by less
 * than four (its displacements, their sum, and its logarithm by two). What is
 * written, pixel by pixel, is shorter by no more than that, and longer by as good as
 * nothing.
 */
static void what_is_written_is_read_and_as_long_as_told(void **state)
{
	static struct drawn drawn[N_STREAM], again[N_STREAM];

	(void)state;
	for (size_t radius = 0; radius <= REFINE_MOST_RADIUS; radius++) {
		struct codist_refine_model model = new_model(radius, 4, 0, 2);
		struct codist_coding coding;
		struct codist_bytes written;
		double told, ideal, rounded = 0;

		for (size_t i = 0; i < N_STREAM; i++) {
			size_t width = i % 5 == 4 ? 7 : 13;
			size_t height = i % 5 == 4 ? 9 : 11;
			size_t n_blocks = (width + 3) / 4 * ((height + 3) / 4);

			draw_bar(&drawn[i], width, height);
			rounded += (double)(width * height + 4 * n_blocks) /
				   REFINE_PARTS;
		}
		codist_coding_write(&coding, &costs);
		write_stream(&coding, &model, drawn, N_STREAM);
		assert_int_equal(codist_coding_finish(&coding, &written, NULL),
				 CODIST_OK);
		told = codist_refine_model_bits(&model);
		ideal = codist_coding_bits(&coding);
		if (ideal > told + 0.1 || ideal < told - rounded)
			fail_msg("told %g, written %g", told, ideal);
		assert_true(8 * (double)written.nbytes < ideal + 8);

		struct codist_coding reading;

		codist_refine_model_reset(&model);
		codist_coding_read(&reading, &costs, written);
		assert_int_equal(read_stream(&reading, &model, again),
				 N_STREAM);
		for (size_t i = 0; i < N_STREAM; i++) {
			assert_int_equal(again[i].pbm.width,
					 drawn[i].pbm.width);
			assert_memory_equal(again[i].raster, drawn[i].raster,
					    MOST_RASTER);
		}
		codist_coding_free(&coding);
		codist_refine_model_release(&model);
	}
}

/*
 * Kraft (1949): lengths are those of a code if all 2^-length add up to at most 1.
 * Rounding up takes less than 1/64 bit of each of 12 pixels, and four of each of six
 * blocks: 2^-(36/64) would be left at least. With the nearest only, more is left.
 */
static void all_pictures_of_a_size_have_a_probability_of_one(void **state)
{
	(void)state;
	for (size_t n_before = 0; n_before < 12; n_before++) {
		size_t nearest = n_before / 2 % 3;
		struct codist_refine_model model =
			new_model(1, 2, nearest, n_before % 2);
		static struct drawn x;
		double sum = 0;

		for (size_t i = 0; i < n_before; i++) {
			draw_bar(&x, 4, 3);
			take(&model, &x.pbm);
		}
		blank(&x, 4, 3);
		for (unsigned all = 0; all < 1U << 12; all++) {
			for (size_t i = 0; i < 12; i++)
				set(&x, i, all >> i & 1);
			sum += exp2(-cost(&model, &x.pbm, 12));
		}
		if (sum > 1 + 1e-6 || (nearest == 0 && sum < 0.67))
			fail_msg("%zu before, nearest %zu: %.9g", n_before,
				 nearest, sum);
		codist_refine_model_release(&model);
	}
}

/* What the header of refine_scan.h says, and no more: one picture, pixel by pixel. */
static uint32_t parts_by_hand(const struct codist_refine_query *query,
			      const struct codist_raster *y, size_t radius,
			      const struct codist_refine_tables *tables)
{
	ptrdiff_t r = (ptrdiff_t)radius;
	uint32_t parts = 0;

	for (size_t top = 0; top < query->height; top += query->block)
	for (size_t left = 0; left < query->width; left += query->block) {
		uint16_t of[REFINE_MOST_SHIFTS];
		size_t s = 0;

		for (ptrdiff_t dy = -r; dy <= r; dy++)
		for (ptrdiff_t dx = -r; dx <= r; dx++, s++) {
			of[s] = tables->shifts[s];
			for (size_t i = top; i < top + query->block; i++)
			for (size_t k = left; k < left + query->block; k++) {
				size_t row = i < query->height &&
					     k < query->width ?
					query->rows[i * query->width + k] :
					REFINE_UNKNOWN;

				if (row != REFINE_UNKNOWN)
					of[s] = (uint16_t)(
						of[s] + tables->parts[row]
						[codist_refine_around(
							y, (ptrdiff_t)i + dy,
							(ptrdiff_t)k + dx)]);
			}
		}
		parts += codist_refine_mixed(tables, of, s);
	}
	return parts;
}

static size_t distance(const struct codist_raster *a,
		       const struct codist_raster *b, size_t n_known)
{
	size_t n = 0;

	for (size_t i = 0; i < n_known; i++) {
		ptrdiff_t y = (ptrdiff_t)(i / a->width);
		ptrdiff_t x = (ptrdiff_t)(i % a->width);

		n += codist_raster_at(a, y, x) != codist_raster_at(b, y, x);
	}
	return n;
}

/* By counting, for each, who comes before it. */
static void leave_out(uint32_t *expected, const size_t *distances, size_t n,
		      size_t n_nearest)
{
	for (size_t i = 0; i < n; i++) {
		size_t n_nearer = 0;

		for (size_t k = 0; k < n; k++)
			n_nearer += distances[k] < distances[i] ||
				    (distances[k] == distances[i] && k < i);
		if (n_nearer >= n_nearest)
			expected[i] = REFINE_LEFT_OUT;
	}
}

static void draw_noise(struct codist_raster *raster, size_t width,
		       size_t height)
{
	static struct drawn x;

	blank(&x, width, height);
	for (size_t k = 0; k < width * height; k++)
		set(&x, k, draw(3) == 0);
	assert_int_equal(codist_raster_fill(raster, &x.pbm, NULL), CODIST_OK);
}

/* Tables of drawn counts. */
static void draw_tables(struct codist_refine_tables *tables, size_t radius)
{
	static struct codist_refine_counts counts;

	codist_refine_counts_init(&counts, radius, 1);
	for (size_t i = 0; i < REFINE_N_BEFORE; i++)
		for (size_t k = 0; k < REFINE_N_AROUND; k++)
			counts.n[i][k][draw(2)] += (uint64_t)draw(1 << 30)
						   << draw(10);
	codist_refine_tables_fill(tables, &counts, &costs, radius);
}

/* A gallery of noise, all of it or the nearest, that keeps what blanks cost or not. */
static void compare_engines(struct codist_gallery gallery, size_t n,
			    int keeps_blanks)
{
	static struct codist_refine_tables tables;
	static unsigned char rows[MOST_RASTER * 8];
	static struct codist_refine_site sites[2 * MOST_RASTER * 8];
	size_t n_pixels = gallery.width * gallery.height;
	struct codist_raster raster = { 0 }, asked = { 0 };
	struct codist_refine_query query = {
		.width = gallery.width, .height = gallery.height,
		.block = gallery.block, .rows = rows, .picture = &asked,
		.n_known = draw(2) ? n_pixels : draw((unsigned)n_pixels),
	};
	uint32_t expected[3 * REFINE_LANES], found[3 * REFINE_LANES];
	size_t distances[3 * REFINE_LANES];

	draw_tables(&tables, gallery.radius);
	if (keeps_blanks)
		gallery.tables = &tables;
	draw_noise(&asked, gallery.width, gallery.height);
	/* Half of the pixels are blank, as in drawings. */
	for (size_t k = 0; k < n_pixels; k++)
		rows[k] = draw(2) ? REFINE_BLANK : draw(5) ?
			(unsigned char)draw(REFINE_ROWS) : REFINE_UNKNOWN;
	for (size_t i = 0; i < n; i++) {
		draw_noise(&raster, gallery.width, gallery.height);
		assert_int_equal(codist_gallery_add(&gallery, &raster, NULL),
				 CODIST_OK);
		expected[i] = parts_by_hand(&query, &raster, gallery.radius,
					    &tables);
		distances[i] = distance(&asked, &raster, query.n_known);
	}
	if (gallery.n_nearest > 0)
		leave_out(expected, distances, n, gallery.n_nearest);
	codist_refine_query_sites(&query, &gallery, sites);
	for (int e = REFINE_PORTABLE; e <= REFINE_AVX512; e++) {
		if (!codist_refine_has((enum codist_refine_engine)e))
			continue;
		codist_refine_scan(&query, &gallery, &tables,
				   (enum codist_refine_engine)e, found);
		assert_memory_equal(found, expected, n * sizeof(*found));
	}
	codist_gallery_release(&gallery);
	free(raster.buffer);
	free(asked.buffer);
}

static void all_engines_give_the_same(void **state)
{
	(void)state;
	print_message("engines: portable%s%s\n",
		      codist_refine_has(REFINE_AVX2) ? ", avx2" : "",
		      codist_refine_has(REFINE_AVX512) ? ", avx512" : "");
	for (size_t i = 0; i < 100; i++)
		compare_engines((struct codist_gallery){
				.radius = i % 3, .block = 1 + draw(8),
				.width = 1 + draw(30), .height = 1 + draw(30),
				.n_nearest = draw(2) ? 1 + draw(100) : 0,
			}, i < 90 ? 64 : 1 + draw(3 * REFINE_LANES),
			draw(2) == 1);
}

struct coder {
	struct codist_spec spec;
	struct codist_coder *coder;
};

static struct coder new_coder(const char *text)
{
	struct codist_error err = { 0 };
	struct coder made = { 0 };

	if (codist_spec_init(&made.spec, &codist_backends, text, &err) ||
	    codist_coder_new(&made.coder, &made.spec, &err))
		fail_msg("%s: %s", text, err.message);
	return made;
}

static void free_coder(struct coder *made)
{
	codist_coder_free(made->coder);
	codist_spec_release(&made->spec);
}

static size_t put(unsigned char *out, const struct drawn *x)
{
	size_t n = (x->pbm.width + 7) / 8 * x->pbm.height;
	size_t head = (size_t)sprintf((char *)out, "P4\n%zu %zu\n",
				      x->pbm.width, x->pbm.height);

	memcpy(out + head, x->raster, n);
	return head + n;
}

/* What x costs behind p. */
static double behind(struct coder *made, struct codist_bytes p,
		     struct codist_bytes x)
{
	struct codist_error err = { 0 };
	double with = NAN, without = NAN;

	if (codist_coder_prime(made->coder, p, &err) ||
	    codist_coder_length_primed(made->coder, (struct codist_bytes){ 0 },
				       NULL, &without, &err) ||
	    codist_coder_length_primed(made->coder, x, NULL, &with, &err))
		fail_msg("%s", err.message);
	return with - without;
}

/*
 * -log2 of: there is a picture, 65280/65536; its width and height, a bit each; the
 * pixel, which is as likely black as white; no more pictures, 2^-8.
 */
static void one_pixel_costs_what_is_worked_out_by_hand(void **state)
{
	static const unsigned char white[] = "P4 1 1\n\x00";
	static const unsigned char black[] = "P4 1 1\n\x80";
	struct coder made = new_coder("refine-image");
	double bits[2] = { 0 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(codist_coder_length(
			made.coder,
			(struct codist_bytes){ i ? black : white, 8 },
			&bits[i], NULL), CODIST_OK);
		if (fabs(bits[i] - (11 - log2(65280.0 / 65536))) > 1e-5)
			fail_msg("%.9g", bits[i]);
	}
	free_coder(&made);
}

/* A thick stroke from the lower left to the upper right. */
static size_t put_stroke(unsigned char *out, size_t width, size_t height)
{
	static struct drawn x;

	blank(&x, width, height);
	for (size_t i = 0; i < width * height; i++)
		set(&x, i, i / width > 4 && i / width < height - 4 &&
			   (i % width + i / width + 2) / 5 == 6);
	return put(out, &x);
}

/* So that it is a measure of two pictures. */
static void one_picture_alone_helps_with_the_same(void **state)
{
	unsigned char bytes[2][MOST_RASTER + 20];
	struct coder made = new_coder("refine-image");
	struct codist_bytes same, narrow, nothing = { 0 };
	double alone;

	(void)state;
	same = (struct codist_bytes){ bytes[0], put_stroke(bytes[0], 28, 28) };
	narrow = (struct codist_bytes){ bytes[1],
					put_stroke(bytes[1], 27, 28) };
	alone = behind(&made, nothing, same);
	assert_true(behind(&made, same, same) < alone / 3);
	/* A picture of another size is no reference. */
	assert_true(behind(&made, narrow, same) > alone / 2);
	free_coder(&made);
}

static void empty_pictures_cost_next_to_nothing(void **state)
{
	static struct drawn x;
	unsigned char bytes[4 * (MOST_RASTER + 20)];
	struct coder made = new_coder("refine-image");

	(void)state;
	for (unsigned bit = 0; bit < 2; bit++) {
		size_t n = 0, one;

		blank(&x, 28, 28);
		for (size_t i = 0; i < 784; i++)
			set(&x, i, bit);
		one = put(bytes, &x);
		for (int i = 0; i < 4; i++)
			n += put(bytes + n, &x);
		assert_true(behind(&made, (struct codist_bytes){ bytes, n },
				   (struct codist_bytes){ bytes, one }) < 20);
	}
	free_coder(&made);
}

static void expect_failure(struct coder *made, struct codist_bytes x,
			   const char *words)
{
	struct codist_error err = { 0 };
	double bits;

	assert_int_equal(codist_coder_length_primed(made->coder, x, NULL,
						    &bits, &err),
			 CODIST_EFORMAT);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

/* After failures, and after several pictures, the prefix is as it was. */
static void what_is_no_picture_is_refused_and_leaves_nothing(void **state)
{
	static struct drawn x;
	static unsigned char bytes[4 * (MOST_RASTER + 20)];
	size_t large = 1025 * 128;
	unsigned char *picture = calloc(1, large + 20);
	struct coder made = new_coder("refine-image:radius=2,block=3,prior=1");
	double before, after, many;
	size_t n = 0, one = 0;

	(void)state;
	assert_non_null(picture);
	for (int i = 0; i < 3; i++) {
		draw_bar(&x, i == 2 ? 9 : 21, 17);
		n += put(bytes + n, &x);
		if (i == 0)
			one = n;
	}
	before = behind(&made, (struct codist_bytes){ bytes, n },
			(struct codist_bytes){ bytes, one });
	bytes[n] = 'P';
	expect_failure(&made, (struct codist_bytes){ bytes, n + 1 },
		       "refine-image wants raw PBM pictures");
	sprintf((char *)picture, "P4\n1024 1025\n");
	expect_failure(&made, (struct codist_bytes){ picture, large + 13 },
		       "1024 x 1025 pixels, expected at most 1048576");
	assert_int_equal(codist_coder_length_primed(
		made.coder, (struct codist_bytes){ bytes, n }, NULL, &many,
		NULL), CODIST_OK);
	assert_int_equal(codist_coder_length_primed(
		made.coder, (struct codist_bytes){ bytes, one }, NULL, &after,
		NULL), CODIST_OK);
	assert_int_equal(codist_coder_length_primed(
		made.coder, (struct codist_bytes){ NULL, 0 }, NULL, &many,
		NULL), CODIST_OK);
	assert_true(after - many == before);
	free_coder(&made);
	free(picture);
}

/* Others could only make it shorter, but for rounding; where there are none, not. */
static void by_the_nearest_no_picture_is_shorter(void **state)
{
	struct codist_refine_model all = new_model(1, 7, 0, 0);
	struct codist_refine_model nearest = new_model(1, 7, 3, 0);
	struct codist_refine_model many = new_model(1, 7, 20, 0);
	size_t n_longer = 0;

	(void)state;
	for (size_t i = 0; i < 20; i++) {
		static struct drawn x;
		double by_all;

		draw_bar(&x, 8, 6);
		by_all = cost(&all, &x.pbm, 48);
		assert_true(cost(&many, &x.pbm, 48) == by_all);
		assert_true(cost(&nearest, &x.pbm, 48) >= by_all -
							     1.0 / 64);
		n_longer += cost(&nearest, &x.pbm, 48) > by_all;
		take(&all, &x.pbm);
		take(&nearest, &x.pbm);
		take(&many, &x.pbm);
	}
	assert_true(n_longer > 10 && n_longer <= 16);
	codist_refine_model_release(&all);
	codist_refine_model_release(&nearest);
	codist_refine_model_release(&many);
}

/* The mean of no code but that by none is that one. */
static void a_mean_of_one_is_that_one(void **state)
{
	struct codist_refine_model model = new_model(1, 7, 0, 0);
	struct codist_mean mean = { .costs = &costs, .alone = 12345678 };
	uint32_t parts[3] = { 64, 128, 128 };

	(void)state;
	assert_true(codist_mean_cost(&mean, model.tables) == 12345678);
	/* (2^-1 + 2^-2 + 2^-2 + 2^-40) / 4 is 2^-2, and that last one. */
	mean.alone = 40 * (uint64_t)CODIST_COST_ONE;
	mean.parts = parts;
	mean.n = 3;
	assert_true(codist_mean_cost(&mean, model.tables) ==
		    2 * CODIST_COST_ONE);
	codist_refine_model_release(&model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_and_as_long_as_told),
		cmocka_unit_test(
			all_pictures_of_a_size_have_a_probability_of_one),
		cmocka_unit_test(all_engines_give_the_same),
		cmocka_unit_test(one_pixel_costs_what_is_worked_out_by_hand),
		cmocka_unit_test(one_picture_alone_helps_with_the_same),
		cmocka_unit_test(empty_pictures_cost_next_to_nothing),
		cmocka_unit_test(
			what_is_no_picture_is_refused_and_leaves_nothing),
		cmocka_unit_test(by_the_nearest_no_picture_is_shorter),
		cmocka_unit_test(a_mean_of_one_is_that_one),
	};

	return cmocka_run_group_tests(tests, fill_costs, NULL);
}
