/*
 * separator.c - what stands between fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "separator.h"

#include <stdlib.h>
#include <string.h>

enum codist_status codist_separator_parse(struct codist_separator *separator,
					  const char *option, const char *text,
					  struct codist_error *err)
{
	unsigned char *bytes = malloc(strlen(text) + 1);
	size_t n;

	if (!bytes)
		return codist_no_memory(err, option);
	n = codist_separator(text, bytes);
	*separator = (struct codist_separator){ 0 };
	if (n <= sizeof(separator->bytes)) {
		memcpy(separator->bytes, bytes, n);
		separator->nbytes = n;
	}
	free(bytes);
	if (n <= sizeof(separator->bytes))
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "%s=%s, expected up to %zu bytes: %s", option,
			   text, sizeof(separator->bytes),
			   CODIST_SEPARATOR_HELP);
}

const unsigned char *
codist_separator_first(const struct codist_separator *separator,
		       struct codist_bytes text)
{
	return text.nbytes ? memmem(text.data, text.nbytes, separator->bytes,
				    separator->nbytes) :
			     NULL;
}

const unsigned char *
codist_separator_last(const struct codist_separator *separator,
		      struct codist_bytes text)
{
	size_t n = separator->nbytes;

	for (size_t at = text.nbytes; at >= n; at--)
		if (memcmp(text.data + at - n, separator->bytes, n) == 0)
			return text.data + at - n;
	return NULL;
}
