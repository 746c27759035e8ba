/*
 * study_file.c - a study read from its file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/yaml.h"

#include "base/system.h"

#include <codist/study.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* As far as it may go, and a byte more, which is refused later. */
static enum codist_status read_file(const char *path, unsigned char **bytes,
				    size_t *n, struct codist_error *err)
{
	FILE *file = fopen(path, "rb");
	enum codist_status status = CODIST_OK;

	*bytes = NULL;
	if (!file)
		return codist_cannot(err, path, "read", errno);
	*bytes = malloc(CODIST_YAML_BYTES + 1);
	if (!*bytes)
		status = codist_no_memory(err, path);
	else
		*n = fread(*bytes, 1, CODIST_YAML_BYTES + 1, file);
	if (status == CODIST_OK && ferror(file))
		status = codist_cannot(err, path, "read", errno);
	fclose(file);
	return status;
}

enum codist_status
codist_study_read(struct codist_study *study, const char *path,
		  void (*problem)(void *user, const char *message), void *user,
		  struct codist_error *err)
{
	unsigned char *bytes;
	size_t n = 0;
	enum codist_status status = read_file(path, &bytes, &n, err);

	*study = (struct codist_study){ 0 };
	if (status == CODIST_OK)
		status = codist_study_parse(study, path,
					    (struct codist_bytes){ bytes, n },
					    problem, user, err);
	free(bytes);
	return status;
}
