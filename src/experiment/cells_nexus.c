/*
 * cells_nexus.c - reads a matrix from the DISTANCES block of a NEXUS file
 *
 * D. R. Maddison, D. L. Swofford, W. P. Maddison, NEXUS: an extensible file
 * format for systematic information, Syst. Biol. 46 (1997) 590-621; and
 * LABELS=LEFT or NO, as SplitsTree writes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/cells.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct nexus {
	struct codist_cells *cells;
	struct codist_text word; /* the token; chars are never NULL */
	size_t line;             /* that it began on */
	int is_quoted, is_end;
	size_t n;                /* NTAX, 0: not told yet */
	char **taxa;             /* [n_taxa], of TAXLABELS */
	size_t n_taxa, taxa_capacity;
	enum codist_triangle triangle;
	int no_diagonal, no_labels;
};

static enum codist_status skip_comment(struct nexus *nexus,
				       struct codist_error *err)
{
	size_t line = nexus->cells->line, depth = 0;

	do {
		int c = codist_cells_next(nexus->cells);

		if (c == EOF)
			return codist_cells_fail(nexus->cells, line, err,
						 "a comment is not closed");
		depth += c == '[';
		depth -= c == ']';
	} while (depth > 0);
	return CODIST_OK;
}

static enum codist_status read_quoted(struct nexus *nexus,
				      struct codist_error *err)
{
	struct codist_cells *cells = nexus->cells;

	nexus->is_quoted = 1;
	codist_cells_take(cells);
	for (;;) {
		int c = codist_cells_take(cells);

		if (c == EOF)
			return codist_cells_fail(cells, nexus->line, err,
						 "a quote is not closed");
		if (c == '\'') {
			if (codist_cells_peek(cells) != '\'')
				return CODIST_OK;
			codist_cells_take(cells);
		}
		codist_text_add_char(&nexus->word, (char)c);
	}
}

static enum codist_status read_token(struct nexus *nexus,
				     struct codist_error *err)
{
	static const char ends[] = " \t\r\n;='[";
	struct codist_cells *cells = nexus->cells;
	int c;

	nexus->word.length = 0;
	codist_text_add(&nexus->word, "%s", "");
	if (nexus->word.failed)
		return codist_no_memory(err, cells->path);
	nexus->word.chars[0] = '\0';
	nexus->is_quoted = 0;
	for (;;) {
		c = codist_cells_peek(cells);
		if (c == '[')
			CODIST_TRY(skip_comment(nexus, err));
		else if (c != EOF && c && strchr(" \t\r\n", c))
			codist_cells_next(cells);
		else
			break;
	}
	nexus->line = cells->line;
	nexus->is_end = c == EOF;
	if (c == EOF)
		return CODIST_OK;
	if (c == '\'')
		return read_quoted(nexus, err);
	do
		codist_text_add_char(&nexus->word,
				     (char)codist_cells_take(cells));
	while (c != ';' && c != '=' &&
	       (c = codist_cells_peek(cells)) != EOF && !(c && strchr(ends, c)));
	return CODIST_OK;
}

/* The next token: a word, a quoted one, ';' or '='. */
static enum codist_status next(struct nexus *nexus, struct codist_error *err)
{
	CODIST_TRY(read_token(nexus, err));
	if (nexus->word.failed)
		return codist_no_memory(err, nexus->cells->path);
	if (strlen(nexus->word.chars) != nexus->word.length)
		return codist_cells_fail(nexus->cells, nexus->line, err,
					 "'%.40s' goes on with a NUL byte",
					 nexus->word.chars);
	return CODIST_OK;
}

/* The same without regard to capitals, and not in quotes. */
static int is_word(const struct nexus *nexus, const char *word)
{
	return !nexus->is_quoted && !nexus->is_end &&
	       strcasecmp(nexus->word.chars, word) == 0;
}

static enum codist_status unexpected(const struct nexus *nexus,
				     const char *expected,
				     struct codist_error *err)
{
	if (nexus->is_end)
		return codist_cells_fail(nexus->cells, 0, err,
					 "truncated: expected %s", expected);
	return codist_cells_fail(nexus->cells, nexus->line, err,
				 "'%.40s', expected %s", nexus->word.chars,
				 expected);
}

static enum codist_status expect(struct nexus *nexus, const char *word,
				 const char *expected,
				 struct codist_error *err)
{
	CODIST_TRY(next(nexus, err));
	return is_word(nexus, word) ? CODIST_OK :
				      unexpected(nexus, expected, err);
}

/* To behind the ';' that ends a command, of which a word was read. */
static enum codist_status skip_command(struct nexus *nexus,
				       struct codist_error *err)
{
	while (!is_word(nexus, ";")) {
		if (nexus->is_end)
			return unexpected(nexus, "';'", err);
		CODIST_TRY(next(nexus, err));
	}
	return CODIST_OK;
}

/* NTAX=n of DIMENSIONS, what else there may be aside. */
static enum codist_status read_dimensions(struct nexus *nexus,
					  struct codist_error *err)
{
	int64_t n;

	for (;;) {
		CODIST_TRY(next(nexus, err));
		if (nexus->is_end || is_word(nexus, ";"))
			return skip_command(nexus, err);
		if (!is_word(nexus, "NTAX"))
			continue;
		CODIST_TRY(expect(nexus, "=", "'=' after NTAX", err));
		CODIST_TRY(next(nexus, err));
		if (!codist_parse_integer(nexus->word.chars, &n) || n < 1)
			return unexpected(nexus, "a number of taxa", err);
		nexus->n = (size_t)n;
	}
}

static enum codist_status read_taxa(struct nexus *nexus,
				    struct codist_error *err)
{
	for (;;) {
		char **moved;

		CODIST_TRY(next(nexus, err));
		if (nexus->is_end || is_word(nexus, ";"))
			break;
		if (nexus->n_taxa == nexus->taxa_capacity) {
			size_t more = 2 * nexus->taxa_capacity + 64;

			moved = realloc(nexus->taxa, more * sizeof(*moved));
			if (!moved)
				return codist_no_memory(err, "taxa");
			nexus->taxa = moved;
			nexus->taxa_capacity = more;
		}
		nexus->taxa[nexus->n_taxa] =
			codist_text_format("%s", nexus->word.chars);
		if (!nexus->taxa[nexus->n_taxa])
			return codist_no_memory(err, "taxa");
		nexus->n_taxa++;
	}
	CODIST_TRY(skip_command(nexus, err));
	if (nexus->n_taxa != nexus->n)
		return codist_cells_fail(nexus->cells, nexus->line, err,
					 "%zu labels of taxa, expected NTAX, "
					 "which is %zu", nexus->n_taxa,
					 nexus->n);
	return CODIST_OK;
}

static enum codist_status read_triangle(struct nexus *nexus,
					struct codist_error *err)
{
	CODIST_TRY(expect(nexus, "=", "'=' after TRIANGLE", err));
	CODIST_TRY(next(nexus, err));
	if (is_word(nexus, "LOWER"))
		nexus->triangle = CODIST_TRIANGLE_LOWER;
	else if (is_word(nexus, "UPPER"))
		nexus->triangle = CODIST_TRIANGLE_UPPER;
	else if (is_word(nexus, "BOTH"))
		nexus->triangle = CODIST_TRIANGLE_BOTH;
	else
		return unexpected(nexus, "LOWER, UPPER or BOTH", err);
	return CODIST_OK;
}

/* After LABELS, of which the next word is no part unless it is '='. */
static enum codist_status read_labels(struct nexus *nexus,
				      struct codist_error *err)
{
	CODIST_TRY(next(nexus, err));
	if (!is_word(nexus, "="))
		return CODIST_OK;
	CODIST_TRY(next(nexus, err));
	if (is_word(nexus, "NO"))
		nexus->no_labels = 1;
	else if (!is_word(nexus, "LEFT"))
		return unexpected(nexus, "LEFT or NO", err);
	return next(nexus, err);
}

static enum codist_status read_format(struct nexus *nexus,
				      struct codist_error *err)
{
	CODIST_TRY(next(nexus, err));
	while (!nexus->is_end && !is_word(nexus, ";")) {
		if (is_word(nexus, "LABELS")) {
			CODIST_TRY(read_labels(nexus, err));
			continue;
		}
		if (is_word(nexus, "TRIANGLE"))
			CODIST_TRY(read_triangle(nexus, err));
		else if (is_word(nexus, "NODIAGONAL"))
			nexus->no_diagonal = 1;
		else if (is_word(nexus, "DIAGONAL"))
			nexus->no_diagonal = 0;
		else if (is_word(nexus, "NOLABELS"))
			nexus->no_labels = 1;
		else if (is_word(nexus, "INTERLEAVE"))
			return unexpected(nexus, "a matrix that is not "
					  "interleaved", err);
		CODIST_TRY(next(nexus, err));
	}
	return skip_command(nexus, err);
}

/* The name of row i: a label, which must be known if any are. */
static enum codist_status read_name(struct nexus *nexus, size_t i,
				    struct codist_error *err)
{
	if (nexus->no_labels) {
		nexus->word.length = 0;
		codist_text_add(&nexus->word, "%s", nexus->taxa[i]);
		return codist_cells_add_row(nexus->cells, &nexus->word, 0, err);
	}
	CODIST_TRY(next(nexus, err));
	if (nexus->is_end || is_word(nexus, ";"))
		return unexpected(nexus, "the label of another row", err);
	if (nexus->n_taxa > 0) {
		size_t t = 0;

		/* Mostly they are in order. */
		if (strcmp(nexus->taxa[i], nexus->word.chars) != 0)
			while (t < nexus->n_taxa &&
			       strcmp(nexus->taxa[t], nexus->word.chars) != 0)
				t++;
		if (t == nexus->n_taxa)
			return unexpected(nexus, "a label that is among the "
					  "TAXLABELS", err);
	}
	return codist_cells_add_row(nexus->cells, &nexus->word, nexus->line,
				    err);
}

/*
 * NTAX may be told again after the labels: by less, for a matrix of some of
 * the taxa, which then needs its own labels to tell of which.
 */
static enum codist_status check_taxa(const struct nexus *nexus,
				     struct codist_error *err)
{
	if (nexus->n_taxa == 0 || nexus->n == nexus->n_taxa ||
	    (nexus->n < nexus->n_taxa && !nexus->no_labels))
		return CODIST_OK;
	return codist_cells_fail(nexus->cells, nexus->line, err,
				 "a matrix of NTAX=%zu taxa, expected %s%zu, "
				 "as many as there are TAXLABELS", nexus->n,
				 nexus->no_labels ? "" : "at most ",
				 nexus->n_taxa);
}

static enum codist_status read_matrix(struct nexus *nexus,
				      struct codist_error *err)
{
	if (nexus->n == 0)
		return codist_cells_fail(nexus->cells, nexus->line, err,
					 "MATRIX, expected DIMENSIONS NTAX=... "
					 "before it");
	if (nexus->no_labels && nexus->n_taxa == 0)
		return codist_cells_fail(nexus->cells, nexus->line, err,
					 "a matrix without labels, expected "
					 "TAXLABELS before it");
	CODIST_TRY(check_taxa(nexus, err));
	for (size_t i = 0; i < nexus->n; i++) {
		size_t count = codist_triangle_count(nexus->triangle,
						     !nexus->no_diagonal, i,
						     nexus->n);

		CODIST_TRY(read_name(nexus, i, err));
		while (count-- > 0) {
			CODIST_TRY(next(nexus, err));
			if (nexus->is_end || is_word(nexus, ";"))
				return unexpected(nexus, "another value", err);
			CODIST_TRY(codist_cells_add_number(nexus->cells,
							   &nexus->word,
							   nexus->line, err));
		}
	}
	CODIST_TRY(expect(nexus, ";", "';' after all rows", err));
	return codist_cells_square(nexus->cells, nexus->triangle,
				   !nexus->no_diagonal, err);
}

/* A block up to its END; *is_read if it had a matrix of distances. */
static enum codist_status read_block(struct nexus *nexus, int *is_read,
				     struct codist_error *err)
{
	int is_distances, is_taxa;

	CODIST_TRY(next(nexus, err));
	is_distances = is_word(nexus, "DISTANCES");
	is_taxa = is_word(nexus, "TAXA");
	CODIST_TRY(skip_command(nexus, err));
	for (;;) {
		CODIST_TRY(next(nexus, err));
		if (nexus->is_end)
			return unexpected(nexus, "END;", err);
		if (is_word(nexus, "END") || is_word(nexus, "ENDBLOCK"))
			return skip_command(nexus, err);
		if ((is_taxa || is_distances) && is_word(nexus, "DIMENSIONS"))
			CODIST_TRY(read_dimensions(nexus, err));
		else if (is_taxa && is_word(nexus, "TAXLABELS") &&
			 nexus->n_taxa == 0)
			CODIST_TRY(read_taxa(nexus, err));
		else if (is_distances && is_word(nexus, "FORMAT"))
			CODIST_TRY(read_format(nexus, err));
		else if (is_distances && is_word(nexus, "MATRIX")) {
			*is_read = 1;
			return read_matrix(nexus, err);
		} else
			CODIST_TRY(skip_command(nexus, err));
	}
}

static enum codist_status read_blocks(struct nexus *nexus,
				      struct codist_error *err)
{
	int is_read = 0;

	CODIST_TRY(expect(nexus, "#NEXUS", "#NEXUS", err));
	while (!is_read) {
		CODIST_TRY(next(nexus, err));
		if (nexus->is_end)
			return codist_cells_fail(nexus->cells, 0, err,
						 "has no block DISTANCES with "
						 "a MATRIX");
		if (!is_word(nexus, "BEGIN"))
			return unexpected(nexus, "BEGIN", err);
		CODIST_TRY(read_block(nexus, &is_read, err));
	}
	return CODIST_OK;
}

enum codist_status codist_cells_read_nexus(struct codist_cells *cells,
					   struct codist_error *err)
{
	struct nexus nexus = {
		.cells = cells, .triangle = CODIST_TRIANGLE_LOWER,
	};
	enum codist_status status = read_blocks(&nexus, err);

	for (size_t i = 0; i < nexus.n_taxa; i++)
		free(nexus.taxa[i]);
	free(nexus.taxa);
	free(nexus.word.chars);
	return status;
}
