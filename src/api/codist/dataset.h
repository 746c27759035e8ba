/*
 * codist/dataset.h - labelled samples: loaders, transforms, references
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASET_H
#define CODIST_DATASET_H

#include <codist/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CODIST_MAX_RANK 8

/*
 * Samples of bytes, each of one class. Whoever fills one in releases it with
 * codist_dataset_release(); all others only read, from any number of threads.
 *
 * Classes are the labels that the whole set knows, in ascending order; a part
 * of a set (limit, offset) keeps classes of which it has no sample.
 */
struct codist_dataset {
	char *name;            /* where it came from, for messages */
	size_t n_samples;
	size_t n_classes;
	unsigned char *bytes;  /* all samples, one after the other */
	size_t *starts;        /* [n_samples + 1], offsets into bytes */
	unsigned *labels;      /* [n_samples], each < n_classes */
	char **class_names;    /* [n_classes] */
	char **sample_names;   /* [n_samples], each for free() or NULL; or NULL:
				* samples have numbers only */
	size_t rank;           /* of every sample, or 0: lengths vary */
	size_t dimensions[CODIST_MAX_RANK]; /* [rank], slowest first */
};

/* codist_dataset_release() frees what a set holds, and zeroes it. */
CODIST_API void codist_dataset_release(struct codist_dataset *set);

/* codist_dataset_sample() is a view of sample i < n_samples. */
CODIST_API struct codist_bytes
codist_dataset_sample(const struct codist_dataset *set, size_t i);

/*
 * codist_dataset_allocate() readies `set` to be filled by a loader or a
 * transform: copies `name`, allocates `n_samples` labels and starts (zeroed)
 * and `nbytes` bytes (uninitialised), and `n_classes` class names (NULL).
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_allocate(struct codist_dataset *set, const char *name,
			size_t n_samples, size_t n_classes, size_t nbytes,
			struct codist_error *err);

/*
 * codist_dataset_sample_name() writes what sample i < n_samples is called, or
 * its number where it has no name, in `text` of `size` > 0 bytes; what is too
 * long is cut.
 */
CODIST_API void codist_dataset_sample_name(const struct codist_dataset *set,
					   size_t i, char *text, size_t size);

/*
 * A set that grows by a sample at a time, for loaders that learn what there is
 * while they read. The fields are the builder's own.
 *
 *     struct codist_builder builder;
 *
 *     codist_builder_init(&builder, path);
 *     while (status == CODIST_OK && ...)
 *             status = codist_builder_add(&builder, x, "ham", NULL, err);
 *     if (status == CODIST_OK)
 *             status = codist_builder_finish(&builder, set, err);
 *     codist_builder_release(&builder);
 */
struct codist_builder_class;
struct codist_builder {
	const char *name;
	struct codist_dataset set; /* but its classes */
	size_t bytes_capacity, labels_capacity, starts_capacity, names_capacity;
	struct codist_builder_class **classes; /* as they came */
	size_t classes_capacity;
	void *tree; /* the classes by name */
};

/* codist_builder_init() readies it; `name` of the set must outlive it. */
CODIST_API void codist_builder_init(struct codist_builder *builder,
				    const char *name);

/* codist_builder_release() frees what it holds; harmless after the finish. */
CODIST_API void codist_builder_release(struct codist_builder *builder);

/*
 * codist_builder_add() appends a copy of a sample.
 *
 *   sample       may be empty
 *   class_name   any text; classes are the same if all their bytes are
 *   sample_name  for messages and tables, or NULL: it has a number only
 *
 * The time for it grows with the logarithm of the number of classes. Fails with
 * CODIST_ENOMEM only, and then nothing was added.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_builder_add(struct codist_builder *builder, struct codist_bytes sample,
		   const char *class_name, const char *sample_name,
		   struct codist_error *err);

/*
 * codist_builder_add_class() makes a class known, of which there need be no
 * sample. Fails with CODIST_ENOMEM only.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_builder_add_class(struct codist_builder *builder,
			 const char *class_name, struct codist_error *err);

/*
 * codist_builder_finish() hands over the set, of rank 0, and empties the
 * builder. Classes are put into ascending order: by value if all their names
 * are whole numbers without needless zeros or signs, else by their bytes.
 * Samples stay in the order in which they came. A set without samples is no
 * failure here.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_builder_finish(struct codist_builder *builder,
		      struct codist_dataset *set, struct codist_error *err);

/* codist_png_version() is libpng's at run time; NULL: not built in. */
CODIST_API const char *codist_png_version(void);

/* What the author of a loader writes. */
struct codist_loader {
	struct codist_plugin plugin;
	/* Fill the zeroed `set`. After a failure the core releases it. */
	enum codist_status (*load)(const void *config,
				   struct codist_dataset *set,
				   struct codist_error *err);
};

/*
 * codist_dataset_load() loads what a spec of codist_loaders names. The set is
 * checked: at least one sample and one class.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_load(struct codist_dataset *set,
		    const struct codist_spec *loader,
		    struct codist_error *err);

/*
 * codist_dataset_compatible() checks that samples of `test` can be classified
 * by `train`: the same classes, as codist_datasets_unify() makes them, the same
 * shape, and at least one training sample of each class that `test` has samples
 * of. CODIST_EFORMAT says what differs.
 *
 *   allows_unseen   1: classes without training samples are fine; they are never
 *                   predicted
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_compatible(const struct codist_dataset *train,
			  const struct codist_dataset *test,
			  int allows_unseen, struct codist_error *err);

/*
 * codist_datasets_unify() gives two sets the same classes, those of either, in
 * the order of codist_builder_finish(); so that parts that were loaded each by
 * itself can be used together. Where they are the same already, nothing changes.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_datasets_unify(struct codist_dataset *a, struct codist_dataset *b,
		      struct codist_error *err);

/*
 * codist_dataset_subset() copies n of a set's samples, which keep their classes
 * and names; all classes stay known.
 *
 *   samples   [n], indices, in the order wanted
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_subset(struct codist_dataset *subset,
		      const struct codist_dataset *set, const size_t *samples,
		      size_t n, struct codist_error *err);

/*
 * codist_dataset_folds() deals samples out to folds, stratified: of each class,
 * every fold gets the same number or one more, and so of all samples. Which
 * ones is drawn by the seed, and depends on nothing but the labels and it.
 *
 *   n_folds   within 2..n_samples; CODIST_EUSAGE if not. As many folds as
 *             samples leave one out at a time, whatever the seed
 *   fold_of   receives [n_samples], each < n_folds
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_folds(const struct codist_dataset *set, size_t n_folds,
		     uint64_t seed, size_t *fold_of, struct codist_error *err);

/*
 * codist_dataset_order() draws an order of all samples, each beginning of which
 * has the classes in the proportions of the whole, as nearly as can be: to take
 * smaller and larger parts of a set, the smaller within the larger.
 *
 *   order   receives [n_samples], indices; it depends on the labels and the
 *           seed only
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_order(const struct codist_dataset *set, uint64_t seed,
		     size_t *order, struct codist_error *err);

/* A grey or binary image: a sample of a set of rank 2. */
struct codist_image {
	const unsigned char *pixels; /* [height][width], from the top left */
	size_t height, width;
};

/* What an image becomes. */
enum codist_image_makes {
	CODIST_MAKES_BYTES,
	CODIST_MAKES_IMAGE,      /* of the same height and width */
	CODIST_MAKES_TRANSPOSED, /* an image of these exchanged */
	CODIST_MAKES_HIGHER,     /* of the same width, and of image_size() */
};

/*
 * What the author of a transform writes: apply(), with a size() if need be; or
 * apply_image() and what goes with it, where it counts how pixels lie.
 */
struct codist_transform {
	struct codist_plugin plugin;
	/*
	 * The number of bytes that a sample of `nbytes` becomes, or the most
	 * where that `varies`. NULL: the same number.
	 */
	size_t (*size)(const void *config, size_t nbytes);
	/* 1: it depends on the bytes themselves how many they become. */
	int varies;
	/*
	 * Write what x becomes to `out`, and return how many bytes that is:
	 * size() of them, or at most so many where that `varies`. Cannot fail.
	 */
	size_t (*apply)(const void *config, struct codist_bytes x,
			unsigned char *out);

	/* As size(), of an image; NULL: as many bytes as it has pixels. */
	size_t (*image_size)(const void *config, size_t height, size_t width);
	enum codist_image_makes makes;
	/*
	 * As apply(); *n_out receives the number of bytes. CODIST_EFORMAT: it
	 * is no such image, as where two levels are expected and there are
	 * more; the message is continued from "sample 17 of FILE: ".
	 */
	enum codist_status (*apply_image)(const void *config,
					  const struct codist_image *image,
					  unsigned char *out, size_t *n_out,
					  struct codist_error *err);

	/*
	 * One that makes several images, of the same height and width, of each
	 * training sample tells how many, an odd number, and makes them: copy <
	 * n_copies(). The middle one is what apply_image() makes, as it does of
	 * all other samples. Both NULL, or none.
	 */
	size_t (*n_copies)(const void *config);
	void (*apply_copy)(const void *config, const struct codist_image *image,
			   size_t copy, unsigned char *out);
};

/*
 * codist_image_check_binary() refuses an image that has more than one level
 * beside 0, as CODIST_EFORMAT, and names the transform to put before. For
 * apply_image().
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_image_check_binary(const struct codist_image *image,
			  struct codist_error *err);

/*
 * codist_dataset_transform() replaces every sample by what a spec of
 * codist_transforms makes of it. The shape is kept where sizes are, and else
 * becomes one dimension of bytes; by a transform whose sizes vary it is lost.
 * One of images loses it too, unless it makes images.
 *
 * CODIST_EFORMAT: the transform is one of images, and samples are none of one
 * height and width, or not such as it takes. The set is unchanged then.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_transform(struct codist_dataset *set,
			 const struct codist_spec *transform,
			 struct codist_error *err);

/*
 * codist_dataset_augment() is codist_dataset_transform() of samples to train
 * on: of a transform that makes copies they are all there, those of a sample
 * side by side, with its label and name.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_augment(struct codist_dataset *set,
		       const struct codist_spec *transform,
		       struct codist_error *err);

/*
 * codist_transform_makes_copies() is 1 for a spec of codist_transforms that makes
 * copies of training samples: such do not go with cross-validation, where they
 * would tell of the samples that are held back.
 */
CODIST_API int
codist_transform_makes_copies(const struct codist_spec *transform);

/*
 * What samples are scored against. The views point into `bytes`, or into the
 * data set that the references were cut from, which must outlive them.
 */
struct codist_reference_set {
	size_t n_references;
	struct codist_bytes *bytes_of; /* [n_references] */
	unsigned *class_of;            /* [n_references] */
	size_t *samples_in;            /* [n_references], each > 0 */
	unsigned char *bytes;          /* joined samples, or NULL */
};

/* What the author of a reference door's plug-in writes. */
struct codist_reference {
	struct codist_plugin plugin;
	/* Fill the zeroed `references`. The core releases after a failure. */
	enum codist_status (*cut)(const void *config,
				  const struct codist_dataset *train,
				  struct codist_reference_set *references,
				  struct codist_error *err);
};

/*
 * codist_references_cut() makes references of the training samples, by a spec
 * of codist_references: a whole class each, a chunk of a class, or a sample.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_references_cut(struct codist_reference_set *references,
		      const struct codist_spec *reference,
		      const struct codist_dataset *train,
		      struct codist_error *err);

/* codist_references_release() frees them; harmless on zeroed ones. */
CODIST_API void
codist_references_release(struct codist_reference_set *references);

/*
 * codist_dataset_match() finds for each sample of `set` the earliest one with
 * the same bytes, whatever their labels.
 *
 *   other   where to look; NULL: in `set` itself, where each matches itself if
 *           none before it does
 *   match   [set->n_samples], receives indices; SIZE_MAX: none in `other`
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_match(const struct codist_dataset *set,
		     const struct codist_dataset *other, size_t *match,
		     struct codist_error *err);

/*
 * codist_dataset_duplicates() counts the samples of `set` whose bytes stand
 * also elsewhere.
 *
 *   other       NULL: each sample of `set` that repeats an earlier one of it;
 *               else: each sample of `set` that stands in `other` too
 *   n_samples   receives the count
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_duplicates(const struct codist_dataset *set,
			  const struct codist_dataset *other,
			  size_t *n_samples, struct codist_error *err);

/*
 * codist_dataset_drop_duplicates() takes out of `set` the samples that
 * codist_dataset_duplicates() counts. Those left keep their order, and the set
 * all its classes, also those without a sample now; no sample may be left.
 *
 *   n_dropped   receives how many were taken out
 *
 * After a failure the set is as it was.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_dataset_drop_duplicates(struct codist_dataset *set,
			       const struct codist_dataset *other,
			       size_t *n_dropped, struct codist_error *err);

#define CODIST_CHECKSUM_SIZE 65

/*
 * codist_dataset_checksum() writes the SHA-256 of all samples' bytes in order,
 * as 64 lower-case hexadecimal digits and a NUL.
 */
CODIST_API void codist_dataset_checksum(const struct codist_dataset *set,
					char text[CODIST_CHECKSUM_SIZE]);

/*
 * codist_data_directory() returns a folder in which loaders look, as a string
 * for free(), or NULL when there is none: $CODIST_DATA where that is set, else
 * $XDG_DATA_HOME/codist, else ~/.local/share/codist. It need not exist.
 */
CODIST_API char *codist_data_directory(void);

/*
 * codist_data_find() turns the name of a set into loader specs for its parts.
 *
 *   name    "mnist", a folder of IDX files, an IDX file of images, a folder
 *           with a folder for each class or with two such folders called train
 *           and test, a .npy file (with labels for images in its name, the
 *           labels are beside it), or a loader's spec such as
 *           "synthetic:n=100"
 *   train   receives a spec's text for free(), or NULL: no such part
 *   test    likewise
 *
 * What has no parts, a file or a loader without them, is for training. A
 * relative path by which nothing is there is looked for in the data directory;
 * and "mnist" may be that directory itself.
 *
 * CODIST_EMISSING: nothing by that name, with the places that were tried.
 * CODIST_EIO: images without labels, or the other way round.
 * CODIST_EFORMAT: a folder that could be read in two ways.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_data_find(const char *name, char **train, char **test,
		 struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
