/*
 * embed.c - codist embed: a map of items, from the distances between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "distances_source.h"
#include "document.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

struct config {
	struct distances_config distances;
	struct distances_source_config source;
	const char *figure;
	size_t n_dimensions;
	enum format format;
};

struct map {
	const struct config *config;
	struct distances_source source;
	struct codist_embedding embedding;
};

static double coordinate(const struct map *map, size_t i, size_t k)
{
	return map->embedding.coordinates[i * map->embedding.n_dimensions + k];
}

/* The share of one axis in the positive eigenvalues. */
static double share_of(const struct codist_embedding *embedding, size_t k)
{
	double sum = 0;

	for (size_t i = 0; i < embedding->n; i++)
		if (embedding->eigenvalues[i] > 0)
			sum += embedding->eigenvalues[i];
	return k < embedding->n && embedding->eigenvalues[k] > 0 ?
		       embedding->eigenvalues[k] / sum : 0;
}

static enum codist_status print_table(const struct map *map,
				      struct codist_error *err)
{
	int has_classes = map->source.groups.n > 0;
	size_t n_dimensions = map->embedding.n_dimensions;
	enum codist_status status;
	struct table table;

	table_init(&table, 1 + (size_t)has_classes + n_dimensions,
		   has_classes ? "llr" : "lr");
	table_add(&table, "name");
	if (has_classes)
		table_add(&table, "class");
	for (size_t k = 0; k < n_dimensions; k++)
		table_add(&table, "x%zu", k + 1);
	for (size_t i = 0; i < map->source.matrix.n_rows; i++) {
		table_add(&table, "%s", map->source.matrix.row_names[i]);
		if (has_classes)
			table_add(&table, "%s", map->source.groups.class_of[i]);
		for (size_t k = 0; k < n_dimensions; k++) {
			double x = coordinate(map, i, k);

			if (map->config->format == FORMAT_CSV)
				table_add(&table, "%.17g", x);
			else
				table_add(&table, "%.4f", x);
		}
	}
	status = table_print(&table, map->config->format, err);
	table_release(&table);
	return status;
}

static enum codist_status print_text(const struct map *map,
				     struct codist_error *err)
{
	const struct codist_embedding *embedding = &map->embedding;

	printf("codist %s\n\n%s: %zu items in %zu dimensions by classical "
	       "scaling\n%.1f %% of the positive eigenvalues' sum is "
	       "explained:", codist_version(),
	       distances_title(&map->source), embedding->n,
	       embedding->n_dimensions, 100 * embedding->explained);
	for (size_t k = 0; k < embedding->n_dimensions; k++)
		printf("%s %.1f %%", k ? "," : "",
		       100 * share_of(embedding, k));
	printf("\n%zu eigenvalues are negative, %.1f %% of all magnitudes\n\n",
	       embedding->n_negative, 100 * embedding->negative);
	return print_table(map, err);
}

static enum codist_status print_json(const struct map *map,
				     struct codist_error *err)
{
	const struct codist_embedding *embedding = &map->embedding;
	struct document document = { 0 };

	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_text(&document, "matrix", map->source.path);
	document_text(&document, "distances", map->source.name);
	document_text(&document, "symmetrize", map->config->source.symmetrize);
	document_number(&document, "items", (double)embedding->n);
	document_number(&document, "dimensions",
			(double)embedding->n_dimensions);
	document_number(&document, "explained", embedding->explained);
	document_number(&document, "negative_eigenvalues",
			(double)embedding->n_negative);
	document_number(&document, "negative", embedding->negative);
	document_array(&document, "eigenvalues");
	for (size_t k = 0; k < embedding->n; k++)
		document_number(&document, NULL, embedding->eigenvalues[k]);
	document_close(&document);
	document_array(&document, "points");
	for (size_t i = 0; i < embedding->n; i++) {
		document_object(&document, NULL);
		document_text(&document, "name", map->source.matrix.row_names[i]);
		if (map->source.groups.n > 0)
			document_text(&document, "class", map->source.groups.class_of[i]);
		document_array(&document, "coordinates");
		for (size_t k = 0; k < embedding->n_dimensions; k++)
			document_number(&document, NULL,
					coordinate(map, i, k));
		document_close(&document);
		document_close(&document);
	}
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

/* Of one dimension, a line across is drawn. */
static enum codist_status draw(const struct map *map, struct codist_error *err)
{
	size_t n = map->embedding.n;
	double *places = calloc(n, 2 * sizeof(*places));
	char across[64], up[64];
	struct codist_scatter scatter = {
		.n = n, .x = places, .y = places ? places + n : NULL,
		.names = (const char *const *)map->source.matrix.row_names,
		.classes = map->source.groups.of_item,
		.n_classes = map->source.groups.n,
		.class_names = map->source.groups.names,
		.x_label = across,
		.y_label = map->embedding.n_dimensions > 1 ? up : NULL,
	};
	enum codist_status status;

	if (!places)
		return codist_no_memory(err, "a figure");
	snprintf(across, sizeof(across), "axis 1 (%.1f %%)",
		 100 * share_of(&map->embedding, 0));
	snprintf(up, sizeof(up), "axis 2 (%.1f %%)",
		 100 * share_of(&map->embedding, 1));
	for (size_t i = 0; i < n; i++) {
		places[i] = coordinate(map, i, 0);
		if (map->embedding.n_dimensions > 1)
			places[n + i] = coordinate(map, i, 1);
	}
	status = codist_draw_scatter(map->config->figure, &scatter, err);
	free(places);
	return status;
}

static enum codist_status embed(struct map *map, size_t n_operands,
				char *const *operands,
				struct codist_error *err)
{
	const struct config *config = map->config;
	enum format format = config->format;

	if (config->figure)
		CODIST_TRY(codist_draw_check(config->figure, err));
	CODIST_TRY(distances_obtain(&map->source, &config->source,
				    &config->distances, "embed",
				    config->figure, n_operands, operands,
				    err));
	if (config->figure && map->source.groups.n > CODIST_SCATTER_CLASSES)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu groups, but a figure has marks for %d "
				   "at most", map->source.groups.n,
				   CODIST_SCATTER_CLASSES);
	CODIST_TRY(codist_embed(&map->embedding, map->source.matrix.values,
				map->source.matrix.n_rows, map->config->n_dimensions,
				err));
	if (map->config->figure)
		CODIST_TRY(draw(map, err));
	return format == FORMAT_JSON ? print_json(map, err) :
	       format == FORMAT_CSV  ? print_table(map, err) :
				       print_text(map, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct map map = { .config = config };
	enum codist_status status;

	status = embed(&map, n_operands, operands, err);
	codist_embedding_release(&map.embedding);
	distances_source_release(&map.source);
	return status;
}

static const struct command_option options[] = {
	DISTANCES_SOURCE_ROWS(struct config),
	DISTANCES_ROWS(struct config),
	{ .name = "dimensions", .argument = "N", .kind = OPTION_COUNT,
	  .offset = offsetof(struct config, n_dimensions), .minimum = 1,
	  .maximum = 1000, .fallback = "2",
	  .help = "coordinates for each item" },
	{ .name = "figure", .argument = "FILE", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, figure),
	  .help = "also draw the first two dimensions; the name ends in .svg, "
		  ".pdf or .png" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_embed = {
	.name = "embed",
	.summary = "place items in a plane, by the distances between them",
	.operands = "MATRIX | ITEM...",
	.description =
		"Find coordinates for items such that they are about as far "
		"from each other as their distances say: classical scaling "
		"(Torgerson 1952, Gower 1966). " DISTANCES_SOURCE_HELP "\n"
		"Told is which share of the positive eigenvalues the "
		"dimensions explain, and which share of all magnitudes is "
		"negative, which no dimension can show: where either says that "
		"much is missing, what lies close together in the plane may "
		"be far apart.\n"
		"It takes two matrices of N times N doubles for N items, and "
		"time that grows as the cube of N.",
	.examples =
		"codist embed --figure map.svg synthetic:part=test,n=50\n"
		"codist embed distances.csv --symmetrize mean --figure map.svg\n"
		"codist embed distances.phy --groups groups.tsv "
		"--dimensions 3 --format csv",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
