/*
 * contract_backend.c - what every backend promises
 *
 * The backend `command` runs cat here, see contract_text(): a program that
 * shortens nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contract.h"
#include "draw.h"

#include "base/frame.h"

#include <math.h>

static const struct contract_quick quick[] = {
	{ "brotli", "quality", "5" },
	{ "lzma", "dict_size", "65536" },
	{ "lzma-dict", "dict_size", "65536" },
	{ NULL, NULL, NULL },
};

/* A coder that takes more is not tried, in bytes. */
#define MEMORY_MOST ((size_t)1 << 30)

/* What cannot but be compressed, and what cannot be. */
#define N_ZEROS 5000
#define N_NOISE 300
static unsigned char zeros[N_ZEROS], noise_twice[2 * N_NOISE];

/* Prefixes and what follows them, in bytes. */
static const size_t sizes[][2] = {
	{ 0, 0 }, { 0, 300 }, { 300, 0 }, { 1, 1 }, { 300, 784 }, { 5000, 300 },
};
#define N_SIZES (sizeof(sizes) / sizeof(sizes[0]))

/* The most that is made of any of these where pictures are wanted. */
static unsigned char framed[2][2 * FRAMED_SIZE(N_ZEROS + 784)];

/* It repeats itself after 200 bytes, so that matches reach into the prefix. */
static unsigned char bytes[5300];

static int fill(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = i < 200 || i % 50 == 0 ? (unsigned char)draw(256) :
						    bytes[i - 200];
	for (size_t i = 0; i < N_NOISE; i++)
		noise_twice[i] = noise_twice[i + N_NOISE] =
			(unsigned char)draw(256);
	return 0;
}

static struct codist_coder *new_coder(const struct codist_spec *spec)
{
	struct codist_error err = { 0 };
	struct codist_coder *coder = NULL;

	if (codist_coder_new(&coder, spec, &err))
		fail_msg("%s", err.message);
	return coder;
}

static double length(struct codist_coder *coder, const unsigned char *x,
		     size_t nbytes)
{
	struct codist_error err = { 0 };
	double bits = NAN;

	if (codist_coder_length(coder, (struct codist_bytes){ x, nbytes },
				&bits, &err))
		fail_msg("%s", err.message);
	return bits;
}

/* What a backend is given in place of some bytes: pictures, if it takes them. */
static struct codist_bytes as_taken(const struct codist_spec *spec,
				    const unsigned char *x, size_t nbytes,
				    unsigned char *out)
{
	if (!codist_backend_takes_pictures(spec))
		return (struct codist_bytes){ x, nbytes };
	return (struct codist_bytes){ out, frame_pictures(out, x, nbytes) };
}

static double primed(struct codist_coder *coder, struct codist_bytes x,
		     const void *prepared)
{
	struct codist_error err = { 0 };
	double bits = NAN;

	if (codist_coder_length_primed(coder, x, prepared, &bits, &err))
		fail_msg("%s", err.message);
	return bits;
}

static double added(struct codist_coder *coder, struct codist_bytes x)
{
	struct codist_error err = { 0 };
	double bits = NAN;

	if (codist_coder_length_added(coder, x, NULL, &bits, &err))
		fail_msg("%s", err.message);
	return bits;
}

/* What one coder prepares, another may read. */
static double primed_by_prepared(const struct codist_spec *spec,
				 struct codist_coder *coder,
				 struct codist_coder *other,
				 struct codist_bytes x)
{
	size_t size = codist_backend_prepared_size(spec, x.nbytes);
	struct codist_error err = { 0 };
	void *prepared = size ? malloc(size) : NULL;
	double bits;

	if (size && (!prepared ||
		     codist_coder_prepare(other, x, prepared, &err)))
		fail_msg("%s", err.message);
	bits = primed(coder, x, prepared);
	free(prepared);
	return bits;
}

static double fresh_primed(const struct codist_spec *spec,
			   struct codist_bytes p, struct codist_bytes x)
{
	struct codist_coder *coder = new_coder(spec);
	double bits;

	if (codist_coder_prime(coder, p, NULL))
		fail_msg("cannot take in a prefix");
	bits = primed(coder, x, NULL);
	codist_coder_free(coder);
	return bits;
}

static void check_lengths(const struct codist_spec *spec, const char *text)
{
	double step = codist_backend_granularity(spec);
	struct codist_coder *coder, *other;

	if (strstr(text, "timeout=0.001")) /* may be too short even for cat */
		return;
	if (codist_backend_memory(spec, sizeof(bytes), sizeof(bytes)) >
	    MEMORY_MOST)
		return;
	if (strncmp(text, "zopfli:", 7) == 0 && !strstr(text, "iterations=1,"))
		return; /* seconds for each, or hours */
	promise(text, step > 0);
	coder = new_coder(spec);
	other = new_coder(spec);
	for (size_t i = 0; i < N_SIZES; i++) {
		struct codist_bytes p = as_taken(spec, bytes, sizes[i][0],
						 framed[0]);
		/* Both p and x are where they are joined. */
		struct codist_bytes x = as_taken(spec, bytes + sizes[i][0],
						 sizes[i][1],
						 framed[0] + p.nbytes);
		struct codist_bytes empty = { NULL, 0 };
		size_t n = p.nbytes + x.nbytes;
		double whole = length(other, p.data, n);
		double of_x = length(coder, x.data, x.nbytes);
		double of_p = length(coder, p.data, p.nbytes);

		promise(text, whole >= 0 && fmod(whole, step) == 0);
		promise(text, length(other, p.data, n) == whole);
		if (codist_backend_is_dictionary(spec)) {
			whole = fresh_primed(spec, p, x);
			of_p = fresh_primed(spec, p, empty);
		}
		if (codist_coder_prime(coder, p, NULL))
			fail_msg("%s: cannot take in a prefix", text);
		promise(text, added(coder, x) == whole - of_p);
		promise(text, primed(coder, x, NULL) == whole);
		promise(text, added(coder, x) == whole - of_p);
		promise(text, length(coder, x.data, x.nbytes) == of_x);
		promise(text, primed(coder, empty, NULL) == of_p);
		promise(text, primed(coder, x, NULL) == whole);
		promise(text, primed_by_prepared(spec, coder, other, x) ==
				      whole);
	}
	codist_coder_free(coder);
	codist_coder_free(other);
}

static void lengths_after_a_prefix_are_those_of_the_joined_bytes(void **state)
{
	(void)state;
	contract_specs(&codist_backends, check_lengths);
}

/* A program such as cat does not compress, and promises nothing of that. */
static void check_repetition(const struct codist_spec *spec, const char *text)
{
	struct codist_bytes noise = as_taken(spec, noise_twice, N_NOISE,
					     framed[0]);
	struct codist_bytes again = as_taken(spec, noise_twice + N_NOISE,
					     N_NOISE,
					     framed[0] + noise.nbytes);
	struct codist_bytes same = as_taken(spec, zeros, N_ZEROS, framed[1]);
	struct codist_coder *coder = new_coder(spec);
	double once = length(coder, noise.data, noise.nbytes);
	double twice = length(coder, noise.data, noise.nbytes + again.nbytes);

	if (length(coder, same.data, same.nbytes) < 8 * N_ZEROS)
		promise(text, twice - once < once);
	codist_coder_free(coder);
}

static void what_is_known_costs_less(void **state)
{
	(void)state;
	for (size_t i = 0; i < codist_backends.n_plugins; i++)
		contract_with(&codist_backends, codist_backends.plugins[i],
			      NULL, NULL, check_repetition);
}

/*
 * A command would be run some two thousand times, and zopfli takes minutes over
 * what repeats itself.
 */
static void check_properties(const struct codist_spec *spec, const char *text)
{
	struct codist_property properties[CODIST_N_PROPERTIES];

	if (strcmp(spec->plugin->name, "command") == 0 ||
	    strcmp(spec->plugin->name, "zopfli") == 0)
		return;
	promise(text, codist_backend_check(spec, properties, NULL) ==
			      CODIST_OK);
	for (size_t i = 0; i < CODIST_N_PROPERTIES; i++)
		if (properties[i].verdict == CODIST_FAILS)
			fail_msg("%s: %s: %s", text, properties[i].name,
				 properties[i].detail);
}

static void backends_keep_what_check_backend_looks_for(void **state)
{
	static const char *const further[] = {
		"deflate:level=1", "deflate:level=9,wbits=-9,unit=bit",
	};

	(void)state;
	for (size_t i = 0; i < codist_backends.n_plugins; i++)
		contract_with(&codist_backends, codist_backends.plugins[i],
			      NULL, NULL, check_properties);
	for (size_t i = 0; i < sizeof(further) / sizeof(further[0]); i++)
		contract_spec(&codist_backends, further[i], 1,
			      check_properties);
}

static void backends_say_what_they_are_and_lack_no_function(void **state)
{
	(void)state;
	for (size_t i = 0; i < codist_backends.n_plugins; i++) {
		const struct codist_backend *b =
			(const struct codist_backend *)
				codist_backends.plugins[i];
		const char *name = b->plugin.name;

		contract_phrase(name, b->library);
		promise(name, !b->version || *b->version());
		promise(name, b->init && b->release && b->length);
		promise(name, !b->prime == !b->length_primed);
		promise(name, !b->prepare == !b->prepared_size);
		promise(name, !b->prepare || b->prime);
		promise(name, !b->length_added || b->prime);
		promise(name, !b->is_dictionary || b->prime);
	}
}

static void tables_are_sound(void **state)
{
	(void)state;
	contract_tables(&codist_backends);
	contract_refusals(&codist_backends);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_after_a_prefix_are_those_of_the_joined_bytes),
		cmocka_unit_test(what_is_known_costs_less),
		cmocka_unit_test(backends_keep_what_check_backend_looks_for),
		cmocka_unit_test(
			backends_say_what_they_are_and_lack_no_function),
		cmocka_unit_test(tables_are_sound),
	};

	contract_quick = quick;
	return cmocka_run_group_tests(tests, fill, NULL);
}
