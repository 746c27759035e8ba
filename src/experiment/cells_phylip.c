/*
 * cells_phylip.c - reads a matrix of distances from PHYLIP
 *
 * The format is that of PHYLIP's distance programs, which take names of just
 * 10 characters, blanks among them; most others end a name at the first blank.
 * No file says which it is, so each row is read the one way, and if that gives
 * it a wrong number of values, the other way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/cells.h"

#include <stdlib.h>
#include <string.h>

#define STRICT_NAME 10

struct square {
	struct codist_cells *cells;
	size_t n; /* as the first line says */
	enum codist_triangle triangle;
	int has_diagonal;
	struct codist_text text, name, word;
	size_t line; /* that the text began on */
};

static void clear(struct codist_text *text)
{
	text->length = 0;
	if (text->chars)
		text->chars[0] = '\0';
}

static void read_line(struct square *square)
{
	int c;

	while ((c = codist_cells_next(square->cells)) != EOF && c != '\n')
		codist_text_add_char(&square->text, (char)c);
}

/* A line and those that go on with it; 0 at the end of the file. */
static int read_text(struct square *square)
{
	struct codist_cells *cells = square->cells;
	int c;

	while ((c = codist_cells_peek(cells)) == '\n' || c == '\r')
		codist_cells_next(cells);
	clear(&square->text);
	square->line = cells->line;
	if (c == EOF)
		return 0;
	read_line(square);
	while ((c = codist_cells_peek(cells)) == ' ' || c == '\t') {
		codist_text_add_char(&square->text, ' ');
		read_line(square);
	}
	return 1;
}

static enum codist_status read_count(struct square *square,
				     struct codist_error *err)
{
	struct codist_cells *cells = square->cells;
	const char *text;
	int64_t count;
	size_t length;

	if (codist_cells_peek(cells) == EOF)
		return codist_cells_fail(cells, 0, err, "empty");
	read_line(square);
	if (square->text.failed)
		return codist_no_memory(err, cells->path);
	text = square->text.chars ? square->text.chars : "";
	if (strlen(text) != square->text.length)
		return codist_cells_fail(cells, 1, err, "a NUL byte");
	text += strspn(text, " \t");
	length = strcspn(text, " \t");
	codist_text_add(&square->word, "%.*s", (int)length, text);
	if (square->word.failed)
		return codist_no_memory(err, cells->path);
	if (!codist_parse_integer(square->word.chars, &count) || count < 1 ||
	    text[length + strspn(text + length, " \t")])
		return codist_cells_fail(cells, 1, err,
					 "'%.40s', expected the number of "
					 "rows", text);
	square->n = (size_t)count;
	return CODIST_OK;
}

/* The next number of a text, or 0: the text is over, or it is none. */
static int next_number(struct square *square, const char **text,
		       double *value)
{
	size_t length;

	*text += strspn(*text, " \t");
	length = strcspn(*text, " \t");
	if (length == 0)
		return 0;
	clear(&square->word);
	codist_text_add(&square->word, "%.*s", (int)length, *text);
	if (square->word.failed ||
	    !codist_cells_number(square->word.chars, value))
		return 0;
	*text += length;
	return 1;
}

/* Whether so many values fit row i; of the first row, the shape is learnt. */
static int fits(struct square *square, size_t i, size_t count)
{
	if (i > 0)
		return count == codist_triangle_count(square->triangle,
						      square->has_diagonal, i,
						      square->n);
	square->triangle = count < square->n ? CODIST_TRIANGLE_LOWER :
					       CODIST_TRIANGLE_BOTH;
	square->has_diagonal = count > 0;
	return count <= 1 || count == square->n;
}

/* How many numbers follow a name of that length; -1: not only numbers. */
static int64_t count_numbers(struct square *square, size_t name_length)
{
	const char *text = square->text.chars + name_length;
	int64_t count = 0;
	double value;

	while (next_number(square, &text, &value))
		count++;
	return *text ? -1 : count;
}

static enum codist_status add_row(struct square *square, size_t name_length,
				  struct codist_error *err)
{
	struct codist_cells *cells = square->cells;
	const char *name = square->text.chars, *text = name + name_length;
	double value;

	while (name_length > 0 && strchr(" \t", name[name_length - 1]))
		name_length--;
	clear(&square->name);
	codist_text_add(&square->name, "%.*s", (int)name_length, name);
	CODIST_TRY(codist_cells_add_row(cells, &square->name, square->line,
					err));
	while (next_number(square, &text, &value)) {
		if (value != value)
			return codist_cells_fail(cells, square->line, err,
						 "a value of '%s' is '%s', "
						 "expected a number",
						 square->name.chars,
						 square->word.chars);
		CODIST_TRY(codist_cells_add_value(cells, value, err));
	}
	return square->word.failed ? codist_no_memory(err, cells->path) :
				     CODIST_OK;
}

static const char *describe(const struct square *square, size_t i)
{
	return i == 0 ? "as in a square, or none or one as in a triangle" :
	       square->triangle == CODIST_TRIANGLE_LOWER ?
			"as in a lower triangle" : "as in a square";
}

/* Why a row fits neither way, by the usual one. */
static enum codist_status refuse(struct square *square, size_t i,
				 size_t name_length, struct codist_error *err)
{
	const char *text = square->text.chars + name_length;
	size_t count = 0, expected;
	double value;

	while (next_number(square, &text, &value))
		count++;
	if (*text)
		return codist_cells_fail(square->cells, square->line, err,
					 "'%.*s', expected a number",
					 (int)strcspn(text, " \t"), text);
	expected = i ? codist_triangle_count(square->triangle,
					     square->has_diagonal, i,
					     square->n) : square->n;
	return codist_cells_fail(square->cells, square->line, err,
				 "%zu values after the name '%.*s', expected "
				 "%zu %s", count, (int)name_length,
				 square->text.chars, expected,
				 describe(square, i));
}

static enum codist_status read_row(struct square *square, size_t i,
				   struct codist_error *err)
{
	const char *text = square->text.chars;
	size_t length = square->text.length, usual;
	int64_t count;

	if (square->text.failed)
		return codist_no_memory(err, square->cells->path);
	if (strlen(text) != length)
		return codist_cells_fail(square->cells, square->line, err,
					 "a NUL byte");
	usual = strcspn(text, " \t");
	if (i == square->n)
		return codist_cells_fail(square->cells, square->line, err,
					 "'%.*s' goes beyond the %zu rows that "
					 "the first line tells", (int)usual,
					 text, square->n);
	if (usual == 0)
		return codist_cells_fail(square->cells, square->line, err,
					 "begins with a blank, expected a "
					 "name");
	count = count_numbers(square, usual);
	if (count >= 0 && fits(square, i, (size_t)count))
		return add_row(square, usual, err);
	if (length >= STRICT_NAME) {
		count = count_numbers(square, STRICT_NAME);
		if (count >= 0 && fits(square, i, (size_t)count))
			return add_row(square, STRICT_NAME, err);
	}
	return refuse(square, i, usual, err);
}

static enum codist_status read_square(struct square *square,
				      struct codist_error *err)
{
	struct codist_cells *cells = square->cells;
	size_t i = 0;

	CODIST_TRY(read_count(square, err));
	for (; read_text(square); i++)
		CODIST_TRY(read_row(square, i, err));
	if (i < square->n)
		return codist_cells_fail(cells, 0, err,
					 "truncated: %zu rows, expected the "
					 "%zu that the first line tells", i,
					 square->n);
	return codist_cells_square(cells, square->triangle,
				   square->has_diagonal, err);
}

enum codist_status codist_cells_read_phylip(struct codist_cells *cells,
					    struct codist_error *err)
{
	struct square square = { .cells = cells };
	enum codist_status status = read_square(&square, err);

	free(square.text.chars);
	free(square.name.chars);
	free(square.word.chars);
	return status;
}
