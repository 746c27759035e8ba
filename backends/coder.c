/*
 * coder.c - a backend at work
 *
 * A backend without prime() compresses the prefix and x joined, each time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct codist_coder {
	const struct codist_backend *backend;
	void *state;                /* [backend->coder_size] */
	struct codist_bytes prefix; /* borrowed; of the fallback */
	unsigned char *joined;      /* prefix, then room for x; or NULL */
	size_t joined_capacity;
	int is_lost; /* prime() failed, and what it left is unknown */
	double base; /* of an empty x behind the prefix, once it was asked for */
	int has_base;
};

static const struct codist_backend *backend_of(const struct codist_spec *spec)
{
	return (const struct codist_backend *)spec->plugin;
}

enum codist_status codist_coder_new(struct codist_coder **coder,
				    const struct codist_spec *spec,
				    struct codist_error *err)
{
	const struct codist_backend *backend = backend_of(spec);
	struct codist_coder *made = calloc(1, sizeof(*made));
	enum codist_status status = CODIST_OK;

	*coder = NULL;
	assert(!backend->prime == !backend->length_primed);
	assert(!backend->is_dictionary || backend->prime);
	if (made)
		made->state = calloc(1, backend->coder_size ?
						backend->coder_size : 1);
	if (!made || !made->state)
		status = codist_no_memory(err, "a coder");
	else
		status = backend->init(made->state, spec->config, err);
	if (status != CODIST_OK) {
		if (made)
			free(made->state);
		free(made);
		return status;
	}
	made->backend = backend;
	*coder = made;
	return CODIST_OK;
}

void codist_coder_free(struct codist_coder *coder)
{
	if (!coder)
		return;
	coder->backend->release(coder->state);
	free(coder->state);
	free(coder->joined);
	free(coder);
}

enum codist_status codist_coder_length(struct codist_coder *coder,
				       struct codist_bytes x, double *bits,
				       struct codist_error *err)
{
	return coder->backend->length(coder->state, x, bits, err);
}

/* Room for the prefix and nbytes more, the prefix in its place. */
static enum codist_status make_room(struct codist_coder *coder, size_t nbytes,
				    struct codist_error *err)
{
	size_t total = coder->prefix.nbytes + nbytes;
	unsigned char *joined;

	if (total < nbytes)
		return codist_no_memory(err, "a prefix and a sample");
	if (total <= coder->joined_capacity)
		return CODIST_OK;
	joined = realloc(coder->joined, total);
	if (!joined)
		return codist_no_memory(err, "a prefix and a sample");
	coder->joined = joined;
	coder->joined_capacity = total;
	return CODIST_OK;
}

enum codist_status codist_coder_prime(struct codist_coder *coder,
				      struct codist_bytes prefix,
				      struct codist_error *err)
{
	enum codist_status status;

	coder->has_base = 0;
	if (coder->backend->prime) {
		status = coder->backend->prime(coder->state, prefix, err);
		coder->is_lost = status != CODIST_OK;
		return status;
	}
	coder->prefix = prefix;
	CODIST_TRY(make_room(coder, 1, err));
	if (prefix.nbytes)
		memcpy(coder->joined, prefix.data, prefix.nbytes);
	return CODIST_OK;
}

static enum codist_status check_prefix(const struct codist_coder *coder,
				       struct codist_error *err)
{
	if (!coder->is_lost)
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY,
			   "%s: there is no prefix, as the last one could not "
			   "be taken in", coder->backend->plugin.name);
}

enum codist_status codist_coder_length_primed(struct codist_coder *coder,
					      struct codist_bytes x,
					      const void *prepared,
					      double *bits,
					      struct codist_error *err)
{
	struct codist_bytes joined;

	CODIST_TRY(check_prefix(coder, err));
	if (coder->backend->length_primed)
		return coder->backend->length_primed(coder->state, x, prepared,
						     bits, err);
	CODIST_TRY(make_room(coder, x.nbytes, err));
	if (x.nbytes)
		memcpy(coder->joined + coder->prefix.nbytes, x.data, x.nbytes);
	joined.data = coder->joined;
	joined.nbytes = coder->prefix.nbytes + x.nbytes;
	return coder->backend->length(coder->state, joined, bits, err);
}

enum codist_status codist_coder_length_added(struct codist_coder *coder,
					     struct codist_bytes x,
					     const void *prepared, double *bits,
					     struct codist_error *err)
{
	const struct codist_bytes empty = { NULL, 0 };

	CODIST_TRY(check_prefix(coder, err));
	if (coder->backend->length_added)
		return coder->backend->length_added(coder->state, x, prepared,
						    bits, err);
	if (!coder->has_base)
		CODIST_TRY(codist_coder_length_primed(coder, empty, NULL,
						      &coder->base, err));
	coder->has_base = 1;
	CODIST_TRY(codist_coder_length_primed(coder, x, prepared, bits, err));
	*bits -= coder->base;
	return CODIST_OK;
}

size_t codist_backend_prepared_size(const struct codist_spec *backend,
				    size_t nbytes)
{
	const struct codist_backend *plugin = backend_of(backend);

	return plugin->prepared_size ?
		       plugin->prepared_size(backend->config, nbytes) :
		       0;
}

enum codist_status codist_coder_prepare(struct codist_coder *coder,
					struct codist_bytes x, void *prepared,
					struct codist_error *err)
{
	assert(coder->backend->prepare);
	return coder->backend->prepare(coder->state, x, prepared, err);
}

int codist_backend_is_dictionary(const struct codist_spec *backend)
{
	return backend_of(backend)->is_dictionary;
}

int codist_backend_takes_pictures(const struct codist_spec *backend)
{
	return backend_of(backend)->takes_pictures;
}

const char *codist_backend_library(const struct codist_spec *backend)
{
	return backend_of(backend)->library;
}

const char *codist_backend_version(const struct codist_spec *backend)
{
	const struct codist_backend *plugin = backend_of(backend);

	return plugin->version ? plugin->version() : "unknown";
}

double codist_backend_granularity(const struct codist_spec *backend)
{
	const struct codist_backend *plugin = backend_of(backend);

	return plugin->granularity ? plugin->granularity(backend->config) : 8;
}

const char *codist_backend_engine(const struct codist_spec *backend)
{
	const struct codist_backend *plugin = backend_of(backend);

	return plugin->engine ? plugin->engine(backend->config) : "library";
}

size_t codist_backend_memory(const struct codist_spec *backend, size_t prefix,
			     size_t query)
{
	const struct codist_backend *plugin = backend_of(backend);

	return plugin->memory ? plugin->memory(backend->config, prefix, query) :
				0;
}
