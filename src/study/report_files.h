/*
 * report_files.h - the style and the script of a page, made of their files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_FILES_H
#define CODIST_STUDY_REPORT_FILES_H

#include <stddef.h>

/* Lines, then NULL. */
extern const char *const codist_report_css[], *const codist_report_js[];

#endif
