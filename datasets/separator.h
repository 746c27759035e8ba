/*
 * separator.h - what stands between fields: "tab", ", ", "\x1f"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_SEPARATOR_H
#define CODIST_DATASETS_SEPARATOR_H

#include <codist/plugin.h>

struct codist_separator {
	unsigned char bytes[32];
	size_t nbytes;
};

/*
 * Read a separator of 0..32 bytes as codist_separator() does. CODIST_EUSAGE says
 * what `option` should have been.
 */
enum codist_status codist_separator_parse(struct codist_separator *separator,
					  const char *option, const char *text,
					  struct codist_error *err);

/* Where it first or last stands in `text`, or NULL; it must not be empty. */
const unsigned char *
codist_separator_first(const struct codist_separator *separator,
		       struct codist_bytes text);
const unsigned char *
codist_separator_last(const struct codist_separator *separator,
		      struct codist_bytes text);

#endif
