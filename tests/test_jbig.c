/*
 * test_jbig.c - JBIG's lengths, behind a prefix and alone
 *
 * Expected lengths are the library's own for the whole picture, which the test puts
 * together pixel by pixel, and whose height is known from the start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "by_spec.h"
#include "draw.h"

#include <jbig85.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define MOST_PICTURES 9
#define MOST_SIDE 150
#define MOST_ROW ((MOST_SIDE + 7) / 8)
#define MOST_NBYTES (MOST_PICTURES * (MOST_SIDE * MOST_ROW + 32))
#define N_ROUNDS 60

/* Pictures, and the stream of them. */
struct stream {
	size_t n, width[MOST_PICTURES], height[MOST_PICTURES];
	size_t raster[MOST_PICTURES]; /* where it is in bytes[] */
	unsigned char bytes[MOST_NBYTES];
	size_t nbytes;
};

struct options {
	int two_lines, typical;
	unsigned long stripe;
	int window;
};

/* Of a period, some of it wrong, or of noise; the rows' last bits are anything. */
static void add_picture(struct stream *s, size_t width, size_t height)
{
	size_t row = (width + 7) / 8, period = 1 + draw(20), i = s->n++;
	unsigned wrong = draw(3) ? 100 : 2;
	unsigned char *raster;

	s->width[i] = width;
	s->height[i] = height;
	s->nbytes += (size_t)sprintf((char *)s->bytes + s->nbytes,
				     "P4\n%zu %zu\n", width, height);
	s->raster[i] = s->nbytes;
	raster = s->bytes + s->nbytes;
	s->nbytes += row * height;
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < 8 * row; x++) {
			unsigned bit = x % period < period / 2;
			unsigned char *byte = raster + y * row + x / 8;

			if (draw(wrong) == 0)
				bit ^= 1;
			*byte = (unsigned char)(*byte * 2u | bit);
		}
}

static void draw_stream(struct stream *s, unsigned most_pictures)
{
	size_t common = 1 + draw(MOST_SIDE);

	*s = (struct stream){ 0 };
	for (unsigned n = draw(most_pictures + 1); n > 0; n--)
		add_picture(s, draw(3) ? common : 1 + draw(MOST_SIDE),
			    1 + draw(draw(2) ? MOST_SIDE : 5));
}

static size_t widest(const struct stream *s, size_t at_least)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->width[i] > at_least)
			at_least = s->width[i];
	return at_least;
}

static size_t total_height(const struct stream *s)
{
	size_t total = 0;

	for (size_t i = 0; i < s->n; i++)
		total += s->height[i];
	return total;
}

/* From line y of the bitmap on, whose rows are as long as `row`. */
static size_t paint(unsigned char *bitmap, size_t row, size_t y,
		    const struct stream *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t h = 0; h < s->height[i]; h++, y++)
			for (size_t x = 0; x < s->width[i]; x++) {
				size_t of = (s->width[i] + 7) / 8;
				unsigned byte = s->bytes[s->raster[i] +
							 h * of + x / 8];

				if (byte >> (7 - x % 8) & 1)
					bitmap[y * row + x / 8] |=
						(unsigned char)(0x80 >> x % 8);
			}
	return y;
}

static void count(unsigned char *start, size_t nbytes, void *total)
{
	(void)start;
	*(size_t *)total += nbytes;
}

/* The bits of p's pictures and, below them, x's. */
static double whole(const struct options *o, const struct stream *p,
		    const struct stream *x)
{
	static unsigned char bitmap[2 * MOST_PICTURES * MOST_SIDE * MOST_ROW];
	struct jbg85_enc_state encoder;
	size_t width = widest(x, widest(p, 0)), row = (width + 7) / 8;
	size_t height = total_height(p) + total_height(x), nbytes = 0;

	if (height == 0)
		return 0;
	memset(bitmap, 0, sizeof(bitmap));
	paint(bitmap, row, paint(bitmap, row, 0, p), x);
	jbg85_enc_init(&encoder, width, height, count, &nbytes);
	jbg85_enc_options(&encoder,
			  (o->two_lines ? JBG_LRLTWO : 0) |
				  (o->typical ? JBG_TPBON : 0),
			  o->stripe ? o->stripe : height, o->window);
	for (size_t y = 0; y < height; y++)
		jbg85_enc_lineout(&encoder, bitmap + y * row,
				  y < 1 ? NULL : bitmap + (y - 1) * row,
				  y < 2 ? NULL : bitmap + (y - 2) * row);
	return 8 * (double)nbytes;
}

static struct codist_bytes bytes_of(const struct stream *s)
{
	return (struct codist_bytes){ s->bytes, s->nbytes };
}

static void draw_options(struct options *o, char text[128])
{
	*o = (struct options){ draw(2) == 0, draw(2) == 0,
			       draw(2) ? 0 : 1 + draw(150),
			       draw(2) ? 8 : (int)draw(128) };
	snprintf(text, 128, "jbig:template=%s,typical=%s,stripe=%lu,window=%d",
		 o->two_lines ? "two" : "three", o->typical ? "on" : "off",
		 o->stripe, o->window);
}

static void expect(const char *text, double bits, double expected)
{
	if (bits != expected)
		fail_msg("%s: %g bits, expected %g", text, bits, expected);
}

static void lengths_are_those_of_one_picture_of_all(void **state)
{
	static struct stream p, x, none;
	struct codist_error err = { 0 };

	(void)state;
	for (int round = 0; round < N_ROUNDS; round++) {
		struct codist_coder *coder = NULL;
		struct codist_spec spec;
		struct options o;
		char text[128];

		draw_options(&o, text);
		if (codist_spec_init(&spec, &codist_backends, text, &err) ||
		    codist_coder_new(&coder, &spec, &err))
			fail_msg("%s: %s", text, err.message);
		for (int k = 0; k < 3; k++) {
			draw_stream(&p, MOST_PICTURES);
			if (codist_coder_prime(coder, bytes_of(&p), &err))
				fail_msg("%s: %s", text, err.message);
			for (int q = 0; q < 4; q++) {
				double alone = 0, behind = 0;

				draw_stream(&x, 3);
				if (codist_coder_length(coder, bytes_of(&x),
							&alone, &err) ||
				    codist_coder_length_primed(
					    coder, bytes_of(&x), NULL, &behind,
					    &err))
					fail_msg("%s: %s", text, err.message);
				expect(text, alone, whole(&o, &none, &x));
				expect(text, behind, whole(&o, &p, &x));
			}
		}
		codist_coder_free(coder);
		codist_spec_release(&spec);
	}
}

/*
 * The header has 20 bytes, and a stripe ends with 0xff 0x02. In between there is
 * nothing: a line that is like the one above it, as the first is if it is white, is
 * the likelier case from the start, which leaves the code at its lower bound of 0,
 * and of a code that has not written any byte yet zeros are left out. Where width is not 8, what the last
 * byte of a row has besides is no pixel.
 */
#define WHITE_LINES_5 "P4 1 5\n\x7f\x7f\x7f\x7f\x7f"

static void white_is_a_header_and_the_ends_of_stripes(void **state)
{
	(void)state;
	assert_true(length_of("jbig", "", WHITE_LINES_5) == 8 * (20 + 2));
	assert_true(length_of("jbig", WHITE_LINES_5, WHITE_LINES_5) ==
		    8 * (20 + 2));
	assert_true(length_of("jbig:stripe=3", WHITE_LINES_5,
			      WHITE_LINES_5) == 8 * (20 + 4 * 2));
	assert_true(length_of("jbig:stripe=5", WHITE_LINES_5,
			      WHITE_LINES_5) == 8 * (20 + 2 * 2));
}

static void no_pictures_are_no_stream(void **state)
{
	(void)state;
	assert_true(length_of("jbig", "", "") == 0);
	assert_true(length_of("jbig", WHITE_LINES_5, "") == 8 * (20 + 2));
}

static void what_is_no_picture_is_refused(void **state)
{
	struct codist_error err = { 0 };
	struct codist_coder *coder;
	struct codist_spec spec;
	double bits;

	(void)state;
	assert_int_equal(codist_spec_init(&spec, &codist_backends, "jbig",
					  NULL), CODIST_OK);
	assert_int_equal(codist_coder_new(&coder, &spec, NULL), CODIST_OK);
	assert_int_equal(codist_coder_length(
				 coder, (struct codist_bytes){
						(const unsigned char *)"P5", 2 },
				 &bits, &err), CODIST_EFORMAT);
	assert_non_null(strstr(err.message, "jbig wants raw PBM pictures"));
	codist_coder_free(coder);
	codist_spec_release(&spec);
}

/* Nobody writes on these bytes, and so but a few of them are there. */
static void more_lines_than_a_header_can_tell_are_refused(void **state)
{
	static const char header[] = "P4 8 999999999\n";
	size_t each = sizeof(header) - 1 + 999999999, n = 5;
	struct codist_error err = { 0 };
	struct codist_coder *coder;
	struct codist_spec spec;
	unsigned char *bytes;
	double bits;

	(void)state;
	if (sizeof(size_t) < 8)
		skip();
	bytes = mmap(NULL, n * each, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (bytes == MAP_FAILED)
		skip();
	for (size_t i = 0; i < n; i++)
		memcpy(bytes + i * each, header, sizeof(header) - 1);
	assert_int_equal(codist_spec_init(&spec, &codist_backends, "jbig",
					  NULL), CODIST_OK);
	assert_int_equal(codist_coder_new(&coder, &spec, NULL), CODIST_OK);
	assert_int_equal(codist_coder_length(
				 coder, (struct codist_bytes){ bytes, n * each },
				 &bits, &err), CODIST_EFORMAT);
	assert_string_equal(err.message,
			    "jbig: with picture 5 there are 3999999996 lines "
			    "and 999999999 more, expected at most 4294967295 "
			    "in all");
	codist_coder_free(coder);
	codist_spec_release(&spec);
	munmap(bytes, n * each);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_are_those_of_one_picture_of_all),
		cmocka_unit_test(white_is_a_header_and_the_ends_of_stripes),
		cmocka_unit_test(no_pictures_are_no_stream),
		cmocka_unit_test(what_is_no_picture_is_refused),
		cmocka_unit_test(more_lines_than_a_header_can_tell_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
