/*
 * class_order.c - in which order classes stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "class_order.h"

#include <string.h>

int codist_class_is_number(const char *name, size_t length)
{
	size_t sign = length > 0 && name[0] == '-';

	if (length == sign || (name[sign] == '0' && length > 1))
		return 0;
	for (size_t i = sign; i < length; i++)
		if (name[i] < '0' || name[i] > '9')
			return 0;
	return 1;
}

int codist_class_compare_numbers(const char *a, const char *b)
{
	int is_below = a[0] == '-', order;
	size_t n = strlen(a), m = strlen(b);

	if (is_below != (b[0] == '-'))
		return is_below ? -1 : 1;
	if (n != m) /* without needless zeros the longer one is the greater */
		order = n < m ? -1 : 1;
	else
		order = strcmp(a, b);
	return is_below ? -order : order;
}
