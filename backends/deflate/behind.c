/*
 * behind.c - a query put behind what matches can reach of a prefix
 *
 * The prefix's part is copied when the first query comes, for most prefixes
 * have prepared ones only, which another text is for (index.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "behind.h"

#include <stdlib.h>
#include <string.h>

void codist_sizer_behind_start(struct sizer_behind *behind,
			       struct codist_bytes prefix, size_t at)
{
	behind->prefix = prefix;
	behind->first = at < SIZER_REACH_MOST ? 0 : at - SIZER_REACH_MOST;
	behind->length = prefix.nbytes - behind->first;
	behind->is_copied = 0;
}

void codist_sizer_behind_release(struct sizer_behind *behind)
{
	free(behind->text);
	*behind = (struct sizer_behind){ 0 };
}

int codist_sizer_behind_put(struct sizer_behind *behind, struct codist_bytes x)
{
	size_t length = behind->length;

	if (behind->room < length + x.nbytes + 1) {
		size_t room = length + x.nbytes + 1;
		unsigned char *text = realloc(behind->text, room);

		if (!text)
			return 0;
		behind->text = text;
		behind->room = room;
	}
	if (!behind->is_copied && length > 0)
		memcpy(behind->text, behind->prefix.data + behind->first,
		       length);
	behind->is_copied = 1;
	if (x.nbytes)
		memcpy(behind->text + length, x.data, x.nbytes);
	return 1;
}
