/*
 * golden.c - a digest of lengths, and what is known of versions
 *
 * Nothing here can change without changing all digests. The pieces are small,
 * since to some compressors a thousand bytes are many milliseconds. They are
 * drawn by a seed, one of few that were tried, by which the levels of zlib
 * 1.2.13 all differ.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/digest.h"
#include "base/frame.h"
#include "base/material.h"
#include "base/text.h"

#include <codist/golden.h>

#include <stdlib.h>
#include <string.h>

static const struct piece {
	enum material kind;
	size_t prefix, sample; /* bytes; the sample goes on where it ends */
} pieces[] = {
	{ NOISE, 0, 0 },
	{ NOISE, 0, 1 },
	{ NOISE, 0, 100 },
	{ NOTHING, 0, 5000 },
	{ GREY, 0, 784 },
	{ FOUR_VALUES, 0, 300 },
	{ WORDS, 900, 300 },
	{ TWO_VALUES, 1568, 784 },
	{ COPIES, 900, 400 },
	{ COLLISIONS, 200, 100 },
};

#define MOST_BYTES 5000

static const struct known {
	const char *backend; /* as codist_spec_brief() spells it */
	const char *version, *digest;
} known[] = {
#define CODIST_GOLDEN(backend, version, digest) { backend, version, digest },
#include "golden_list.h"
#undef CODIST_GOLDEN
};

#define N_KNOWN (sizeof(known) / sizeof(known[0]))

static void add(struct codist_digest *digest, double bits)
{
	char text[CODIST_REAL_SIZE + 1];

	codist_format_real(bits, text);
	strcat(text, "\n");
	codist_digest_add(digest, (struct codist_bytes){
					  (const unsigned char *)text,
					  strlen(text) });
}

static enum codist_status add_piece(struct codist_digest *digest,
				    struct codist_coder *coder,
				    struct codist_bytes prefix,
				    struct codist_bytes sample,
				    struct codist_error *err)
{
	double bits;

	CODIST_TRY(codist_coder_length(coder, sample, &bits, err));
	add(digest, bits);
	if (prefix.nbytes == 0)
		return CODIST_OK;
	CODIST_TRY(codist_coder_prime(coder, prefix, err));
	CODIST_TRY(codist_coder_length_primed(coder, sample, NULL, &bits,
					      err));
	add(digest, bits);
	return CODIST_OK;
}

/* Prefix and sample behind it, as pictures. */
static enum codist_status add_framed(struct codist_digest *digest,
				     struct codist_coder *coder,
				     const unsigned char *bytes,
				     const struct piece *piece,
				     struct codist_error *err)
{
	unsigned char *prefix = malloc(FRAMED_SIZE(piece->prefix));
	unsigned char *sample = malloc(FRAMED_SIZE(piece->sample));
	enum codist_status status;

	if (!prefix || !sample)
		status = codist_no_memory(err, "pictures to compress");
	else
		status = add_piece(
			digest, coder,
			(struct codist_bytes){
				prefix, frame_pictures(prefix, bytes,
						       piece->prefix) },
			(struct codist_bytes){
				sample, frame_pictures(sample,
						       bytes + piece->prefix,
						       piece->sample) }, err);
	free(prefix);
	free(sample);
	return status;
}

static enum codist_status digest_lengths(char text[CODIST_DIGEST_SIZE],
					 struct codist_coder *coder,
					 int takes_pictures,
					 struct codist_error *err)
{
	unsigned char *bytes = malloc(MOST_BYTES);
	struct codist_digest digest;
	enum codist_status status = CODIST_OK;
	uint64_t state = 1977;

	if (!bytes)
		return codist_no_memory(err, "bytes to compress");
	codist_digest_init(&digest);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]) &&
			   status == CODIST_OK; i++) {
		const struct piece *piece = &pieces[i];

		make_material(bytes, piece->prefix + piece->sample,
			      piece->kind, &state);
		if (takes_pictures)
			status = add_framed(&digest, coder, bytes, piece, err);
		else
			status = add_piece(
				&digest, coder,
				(struct codist_bytes){ bytes, piece->prefix },
				(struct codist_bytes){ bytes + piece->prefix,
						       piece->sample }, err);
	}
	codist_digest_text(&digest, text);
	free(bytes);
	return status;
}

/*
 * The spec as the list has it, for free(): without engine=, by which lengths do
 * not change, and which is the last option of those that have it.
 */
static char *key_of(const struct codist_spec *backend)
{
	char *key = codist_spec_brief(backend);
	char *engine = key ? strstr(key, "engine=") : NULL;

	if (engine)
		engine[-1] = '\0';
	return key;
}

static enum codist_status compare(struct codist_golden *golden,
				  const struct codist_spec *backend,
				  struct codist_error *err)
{
	const char *version = codist_backend_version(backend);
	char *key = key_of(backend);

	if (!key)
		return codist_no_memory(err, "a name");
	for (size_t i = 0; i < N_KNOWN; i++) {
		int is_same = strcmp(known[i].digest, golden->digest) == 0;

		if (strcmp(known[i].backend, key) != 0)
			continue;
		if (strcmp(known[i].version, version) == 0) {
			golden->verdict = is_same ? CODIST_GOLDEN_AS_KNOWN :
						    CODIST_GOLDEN_DIFFERS;
			golden->version = known[i].version;
			break;
		}
		if (golden->verdict == CODIST_GOLDEN_AS_OTHER_VERSION)
			continue;
		golden->verdict =
			is_same ? CODIST_GOLDEN_AS_OTHER_VERSION :
				  CODIST_GOLDEN_UNLIKE_OTHER_VERSION;
		golden->version = known[i].version;
	}
	free(key);
	return CODIST_OK;
}

enum codist_status codist_golden_measure(struct codist_golden *golden,
					 const struct codist_spec *backend,
					 struct codist_error *err)
{
	char text[CODIST_DIGEST_SIZE];
	struct codist_coder *coder;
	enum codist_status status;

	*golden = (struct codist_golden){ 0 };
	CODIST_TRY(codist_coder_new(&coder, backend, err));
	status = digest_lengths(text, coder,
				codist_backend_takes_pictures(backend), err);
	codist_coder_free(coder);
	CODIST_TRY(status);
	memcpy(golden->digest, text, CODIST_GOLDEN_SIZE - 1);
	return compare(golden, backend, err);
}
