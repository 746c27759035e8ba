/*
 * jbig.c - JBIG-KIT: JBIG1, the standard for black and white pictures
 *
 * The pictures of a stream, of p and of x alike, are one picture that is as high
 * as all of them, one below the other, so that what the coder has learned of one
 * is there for the next. It is as wide as the widest; white is put to the right of
 * the others. That is what `pnmcat -topbottom -jleft -white` makes. No pictures
 * are no stream, of 0 bits.
 *
 * The library's encoder for Recommendation T.85 takes a line at a time, and has no
 * memory of its own, so that a copy of its struct is all there is to keep behind a
 * prefix. Where in the picture a line is plays no part before the last one; how
 * many there will be is a field of the header, four bytes whatever it says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "image/pbm.h"

#include <codist/backend.h>

#include <jbig85.h>
#include <stdlib.h>
#include <string.h>

#define NAME "jbig"
#define LINES_MOST 0xffffffff /* as the header has it */
#define N_LINES 3             /* the one at hand, and what its template sees */

struct config {
	int template, typical;
	int64_t stripe, window;
};

/* What pictures take when they are one below the other; {0}: there are none. */
struct extent {
	size_t width, height;
};

/* Such a picture on its way through the encoder, whose struct points at itself. */
struct page {
	struct jbg85_enc_state encoder;
	size_t nbytes;        /* of the stream, so far */
	size_t row;           /* bytes of a line */
	unsigned char *lines; /* [N_LINES][row], line y at y % N_LINES */
};

/* `alone` serves what is encoded from its first line on. */
struct coder {
	const struct config *config;
	struct page alone, primed;
	struct page kept; /* what `primed` was behind the prefix */
	struct codist_bytes prefix;
	struct extent of_prefix;
};

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;

	(void)err;
	coder->config = config;
	return CODIST_OK;
}

static void release(void *state)
{
	struct coder *coder = state;

	free(coder->alone.lines);
	free(coder->primed.lines);
	free(coder->kept.lines);
}

/* Adds what the stream has to `extent`. */
static enum codist_status add_extent(struct extent *extent,
				     struct codist_bytes stream,
				     struct codist_error *err)
{
	struct codist_pbm picture = { 0 };
	int is_there;

	for (;;) {
		CODIST_TRY(codist_pbm_next(&picture, &stream, NAME, &is_there,
					   err));
		if (!is_there)
			return CODIST_OK;
		if (picture.height > LINES_MOST - extent->height)
			return codist_fail(err, CODIST_EFORMAT,
					   NAME ": with picture %zu there are "
					   "%zu lines and %zu more, expected "
					   "at most %lu in all", picture.number,
					   extent->height, picture.height,
					   (unsigned long)LINES_MOST);
		extent->height += picture.height;
		if (picture.width > extent->width)
			extent->width = picture.width;
	}
}

static void count(unsigned char *start, size_t nbytes, void *page)
{
	(void)start;
	((struct page *)page)->nbytes += nbytes;
}

static enum codist_status make_lines(struct page *page, size_t row,
				     struct codist_error *err)
{
	free(page->lines);
	page->row = row;
	page->lines = calloc(N_LINES, row);
	return page->lines ? CODIST_OK : codist_no_memory(err, NAME);
}

static enum codist_status begin(struct page *page, struct extent extent,
				const struct config *config,
				struct codist_error *err)
{
	int options = 0;

	CODIST_TRY(make_lines(page, (extent.width + 7) / 8, err));
	page->nbytes = 0;
	jbg85_enc_init(&page->encoder, (unsigned long)extent.width,
		       (unsigned long)extent.height, count, page);
	if (config->template)
		options |= JBG_LRLTWO;
	if (config->typical)
		options |= JBG_TPBON;
	jbg85_enc_options(&page->encoder, options,
			  config->stripe ? (unsigned long)config->stripe :
					   LINES_MOST, (int)config->window);
	return CODIST_OK;
}

static unsigned char *line(const struct page *page, unsigned long y)
{
	return page->lines + y % N_LINES * page->row;
}

/* One line of a picture; what a PBM has behind its last pixel is anything. */
static void put_line(struct page *page, const unsigned char *pixels,
		     size_t width)
{
	unsigned long y = page->encoder.y;
	unsigned char *now = line(page, y);
	size_t row = (width + 7) / 8;

	memcpy(now, pixels, row);
	if (width % 8)
		now[row - 1] &= (unsigned char)(0xff00 >> width % 8);
	memset(now + row, 0, page->row - row);
	/* The encoder looks at no line above the first. */
	jbg85_enc_lineout(&page->encoder, now, line(page, y + 2),
			  line(page, y + 1));
}

static enum codist_status put(struct page *page, struct codist_bytes stream,
			      struct codist_error *err)
{
	struct codist_pbm picture = { 0 };
	int is_there;

	for (;;) {
		size_t row;

		CODIST_TRY(codist_pbm_next(&picture, &stream, NAME, &is_there,
					   err));
		if (!is_there)
			return CODIST_OK;
		row = (picture.width + 7) / 8;
		for (size_t y = 0; y < picture.height; y++)
			put_line(page, picture.raster + y * row,
				 picture.width);
	}
}

/* p, then x, from the first line on. */
static enum codist_status whole(struct coder *coder, struct codist_bytes p,
				struct codist_bytes x, double *bits,
				struct codist_error *err)
{
	struct page *page = &coder->alone;
	struct extent extent = { 0 };

	CODIST_TRY(add_extent(&extent, p, err));
	CODIST_TRY(add_extent(&extent, x, err));
	*bits = 0;
	if (extent.height == 0)
		return CODIST_OK;
	CODIST_TRY(begin(page, extent, coder->config, err));
	CODIST_TRY(put(page, p, err));
	CODIST_TRY(put(page, x, err));
	*bits = 8 * (double)page->nbytes;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	return whole(state, (struct codist_bytes){ NULL, 0 }, x, bits, err);
}

/* From one page to the other; lines are copied, and stay where they are. */
static void copy(struct page *to, const struct page *from)
{
	to->encoder = from->encoder;
	to->nbytes = from->nbytes;
	memcpy(to->lines, from->lines, N_LINES * from->row);
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;
	struct page *page = &coder->primed;
	struct extent extent = { 0 };

	CODIST_TRY(add_extent(&extent, prefix, err));
	coder->prefix = prefix;
	coder->of_prefix = extent;
	if (extent.height == 0)
		return CODIST_OK;
	extent.height = LINES_MOST; /* the last line is yet to come */
	CODIST_TRY(begin(page, extent, coder->config, err));
	CODIST_TRY(make_lines(&coder->kept, page->row, err));
	CODIST_TRY(put(page, prefix, err));
	copy(&coder->kept, page);
	return CODIST_OK;
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	struct page *page = &coder->primed;
	struct extent extent = coder->of_prefix;

	(void)prepared;
	CODIST_TRY(add_extent(&extent, x, err));
	/* Nothing is kept of a prefix that is wider now, or that ends here. */
	if (extent.width > coder->of_prefix.width ||
	    extent.height == coder->of_prefix.height)
		return whole(coder, coder->prefix, x, bits, err);
	copy(page, &coder->kept);
	page->encoder.y0 = (unsigned long)extent.height;
	CODIST_TRY(put(page, x, err));
	*bits = 8 * (double)page->nbytes;
	return CODIST_OK;
}

/* Three pages, whose lines are no longer than the bytes of a picture. */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	(void)config;
	return 3 * N_LINES * (prefix + query) + sizeof(struct coder);
}

/* The library's name for itself, which its headers do not declare. */
extern const char jbg85_version[];

/* It is asked whether it is what the header says. */
static const char *version(void)
{
	static const char expected[] = "JBIG-KIT " JBG85_VERSION " ";

	return strncmp(jbg85_version, expected, sizeof(expected) - 1) == 0 ?
		       JBG85_VERSION : "unknown";
}

static const char *const templates[] = { "three", "two", NULL };
static const char *const switches[] = { "off", "on", NULL };

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct codist_option options[] = {
	{ .name = "template", .type = CODIST_CHOICE, FIELD(template),
	  .choices = templates, .fallback = "three",
	  .help = "a pixel is predicted by ten near it, which are in so many "
		  "lines" },
	{ .name = "typical", .type = CODIST_CHOICE, FIELD(typical),
	  .choices = switches, .fallback = "on",
	  .help = "say of each line first whether it is like the one above it, "
		  "and no more if it is" },
	{ .name = "stripe", .type = CODIST_INTEGER, FIELD(stripe),
	  .minimum = 0, .maximum = LINES_MOST, .fallback = "0",
	  .help = "so many lines are a stripe, at whose end the code is rounded "
		  "up to bytes, and two more; 0: there is but one" },
	{ .name = "window", .type = CODIST_INTEGER, FIELD(window),
	  .minimum = 0, .maximum = 127, .fallback = "8",
	  .help = "from the second stripe on, one of the ten pixels may be up to "
		  "so far to the left, where the first shows a period; 0: it "
		  "stays" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_jbig = {
	.plugin = {
		.name = NAME,
		.summary = "JBIG1, a standard for black and white pictures, "
			   "which the transform pbm makes; those of one stream "
			   "are one below the other, with white to the right "
			   "of all but the widest",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.library = "JBIG-KIT",
	.version = version,
	.coder_size = sizeof(struct coder),
	.takes_pictures = 1,
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.memory = memory,
};
