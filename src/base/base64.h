/*
 * base64.h - bytes as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_BASE64_H
#define CODIST_BASE_BASE64_H

#include "base/text.h"

/* codist_base64_add() adds bytes as in RFC 4648, section 4. */
void codist_base64_add(struct codist_text *to, struct codist_bytes x);

#endif
