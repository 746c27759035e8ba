/*
 * contract_datasets.c - what every loader, transform and reference promises
 *
 * Loaders are only tried where they need no file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contract.h"

#define N_SAMPLES 23
#define N_CLASSES 3
#define GUARD 0x5a

/* A set of samples that can be told apart, of uneven classes. */
static void make_set(struct codist_dataset *set, size_t nbytes)
{
	if (codist_dataset_allocate(set, "made", N_SAMPLES, N_CLASSES,
				    N_SAMPLES * nbytes, NULL))
		fail();
	for (size_t i = 0; i < N_SAMPLES; i++) {
		for (size_t j = 0; j < nbytes; j++)
			set->bytes[i * nbytes + j] =
				(unsigned char)(31 * i + 7 * j);
		set->starts[i + 1] = (i + 1) * nbytes;
		set->labels[i] = (unsigned)(i * i % N_CLASSES);
	}
	set->labels[N_SAMPLES - 1] = 2; /* no square is 2 modulo 3 */
	for (size_t c = 0; c < N_CLASSES; c++)
		set->class_names[c] = calloc(2, 1);
	set->rank = 1;
	set->dimensions[0] = nbytes;
}

/* With all options at their defaults, or the least that has to be given. */
static void begin(struct codist_spec *spec,
		  const struct codist_registry *registry,
		  const struct codist_plugin *plugin)
{
	char text[CONTRACT_TEXT_SIZE];
	struct codist_error err = { 0 };

	contract_text(text, plugin, NULL, NULL);
	if (codist_spec_init(spec, registry, text, &err))
		fail_msg("%s", err.message);
}

static void tables_are_sound(void **state)
{
	(void)state;
	contract_tables(&codist_loaders);
	contract_tables(&codist_transforms);
	contract_tables(&codist_references);
}

/* What x becomes: as many bytes as is said, the same again, none beyond. */
static void apply_twice(const struct codist_spec *spec, struct codist_bytes x)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;
	const char *name = spec->plugin->name;
	unsigned char out[2][4096];
	size_t size = transform->size ? transform->size(spec->config,
							x.nbytes) : x.nbytes;
	size_t n;

	promise(name, size < sizeof(out[0]));
	memset(out[0], GUARD, sizeof(out[0]));
	memset(out[1], GUARD ^ 255, sizeof(out[1]));
	n = transform->apply(spec->config, x, out[0]);
	promise(name, n <= size);
	promise(name, transform->varies || n == size);
	promise(name, transform->apply(spec->config, x, out[1]) == n);
	promise(name, memcmp(out[0], out[1], n) == 0);
	for (size_t i = size; i < sizeof(out[0]); i++)
		promise(name, out[0][i] == GUARD);
}

static int is_of_images(const struct codist_spec *spec)
{
	return ((const struct codist_transform *)spec->plugin)->apply_image !=
	       NULL;
}

/* The same of images; a binary one is what all of them take. */
static void apply_image_twice(const struct codist_spec *spec,
			      const struct codist_image *image)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;
	const char *name = spec->plugin->name;
	unsigned char out[2][4096];
	size_t size = transform->image_size ?
		transform->image_size(spec->config, image->height,
				      image->width) :
		image->height * image->width;
	size_t n[2];

	promise(name, size < sizeof(out[0]));
	memset(out[0], GUARD, sizeof(out[0]));
	memset(out[1], GUARD ^ 255, sizeof(out[1]));
	for (size_t i = 0; i < 2; i++)
		promise(name, transform->apply_image(spec->config, image,
						     out[i], &n[i], NULL) ==
				      CODIST_OK);
	promise(name, n[0] <= size && n[0] == n[1]);
	promise(name, transform->varies || n[0] == size);
	promise(name, memcmp(out[0], out[1], n[0]) == 0);
	for (size_t i = size; i < sizeof(out[0]); i++)
		promise(name, out[0][i] == GUARD);
}

/* As many pixels as the image has, and the same ones each time. */
static void copy_twice(const struct codist_spec *spec,
		       const struct codist_image *image, size_t copy)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;
	const char *name = spec->plugin->name;
	unsigned char out[2][17 * 17 + 1];
	size_t n = image->height * image->width;

	memset(out[0], GUARD, sizeof(out[0]));
	memset(out[1], GUARD ^ 255, sizeof(out[1]));
	for (size_t i = 0; i < 2; i++)
		transform->apply_copy(spec->config, image, copy, out[i]);
	promise(name, memcmp(out[0], out[1], n) == 0);
	promise(name, out[0][n] == GUARD);
}

/* An odd number, of which the middle one is what all other samples become. */
static void copy_image(const struct codist_spec *spec,
		       const struct codist_image *image)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;
	const char *name = spec->plugin->name;
	unsigned char copy[17 * 17], out[17 * 17];
	size_t n = image->height * image->width, n_out, n_copies;

	promise(name, !transform->n_copies == !transform->apply_copy);
	if (!transform->n_copies)
		return;
	n_copies = transform->n_copies(spec->config);
	promise(name, n_copies % 2 == 1);
	promise(name, transform->makes == CODIST_MAKES_IMAGE);
	for (size_t i = 0; i < n_copies; i++)
		copy_twice(spec, image, i);
	transform->apply_copy(spec->config, image, (n_copies - 1) / 2, copy);
	promise(name, transform->apply_image(spec->config, image, out, &n_out,
					     NULL) == CODIST_OK);
	promise(name, n_out == n && memcmp(copy, out, n) == 0);
}

static void apply_to_images(const struct codist_spec *spec)
{
	unsigned char pixels[17 * 17];

	for (unsigned kind = 0; kind < 4; kind++) {
		for (size_t i = 0; i < sizeof(pixels); i++)
			pixels[i] = (unsigned char)(
				kind == 3 ? i * i % 7 % 2 :
				kind == 2 ? i % 2 : kind * 255);
		for (size_t height = 0; height <= 17; height++)
			for (size_t width = 0; width <= 17; width++) {
				const struct codist_image image = {
					pixels, height, width,
				};

				apply_image_twice(spec, &image);
				copy_image(spec, &image);
			}
	}
}

static void a_transform_writes_as_many_bytes_as_it_says(void **state)
{
	static const char text[] =
		"&#0;&#128;&#2048;&#65536;&#xfffff;&amp;lt;  <b a='>'> <\t&"
		"  <!--> <!---> <!-- -- --> A&#;&#x;&#1 &lt <?x?></i =\" <";
	unsigned char x[100];

	(void)state;
	for (size_t i = 0; i < sizeof(x); i++)
		x[i] = (unsigned char)(37 * i);
	for (size_t t = 0; t < codist_transforms.n_plugins; t++) {
		struct codist_spec spec;

		begin(&spec, &codist_transforms, codist_transforms.plugins[t]);
		if (is_of_images(&spec)) {
			apply_to_images(&spec);
			codist_spec_release(&spec);
			continue;
		}
		for (size_t n = 0; n <= sizeof(x); n++)
			apply_twice(&spec,
				    (struct codist_bytes){ n ? x : NULL, n });
		for (size_t from = 0; from < sizeof(text); from++)
			for (size_t n = 0; from + n < sizeof(text); n++)
				apply_twice(&spec, (struct codist_bytes){
					(const unsigned char *)text + from,
					n });
		codist_spec_release(&spec);
	}
}

/* Samples of one dimension; nothing of the set is changed. */
static void refuse_what_is_no_image(const struct codist_spec *spec,
				    struct codist_dataset *set)
{
	promise(spec->plugin->name, codist_dataset_transform(set, spec, NULL) ==
					    CODIST_EFORMAT);
	promise(spec->plugin->name, set->rank == 1 && set->bytes[1] == 7);
	set->rank = 0;
	promise(spec->plugin->name, codist_dataset_transform(set, spec, NULL) ==
					    CODIST_EFORMAT);
}

static void a_transformed_set_keeps_its_samples_and_labels(void **state)
{
	(void)state;
	for (size_t t = 0; t < codist_transforms.n_plugins; t++) {
		const struct codist_plugin *plugin =
			codist_transforms.plugins[t];
		const struct codist_transform *transform =
			(const struct codist_transform *)plugin;
		struct codist_dataset before, after;
		struct codist_spec spec;
		unsigned char out[4096];

		begin(&spec, &codist_transforms, plugin);
		make_set(&before, 20);
		make_set(&after, 20);
		if (is_of_images(&spec)) {
			refuse_what_is_no_image(&spec, &after);
			codist_dataset_release(&before);
			codist_dataset_release(&after);
			codist_spec_release(&spec);
			continue;
		}
		promise(plugin->name,
			!codist_dataset_transform(&after, &spec, NULL));
		promise(plugin->name, after.n_samples == before.n_samples);
		promise(plugin->name, transform->varies == (after.rank == 0));
		for (size_t i = 0; i < before.n_samples; i++) {
			struct codist_bytes x = codist_dataset_sample(&after,
								      i);
			size_t n = transform->apply(
				spec.config, codist_dataset_sample(&before, i),
				out);

			promise(plugin->name, x.nbytes == n);
			promise(plugin->name,
				memcmp(x.data, out, x.nbytes) == 0);
			promise(plugin->name,
				after.labels[i] == before.labels[i]);
		}
		codist_dataset_release(&before);
		codist_dataset_release(&after);
		codist_spec_release(&spec);
	}
}

/* The samples of a class, joined in data set order: what references hold. */
static size_t join_class(const struct codist_dataset *set, unsigned c,
			 unsigned char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);

		if (set->labels[i] != c)
			continue;
		memcpy(out + n, x.data, x.nbytes);
		n += x.nbytes;
	}
	return n;
}

static size_t join_references(const struct codist_reference_set *references,
			      unsigned c, unsigned char *out)
{
	size_t n = 0;

	for (size_t r = 0; r < references->n_references; r++) {
		struct codist_bytes bytes = references->bytes_of[r];

		if (references->class_of[r] != c)
			continue;
		memcpy(out + n, bytes.data, bytes.nbytes);
		n += bytes.nbytes;
	}
	return n;
}

static void every_sample_is_in_one_reference_of_its_class(void **state)
{
	unsigned char expected[N_SAMPLES * 20], found[N_SAMPLES * 20];

	(void)state;
	for (size_t t = 0; t < codist_references.n_plugins; t++) {
		const struct codist_plugin *plugin =
			codist_references.plugins[t];
		struct codist_reference_set references;
		struct codist_dataset set;
		struct codist_spec spec;
		size_t n_samples = 0;

		begin(&spec, &codist_references, plugin);
		make_set(&set, 20);
		promise(plugin->name, !codist_references_cut(&references, &spec,
							     &set, NULL));
		for (size_t r = 0; r < references.n_references; r++) {
			promise(plugin->name, references.samples_in[r] > 0);
			promise(plugin->name,
				references.bytes_of[r].nbytes ==
					20 * references.samples_in[r]);
			n_samples += references.samples_in[r];
		}
		promise(plugin->name, n_samples == N_SAMPLES);
		for (unsigned c = 0; c < N_CLASSES; c++) {
			size_t n = join_class(&set, c, expected);

			promise(plugin->name,
				join_references(&references, c, found) == n);
			promise(plugin->name, memcmp(found, expected, n) == 0);
		}
		codist_references_release(&references);
		codist_dataset_release(&set);
		codist_spec_release(&spec);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(a_transform_writes_as_many_bytes_as_it_says),
		cmocka_unit_test(
			a_transformed_set_keeps_its_samples_and_labels),
		cmocka_unit_test(every_sample_is_in_one_reference_of_its_class),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
