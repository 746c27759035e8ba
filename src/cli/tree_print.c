/*
 * tree_print.c - a tree and what is to be said of it, as text and as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "document.h"
#include "table.h"
#include "tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t size_of_group(const struct found_tree *found, size_t group)
{
	size_t n = 0;

	for (size_t i = 0; i < found->tree.n_leaves; i++)
		n += found->source.groups.of_item[i] == group;
	return n;
}

static enum codist_status print_groups(const struct found_tree *found,
				       struct codist_error *err)
{
	enum codist_status status;
	struct table table;

	printf("\na group comes out together if one branch parts it from all "
	       "others; of others,\nmisplaced leaves are on the wrong side of "
	       "the best branch\n\n");
	table_init(&table, 4, "lrlr");
	table_add(&table, "group");
	table_add(&table, "leaves");
	table_add(&table, "together");
	table_add(&table, "misplaced");
	for (size_t g = 0; g < found->source.groups.n; g++) {
		table_add(&table, "%s", found->source.groups.names[g]);
		table_add(&table, "%zu", size_of_group(found, g));
		table_add(&table, found->misplaced[g] ? "no" : "yes");
		table_add(&table, "%zu", found->misplaced[g]);
	}
	status = table_print(&table, FORMAT_TEXT, err);
	table_release(&table);
	return status;
}

enum codist_status tree_print_text(const struct found_tree *found,
				   struct codist_error *err)
{
	const struct codist_search_found *search = &found->search;
	char *drawing = codist_tree_drawing(&found->tree);

	if (!drawing)
		return codist_no_memory(err, "a drawing");
	printf("codist %s\n\n%s: %zu items, %s\n", codist_version(),
	       distances_title(&found->source), found->tree.n_leaves, found->method->title);
	if (found->has_score)
		printf("S(T) = %.6f\n", found->score);
	if (found->method->is_quartet)
		printf("best of %zu searches with seed %zu: number %zu, after "
		       "%zu trees; %zu came to that score\n", search->n_done,
		       found->seed, search->restart + 1,
		       search->best.n_steps, search->n_equal);
	printf("\n%s", drawing);
	free(drawing);
	return found->source.groups.n ? print_groups(found, err) : CODIST_OK;
}

static void put_groups(struct document *document,
		       const struct found_tree *found)
{
	document_array(document, "groups");
	for (size_t g = 0; g < found->source.groups.n; g++) {
		document_object(document, NULL);
		document_text(document, "name", found->source.groups.names[g]);
		document_number(document, "leaves",
				(double)size_of_group(found, g));
		document_flag(document, "together", !found->misplaced[g]);
		document_number(document, "misplaced",
				(double)found->misplaced[g]);
		document_close(document);
	}
	document_close(document);
}

static void put_merges(struct document *document,
		       const struct found_tree *found)
{
	document_array(document, "merges");
	for (size_t i = 0; i + 1 < found->tree.n_leaves; i++) {
		const struct codist_merge *merge = &found->merges[i];

		document_array(document, NULL);
		document_number(document, NULL, (double)merge->first);
		document_number(document, NULL, (double)merge->second);
		document_number(document, NULL, merge->distance);
		document_number(document, NULL, (double)merge->n_items);
		document_close(document);
	}
	document_close(document);
}

static void put_search(struct document *document,
		       const struct found_tree *found)
{
	const struct codist_search_found *search = &found->search;

	document_number(document, "seed", (double)found->seed);
	document_number(document, "restarts", (double)search->n_done);
	document_number(document, "best_restart", (double)search->restart);
	document_number(document, "equal_restarts", (double)search->n_equal);
	document_number(document, "trees_tried",
			(double)search->best.n_steps);
}

enum codist_status tree_print_json(const struct found_tree *found,
				   struct codist_error *err)
{
	struct document document = { 0 };
	char *newick = codist_tree_newick(&found->tree);

	if (!newick)
		return codist_no_memory(err, "a tree");
	newick[strcspn(newick, "\n")] = '\0';
	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_text(&document, "matrix", found->source.path);
	document_text(&document, "distances", found->source.name);
	document_text(&document, "symmetrize", found->symmetrize);
	document_number(&document, "items", (double)found->tree.n_leaves);
	document_text(&document, "method", found->method->name);
	document_number(&document, "score",
			found->has_score ? found->score : NAN);
	if (found->method->is_quartet)
		put_search(&document, found);
	document_flag(&document, "rooted", found->tree.is_rooted);
	document_text(&document, "newick", newick);
	if (found->merges)
		put_merges(&document, found);
	if (found->source.groups.n)
		put_groups(&document, found);
	document_close(&document);
	free(newick);
	return document_print(&document, err);
}
