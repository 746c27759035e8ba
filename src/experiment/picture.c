/*
 * picture.c - samples that are images, as small PNGs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/picture.h"

#include <stdlib.h>

unsigned codist_largest_byte(const struct codist_dataset *set)
{
	unsigned largest = 1;

	for (size_t i = 0; i < set->starts[set->n_samples]; i++)
		if (set->bytes[i] > largest)
			largest = set->bytes[i];
	return largest;
}

/* Colours stand in planes, as CIFAR's do, or beside each other. */
static int is_image(struct codist_picture *picture,
		    const struct codist_dataset *set)
{
	const size_t *sides = set->dimensions;

	if (set->rank == 2)
		*picture = (struct codist_picture){
			.rows = sides[0], .columns = sides[1], .n_channels = 1,
			.row_step = sides[1], .column_step = 1,
		};
	else if (set->rank == 3 && sides[0] == 3)
		*picture = (struct codist_picture){
			.rows = sides[1], .columns = sides[2], .n_channels = 3,
			.row_step = sides[2], .column_step = 1,
			.channel_step = sides[1] * sides[2],
		};
	else if (set->rank == 3 && sides[2] == 3)
		*picture = (struct codist_picture){
			.rows = sides[0], .columns = sides[1], .n_channels = 3,
			.row_step = 3 * sides[1], .column_step = 3,
			.channel_step = 1,
		};
	else
		return 0;
	return picture->rows > 0 && picture->columns > 0;
}

int codist_picture_init(struct codist_picture *picture,
			const struct codist_dataset *set)
{
	size_t side;

	*picture = (struct codist_picture){ 0 };
	if (!is_image(picture, set))
		return 0;
	side = picture->rows > picture->columns ? picture->rows :
						  picture->columns;
	picture->shrink = (side + CODIST_PICTURE_SIDE - 1) /
			  CODIST_PICTURE_SIDE;
	picture->largest = codist_largest_byte(set);
	return 1;
}

/* The mean of the pixels that become one, scaled so that the largest is 255. */
static unsigned char pixel(const struct codist_picture *p,
			   const unsigned char *bytes, size_t row,
			   size_t column, size_t channel)
{
	size_t end_row = (row + 1) * p->shrink;
	size_t end_column = (column + 1) * p->shrink;
	size_t sum = 0, n = 0;

	end_row = end_row < p->rows ? end_row : p->rows;
	end_column = end_column < p->columns ? end_column : p->columns;
	for (size_t y = row * p->shrink; y < end_row; y++)
		for (size_t x = column * p->shrink; x < end_column; x++) {
			sum += bytes[y * p->row_step + x * p->column_step +
				     channel * p->channel_step];
			n++;
		}
	return (unsigned char)((sum * 255 + n * p->largest / 2) /
			       (n * p->largest));
}

static void add(struct codist_text *to, const void *bytes, size_t nbytes)
{
	codist_text_add_bytes(to, (struct codist_bytes){ bytes, nbytes });
}

static void add_number(struct codist_text *to, uint32_t number)
{
	const unsigned char bytes[] = {
		(unsigned char)(number >> 24), (unsigned char)(number >> 16),
		(unsigned char)(number >> 8), (unsigned char)number,
	};

	add(to, bytes, sizeof(bytes));
}

/* The CRC of PNG, annex D: as of Ethernet. */
static uint32_t crc_of(const char *bytes, size_t nbytes)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < nbytes; i++) {
		crc ^= (unsigned char)bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

/* The Adler-32 of RFC 1950. */
static uint32_t adler_of(const char *bytes, size_t nbytes)
{
	uint32_t a = 1, b = 0;

	for (size_t i = 0; i < nbytes; i++) {
		a = (a + (unsigned char)bytes[i]) % 65521;
		b = (b + a) % 65521;
	}
	return b << 16 | a;
}

static void add_chunk(struct codist_text *png, const char *type,
		      const struct codist_text *data)
{
	size_t start = png->length + 4;

	add_number(png, (uint32_t)data->length);
	add(png, type, 4);
	if (data->length)
		add(png, data->chars, data->length);
	png->failed |= data->failed;
	if (!png->failed)
		add_number(png, crc_of(png->chars + start,
				       png->length - start));
}

/* Rows, each behind the number of its filter, which is none. */
static void add_rows(const struct codist_picture *p, const unsigned char *bytes,
		     size_t rows, size_t columns, struct codist_text *to)
{
	for (size_t y = 0; y < rows; y++) {
		codist_text_add_char(to, '\0');
		for (size_t x = 0; x < columns; x++)
			for (size_t c = 0; c < p->n_channels; c++)
				codist_text_add_char(
					to, (char)pixel(p, bytes, y, x, c));
	}
}

/* In a stream of zlib's format, of one block that is stored: RFC 1951, 3.2.4. */
static void add_stored(struct codist_text *to, const struct codist_text *rows)
{
	unsigned n = (unsigned)rows->length; /* at most 96 (1 + 3 * 96) */
	const unsigned char head[] = {
		0x78, 0x01, 1, (unsigned char)n, (unsigned char)(n >> 8),
		(unsigned char)~n, (unsigned char)(~n >> 8),
	};

	to->failed |= rows->failed;
	if (to->failed)
		return;
	add(to, head, sizeof(head));
	add(to, rows->chars, rows->length);
	add_number(to, adler_of(rows->chars, rows->length));
}

void codist_picture_png(const struct codist_picture *picture,
			struct codist_bytes sample, struct codist_text *png)
{
	size_t shrink = picture->shrink;
	size_t rows = (picture->rows + shrink - 1) / shrink;
	size_t columns = (picture->columns + shrink - 1) / shrink;
	struct codist_text head = { 0 }, lines = { 0 }, data = { 0 };
	const unsigned char kind[] = {
		8, picture->n_channels == 3 ? 2 : 0, 0, 0, 0,
	};

	add_number(&head, (uint32_t)columns);
	add_number(&head, (uint32_t)rows);
	add(&head, kind, sizeof(kind));
	add_rows(picture, sample.data, rows, columns, &lines);
	add_stored(&data, &lines);
	add(png, "\x89PNG\r\n\x1a\n", 8);
	add_chunk(png, "IHDR", &head);
	add_chunk(png, "IDAT", &data);
	add_chunk(png, "IEND", &(struct codist_text){ 0 });
	free(head.chars);
	free(lines.chars);
	free(data.chars);
}
