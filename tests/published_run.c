/*
 * published_run.c - carries one published experiment out, for scripts
 *
 *     published_run NAME TRAIN TEST [KEY=VALUE]...
 *
 * prints one line of figures. Not a test itself.
 *
 *     threads=N       instead of all
 *     engine=ENGINE   of the backend
 *     as=loaded       without the experiment's transforms
 *     scores=FILE     write the scores as a NumPy file
 *     items=FILE      instead of a run, write the references and the samples:
 *                     the counts of both, the size of each, then all bytes;
 *                     numbers are uint64_t as they lie in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct arguments {
	const char *name, *train, *test, *engine, *scores, *items;
	const char *as; /* "loaded", or NULL: as the experiment has it */
	unsigned n_threads;
};

/* The experiment, of the study of all. */
struct doors {
	struct codist_study study;
	const struct codist_study_run *run;
	struct codist_spec backend; /* by another engine; or without plug-in */
	struct codist_pipeline pipeline;
};

/* What the hook of the scores keeps. */
struct tally {
	double sum;
	size_t n_samples; /* in all */
	struct codist_npy npy;
	const char *path;
};

static int is_key(const char *argument, const char *key, const char **value)
{
	size_t n = strlen(key);

	if (strncmp(argument, key, n) != 0 || argument[n] != '=')
		return 0;
	*value = argument + n + 1;
	return 1;
}

static enum codist_status parse(struct arguments *a, int argc, char **argv,
				struct codist_error *err)
{
	const char *threads = "0";

	if (argc < 4)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected NAME TRAIN TEST [KEY=VALUE]...");
	a->name = argv[1];
	a->train = argv[2];
	a->test = argv[3];
	for (int i = 4; i < argc; i++)
		if (!is_key(argv[i], "threads", &threads) &&
		    !is_key(argv[i], "engine", &a->engine) &&
		    !is_key(argv[i], "as", &a->as) &&
		    !is_key(argv[i], "scores", &a->scores) &&
		    !is_key(argv[i], "items", &a->items))
			return codist_fail(err, CODIST_EUSAGE, "no key '%s'",
					   argv[i]);
	if (a->as && strcmp(a->as, "loaded") != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "as=%s, expected as=loaded", a->as);
	a->n_threads = (unsigned)strtoul(threads, NULL, 10);
	return CODIST_OK;
}

static enum codist_status load(struct codist_dataset *set, const char *loader,
			       const struct codist_study_run *run,
			       const char *as, struct codist_error *err)
{
	size_t n_transforms = as ? 0 : run->n_transforms;
	struct codist_spec spec;
	enum codist_status status;

	CODIST_TRY(codist_spec_init(&spec, &codist_loaders, loader, err));
	status = codist_dataset_load(set, &spec, err);
	codist_spec_release(&spec);
	for (size_t i = 0; i < n_transforms && status == CODIST_OK; i++)
		status = codist_dataset_transform(set, &run->transforms[i],
						  err);
	return status;
}

/* The data is named beside the study, which is only to be complete. */
static enum codist_status find(struct doors *doors, const char *name,
			       struct codist_error *err)
{
	char text[4096];

	snprintf(text, sizeof(text), "data: mnist\n%s",
		 codist_published_study);
	CODIST_TRY(codist_study_parse(&doors->study, "published",
				      (struct codist_bytes){
					      (const unsigned char *)text,
					      strlen(text) },
				      NULL, NULL, err));
	for (size_t i = 0; i < doors->study.n_runs; i++)
		if (strcmp(doors->study.runs[i].name, name) == 0)
			doors->run = &doors->study.runs[i];
	return doors->run ? CODIST_OK :
			    codist_fail(err, CODIST_EUSAGE,
					"no experiment '%s'", name);
}

/* The backend of the experiment, by the engine that was asked for. */
static enum codist_status set_engine(struct doors *doors, const char *engine,
				     struct codist_error *err)
{
	char *brief = codist_spec_brief(&doors->run->backend);
	char text[256];

	if (!brief)
		return codist_no_memory(err, "a spec");
	snprintf(text, sizeof(text), "%s%sengine=%s", brief,
		 strchr(brief, ':') ? "," : ":", engine);
	free(brief);
	CODIST_TRY(codist_spec_init(&doors->backend, &codist_backends, text,
				    err));
	doors->pipeline.backend = &doors->backend;
	return CODIST_OK;
}

static enum codist_status open_doors(struct doors *doors,
				     const struct arguments *a,
				     struct codist_error *err)
{
	const struct codist_study_run *run;

	CODIST_TRY(find(doors, a->name, err));
	run = doors->run;
	doors->pipeline = (struct codist_pipeline){
		.reference = &run->reference, .measure = &run->measure,
		.aggregators = &run->aggregate, .n_aggregators = 1,
	};
	if (!run->backend.plugin)
		return CODIST_OK;
	doors->pipeline.backend = &run->backend;
	return a->engine ? set_engine(doors, a->engine, err) : CODIST_OK;
}

static void close_doors(struct doors *doors)
{
	codist_spec_release(&doors->backend);
	codist_study_release(&doors->study);
}

static void write_number(FILE *file, uint64_t number)
{
	fwrite(&number, sizeof(number), 1, file);
}

static enum codist_status write_items(const char *path,
				      const struct doors *doors,
				      const struct codist_dataset *train,
				      const struct codist_dataset *test,
				      struct codist_error *err)
{
	struct codist_reference_set references;
	struct codist_output output;

	CODIST_TRY(codist_references_cut(&references, &doors->run->reference,
					 train, err));
	if (codist_output_open(&output, path, err) != CODIST_OK) {
		codist_references_release(&references);
		return err->status;
	}
	write_number(output.file, references.n_references);
	write_number(output.file, test->n_samples);
	for (size_t i = 0; i < references.n_references; i++)
		write_number(output.file, references.bytes_of[i].nbytes);
	for (size_t i = 0; i < test->n_samples; i++)
		write_number(output.file, codist_dataset_sample(test, i).nbytes);
	for (size_t i = 0; i < references.n_references; i++)
		fwrite(references.bytes_of[i].data, 1,
		       references.bytes_of[i].nbytes, output.file);
	fwrite(test->bytes, 1, test->starts[test->n_samples], output.file);
	codist_references_release(&references);
	return codist_output_finish(&output, err);
}

static enum codist_status keep_scores(void *user, size_t first, size_t n,
				      size_t n_references,
				      const double *scores,
				      struct codist_error *err)
{
	struct tally *tally = user;

	for (size_t i = 0; i < n * n_references; i++)
		tally->sum += scores[i];
	if (!tally->path)
		return CODIST_OK;
	if (first == 0)
		CODIST_TRY(codist_npy_open(&tally->npy, tally->path,
					   tally->n_samples, n_references,
					   err));
	return codist_npy_write(&tally->npy, n, scores, err);
}

static enum codist_status run(const struct arguments *a,
			      const struct doors *doors,
			      const struct codist_dataset *train,
			      const struct codist_dataset *test,
			      struct codist_error *err)
{
	const size_t *published =
		codist_published[doors->run - doors->study.runs].confusion;
	struct tally tally = { .n_samples = test->n_samples,
			       .path = a->scores };
	struct codist_how how = { .n_threads = a->n_threads,
				  .scores = keep_scores, .user = &tally };
	struct codist_predictions made;
	struct codist_cost cost;
	struct rusage usage;
	enum codist_status status;
	clock_t began = clock();

	status = codist_pipeline_run(&doors->pipeline, train, test, &how,
				     &made, &cost, err);
	if (status != CODIST_OK) {
		codist_npy_abandon(&tally.npy);
		return status;
	}
	getrusage(RUSAGE_SELF, &usage);
	printf("correct %zu of %zu",
	       codist_confusion_correct(&made.confusion), made.n_samples);
	if (published && !a->as)
		printf(", %zu cells differ",
		       codist_confusion_differing(&made.confusion, published));
	printf(", scores %zu, sum %.0f, seconds %.4f, cpu %.4f, threads %u, "
	       "peak %ld KiB",
	       cost.n_scores, tally.sum, cost.seconds,
	       (double)(clock() - began) / CLOCKS_PER_SEC, cost.n_threads,
	       usage.ru_maxrss);
	if (doors->pipeline.backend)
		printf(", engine %s", codist_backend_engine(doors->pipeline.backend));
	putchar('\n');
	codist_predictions_release(&made);
	return a->scores ? codist_npy_finish(&tally.npy, err) : CODIST_OK;
}

static enum codist_status carry_out(const struct arguments *a,
				    struct doors *doors,
				    struct codist_dataset *train,
				    struct codist_dataset *test,
				    struct codist_error *err)
{
	CODIST_TRY(open_doors(doors, a, err));
	CODIST_TRY(load(train, a->train, doors->run, a->as, err));
	CODIST_TRY(load(test, a->test, doors->run, a->as, err));
	if (a->items)
		return write_items(a->items, doors, train, test, err);
	return run(a, doors, train, test, err);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct doors doors = { 0 };
	struct codist_dataset train = { 0 }, test = { 0 };
	struct codist_error err = { 0 };
	enum codist_status status;

	status = parse(&arguments, argc, argv, &err);
	if (status == CODIST_OK)
		status = carry_out(&arguments, &doors, &train, &test, &err);
	codist_dataset_release(&train);
	codist_dataset_release(&test);
	close_doors(&doors);
	if (status == CODIST_OK && fflush(stdout) == 0)
		return 0;
	fprintf(stderr, "published_run: %s\n", err.message);
	return 1;
}
