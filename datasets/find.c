/*
 * find.c - the parts of a set by the set's name
 *
 * A name is that of a loader, or else one of a folder or a file, which stands
 * where it says or in the data directory. Each place is looked at for both
 * parts before the next one, so that they never come from two sets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "find_folder.h"
#include "folder.h"
#include "idx_part.h"

#include <codist/dataset.h>

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The loader's choice between "train" and "test", or NULL. */
static const struct codist_option *part_option(const struct codist_plugin *p)
{
	for (size_t i = 0; p->options && p->options[i].name; i++)
		if (strcmp(p->options[i].name, "part") == 0 &&
		    p->options[i].type == CODIST_CHOICE)
			return &p->options[i];
	return NULL;
}

static const char *part_of(const struct codist_spec *spec)
{
	const struct codist_option *option = part_option(spec->plugin);
	int choice;

	if (!option)
		return "train";
	memcpy(&choice, (const char *)spec->config + option->offset,
	       sizeof(choice));
	return option->choices[choice];
}

/* `text` with that part, or NULL where it cannot be had from it. */
static char *with_part(const char *text, const char *part)
{
	char *more = codist_text_format("%s%cpart=%s", text,
					strchr(text, ':') ? ',' : ':', part);
	struct codist_spec spec = { 0 };
	int is_it;

	if (!more)
		return NULL;
	is_it = codist_spec_init(&spec, &codist_loaders, more, NULL) ==
			CODIST_OK &&
		part_option(spec.plugin) && strcmp(part_of(&spec), part) == 0;
	codist_spec_release(&spec);
	if (is_it)
		return more;
	free(more);
	return NULL;
}

/* Both parts of a loader that has them, unless the spec says which one. */
static enum codist_status find_by_spec(const char *text, char **train,
				       char **test, struct codist_error *err)
{
	struct codist_spec spec;
	char **only;

	CODIST_TRY(codist_spec_init(&spec, &codist_loaders, text, err));
	only = strcmp(part_of(&spec), "test") == 0 ? test : train;
	codist_spec_release(&spec);
	*train = with_part(text, "train");
	*test = with_part(text, "test");
	if (*train && *test)
		return CODIST_OK;
	free(*train);
	free(*test);
	*train = *test = NULL;
	*only = codist_text_format("%s", text);
	return *only ? CODIST_OK : codist_no_memory(err, "a spec");
}

/* *spec stays NULL if there is no such part at that path. */
static enum codist_status look(const char *path, const char *spec_path,
			       char **spec, struct codist_error *err)
{
	char *images, *labels;
	enum codist_status status;

	status = codist_idx_part_look(path, &images, &labels, err);
	if (status == CODIST_EMISSING)
		return CODIST_OK;
	if (status != CODIST_OK)
		return status;
	free(images);
	free(labels);
	*spec = codist_spec_of_path("idx", spec_path);
	return *spec ? CODIST_OK : codist_no_memory(err, "a spec");
}

static enum codist_status look_for_part(const char *path,
					const char *spec_path,
					const char *part, char **spec,
					struct codist_error *err)
{
	char *file = codist_text_format("%s/%s", path, part);
	char *spec_file = codist_text_format("%s/%s", spec_path, part);
	enum codist_status status;

	if (file && spec_file)
		status = look(file, spec_file, spec, err);
	else
		status = codist_no_memory(err, "a path");
	free(file);
	free(spec_file);
	return status;
}

/* Where a set may stand: a folder, or a file. */
struct place {
	const char *path, *spec_path; /* where it is, how the loader finds it */
	int only_idx; /* all else there is not what was named */
};

static enum codist_status look_for_idx(const struct place *place, char **train,
				       char **test, struct codist_error *err)
{
	const char *path = place->path, *spec_path = place->spec_path;

	CODIST_TRY(look_for_part(path, spec_path, "train", train, err));
	CODIST_TRY(look_for_part(path, spec_path, "test", test, err));
	if (!*train && !*test)
		return look(path, spec_path, train, err);
	if (place->only_idx || !codist_has_part_folders(path))
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: IDX files, and folders train and test; "
			   "idx:%s/train or directory:%s/train says what is "
			   "meant",
			   path, spec_path, spec_path);
}

/* A file whose options only who has it knows: the loader is told of. */
static enum codist_status check_ending(const struct place *place,
				       struct codist_error *err)
{
	static const struct ending {
		const char *pattern, *loader, *options;
	} endings[] = {
		{ "*.csv", "csv", "" },
		{ "*.tsv", "csv", ",delimiter=tab" },
		{ "*.jsonl", "jsonl", "" },
		{ "*.arff", "arff", "" },
		{ "*.fa", "fasta", "" },
		{ "*.fasta", "fasta", "" },
		{ "*.txt", "text", "" },
	};
	const struct ending *ending = NULL;
	struct stat there;
	char *spec;

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (fnmatch(endings[i].pattern, place->path, 0) == 0)
			ending = &endings[i];
	if (!ending || stat(place->path, &there) != 0 ||
	    !S_ISREG(there.st_mode))
		return CODIST_OK;
	spec = codist_spec_of_path(ending->loader, place->spec_path);
	if (!spec)
		return codist_no_memory(err, "a spec");
	codist_fail(err, CODIST_EFORMAT,
		    "%s: %s%s reads it (see codist list loaders)",
		    place->path, spec, ending->options);
	free(spec);
	return CODIST_EFORMAT;
}

static enum codist_status look_at(const struct place *place, char **train,
				  char **test, struct codist_error *err)
{
	size_t length = strlen(place->path);
	int is_npy = length > 4 && strcmp(place->path + length - 4,
					  ".npy") == 0;

	CODIST_TRY(check_ending(place, err));
	/* Any file is one of images to the IDX loader. */
	if (!is_npy || place->only_idx)
		CODIST_TRY(look_for_idx(place, train, test, err));
	if (*train || *test || place->only_idx)
		return CODIST_OK;
	return codist_find_folder(place->path, place->spec_path, train, test,
				  err);
}

/* A folder is there, but it is none of a set. CODIST_OK: none is there. */
static enum codist_status tell_of_folder(const struct place *place,
					 struct codist_error *err)
{
	struct codist_paths files = { 0 }, folders = { 0 };
	enum codist_status status = CODIST_OK;
	struct stat there;

	if (stat(place->path, &there) != 0 || !S_ISDIR(there.st_mode))
		return CODIST_OK;
	/* What cannot be listed is as good as not there. */
	(void)!codist_folder_list(place->path, &files, &folders, 0, NULL);
	if (folders.n > 0)
		status = codist_fail(err, CODIST_EMISSING,
				     "%s: no files in its folders, expected "
				     "a folder with a folder for each class",
				     place->path);
	else if (files.n > 0)
		status = codist_fail(err, CODIST_EMISSING,
				     "%s: %zu files, but no folder for each "
				     "class; files:%s takes them without "
				     "classes", place->path, files.n,
				     place->spec_path);
	else
		status = codist_fail(err, CODIST_EMISSING,
				     "%s: an empty folder, expected a folder "
				     "for each class", place->path);
	codist_paths_release(&files);
	codist_paths_release(&folders);
	return status;
}

static enum codist_status nothing_found(const char *name,
					const struct place *places,
					size_t n_places,
					struct codist_error *err)
{
	struct codist_text tried = { 0 };

	for (size_t i = 0; i < n_places; i++)
		if (!places[i].only_idx)
			CODIST_TRY(tell_of_folder(&places[i], err));
	for (size_t i = 0; i < n_places; i++)
		codist_text_add(&tried, "%s'%s'", i ? " or " : "",
				places[i].path);
	codist_fail(err, CODIST_EMISSING,
		    "no data set '%s': neither a loader (see codist list "
		    "loaders) nor, at %s, a file of images or a folder with "
		    "the like of train-images-idx3-ubyte and "
		    "train-labels-idx1-ubyte, gzipped or not, a folder with a "
		    "folder for each class, or a .npy file%s",
		    name, tried.chars ? tried.chars : "",
		    strstr(name, "mnist") ? "; codist fetch mnist downloads it, "
					    "and 'synthetic' needs no files" :
					    "");
	free(tried.chars);
	return CODIST_EMISSING;
}

static enum codist_status find_by_path(const char *name, char **train,
				       char **test, struct codist_error *err)
{
	char *directory = name[0] == '/' ? NULL : codist_data_directory();
	char *inside = directory ? codist_text_format("%s/%s", directory,
						      name) : NULL;
	struct place places[3] = { { name, name, 0 } };
	size_t n_places = 1;
	enum codist_status status = CODIST_OK;

	if (inside)
		places[n_places++] = (struct place){ inside, name, 0 };
	/* $CODIST_DATA may be set to MNIST's own folder. */
	if (directory && strcmp(name, "mnist") == 0)
		places[n_places++] = (struct place){ directory, directory, 1 };
	for (size_t i = 0; i < n_places && !*train && !*test; i++) {
		status = look_at(&places[i], train, test, err);
		if (status != CODIST_OK)
			break;
	}
	if (status == CODIST_OK && !*train && !*test)
		status = nothing_found(name, places, n_places, err);
	free(inside);
	free(directory);
	return status;
}

static int names_a_loader(const char *name)
{
	char *word = codist_text_format("%.*s", (int)strcspn(name, ":"), name);
	int is_one = word && codist_registry_find(&codist_loaders, word);

	free(word);
	return is_one;
}

enum codist_status codist_data_find(const char *name, char **train,
				    char **test, struct codist_error *err)
{
	enum codist_status status;

	*train = *test = NULL;
	if (!*name)
		return codist_fail(err, CODIST_EUSAGE,
				   "no data set's name is empty");
	if (names_a_loader(name))
		status = find_by_spec(name, train, test, err);
	else
		status = find_by_path(name, train, test, err);
	if (status != CODIST_OK) {
		free(*train);
		free(*test);
		*train = *test = NULL;
	}
	return status;
}
