/*
 * tree.c - codist tree: a tree of items, by the distances between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "interrupt.h"
#include "progress.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of other methods' trees, the score is told as long as it costs little. */
#define MOST_SCORED 400

struct config {
	struct distances_config distances;
	struct distances_source_config source;
	const char *method, *format, *figure, *layout;
	size_t seed, n_restarts, patience;
	int is_cladogram;
};

static const struct tree_method methods[] = {
	{ .name = "nj", .title = "neighbour joining" },
	{ .name = "quartet", .title = "quartet method", .is_quartet = 1 },
	{ .name = "upgma", .title = "average linkage (UPGMA)",
	  .is_linkage = 1, .linkage = CODIST_AVERAGE },
	{ .name = "wpgma", .title = "weighted linkage (WPGMA)",
	  .is_linkage = 1, .linkage = CODIST_WEIGHTED },
	{ .name = "single", .title = "single linkage", .is_linkage = 1,
	  .linkage = CODIST_SINGLE },
	{ .name = "complete", .title = "complete linkage", .is_linkage = 1,
	  .linkage = CODIST_COMPLETE },
	{ .name = "ward", .title = "Ward's linkage", .is_linkage = 1,
	  .linkage = CODIST_WARD },
};

static const struct tree_format {
	const char *name;
	char *(*text)(const struct codist_tree *tree);
	enum codist_status (*print)(const struct found_tree *found,
				    struct codist_error *err);
} formats[] = {
	{ .name = "text", .print = tree_print_text },
	{ .name = "json", .print = tree_print_json },
	{ .name = "newick", .text = codist_tree_newick },
	{ .name = "nexus", .text = codist_tree_nexus },
	{ .name = "dot", .text = codist_tree_dot },
};

#define N_METHODS (sizeof(methods) / sizeof(methods[0]))
#define N_FORMATS (sizeof(formats) / sizeof(formats[0]))

static enum codist_status find_method(const struct tree_method **method,
				      const char *name,
				      struct codist_error *err)
{
	for (size_t i = 0; i < N_METHODS; i++) {
		*method = &methods[i];
		if (strcmp(methods[i].name, name) == 0)
			return CODIST_OK;
	}
	return codist_fail(err, CODIST_EUSAGE, "--method %s: expected nj, "
			   "quartet, upgma, wpgma, single, complete or ward",
			   name);
}

static enum codist_status find_format(const struct tree_format **format,
				      const char *name,
				      struct codist_error *err)
{
	for (size_t i = 0; i < N_FORMATS; i++) {
		*format = &formats[i];
		if (strcmp(formats[i].name, name) == 0)
			return CODIST_OK;
	}
	return codist_fail(err, CODIST_EUSAGE, "--format %s: expected text, "
			   "json, newick, nexus or dot", name);
}

static int stop(void *user)
{
	(void)user;
	return interrupt_came() != 0;
}

static int report_progress(void *user, size_t done, size_t total)
{
	return progress_update(user, done, total);
}

static enum codist_status search(struct found_tree *found,
				 const struct codist_quartets *quartets,
				 const struct config *config,
				 struct codist_error *err)
{
	struct progress progress;
	const struct codist_search_how how = {
		.seed = config->seed,
		.patience = config->patience,
		.n_restarts = config->n_restarts,
		.n_threads = (unsigned)config->distances.threads,
		.progress = report_progress,
		.user = &progress,
	};
	enum codist_status status;

	progress_begin(&progress, "quartet method", "searches");
	status = codist_quartets_search(
		quartets, (const char *const *)found->source.matrix.row_names, &how,
		&found->search, err);
	progress_end(&progress);
	if (status == CODIST_OK)
		found->tree = found->search.best.tree;
	return status;
}

static enum codist_status cluster(struct found_tree *found,
				  struct codist_error *err)
{
	size_t n = found->source.matrix.n_rows;

	found->merges = calloc(n, sizeof(*found->merges));
	if (!found->merges)
		return codist_no_memory(err, "clusters");
	CODIST_TRY(codist_cluster(found->merges, found->method->linkage,
				  found->source.matrix.values, n, err));
	return codist_tree_from_merges(
		&found->tree, found->merges, n,
		(const char *const *)found->source.matrix.row_names, err);
}

static enum codist_status build(struct found_tree *found,
				const struct config *config,
				struct codist_error *err)
{
	const struct codist_matrix *matrix = &found->source.matrix;
	const struct codist_quartets_how how = { .stop = stop };
	const struct tree_method *method = found->method;
	struct codist_quartets quartets;

	found->has_score = method->is_quartet || matrix->n_rows <= MOST_SCORED;
	if (found->has_score)
		CODIST_TRY(codist_quartets_init(&quartets, matrix->values,
						matrix->n_rows, &how, err));
	if (method->is_quartet)
		CODIST_TRY(search(found, &quartets, config, err));
	else if (method->is_linkage)
		CODIST_TRY(cluster(found, err));
	else
		CODIST_TRY(codist_tree_join(
			&found->tree, matrix->values, matrix->n_rows,
			(const char *const *)matrix->row_names, err));
	return found->has_score ? codist_quartets_score(&quartets,
							&found->tree,
							&found->score, err) :
				  CODIST_OK;
}

static enum codist_status look_at_groups(struct found_tree *found,
					 struct codist_error *err)
{
	size_t n = found->tree.n_leaves;
	unsigned char *is_member = calloc(n, sizeof(*is_member));
	enum codist_status status = CODIST_OK;

	found->misplaced = calloc(found->source.groups.n,
				  sizeof(*found->misplaced));
	if (!is_member || !found->misplaced)
		status = codist_no_memory(err, "groups");
	for (size_t g = 0; status == CODIST_OK && g < found->source.groups.n; g++) {
		for (size_t i = 0; i < n; i++)
			is_member[i] = found->source.groups.of_item[i] == g;
		status = codist_tree_misplaced(&found->tree, is_member,
					       &found->misplaced[g], err);
	}
	free(is_member);
	return status;
}

static enum codist_status draw(const struct found_tree *found,
			       const struct config *config,
			       struct codist_error *err)
{
	char title[512];
	const struct codist_tree_figure figure = {
		.title = title,
		.is_rectangular = strcmp(config->layout, "rectangular") == 0,
		.is_cladogram = config->is_cladogram,
		.groups = found->source.groups.of_item,
		.n_groups = found->source.groups.n,
		.group_names = found->source.groups.names,
	};

	if (found->has_score)
		snprintf(title, sizeof(title), "%s, S(T) = %.4f",
			 found->method->title, found->score);
	else
		snprintf(title, sizeof(title), "%s", found->method->title);
	return codist_draw_tree(config->figure, &found->tree, &figure, err);
}

static enum codist_status check_figure(const struct config *config,
				       struct codist_error *err)
{
	if (strcmp(config->layout, "unrooted") != 0 &&
	    strcmp(config->layout, "rectangular") != 0)
		return codist_fail(err, CODIST_EUSAGE, "--layout %s: expected "
				   "unrooted or rectangular", config->layout);
	return config->figure ? codist_draw_check(config->figure, err) :
				CODIST_OK;
}

/* Groups of several leaves, before the work; those of one need no mark. */
static enum codist_status check_groups(const struct groups *groups, size_t n,
				       struct codist_error *err)
{
	size_t *n_leaves = calloc(groups->n, sizeof(*n_leaves)), n_several = 0;

	if (!n_leaves)
		return codist_no_memory(err, "groups");
	for (size_t i = 0; i < n; i++)
		n_several += ++n_leaves[groups->of_item[i]] == 2;
	free(n_leaves);
	if (n_several <= CODIST_TREE_GROUPS)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "%zu groups of several leaves, but a figure has "
			   "marks for %d at most", n_several,
			   CODIST_TREE_GROUPS);
}

static enum codist_status carry_out(struct found_tree *found,
				    const struct config *config,
				    size_t n_operands, char *const *operands,
				    struct codist_error *err)
{
	const struct tree_format *format;
	char *text;

	CODIST_TRY(find_method(&found->method, config->method, err));
	CODIST_TRY(find_format(&format, config->format, err));
	CODIST_TRY(check_figure(config, err));
	CODIST_TRY(distances_obtain(&found->source, &config->source,
				    &config->distances, "tree",
				    config->figure, n_operands, operands,
				    err));
	if (config->figure && found->source.groups.n > 0)
		CODIST_TRY(check_groups(&found->source.groups,
					found->source.matrix.n_rows, err));
	/* Rounding, up to which it was symmetric, must go as well. */
	CODIST_TRY(codist_matrix_symmetrize(&found->source.matrix,
					    CODIST_SYMMETRY_MEAN, err));
	CODIST_TRY(build(found, config, err));
	if (found->source.groups.n > 0)
		CODIST_TRY(look_at_groups(found, err));
	if (config->figure)
		CODIST_TRY(draw(found, config, err));
	if (format->print)
		return format->print(found, err);
	text = format->text(&found->tree);
	if (!text)
		return codist_no_memory(err, "a tree");
	fputs(text, stdout);
	free(text);
	return CODIST_OK;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *own = config;
	struct found_tree found = {
		.symmetrize = own->source.symmetrize, .seed = own->seed,
	};
	enum codist_status status;

	status = carry_out(&found, own, n_operands, operands, err);
	codist_tree_release(&found.tree);
	distances_source_release(&found.source);
	free(found.merges);
	free(found.misplaced);
	return status;
}

static const struct command_option options[] = {
	DISTANCES_SOURCE_ROWS(struct config),
	DISTANCES_ROWS(struct config),
	{ .name = "method", .argument = "NAME", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, method), .fallback = "quartet",
	  .help = "nj, quartet, upgma, wpgma, single, complete or ward" },
	{ .name = "seed", .argument = "N", .kind = OPTION_COUNT,
	  .offset = offsetof(struct config, seed), .maximum = SIZE_MAX / 2,
	  .help = "of the quartet method's chances (default: 0)" },
	{ .name = "restarts", .argument = "N", .kind = OPTION_COUNT,
	  .offset = offsetof(struct config, n_restarts), .minimum = 1,
	  .maximum = 1000000,
	  .help = "its searches, of which the best counts (default: 10)" },
	{ .name = "patience", .argument = "N", .kind = OPTION_COUNT,
	  .offset = offsetof(struct config, patience), .minimum = 1,
	  .maximum = SIZE_MAX / 2,
	  .help = "trees tried in vain after which a search ends (default: "
		  "100000)" },
	{ .name = "format", .argument = "FORMAT", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, format), .fallback = "text",
	  .help = "text, json, newick, nexus or dot" },
	{ .name = "figure", .argument = "FILE", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, figure),
	  .help = "also draw the tree; the name ends in .svg, .pdf or .png" },
	{ .name = "layout", .argument = "NAME", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, layout), .fallback = "unrooted",
	  .help = "of the figure: unrooted or rectangular" },
	{ .name = "cladogram", .kind = OPTION_FLAG,
	  .offset = offsetof(struct config, is_cladogram),
	  .help = "draw without regard to lengths, as are the trees of the "
		  "quartet method, which have none" },
	{ .name = NULL },
};

const struct command command_tree = {
	.name = "tree",
	.summary = "make a tree of items, by the distances between them",
	.operands = "MATRIX | ITEM...",
	.description =
		"Make a tree of items, by the distances between them. "
		DISTANCES_SOURCE_HELP "\n"
		"The quartet method (Cilibrasi and Vitanyi 2005, 2011) searches "
		"at random for the unrooted tree of the greatest S(T), which "
		"tells how well the pairs of pairs that each four items fall "
		"into agree with the distances: 1 if all do, 0 if all are as "
		"far off as can be. nj is neighbour joining (Saitou and Nei "
		"1987). The others are linkages, which give rooted trees. Of up "
		"to 400 items S(T) is told of their trees too.\n"
		"Text is a drawing, JSON has the tree in Newick, and of a "
		"linkage the list of merges as SciPy has it.",
	.examples =
		"codist tree --backend lzma mtdna34\n"
		"codist tree distances.csv --symmetrize mean\n"
		"codist tree distances.phy --method nj --format newick >nj.tree\n"
		"codist tree distances.csv --groups orders.tsv --figure tree.svg",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
