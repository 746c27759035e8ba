/*
 * report_samples.c - the samples that runs classified, loaded again to be shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/grid.h"
#include "study/report_samples.h"

#include "base/base64.h"

#include <stdlib.h>
#include <string.h>

#define CHARACTERS 160 /* of a sample that is no image */

/* A run as the store has it. */
struct noted {
	char *spec, *train_checksum, *test_checksum;
};

static void noted_release(struct noted *noted)
{
	free(noted->spec);
	free(noted->train_checksum);
	free(noted->test_checksum);
}

static enum codist_status note(struct noted *noted, sqlite3 *db, int64_t run,
			       struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	*noted = (struct noted){ 0 };
	CODIST_TRY(codist_database_prepare(
		db, &s, "SELECT spec, train_checksum, test_checksum FROM run "
			"LEFT JOIN data ON data.sets = run.sets WHERE id = ?",
		err));
	sqlite3_bind_int64(s, 1, run);
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK) {
		noted->spec = strdup(codist_column_text(s, 0));
		noted->train_checksum = strdup(codist_column_text(s, 1));
		noted->test_checksum = strdup(codist_column_text(s, 2));
		if (!noted->spec || !noted->train_checksum ||
		    !noted->test_checksum)
			status = codist_no_memory(err, "a run");
	}
	sqlite3_finalize(s);
	return status;
}

/* A line of a spec, "key: value". */
static enum codist_status read_line(struct codist_mapping *mapping,
				    const char *line, size_t length,
				    struct codist_error *err)
{
	const char *colon = memchr(line, ':', length);
	char *key = strndup(line, colon ? (size_t)(colon - line) : length);
	char *value = colon && colon + 2 <= line + length ?
			      strndup(colon + 2, (size_t)(line + length -
							  colon - 2)) :
			      strdup("");
	enum codist_key known = key ? codist_key_find(key) : CODIST_N_KEYS;
	enum codist_status status;

	if (!key || !value)
		status = codist_no_memory(err, "a spec");
	else if (known == CODIST_N_KEYS)
		status = codist_fail(err, CODIST_EFORMAT,
				     "the key '%s' is not known", key);
	else
		status = codist_values_parse(&mapping->values[known],
					     &mapping->n_values[known], known,
					     value, 0, err);
	free(key);
	free(value);
	return status;
}

/* The study of that run alone, which points into the mapping. */
static enum codist_status read_spec(struct codist_study *study,
				    struct codist_mapping *mapping,
				    const char *spec, struct codist_error *err)
{
	char path[] = "spec";
	struct codist_problems problems = { .path = path, .err = err };
	enum codist_status status;

	study->path = path;
	for (const char *line = spec, *end; (end = strchr(line, '\n'));
	     line = end + 1)
		CODIST_TRY(read_line(mapping, line, (size_t)(end - line),
				     err));
	/* What each run has anyway, in a store that is not damaged. */
	for (enum codist_key key = CODIST_KEY_TRANSFORM;
	     key <= CODIST_KEY_AGGREGATE; key++)
		if (key != CODIST_KEY_BACKEND && mapping->n_values[key] != 1)
			return codist_fail(err, CODIST_EFORMAT,
					   "the spec has no '%s'",
					   codist_keys[key].name);
	status = codist_grid_expand(study, mapping, &problems, err);
	if (status == CODIST_OK && problems.n > 0)
		status = CODIST_EFORMAT; /* which has been told */
	else if (status == CODIST_OK && study->n_runs != 1)
		status = codist_fail(err, CODIST_EFORMAT,
				     "the spec is of %zu runs", study->n_runs);
	codist_problems_release(&problems);
	study->path = NULL;
	return status;
}

static void study_release(struct codist_study *study)
{
	for (size_t i = 0; i < study->n_runs; i++) {
		free((char *)study->runs[i].name);
		free((char *)study->runs[i].text);
	}
	free(study->runs);
}

static enum codist_status compare(const struct codist_sets *sets,
				  const struct noted *noted,
				  struct codist_error *err)
{
	int has_folds = sets->fold_of != NULL;
	const char *was = has_folds ? noted->train_checksum :
				      noted->test_checksum;
	const char *is = has_folds ? sets->train_checksum :
				     sets->test_checksum;

	if (!*was)
		return codist_fail(err, CODIST_EFORMAT,
				   "the store has no checksum of them");
	return strcmp(was, is) == 0 ? CODIST_OK :
		codist_fail(err, CODIST_EUSAGE,
			    "the samples have SHA-256 %.16s..., and had %.16s... "
			    "when they were classified", is, was);
}

/* By the spec, and once that is verified before any transform. */
static enum codist_status load(struct codist_report_samples *samples,
			       const struct codist_study_run *run,
			       const struct noted *noted,
			       struct codist_error *err)
{
	struct codist_study_run plain = *run;

	CODIST_TRY(codist_sets_load(&samples->sets, run, err));
	CODIST_TRY(compare(&samples->sets, noted, err));
	/* What repeats, and is not numbered, is told by transformed bytes. */
	if (run->n_transforms == 0 || run->drops_duplicates)
		return CODIST_OK;
	plain.n_transforms = 0;
	codist_sets_release(&samples->sets);
	return codist_sets_load(&samples->sets, &plain, err);
}

static enum codist_status try_run(struct codist_report_samples *samples,
				  const struct noted *noted,
				  struct codist_error *err)
{
	struct codist_mapping mapping = { 0 };
	struct codist_study study = { 0 };
	enum codist_status status = read_spec(&study, &mapping, noted->spec,
					      err);

	if (status == CODIST_OK)
		status = load(samples, &study.runs[0], noted, err);
	study_release(&study);
	codist_mapping_release(&mapping);
	return status;
}

static void look(struct codist_report_samples *samples)
{
	const struct codist_sets *sets = &samples->sets;

	samples->set = sets->fold_of ? &sets->train : &sets->test;
	samples->are_pictures = codist_picture_init(&samples->picture,
						    samples->set);
}

/* How easily a run tells of its samples: by others, transformed, as they are. */
static int ease_of(const struct noted *noted)
{
	return strstr(noted->spec, "\nmember: ")	    ? 0 :
	       !strstr(noted->spec, "\ntransform: none\n") ? 1 :
							      2;
}

/* The first of the easiest. */
static enum codist_status choose(struct noted *noted, sqlite3 *db,
				 const int64_t *runs, size_t n,
				 struct codist_error *err)
{
	CODIST_TRY(note(noted, db, runs[0], err));
	for (size_t i = 1; i < n && ease_of(noted) < 2; i++) {
		struct noted other;
		enum codist_status status = note(&other, db, runs[i], err);

		if (status == CODIST_OK && ease_of(&other) > ease_of(noted)) {
			struct noted before = *noted;

			*noted = other;
			other = before;
		}
		noted_release(&other);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

enum codist_status
codist_report_samples_init(struct codist_report_samples *samples, sqlite3 *db,
			   const int64_t *runs, size_t n,
			   struct codist_error *err)
{
	struct codist_error why = { 0 };
	enum codist_status status, tried;
	struct noted noted = { 0 };

	*samples = (struct codist_report_samples){ 0 };
	status = choose(&noted, db, runs, n, err);
	if (status != CODIST_OK) {
		noted_release(&noted);
		return status;
	}
	tried = try_run(samples, &noted, &why);
	noted_release(&noted);
	if (tried == CODIST_OK) {
		look(samples);
		return CODIST_OK;
	}
	codist_sets_release(&samples->sets);
	samples->why = strdup(why.message);
	return samples->why && tried != CODIST_ENOMEM ?
		       CODIST_OK : codist_no_memory(err, "samples");
}

void codist_report_samples_release(struct codist_report_samples *samples)
{
	codist_sets_release(&samples->sets);
	free(samples->why);
	*samples = (struct codist_report_samples){ 0 };
}

/* Numbers ascend; n: there is none of that number. */
static size_t find(const struct codist_report_samples *samples, size_t number)
{
	const size_t *numbers = samples->sets.numbers;
	size_t n = samples->set->n_samples, low = 0, high = n;

	if (!numbers || samples->sets.fold_of)
		return number < n ? number : n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (numbers[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && numbers[low] == number ? low : n;
}

static void put_picture(const struct codist_report_samples *samples,
			struct codist_page *page, struct codist_bytes sample,
			const char *description)
{
	struct codist_text png = { 0 };

	codist_picture_png(&samples->picture, sample, &png);
	page->text.failed |= png.failed;
	codist_page_markup(page, "<img alt=\"");
	codist_page_escaped(page, description);
	codist_page_markup(page, "\" src=\"data:image/png;base64,");
	if (!png.failed)
		codist_base64_add(&page->text, (struct codist_bytes){
			(const unsigned char *)png.chars, png.length });
	codist_page_markup(page, "\">");
	free(png.chars);
}

/* The beginning of a text; what is none is escaped as other texts are. */
static void put_words(struct codist_page *page, struct codist_bytes sample)
{
	struct codist_text words = { 0 }, begin = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < sample.nbytes && i < 4 * CHARACTERS; i++)
		codist_text_add_char(&words, sample.data[i] ?
				     (char)sample.data[i] : '\x1');
	for (const char *at = words.chars ? words.chars : "";
	     *at && n < CHARACTERS; n++) {
		size_t length = codist_utf8_length(at);

		length = length ? length : 1;
		codist_text_add(&begin, "%.*s", (int)length, at);
		at += length;
	}
	if (begin.length < sample.nbytes)
		codist_text_add(&begin, "\xe2\x80\xa6"); /* an ellipsis */
	page->text.failed |= words.failed | begin.failed;
	codist_page_markup(page, "<q>");
	codist_page_escaped(page, begin.chars ? begin.chars : "");
	codist_page_markup(page, "</q>");
	free(words.chars);
	free(begin.chars);
}

void codist_report_samples_put(const struct codist_report_samples *samples,
			       struct codist_page *page, size_t number,
			       const char *description)
{
	size_t at = find(samples, number);
	struct codist_bytes sample;

	if (at == samples->set->n_samples)
		return;
	sample = codist_dataset_sample(samples->set, at);
	if (samples->are_pictures)
		put_picture(samples, page, sample, description);
	else
		put_words(page, sample);
}
