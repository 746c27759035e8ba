/*
 * behind.h - a query put behind what matches can reach of a prefix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_BEHIND_H
#define CODIST_DEFLATE_BEHIND_H

#include "params.h"

#include <codist/base.h>

/* text[0] is byte `first` of the stream. */
struct sizer_behind {
	struct codist_bytes prefix; /* borrowed */
	size_t first;
	size_t length; /* of the prefix's part */
	int is_copied; /* it is there */
	unsigned char *text;
	size_t room;
};

/* Begin with another prefix, parsed until `at`. A zeroed struct has none. */
void codist_sizer_behind_start(struct sizer_behind *behind,
			       struct codist_bytes prefix, size_t at);
void codist_sizer_behind_release(struct sizer_behind *behind);

/* Put x there; 0 when out of memory. */
int codist_sizer_behind_put(struct sizer_behind *behind,
			    struct codist_bytes x);

#endif
