/*
 * results.c - the results of a study as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "results.h"
#include "table.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

size_t results_count(const struct codist_results *results, const char *state)
{
	size_t n = 0;

	for (size_t i = 0; i < results->n; i++)
		n += strcmp(results->items[i].state, state) == 0;
	return n;
}

static int is_done(const struct codist_result *item)
{
	return strcmp(item->state, "done") == 0;
}

static void put_counts(struct table *table, const struct codist_result *item)
{
	struct codist_interval interval;

	if (!is_done(item)) {
		table_add(table, "%zu", item->n_classified);
		for (int i = 0; i < 4; i++)
			table_add(table, "%s", "");
		return;
	}
	interval = codist_wilson(item->n_correct, item->n_classified, 0.95);
	table_add(table, "%zu", item->n_classified);
	table_add(table, "%zu", item->n_correct);
	table_add(table, "%.4f", (double)item->n_correct /
					 (double)(item->n_classified ?
						  item->n_classified : 1));
	table_add(table, "%.4f", interval.low);
	table_add(table, "%.4f", interval.high);
}

static size_t has_fits(const struct codist_results *results)
{
	for (size_t i = 0; i < results->n; i++)
		if (*results->items[i].fitted)
			return 1;
	return 0;
}

static enum codist_status print_text(const struct codist_results *results,
				     struct codist_error *err)
{
	enum codist_status status;
	struct table table;

	size_t n_columns = 7 + has_fits(results);

	table_init(&table, n_columns, "llrrrrrl");
	for (size_t i = 0; i < n_columns; i++)
		table_add(&table, "%s", ((const char *const[]){
				"run", "state", "samples", "correct",
				"accuracy", "low", "high", "fitted" })[i]);
	for (size_t i = 0; i < results->n; i++) {
		table_add(&table, "%s", results->items[i].name);
		table_add(&table, "%s", results->items[i].state);
		put_counts(&table, &results->items[i]);
		if (n_columns > 7)
			table_add(&table, "%s", results->items[i].fitted);
	}
	status = table_print(&table, FORMAT_TEXT, err);
	table_release(&table);
	return status;
}

static enum codist_status print_rows(const struct codist_results *results,
				     enum format format,
				     struct codist_error *err)
{
	static const char *const names[] = {
		"run", "state", "data", "train_limit", "folds", "seed",
		"transform", "reference", "measure", "backend", "aggregate",
		"samples", "classified", "correct", "accuracy", "low", "high",
		"tied", "correct_low", "correct_high", "scores", "seconds",
		"fitted",
	};
	enum codist_status status;
	struct table table;

	table_init(&table, sizeof(names) / sizeof(names[0]),
		   "lllrrrlllllrrrrrrrrrrrl");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		table_add(&table, "%s", names[i]);
	for (size_t i = 0; i < results->n; i++) {
		const struct codist_result *item = &results->items[i];

		table_add(&table, "%s", item->name);
		table_add(&table, "%s", item->state);
		table_add(&table, "%s", item->data);
		table_add(&table, "%zu", item->train_limit);
		table_add(&table, "%zu", item->n_folds);
		table_add(&table, "%" PRIu64, item->seed);
		table_add(&table, "%s", item->transform);
		table_add(&table, "%s", item->reference);
		table_add(&table, "%s", item->measure);
		table_add(&table, "%s", item->backend);
		table_add(&table, "%s", item->aggregate);
		table_add(&table, "%zu", item->n_samples);
		put_counts(&table, item);
		table_add(&table, "%zu", item->n_tied);
		table_add(&table, "%zu", item->correct_low);
		table_add(&table, "%zu", item->correct_high);
		table_add(&table, "%zu", item->n_scores);
		table_add(&table, "%.3f", item->seconds);
		table_add(&table, "%s", item->fitted);
	}
	status = table_print(&table, format, err);
	table_release(&table);
	return status;
}

enum codist_status results_print(const struct codist_results *results,
				 enum format format, struct codist_error *err)
{
	return format == FORMAT_TEXT ? print_text(results, err) :
				       print_rows(results, format, err);
}
