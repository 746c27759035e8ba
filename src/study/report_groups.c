/*
 * report_groups.c - runs that agree in all axes but some
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_runs.h"

#include <stdlib.h>
#include <string.h>

static char *label_of(const struct codist_report_runs *runs,
		      const struct codist_report_run *run, const int *but)
{
	struct codist_text label = { 0 };

	for (int axis = 0; axis < CODIST_AXES; axis++)
		if (runs->varies[axis] && !but[axis])
			codist_text_add(&label, "%s%s",
					label.length ? " / " : "",
					run->axes[axis]);
	if (!label.length)
		codist_text_add(&label, "all runs");
	if (!label.failed)
		return label.chars;
	free(label.chars);
	return NULL;
}

enum codist_status
codist_report_groups_init(struct codist_report_groups *groups,
			  const struct codist_report_runs *runs,
			  const int *but, struct codist_error *err)
{
	*groups = (struct codist_report_groups){
		.labels = calloc(runs->n, sizeof(*groups->labels)),
		.group_of = calloc(runs->n, sizeof(*groups->group_of)),
	};
	if (!groups->labels || !groups->group_of)
		return codist_no_memory(err, "groups of runs");
	for (size_t i = 0; i < runs->n; i++) {
		char *label = label_of(runs, &runs->items[i], but);
		size_t at = 0;

		if (!label)
			return codist_no_memory(err, "groups of runs");
		while (at < groups->n && strcmp(groups->labels[at], label) != 0)
			at++;
		groups->group_of[i] = at;
		if (at == groups->n)
			groups->labels[groups->n++] = label;
		else
			free(label);
	}
	return CODIST_OK;
}

void codist_report_groups_release(struct codist_report_groups *groups)
{
	for (size_t i = 0; i < groups->n; i++)
		free(groups->labels[i]);
	free(groups->labels);
	free(groups->group_of);
	*groups = (struct codist_report_groups){ 0 };
}
