/*
 * pairwise_formulas.c - distances by formula, of a block of rows
 *
 * Each length is computed once for all measures of a backend and a separator.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "experiment/items.h"
#include "experiment/pairwise_run.h"

#include <stdlib.h>

struct codist_pairs_formulas {
	struct codist_pairs *pairs;
	struct codist_joint joint;
	double empty;                    /* C() */
	double *of_rows, *of_columns;    /* C(x) */
	double *rows_twice, *columns_twice; /* C(xsx); NULL: not needed */
	double *xy, *yx; /* [rows at hand][n_columns]; NULL: not needed */
};

static int is_square(const struct codist_pairs *pairs)
{
	return !pairs->asked->columns;
}

static size_t n_items(const struct codist_pairs *pairs)
{
	return pairs->n_rows + (is_square(pairs) ? 0 : pairs->n_columns);
}

/* A length of each item: columns that are rows have theirs. */
static enum codist_status of_items(
	struct codist_pairs_formulas *formulas, double **rows, double **columns,
	enum codist_status (*fill)(struct codist_joint *joint,
				   const struct codist_bytes *items, size_t n,
				   double *lengths, struct codist_error *err),
	struct codist_error *err)
{
	const struct codist_pairs *pairs = formulas->pairs;

	*rows = calloc(pairs->n_rows, sizeof(**rows));
	if (!*rows)
		return codist_no_memory(err, "a length of each item");
	CODIST_TRY(fill(&formulas->joint, pairs->asked->rows, pairs->n_rows,
			*rows, err));
	if (is_square(pairs)) {
		*columns = *rows;
		return CODIST_OK;
	}
	*columns = calloc(pairs->n_columns, sizeof(**columns));
	if (!*columns)
		return codist_no_memory(err, "a length of each item");
	return fill(&formulas->joint, pairs->columns, pairs->n_columns,
		    *columns, err);
}

static enum codist_status room_for_pairs(const struct codist_pairs *pairs,
					 int needed, double **lengths,
					 struct codist_error *err)
{
	if (!needed)
		return CODIST_OK;
	*lengths = calloc(pairs->most * pairs->n_columns, sizeof(**lengths));
	return *lengths ? CODIST_OK : codist_no_memory(err, "lengths of pairs");
}

static enum codist_status blame(void *user, const struct codist_bytes *items,
				size_t i, enum codist_status status,
				struct codist_error *err)
{
	const struct codist_pairs *pairs = user;
	int is_row = items == pairs->asked->rows;

	if (!is_row && items != pairs->columns)
		return status;
	return codist_pairs_blame(pairs, is_row, i, status, err);
}

static enum codist_status init(struct codist_pairs_formulas *formulas,
			       struct codist_error *err)
{
	const struct codist_bytes nothing = { NULL, 0 };
	struct codist_pairs *pairs = formulas->pairs;
	const struct codist_unit *unit = pairs->unit;
	struct codist_joint *joint = &formulas->joint;
	double began;

	joint->user = pairs;
	joint->done = codist_pairs_done;
	joint->tick = codist_pairs_tick;
	joint->blame = blame;
	joint->prepared_memory = pairs->prepared_memory;
	CODIST_TRY(codist_joint_init(joint, unit->backend, unit->separator,
				     pairs->n_threads, err));
	CODIST_TRY(codist_joint_alone(joint, &nothing, 1, &formulas->empty,
				      err));
	began = codist_seconds();
	CODIST_TRY(of_items(formulas, &formulas->of_rows, &formulas->of_columns,
			    codist_joint_alone, err));
	/* Two items joined take about as long as both alone, or less. */
	pairs->seconds_a_pair = 2 * (codist_seconds() - began) /
				(double)n_items(pairs);
	if (unit->needs.twice)
		CODIST_TRY(of_items(formulas, &formulas->rows_twice,
				    &formulas->columns_twice,
				    codist_joint_twice, err));
	CODIST_TRY(room_for_pairs(pairs, unit->needs.xy, &formulas->xy, err));
	return room_for_pairs(pairs, unit->needs.yx, &formulas->yx, err);
}

enum codist_status
codist_pairs_formulas_new(struct codist_pairs_formulas **formulas,
			  struct codist_pairs *pairs, struct codist_error *err)
{
	enum codist_status status;

	*formulas = calloc(1, sizeof(**formulas));
	if (!*formulas)
		return codist_no_memory(err, "distances");
	(*formulas)->pairs = pairs;
	status = init(*formulas, err);
	if (status != CODIST_OK) {
		codist_pairs_formulas_free(*formulas);
		*formulas = NULL;
	}
	return status;
}

void codist_pairs_formulas_free(struct codist_pairs_formulas *formulas)
{
	if (!formulas)
		return;
	codist_joint_release(&formulas->joint);
	if (formulas->of_columns != formulas->of_rows)
		free(formulas->of_columns);
	free(formulas->of_rows);
	if (formulas->columns_twice != formulas->rows_twice)
		free(formulas->columns_twice);
	free(formulas->rows_twice);
	free(formulas->xy);
	free(formulas->yx);
	free(formulas);
}

/* Rows are outside: the columns of a row. */
static void columns_of(void *user, size_t outer, size_t *first, size_t *end)
{
	const struct codist_pairs *pairs = user;

	*first = codist_pairs_first(pairs, pairs->first + outer);
	*end = pairs->n_columns;
}

/* Columns are outside: the rows at hand that pair with a column. */
static void rows_of(void *user, size_t outer, size_t *first, size_t *end)
{
	const struct codist_pairs *pairs = user;

	*first = 0;
	*end = pairs->n;
	if (!pairs->is_half)
		return;
	if (outer <= pairs->first)
		*end = 0;
	else if (outer - pairs->first < pairs->n)
		*end = outer - pairs->first;
}

/* All distances of one row by all measures of the unit. */
static enum codist_status put_row(void *user, unsigned thread, size_t at_hand,
				  struct codist_error *err)
{
	const struct codist_pairs_formulas *formulas = user;
	const struct codist_pairs *pairs = formulas->pairs;
	const struct codist_unit *unit = pairs->unit;
	size_t i = pairs->first + at_hand, at = at_hand * pairs->n_columns;
	struct codist_lengths l = {
		.x = formulas->of_rows[i],
		.x_nbytes = pairs->asked->rows[i].nbytes,
		.xx = unit->needs.twice ? formulas->rows_twice[i] : 0,
	};

	(void)thread;
	for (size_t k = codist_pairs_first(pairs, i); k < pairs->n_columns;
	     k++) {
		l.y = formulas->of_columns[k];
		l.y_nbytes = pairs->columns[k].nbytes;
		l.yy = unit->needs.twice ? formulas->columns_twice[k] : 0;
		l.xy = unit->needs.xy ? formulas->xy[at + k] : 0;
		l.yx = unit->needs.yx ? formulas->yx[at + k] : 0;
		for (size_t r = 0; r < unit->n_results; r++) {
			size_t result = unit->results[r];
			struct codist_pairwise_result of =
				codist_pairwise_result(pairs->asked, result);
			double value = codist_formula(of.measure, &l,
						      formulas->empty);

			CODIST_TRY(codist_pairs_put(pairs, result, i, k, value,
						    err));
		}
	}
	return CODIST_OK;
}

static enum codist_status tick(void *user, struct codist_error *err)
{
	const struct codist_pairs_formulas *formulas = user;

	return codist_pairs_tick(formulas->pairs, err);
}

enum codist_status
codist_pairs_formulas_block(struct codist_pairs_formulas *formulas,
			    struct codist_error *err)
{
	struct codist_pairs *pairs = formulas->pairs;
	const struct codist_bytes *rows = pairs->asked->rows + pairs->first;
	struct codist_joint_pairs of_rows = {
		.outer = rows, .n_outer = pairs->n,
		.inner = pairs->columns, .n_inner = pairs->n_columns,
		.range = columns_of, .range_user = pairs,
		.lengths = formulas->xy,
		.outer_step = pairs->n_columns, .inner_step = 1,
	};
	struct codist_joint_pairs of_columns = {
		.outer = pairs->columns, .n_outer = pairs->n_columns,
		.inner = rows, .n_inner = pairs->n,
		.range = rows_of, .range_user = pairs,
		.lengths = formulas->yx,
		.outer_step = 1, .inner_step = pairs->n_columns,
	};
	struct codist_items items = { pairs->n, formulas, put_row, tick };

	if (formulas->xy)
		CODIST_TRY(codist_joint_lengths(&formulas->joint, &of_rows,
						err));
	if (formulas->yx)
		CODIST_TRY(codist_joint_lengths(&formulas->joint, &of_columns,
						err));
	return codist_items_run(&items, pairs->n_threads, err);
}
