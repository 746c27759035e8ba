/*
 * agree.h - does the linked zlib write what the sizer says?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_AGREE_H
#define CODIST_DEFLATE_AGREE_H

#include "library.h"
#include "sizer.h"

/*
 * Compare the two on a built-in sample. Not all that is called zlib parses as
 * zlib does (zlib-ng and builds for special processors do not), and not all at
 * these parameters that do so at others.
 */
enum codist_status
codist_deflate_agree(const struct codist_deflate_params *params, int *agrees,
		     struct codist_error *err);

#endif
