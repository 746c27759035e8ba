/*
 * yaml.c - a YAML text as a tree, each node with its line
 *
 * libyaml's events become nodes. An alias becomes a copy of what its anchor
 * stands for, so that the tree has no cycles, and counts against the bound on
 * nodes: aliases of aliases of aliases come to an end there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct anchor {
	char *name;
	const struct codist_yaml *node; /* in the tree */
};

struct reading {
	const char *path;
	struct codist_error *err;
	yaml_parser_t parser;
	yaml_event_t event;
	int has_event;
	struct anchor *anchors; /* [n_anchors], of two the later one counts */
	size_t n_anchors;
	size_t n_nodes, depth;
};

void codist_yaml_free(struct codist_yaml *tree)
{
	if (!tree)
		return;
	for (size_t i = 0; i < tree->n; i++) {
		codist_yaml_free(tree->items[i]);
		if (tree->keys)
			free(tree->keys[i]);
	}
	free(tree->items);
	free(tree->keys);
	free(tree->key_lines);
	free(tree->text);
	free(tree);
}

const struct codist_yaml *codist_yaml_at(const struct codist_yaml *map,
					 const char *key)
{
	for (size_t i = 0; map->kind == CODIST_YAML_MAP && i < map->n; i++)
		if (strcmp(map->keys[i], key) == 0)
			return map->items[i];
	return NULL;
}

const char *codist_yaml_kind_name(const struct codist_yaml *node)
{
	static const char *const names[] = { "a text", "a list", "a mapping" };

	return names[node->kind];
}

const char *codist_libyaml_version(void)
{
	return yaml_get_version_string();
}

static size_t line_of(const struct reading *r)
{
	return (size_t)r->event.start_mark.line + 1;
}

static enum codist_status refuse(const struct reading *r, size_t line,
				 const char *what)
{
	return codist_fail(r->err, CODIST_EFORMAT, "%s:%zu: %s", r->path, line,
			   what);
}

static enum codist_status next(struct reading *r)
{
	const yaml_parser_t *p = &r->parser;

	if (r->has_event)
		yaml_event_delete(&r->event);
	r->has_event = yaml_parser_parse(&r->parser, &r->event);
	if (r->has_event)
		return CODIST_OK;
	if (p->error == YAML_MEMORY_ERROR)
		return codist_no_memory(r->err, r->path);
	return codist_fail(r->err, CODIST_EFORMAT, "%s:%zu: no YAML: %s%s%s",
			   r->path,
			   (size_t)p->problem_mark.line + 1,
			   p->context ? p->context : "",
			   p->context && p->problem ? ": " : "",
			   p->problem ? p->problem : "");
}

static enum codist_status new_node(struct reading *r,
				   enum codist_yaml_kind kind, size_t line,
				   struct codist_yaml **node)
{
	*node = NULL;
	if (++r->n_nodes > CODIST_YAML_NODES)
		return codist_fail(r->err, CODIST_EFORMAT,
				   "%s:%zu: comes to more than %d values",
				   r->path, line, CODIST_YAML_NODES);
	*node = calloc(1, sizeof(**node));
	if (!*node)
		return codist_no_memory(r->err, r->path);
	(*node)->kind = kind;
	(*node)->line = line;
	return CODIST_OK;
}

/* Room for one item more, at powers of two. */
static int grow(struct codist_yaml *node)
{
	size_t n = node->n ? 2 * node->n : 1;
	void *items, *keys, *lines;

	if (node->n & (node->n - 1))
		return 1;
	items = realloc(node->items, n * sizeof(*node->items));
	if (items)
		node->items = items;
	if (node->kind == CODIST_YAML_LIST)
		return items != NULL;
	keys = realloc(node->keys, n * sizeof(*node->keys));
	if (keys)
		node->keys = keys;
	lines = realloc(node->key_lines, n * sizeof(*node->key_lines));
	if (lines)
		node->key_lines = lines;
	return items && keys && lines;
}

/* Takes over key and item, also when it fails. */
static enum codist_status append(struct reading *r, struct codist_yaml *node,
				 char *key, size_t key_line,
				 struct codist_yaml *item)
{
	if (!grow(node)) {
		free(key);
		codist_yaml_free(item);
		return codist_no_memory(r->err, r->path);
	}
	if (node->kind == CODIST_YAML_MAP) {
		node->keys[node->n] = key;
		node->key_lines[node->n] = key_line;
	}
	node->items[node->n++] = item;
	return CODIST_OK;
}

static enum codist_status copy(struct reading *r,
			       const struct codist_yaml *from,
			       struct codist_yaml **to)
{
	CODIST_TRY(new_node(r, from->kind, from->line, to));
	if (from->text) {
		(*to)->text = strdup(from->text);
		if (!(*to)->text)
			return codist_no_memory(r->err, r->path);
	}
	for (size_t i = 0; i < from->n; i++) {
		struct codist_yaml *item;
		char *key = NULL;
		enum codist_status status = copy(r, from->items[i], &item);

		if (status == CODIST_OK && from->keys) {
			key = strdup(from->keys[i]);
			if (!key)
				status = codist_no_memory(r->err, r->path);
		}
		if (status != CODIST_OK) {
			codist_yaml_free(item);
			return status;
		}
		CODIST_TRY(append(r, *to, key,
				  from->keys ? from->key_lines[i] : 0, item));
	}
	return CODIST_OK;
}

static enum codist_status remember(struct reading *r, char *name,
				   const struct codist_yaml *node)
{
	struct anchor *anchors;

	if (!name)
		return CODIST_OK;
	anchors = realloc(r->anchors, (r->n_anchors + 1) * sizeof(*anchors));
	if (!anchors) {
		free(name);
		return codist_no_memory(r->err, r->path);
	}
	r->anchors = anchors;
	anchors[r->n_anchors++] = (struct anchor){ name, node };
	return CODIST_OK;
}

static enum codist_status expand_alias(struct reading *r,
				       struct codist_yaml **node)
{
	const char *name = (const char *)r->event.data.alias.anchor;

	*node = NULL;
	for (size_t i = r->n_anchors; i > 0; i--)
		if (strcmp(r->anchors[i - 1].name, name) == 0)
			return copy(r, r->anchors[i - 1].node, node);
	return codist_fail(r->err, CODIST_EFORMAT,
			   "%s:%zu: *%s: no anchor &%s ends before it",
			   r->path, line_of(r), name, name);
}

/* The text of a scalar event; a plain ~, null or nothing is "". */
static enum codist_status scalar(struct reading *r, char **text)
{
	const char *value = (const char *)r->event.data.scalar.value;
	size_t length = r->event.data.scalar.length;
	int is_plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

	*text = NULL;
	if (r->event.data.scalar.tag)
		return refuse(r, line_of(r), "has a tag, expected none");
	if (strlen(value) < length)
		return refuse(r, line_of(r), "has a NUL, expected text");
	if (is_plain && (strcmp(value, "~") == 0 || strcmp(value, "null") == 0))
		value = "";
	*text = strdup(value);
	return *text ? CODIST_OK : codist_no_memory(r->err, r->path);
}

static enum codist_status read_node(struct reading *r,
				    struct codist_yaml **node);

static enum codist_status read_key(struct reading *r,
				   const struct codist_yaml *map, char **key)
{
	*key = NULL;
	if (r->event.type != YAML_SCALAR_EVENT)
		return refuse(r, line_of(r), "a key is no text");
	CODIST_TRY(scalar(r, key));
	for (size_t i = 0; i < map->n; i++)
		if (strcmp(map->keys[i], *key) == 0)
			return codist_fail(r->err, CODIST_EFORMAT,
					   "%s:%zu: '%s' stands already on "
					   "line %zu", r->path, line_of(r),
					   *key, map->key_lines[i]);
	return CODIST_OK;
}

/* The items of a list or a map, up to its end, with the event after `begin`. */
static enum codist_status read_items(struct reading *r,
				     struct codist_yaml *node)
{
	int is_map = node->kind == CODIST_YAML_MAP;
	yaml_event_type_t end = is_map ? YAML_MAPPING_END_EVENT :
					 YAML_SEQUENCE_END_EVENT;

	for (;;) {
		struct codist_yaml *item = NULL;
		char *key = NULL;
		size_t line;
		enum codist_status status;

		CODIST_TRY(next(r));
		if (r->event.type == end)
			return CODIST_OK;
		line = line_of(r);
		status = is_map ? read_key(r, node, &key) : CODIST_OK;
		if (status == CODIST_OK && is_map)
			status = next(r);
		if (status == CODIST_OK)
			status = read_node(r, &item);
		if (status != CODIST_OK) {
			free(key);
			codist_yaml_free(item);
			return status;
		}
		CODIST_TRY(append(r, node, key, line, item));
	}
}

static enum codist_status read_collection(struct reading *r,
					  enum codist_yaml_kind kind,
					  const char *tag,
					  struct codist_yaml **node)
{
	*node = NULL;
	if (tag)
		return refuse(r, line_of(r), "has a tag, expected none");
	if (r->depth == CODIST_YAML_DEPTH)
		return refuse(r, line_of(r), "is too deep in other values");
	CODIST_TRY(new_node(r, kind, line_of(r), node));
	r->depth++;
	CODIST_TRY(read_items(r, *node));
	r->depth--;
	return CODIST_OK;
}

/* The value that begins with the event at hand; *node also after a failure. */
static enum codist_status read_node(struct reading *r,
				    struct codist_yaml **node)
{
	const yaml_char_t *anchor = NULL;
	char *name = NULL;
	enum codist_status status;

	*node = NULL;
	if (r->event.type == YAML_ALIAS_EVENT)
		return expand_alias(r, node);
	if (r->event.type == YAML_SCALAR_EVENT)
		anchor = r->event.data.scalar.anchor;
	else if (r->event.type == YAML_SEQUENCE_START_EVENT)
		anchor = r->event.data.sequence_start.anchor;
	else if (r->event.type == YAML_MAPPING_START_EVENT)
		anchor = r->event.data.mapping_start.anchor;
	if (anchor && !(name = strdup((const char *)anchor)))
		return codist_no_memory(r->err, r->path);
	if (r->event.type == YAML_SCALAR_EVENT) {
		status = new_node(r, CODIST_YAML_TEXT, line_of(r), node);
		if (status == CODIST_OK)
			status = scalar(r, &(*node)->text);
	} else if (r->event.type == YAML_SEQUENCE_START_EVENT) {
		status = read_collection(
			r, CODIST_YAML_LIST,
			(const char *)r->event.data.sequence_start.tag, node);
	} else {
		status = read_collection(
			r, CODIST_YAML_MAP,
			(const char *)r->event.data.mapping_start.tag, node);
	}
	if (status == CODIST_OK)
		return remember(r, name, *node);
	free(name);
	return status;
}

static enum codist_status read_document(struct reading *r,
					struct codist_yaml **tree)
{
	CODIST_TRY(next(r)); /* of the stream */
	CODIST_TRY(next(r));
	if (r->event.type == YAML_STREAM_END_EVENT)
		return refuse(r, 1, "is empty, expected keys and values");
	CODIST_TRY(next(r));
	CODIST_TRY(read_node(r, tree));
	CODIST_TRY(next(r)); /* of the document */
	CODIST_TRY(next(r));
	if (r->event.type != YAML_STREAM_END_EVENT)
		return refuse(r, line_of(r), "another document, expected one");
	return CODIST_OK;
}

enum codist_status codist_yaml_parse(struct codist_yaml **tree,
				     const char *path,
				     struct codist_bytes text,
				     struct codist_error *err)
{
	struct reading r = { .path = path, .err = err };
	enum codist_status status;

	*tree = NULL;
	if (text.nbytes > CODIST_YAML_BYTES)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: has more than %zu bytes", path,
				   CODIST_YAML_BYTES);
	if (!yaml_parser_initialize(&r.parser))
		return codist_no_memory(err, path);
	yaml_parser_set_input_string(
		&r.parser,
		text.nbytes ? text.data : (const unsigned char *)"",
		text.nbytes);
	status = read_document(&r, tree);
	if (r.has_event)
		yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	for (size_t i = 0; i < r.n_anchors; i++)
		free(r.anchors[i].name);
	free(r.anchors);
	if (status != CODIST_OK) {
		codist_yaml_free(*tree);
		*tree = NULL;
	}
	return status;
}
