/*
 * npy.h - the beginning of a NumPy file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_NPY_H
#define CODIST_EXPERIMENT_NPY_H

#include <codist/output.h>

/* codist_npy_begin() writes the header to the file that is open already. */
void codist_npy_begin(const struct codist_npy *npy);

#endif
