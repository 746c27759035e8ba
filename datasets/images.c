/*
 * images.c - images in folders, one folder a class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "class_folders.h"
#include "colour.h"
#include "picture.h"

#include <codist/dataset.h>

static const char *const channels[] = { "grey", "rgb", NULL };
static const char *const backgrounds[] = { "black", "white", NULL };
enum { SAME, ANY };
static const char *const sizes[] = { "same", "any", NULL };

struct config {
	char *path;
	int recursive;
	int channels;
	int background;
	int size;
	struct codist_subset subset;
};

/* The size of the first image, which others are compared with. */
struct loading {
	const struct config *config;
	struct codist_picture picture;
	size_t width, height;
};

static enum codist_status check_size(struct loading *loading, const char *path,
				     struct codist_error *err)
{
	const struct codist_picture *picture = &loading->picture;

	if (loading->width == 0) {
		loading->width = picture->width;
		loading->height = picture->height;
	}
	if (loading->config->size == ANY ||
	    (picture->width == loading->width &&
	     picture->height == loading->height))
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: %zu x %zu pixels, but those before have %zu x "
			   "%zu; size=any takes all sizes",
			   path, picture->width, picture->height,
			   loading->width, loading->height);
}

static enum codist_status add(struct codist_builder *builder, void *context,
			      const struct codist_class_file *file,
			      struct codist_error *err)
{
	struct loading *loading = context;
	struct codist_picture *picture = &loading->picture;
	struct codist_bytes x;

	CODIST_TRY(codist_picture_decode(picture, file->path, file->bytes,
					 err));
	CODIST_TRY(check_size(loading, file->path, err));
	x.data = picture->pixels;
	x.nbytes = picture->width * picture->height * picture->n_channels;
	return codist_builder_add(builder, x, file->class_name, file->name,
				  err);
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;
	struct loading loading = { .config = c };
	enum codist_status status;

	loading.picture.n_channels = c->channels ? 3 : 1;
	loading.picture.background = c->background ? 255 : 0;
	status = codist_class_folders_load(c->path, c->recursive, &c->subset,
					   add, &loading, set, err);
	codist_picture_release(&loading.picture);
	CODIST_TRY(status);
	if (c->size == ANY)
		return CODIST_OK;
	set->rank = c->channels ? 3 : 2;
	set->dimensions[0] = loading.height;
	set->dimensions[1] = loading.width;
	set->dimensions[2] = 3;
	return CODIST_OK;
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	return codist_subset_check_names(&c->subset, err);
}

static const struct codist_option options[] = {
	CODIST_CLASS_FOLDERS_OPTIONS(struct config),
	{ .name = "channels", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, channels),
	  .choices = channels, .fallback = "grey",
	  .help = "a byte a pixel, of colours " CODIST_GREY_HELP "; or red, "
		  "green and blue, pixel by pixel" },
	{ .name = "background", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, background),
	  .choices = backgrounds, .fallback = "black",
	  .help = "what is behind transparent pixels of PNG images" },
	{ .name = "size", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, size),
	  .choices = sizes, .fallback = "same",
	  .help = "whether images of different sizes are refused" },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_images = {
	.plugin = {
		.name = "images",
		.summary = "PNG, PGM and PPM images in a folder with a folder "
			   "for each class; 16 bits become 8, palettes "
			   "colours",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
