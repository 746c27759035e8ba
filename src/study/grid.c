/*
 * grid.c - the runs that a mapping of keys to lists of values comes to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/grid.h"

#include "base/spec.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A point of the grid: which value of each key. */
struct point {
	const struct codist_mapping *mapping;
	size_t at[CODIST_N_KEYS];
};

void codist_mapping_release(struct codist_mapping *mapping)
{
	for (size_t key = 0; key < CODIST_N_KEYS; key++)
		codist_values_release(mapping->values[key],
				      mapping->n_values[key]);
	*mapping = (struct codist_mapping){ 0 };
}

/* NULL: the key is not given. */
static const struct codist_value *value_of(const struct point *point,
					   enum codist_key key)
{
	const struct codist_mapping *mapping = point->mapping;

	return mapping->n_values[key] ? &mapping->values[key][point->at[key]] :
					NULL;
}

/* The next point, the last key fastest; 0 after the last one. */
static int advance(struct point *point)
{
	const struct codist_mapping *mapping = point->mapping;
	int is_zip_done = 0;

	for (size_t key = CODIST_N_KEYS; key-- > 0;) {
		size_t n = mapping->n_values[key];
		int is_zipped = mapping->is_zipped[key];

		if (n == 0 || (is_zipped && is_zip_done))
			continue;
		point->at[key] = (point->at[key] + 1) % n;
		is_zip_done |= is_zipped;
		for (size_t k = 0; is_zipped && k < CODIST_N_KEYS; k++)
			if (mapping->is_zipped[k])
				point->at[k] = point->at[key];
		if (point->at[key] > 0)
			return 1;
	}
	return 0;
}

static uint64_t count_of(const struct point *point, enum codist_key key)
{
	const struct codist_value *value = value_of(point, key);

	return value ? value->count : 0;
}

static const char *text_of(const struct point *point, enum codist_key key)
{
	const struct codist_value *value = value_of(point, key);

	return value ? value->text : NULL;
}

static struct codist_spec spec_of(const struct point *point,
				  enum codist_key key)
{
	const struct codist_value *value = value_of(point, key);

	return value ? value->specs[0] : (struct codist_spec){ 0 };
}

static struct codist_study_run run_of(const struct point *point)
{
	const struct codist_value *chain = value_of(point,
						    CODIST_KEY_TRANSFORM);
	const struct codist_value *held = value_of(point, CODIST_KEY_VALIDATE);
	const struct codist_value *fit = value_of(point, CODIST_KEY_FIT);
	const char *data = text_of(point, CODIST_KEY_DATA);
	struct codist_study_run run = {
		.line = point->mapping->line,
		.is_data = data != NULL,
		.train = data ? data : text_of(point, CODIST_KEY_TRAIN),
		.test = data ? data : text_of(point, CODIST_KEY_TEST),
		.train_limit = (size_t)count_of(point, CODIST_KEY_TRAIN_LIMIT),
		.test_limit = (size_t)count_of(point, CODIST_KEY_TEST_LIMIT),
		.transforms = chain->specs,
		.n_transforms = chain->n_specs,
		.reference = spec_of(point, CODIST_KEY_REFERENCE),
		.measure = spec_of(point, CODIST_KEY_MEASURE),
		.backend = spec_of(point, CODIST_KEY_BACKEND),
		.aggregate = spec_of(point, CODIST_KEY_AGGREGATE),
		.n_folds = (size_t)count_of(point, CODIST_KEY_FOLDS),
		.validate = held ? held->fraction : 0,
		.fit = fit ? fit->fraction : 0,
		.seed = count_of(point, CODIST_KEY_SEED),
		.drops_duplicates =
			(int)count_of(point, CODIST_KEY_DROP_DUPLICATES),
		.allows_unseen = (int)count_of(point, CODIST_KEY_ALLOW_UNSEEN),
	};

	run.is_fitted = codist_spec_open(&run.aggregate) != NULL;
	if (run.validate > 0)
		run.final_test = run.test;
	if (run.n_folds || run.validate > 0)
		run.test = NULL;
	if (!((const struct codist_measure *)run.measure.plugin)->needs_backend)
		run.backend = (struct codist_spec){ 0 };
	return run;
}

/* Whether the seed decides on scores; on what is fitted it may besides. */
static int draws_by_seed(const struct codist_study_run *run)
{
	return run->n_folds || run->validate > 0 || run->train_limit;
}

static void add_line(struct codist_text *text, enum codist_key key,
		     const char *value)
{
	if (value)
		codist_text_add(text, "%s: %s\n", codist_keys[key].name, value);
}

static void add_count(struct codist_text *text, enum codist_key key,
		      uint64_t count)
{
	if (count)
		codist_text_add(text, "%s: %" PRIu64 "\n",
				codist_keys[key].name, count);
}

/* The run in canonical form, for free(), or NULL. */
static char *write_run(const struct point *point,
		       const struct codist_study_run *run)
{
	struct codist_text text = { 0 };

	add_line(&text, CODIST_KEY_DATA, run->is_data ? run->train : NULL);
	add_line(&text, CODIST_KEY_TRAIN, run->is_data ? NULL : run->train);
	add_line(&text, CODIST_KEY_TEST, run->is_data ? NULL : run->test);
	add_count(&text, CODIST_KEY_TRAIN_LIMIT, run->train_limit);
	if (run->test)
		add_count(&text, CODIST_KEY_TEST_LIMIT, run->test_limit);
	add_count(&text, CODIST_KEY_FOLDS, run->n_folds);
	add_line(&text, CODIST_KEY_VALIDATE,
		 text_of(point, CODIST_KEY_VALIDATE));
	add_line(&text, CODIST_KEY_DROP_DUPLICATES,
		 run->drops_duplicates ? "yes" : NULL);
	add_line(&text, CODIST_KEY_ALLOW_UNSEEN,
		 run->allows_unseen ? "yes" : NULL);
	if (draws_by_seed(run))
		codist_text_add(&text, "seed: %" PRIu64 "\n", run->seed);
	add_line(&text, CODIST_KEY_TRANSFORM,
		 text_of(point, CODIST_KEY_TRANSFORM));
	add_line(&text, CODIST_KEY_REFERENCE,
		 text_of(point, CODIST_KEY_REFERENCE));
	add_line(&text, CODIST_KEY_MEASURE,
		 text_of(point, CODIST_KEY_MEASURE));
	if (run->backend.plugin)
		add_line(&text, CODIST_KEY_BACKEND,
			 text_of(point, CODIST_KEY_BACKEND));
	add_line(&text, CODIST_KEY_AGGREGATE,
		 text_of(point, CODIST_KEY_AGGREGATE));
	/* Behind what scores depend on, which are shared with other runs. */
	if (run->is_fitted)
		add_line(&text, CODIST_KEY_FIT, text_of(point, CODIST_KEY_FIT));
	if (run->is_fitted && !draws_by_seed(run))
		codist_text_add(&text, "seed: %" PRIu64 "\n", run->seed);
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

/* The mapping's name, and the values of keys that have several. */
static char *name_run(const struct point *point,
		      const struct codist_study_run *run, const char *name)
{
	const struct codist_mapping *mapping = point->mapping;
	struct codist_text text = { 0 };

	codist_text_add(&text, "%s", name ? name : "");
	for (size_t key = 0; key < CODIST_N_KEYS; key++) {
		const struct codist_value *value = value_of(point,
							    (enum codist_key)key);

		if (mapping->n_values[key] < 2 ||
		    (key == CODIST_KEY_BACKEND && !run->backend.plugin))
			continue;
		codist_text_add(&text, "%s%s%s", text.length ? "/" : "",
				codist_keys[key].registry ? "" :
				codist_keys[key].name, codist_keys[key].registry
				? "" : "=");
		codist_text_add(&text, "%s", value->brief);
	}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static void check_data(struct codist_problems *problems,
		       const struct point *point,
		       const struct codist_study_run *run)
{
	size_t line = run->line;
	int has_test = text_of(point, CODIST_KEY_TEST) != NULL;

	if (run->is_data && (text_of(point, CODIST_KEY_TRAIN) || has_test))
		codist_problem(problems, line,
			       "both data and train or test, expected one or "
			       "the other");
	else if (!run->train)
		codist_problem(problems, line, "no data, expected data, or "
			       "train and test");
	else if (run->n_folds && run->validate > 0)
		codist_problem(problems, line,
			       "both folds and validate, expected one of them");
	else if (has_test && run->n_folds)
		codist_problem(problems, line,
			       "a test set, which folds does without; expected "
			       "train only");
	else if (run->test_limit && !run->test && !run->final_test)
		codist_problem(problems, line,
			       "test.limit, but there is no test set");
	else if (!run->test && !run->n_folds && !(run->validate > 0))
		codist_problem(problems, line, "no test, expected test, folds "
			       "or validate");
}

/* The transform of a run that makes copies of training samples, or NULL. */
static const char *copies_by(const struct codist_study_run *run)
{
	for (size_t i = 0; i < run->n_transforms; i++)
		if (codist_transform_makes_copies(&run->transforms[i]))
			return run->transforms[i].plugin->name;
	return NULL;
}

static void check_run(struct codist_problems *problems,
		      const struct point *point,
		      const struct codist_study_run *run)
{
	const char *copies = copies_by(run);
	struct codist_spec settled;
	const struct codist_pipeline pipeline = {
		.reference = &run->reference, .measure = &run->measure,
		.backend = run->backend.plugin ? &run->backend : NULL,
		.aggregators = &settled, .n_aggregators = 1,
		.allows_unseen = run->allows_unseen,
	};
	struct codist_error why = { 0 };

	check_data(problems, point, run);
	if (run->n_folds && copies)
		codist_problem(problems,
			       value_of(point, CODIST_KEY_TRANSFORM)->line,
			       "transform: %s makes copies, which does not go "
			       "with folds; validate holds samples back",
			       copies);
	if (codist_spec_settle(&settled, &run->aggregate, 1, &why) ||
	    codist_pipeline_check(&pipeline, &why))
		codist_problem(problems, run->line, "%s", why.message);
	codist_spec_release(&settled);
	if (run->is_fitted && !(run->fit > 0))
		codist_problem(problems,
			       value_of(point, CODIST_KEY_AGGREGATE)->line,
			       "aggregate: %s, but no key fit, the fraction of "
			       "the training samples that is held back for it",
			       value_of(point, CODIST_KEY_AGGREGATE)->brief);
	if (!draws_by_seed(run) && !run->is_fitted &&
	    point->mapping->n_values[CODIST_KEY_SEED] > 1)
		codist_problem(problems, run->line,
			       "several seeds, by which neither train.limit, "
			       "folds, validate nor fit draws: the runs would "
			       "be the same");
}

int codist_study_is_taken(const struct codist_study *study, size_t n,
			  const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(study->runs[i].name, name) == 0)
			return 1;
	return 0;
}

enum codist_status codist_study_append(struct codist_study *study,
				       const struct codist_study_run *run,
				       struct codist_error *err)
{
	struct codist_study_run *runs = study->runs;

	if (!(study->n_runs & (study->n_runs - 1)))
		runs = realloc(runs, (study->n_runs ? 2 * study->n_runs : 1) *
					     sizeof(*runs));
	if (!runs)
		return codist_no_memory(err, study->path);
	study->runs = runs;
	runs[study->n_runs++] = *run;
	return CODIST_OK;
}

/* A run that stands already is left out, or a problem if elsewhere. */
static enum codist_status add(struct codist_study *study,
			      const struct point *point, const char *name,
			      size_t first, struct codist_problems *problems,
			      struct codist_error *err)
{
	struct codist_study_run run = run_of(point);
	char *text = write_run(point, &run);
	enum codist_status status;
	char *own_name;

	check_run(problems, point, &run);
	if (!text)
		return codist_no_memory(err, study->path);
	for (size_t i = 0; i < study->n_runs; i++) {
		const struct codist_study_run *other = &study->runs[i];

		if (strcmp(other->text, text) != 0)
			continue;
		if (i < first)
			codist_problem(problems, run.line,
				       "the run '%s' is the same as one on "
				       "line %zu", other->name, other->line);
		free(text);
		return CODIST_OK;
	}
	own_name = name_run(point, &run, name);
	run.text = text;
	run.name = own_name;
	status = own_name ? codist_study_append(study, &run, err) :
			    codist_no_memory(err, study->path);
	if (status != CODIST_OK) {
		free(text);
		free(own_name);
	}
	return status;
}

enum codist_status codist_grid_expand(struct codist_study *study,
				      const struct codist_mapping *mapping,
				      struct codist_problems *problems,
				      struct codist_error *err)
{
	struct point point = { .mapping = mapping };
	size_t first = study->n_runs;

	do {
		CODIST_TRY(add(study, &point, mapping->name, first, problems,
			       err));
		if (study->n_runs > CODIST_STUDY_RUNS)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s:%zu: more than %d runs",
					   study->path, mapping->line,
					   CODIST_STUDY_RUNS);
	} while (advance(&point));
	return CODIST_OK;
}
