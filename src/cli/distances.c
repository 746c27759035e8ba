/*
 * distances.c - what commands that compare items do alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "distances.h"
#include "job.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>

static int needs_backend(const struct codist_spec *specs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((const struct codist_measure *)specs[i].plugin)
			    ->needs_backend)
			return 1;
	return 0;
}

enum codist_status distances_init(struct distances *distances,
				  const struct distances_config *config,
				  struct codist_error *err)
{
	CODIST_TRY(specs_init(&distances->measures, &distances->n_measures,
			      &codist_measures, &config->measures, "ncd", err));
	if (config->backends.n > 0 ||
	    needs_backend(distances->measures, distances->n_measures))
		CODIST_TRY(specs_init(&distances->backends,
				      &distances->n_backends, &codist_backends,
				      &config->backends, "deflate", err));
	distances->pairwise.measures = distances->measures;
	distances->pairwise.n_measures = distances->n_measures;
	distances->pairwise.backends = distances->backends;
	distances->pairwise.n_backends = distances->n_backends;
	return CODIST_OK;
}

void distances_release(struct distances *distances)
{
	codist_specs_release(distances->measures, distances->n_measures);
	codist_specs_release(distances->backends, distances->n_backends);
	*distances = (struct distances){ 0 };
}

char *distances_name(struct codist_pairwise_result result)
{
	char *measure = codist_spec_brief(result.measure), *name = NULL;
	char *backend = result.backend ? codist_spec_brief(result.backend) :
					 NULL;

	if (!result.backend)
		return measure;
	if (measure && backend &&
	    asprintf(&name, "%s by %s", measure, backend) < 0)
		name = NULL;
	free(measure);
	free(backend);
	return name;
}

enum codist_status
distances_run(const struct distances *distances,
	      const struct distances_config *config,
	      const struct codist_pairwise_values *values, const char *command,
	      struct codist_cost *cost, struct codist_error *err)
{
	struct progress progress;
	struct codist_how how = {
		.n_threads = (unsigned)config->threads,
		.memory = config->memory,
		.progress = progress_hook, .user = &progress,
	};
	enum codist_status status;

	progress_begin(&progress, command, "pairs");
	status = codist_pairwise_run(&distances->pairwise, &how, values, cost,
				     err);
	progress_end(&progress);
	if (status == CODIST_OK)
		job_say_threads(command, cost);
	return status;
}
