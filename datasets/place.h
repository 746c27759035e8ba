/*
 * place.h - where a file or folder stands: as named, or in the data directory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_PLACE_H
#define CODIST_DATASETS_PLACE_H

#include <codist/base.h>

/*
 * *place receives, for free(), the path itself if something is there or it is
 * absolute, else that of the same name in the data directory. CODIST_EMISSING
 * if nothing is there either.
 */
enum codist_status codist_place_find(const char *path, char **place,
				     struct codist_error *err);

#endif
