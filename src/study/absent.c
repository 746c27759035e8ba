/*
 * absent.c - what this build says of studies, made without libyaml or SQLite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/comparison.h>
#include <codist/report.h>
#include <codist/store.h>
#include <codist/study.h>

static enum codist_status absent(struct codist_error *err)
{
	return codist_fail(err, CODIST_EMISSING,
			   "this build has no studies, as it was made without "
			   "libyaml or SQLite (Debian: libyaml-dev, "
			   "libsqlite3-dev)");
}

enum codist_status
codist_study_read(struct codist_study *study, const char *path,
		  void (*problem)(void *user, const char *message), void *user,
		  struct codist_error *err)
{
	(void)path;
	(void)problem;
	(void)user;
	*study = (struct codist_study){ 0 };
	return absent(err);
}

void codist_study_release(struct codist_study *study)
{
	(void)study;
}

enum codist_status
codist_study_run_all(const struct codist_study *study,
		     const struct codist_study_how *how, size_t *n_computed,
		     struct codist_error *err)
{
	(void)study;
	(void)how;
	(void)n_computed;
	return absent(err);
}

enum codist_status codist_study_test(struct codist_study *study, size_t i,
				     struct codist_error *err)
{
	(void)study;
	(void)i;
	return absent(err);
}

enum codist_status codist_study_estimate(const struct codist_study *study,
					 size_t i,
					 const struct codist_study_how *how,
					 struct codist_study_estimate *estimate,
					 struct codist_error *err)
{
	(void)study;
	(void)i;
	(void)how;
	(void)estimate;
	return absent(err);
}

enum codist_status codist_processes_begin(unsigned *rank, unsigned *size,
					  struct codist_error *err)
{
	(void)err;
	*rank = 0;
	*size = 1;
	return CODIST_OK;
}

void codist_processes_end(void)
{
}

const char *codist_yaml_version(void)
{
	return NULL;
}

enum codist_status codist_results_read(struct codist_results *results,
				       const char *path,
				       struct codist_error *err)
{
	(void)path;
	*results = (struct codist_results){ 0 };
	return absent(err);
}

void codist_results_release(struct codist_results *results)
{
	(void)results;
}

enum codist_status codist_store_export(const char *path,
				       enum codist_export what,
				       enum codist_export_format format,
				       const char *run, FILE *file,
				       const char *name,
				       struct codist_error *err)
{
	(void)path;
	(void)what;
	(void)format;
	(void)run;
	(void)file;
	(void)name;
	return absent(err);
}

enum codist_status codist_store_export_npy(const char *path, const char *run,
					   const char *npy,
					   struct codist_error *err)
{
	(void)path;
	(void)run;
	(void)npy;
	return absent(err);
}

enum codist_status codist_store_merge(const char *to, const char *const *from,
				      size_t n, struct codist_error *err)
{
	(void)to;
	(void)from;
	(void)n;
	return absent(err);
}

enum codist_status codist_store_report(const char *path,
				       enum codist_report_format format,
				       FILE *file, const char *name,
				       struct codist_error *err)
{
	(void)path;
	(void)format;
	(void)file;
	(void)name;
	return absent(err);
}

const char *codist_sqlite_version(void)
{
	return NULL;
}

enum codist_status
codist_classified_read(struct codist_classified *classified, const char *path,
		       const char *run, int with_scores,
		       struct codist_error *err)
{
	(void)path;
	(void)run;
	(void)with_scores;
	*classified = (struct codist_classified){ 0 };
	return absent(err);
}

void codist_classified_release(struct codist_classified *classified)
{
	(void)classified;
}

enum codist_status codist_comparison_init(struct codist_comparison *comparison,
					  const char *path,
					  struct codist_error *err)
{
	(void)path;
	*comparison = (struct codist_comparison){ 0 };
	return absent(err);
}

void codist_comparison_release(struct codist_comparison *comparison)
{
	(void)comparison;
}

size_t codist_comparison_find(const struct codist_comparison *comparison,
			      const char *name)
{
	(void)name;
	return comparison->n_runs;
}

enum codist_status
codist_ranking_init(struct codist_ranking *ranking,
		    const struct codist_comparison *comparison,
		    enum codist_blocks over, double significance,
		    struct codist_error *err)
{
	(void)comparison;
	(void)over;
	(void)significance;
	*ranking = (struct codist_ranking){ 0 };
	return absent(err);
}

void codist_ranking_release(struct codist_ranking *ranking)
{
	(void)ranking;
}

enum codist_status
codist_run_calibration_init(struct codist_run_calibration *calibration,
			    const char *path, const char *run, size_t n_bins,
			    struct codist_error *err)
{
	(void)path;
	(void)run;
	(void)n_bins;
	*calibration = (struct codist_run_calibration){ 0 };
	return absent(err);
}

void codist_run_calibration_release(struct codist_run_calibration *calibration)
{
	(void)calibration;
}
