/*
 * refine_vectors.h - the vector instructions of x86, where there are any
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_VECTORS_H
#define CODIST_BACKENDS_IMAGE_REFINE_VECTORS_H

#include <immintrin.h>

#endif
