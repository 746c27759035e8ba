/*
 * yaml.h - a YAML text as a tree, each node with its line
 *
 * One document of mappings, sequences and plain text. Anchors and aliases are
 * fine, as long as what they stand for is of a bounded size; tags are refused,
 * and a key that stands twice in a mapping.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_YAML_H
#define CODIST_STUDY_YAML_H

#include <codist/base.h>

enum codist_yaml_kind { CODIST_YAML_TEXT, CODIST_YAML_LIST, CODIST_YAML_MAP };

struct codist_yaml {
	enum codist_yaml_kind kind;
	size_t line;                /* from 1 */
	char *text;                 /* of a text; "" where it is null */
	struct codist_yaml **items; /* [n], of a list or a map */
	char **keys;                /* [n], of a map */
	size_t *key_lines;          /* [n], likewise */
	size_t n;
};

/* The most that a text, or what it stands for, may come to. */
#define CODIST_YAML_BYTES ((size_t)4 << 20)
#define CODIST_YAML_NODES 100000
#define CODIST_YAML_DEPTH 16

/*
 * codist_yaml_parse() makes a tree of a text, for codist_yaml_free(). Messages
 * begin with the path and a line.
 */
enum codist_status codist_yaml_parse(struct codist_yaml **tree,
				     const char *path,
				     struct codist_bytes text,
				     struct codist_error *err);
/* NULL is fine. */
void codist_yaml_free(struct codist_yaml *tree);

/* The value of a key in a map, or NULL. */
const struct codist_yaml *codist_yaml_at(const struct codist_yaml *map,
					 const char *key);

/* "a text", "a list" or "a mapping", for messages. */
const char *codist_yaml_kind_name(const struct codist_yaml *node);

/* codist_libyaml_version() is the library's at run time. */
const char *codist_libyaml_version(void);

#endif
