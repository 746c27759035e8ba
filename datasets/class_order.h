/*
 * class_order.h - in which order classes stand
 *
 * Plain whole numbers are ordered by value, and "plain" leaves one spelling to
 * each: 0, 7, -12, but not 07, +7 or -0. They may have any number of digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_CLASS_ORDER_H
#define CODIST_DATASETS_CLASS_ORDER_H

#include <stddef.h>

/* Whether the `length` characters at `name` are a plain whole number. */
int codist_class_is_number(const char *name, size_t length);

/* Two plain whole numbers by value: below, at or above 0, as of strcmp(). */
int codist_class_compare_numbers(const char *a, const char *b);

#endif
