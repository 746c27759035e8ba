/*
 * schema.h - the tables and views of a store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_SCHEMA_H
#define CODIST_STUDY_SCHEMA_H

/*
 * PRAGMA application_id, "cdst"; and user_version, which is raised with every
 * change of what follows. Version 1 was that of several layouts, without a
 * run's place or a prediction's part, none of which was released.
 */
#define CODIST_STORE_APPLICATION 0x63647374
#define CODIST_STORE_VERSION 5

extern const char *const codist_store_tables, *const codist_store_fit_tables,
	*const codist_store_origin_tables, *const codist_store_views;

#endif
