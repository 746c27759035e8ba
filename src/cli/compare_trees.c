/*
 * compare_trees.c - codist compare-trees: how far two trees are apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "document.h"
#include "file.h"
#include "table.h"

#include <stdio.h>

struct config {
	enum format format;
};

static enum codist_status load(struct codist_tree *tree, const char *path,
			       struct codist_error *err)
{
	struct file file;
	enum codist_status status;

	CODIST_TRY(file_read(&file, path, err));
	status = codist_tree_read(tree, file_view(&file), path, err);
	file_release(&file);
	return status;
}

static enum codist_status print_table(const struct codist_tree_distance *found,
				      size_t n_leaves, enum format format,
				      struct codist_error *err)
{
	enum codist_status status;
	struct table table;

	table_init(&table, 5, "r");
	table_add(&table, "leaves");
	table_add(&table, "splits_first");
	table_add(&table, "splits_second");
	table_add(&table, "differing");
	table_add(&table, "normalized");
	table_add(&table, "%zu", n_leaves);
	table_add(&table, "%zu", found->n_splits[0]);
	table_add(&table, "%zu", found->n_splits[1]);
	table_add(&table, "%zu", found->n_differing);
	table_add(&table, format == FORMAT_CSV ? "%.17g" : "%.4f",
		  found->normalized);
	status = table_print(&table, format, err);
	table_release(&table);
	return status;
}

static enum codist_status print_json(const struct codist_tree_distance *found,
				     size_t n_leaves, char *const *paths,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_text(&document, "first", paths[0]);
	document_text(&document, "second", paths[1]);
	document_number(&document, "leaves", (double)n_leaves);
	document_number(&document, "splits_first", (double)found->n_splits[0]);
	document_number(&document, "splits_second",
			(double)found->n_splits[1]);
	document_number(&document, "differing", (double)found->n_differing);
	document_number(&document, "normalized", found->normalized);
	document_close(&document);
	return document_print(&document, err);
}

static enum codist_status compare(struct codist_tree *trees,
				  char *const *paths, enum format format,
				  struct codist_error *err)
{
	struct codist_tree_distance found;

	CODIST_TRY(load(&trees[0], paths[0], err));
	CODIST_TRY(load(&trees[1], paths[1], err));
	CODIST_TRY(codist_tree_compare(&trees[0], &trees[1], &found, err));
	return format == FORMAT_JSON ?
		       print_json(&found, trees[0].n_leaves, paths, err) :
		       print_table(&found, trees[0].n_leaves, format, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct codist_tree trees[2] = { { 0 } };
	enum codist_status status;

	if (n_operands != 2)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected two TREEs",
				   n_operands);
	status = compare(trees, operands,
			 ((const struct config *)config)->format, err);
	codist_tree_release(&trees[0]);
	codist_tree_release(&trees[1]);
	return status;
}

static const struct command_option options[] = {
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_compare_trees = {
	.name = "compare-trees",
	.summary = "count the splits that only one of two trees has",
	.operands = "TREE TREE",
	.description =
		"A TREE is a file with one tree in Newick, or in a NEXUS block "
		"TREES, or '-' for the standard input. Each branch between two "
		"inner nodes splits the leaves, which must have the same names "
		"in both trees; the distance of Robinson and Foulds (1981) is "
		"how many splits only one of the trees has, and normalized, of "
		"all splits of both. Trees count as unrooted.",
	.examples =
		"codist compare-trees nj.tree quartet.tree",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
