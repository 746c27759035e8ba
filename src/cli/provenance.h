/*
 * provenance.h - whose lengths results are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_PROVENANCE_H
#define CODIST_CLI_PROVENANCE_H

#include "table.h"

#include <codist.h>

/*
 * provenance_digest() is the golden digest; "" where the backend fails on the
 * sample, which should cost nobody a result.
 */
void provenance_digest(char digest[CODIST_GOLDEN_SIZE],
		       const struct codist_spec *backend);

/* provenance_print() prints "zlib 1.2.13, digest 0123456789abcdef", no more. */
void provenance_print(const struct codist_spec *backend);

/* provenance_add() adds three cells: library, version, digest. */
void provenance_add(struct table *table, const struct codist_spec *backend);

#endif
