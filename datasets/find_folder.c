/*
 * find_folder.c - which loader reads what stands at a path, of the newer kinds
 *
 * Only names are looked at: whether the files in class folders are images is
 * told by how they are called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/spec.h"
#include "base/text.h"
#include "find_folder.h"
#include "folder.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A path with "=" in it would be taken for an option if it had no key. */
char *codist_spec_of_path(const char *loader, const char *path)
{
	struct codist_text text = { 0 };

	codist_text_add(&text, "%s:%s", loader,
			strchr(path, '=') ? "path=" : "");
	codist_spec_add_value(&text, path);
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static int is_folder(const char *path)
{
	struct stat there;

	return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

static int is_file(const char *path)
{
	struct stat there;

	return stat(path, &there) == 0 && S_ISREG(there.st_mode);
}

static int is_part_folder(const char *path, const char *part)
{
	char *inside = codist_text_format("%s/%s", path, part);
	int is_one = inside && is_folder(inside);

	free(inside);
	return is_one;
}

int codist_has_part_folders(const char *path)
{
	return is_part_folder(path, "train") && is_part_folder(path, "test");
}

static int is_image(const char *name)
{
	static const char *const ends[] = { "*.[pP][nN][gG]", "*.[pP][gG][mM]",
					    "*.[pP][pP][mM]" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (fnmatch(ends[i], name, 0) == 0)
			return 1;
	return 0;
}

/* What is in the class folders of a folder. */
struct contents {
	size_t n_folders, n_images, n_others;
};

static enum codist_status count_class(struct contents *contents,
				      const char *path,
				      struct codist_error *err)
{
	struct codist_paths files = { 0 }, folders = { 0 };
	enum codist_status status = codist_folder_list(path, &files, &folders,
						       0, err);

	for (size_t i = 0; status == CODIST_OK && i < files.n; i++)
		if (is_image(files.items[i]))
			contents->n_images++;
		else
			contents->n_others++;
	codist_paths_release(&files);
	codist_paths_release(&folders);
	return status;
}

static enum codist_status count(struct contents *contents, const char *path,
				struct codist_error *err)
{
	struct codist_paths folders = { 0 };
	enum codist_status status = codist_folder_list(path, NULL, &folders, 0,
						       err);

	*contents = (struct contents){ .n_folders = folders.n };
	for (size_t i = 0; status == CODIST_OK && i < folders.n; i++) {
		char *inside = codist_text_format("%s/%s", path,
						  folders.items[i]);

		status = inside ? count_class(contents, inside, err) :
				  codist_no_memory(err, "a path");
		free(inside);
	}
	codist_paths_release(&folders);
	return status;
}

/* *spec stays NULL if there are no class folders with files in them. */
static enum codist_status look_at_classes(const char *path,
					  const char *spec_path, char **spec,
					  struct codist_error *err)
{
	struct contents contents;

	CODIST_TRY(count(&contents, path, err));
	if (contents.n_images == 0 && contents.n_others == 0)
		return CODIST_OK;
	if (contents.n_images > 0 && contents.n_others > 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu files in its folders are called "
				   "like images (.png, .pgm, .ppm), and %zu are "
				   "not; images:%s or directory:%s says what is "
				   "meant",
				   path, contents.n_images, contents.n_others,
				   spec_path, spec_path);
	*spec = codist_spec_of_path(contents.n_images ? "images" : "directory",
				   spec_path);
	return *spec ? CODIST_OK : codist_no_memory(err, "a spec");
}

/* The folder of a part, which counts as one if it has class folders. */
static enum codist_status look_at_part(const char *path, const char *spec_path,
				       const char *part, char **spec,
				       struct codist_error *err)
{
	char *inside = codist_text_format("%s/%s", path, part);
	char *spec_inside = codist_text_format("%s/%s", spec_path, part);
	enum codist_status status = CODIST_OK;

	if (!inside || !spec_inside)
		status = codist_no_memory(err, "a path");
	else if (is_folder(inside))
		status = look_at_classes(inside, spec_inside, spec, err);
	free(spec_inside);
	free(inside);
	return status;
}

/* "a/x-images.npy" to "a/x-labels.npy", for free(); NULL: no such name. */
static char *labels_of(const char *images)
{
	static const char word[] = "images";
	const char *slash = strrchr(images, '/');
	const char *at = strstr(slash ? slash : images, word);

	return at ? codist_text_format("%.*slabels%s", (int)(at - images),
				       images, at + strlen(word)) : NULL;
}

static enum codist_status look_at_array(const char *path,
					const char *spec_path, char **spec,
					struct codist_error *err)
{
	char *samples = codist_spec_of_path("npy", spec_path);
	char *labels = labels_of(path), *spec_labels = labels_of(spec_path);
	struct codist_text text = { 0 };

	if (samples)
		codist_text_add(&text, "%s", samples);
	if (labels && spec_labels && is_file(labels)) {
		codist_text_add(&text, ",labels=");
		codist_spec_add_value(&text, spec_labels);
	}
	*spec = text.chars;
	free(spec_labels);
	free(labels);
	free(samples);
	return *spec && !text.failed ? CODIST_OK :
				       codist_no_memory(err, "a spec");
}

enum codist_status codist_find_folder(const char *path, const char *spec_path,
				      char **train, char **test,
				      struct codist_error *err)
{
	if (fnmatch("*.npy", path, 0) == 0 && is_file(path))
		return look_at_array(path, spec_path, train, err);
	if (!is_folder(path))
		return CODIST_OK;
	CODIST_TRY(look_at_part(path, spec_path, "train", train, err));
	CODIST_TRY(look_at_part(path, spec_path, "test", test, err));
	if (codist_has_part_folders(path) && !(*train && *test))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: its folders train and test do not both "
				   "have a folder for each class; if they are "
				   "classes, directory:%s or images:%s says so",
				   path, spec_path, spec_path);
	if (*train || *test)
		return CODIST_OK;
	return look_at_classes(path, spec_path, train, err);
}
