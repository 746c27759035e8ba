/*
 * number_tag.h - the option tag= of what makes bytes of an image's parts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_NUMBER_TAG_H
#define CODIST_DATASETS_NUMBER_TAG_H

#include <codist/plugin.h>

enum { TAG_NUMBER, TAG_NONE };

static const char *const codist_number_tags[] = { "number", "none", NULL };

/* An entry of a table; `field` is an int of the config, `part` a literal. */
#define CODIST_NUMBER_TAG(config, field, part)                                \
	{ .name = "tag", .type = CODIST_CHOICE,                               \
	  .offset = offsetof(config, field),                                  \
	  .choices = codist_number_tags, .fallback = "number",                \
	  .help = "a byte in front of each " part ": its number modulo 256" }

#endif
