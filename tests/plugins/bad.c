/*
 * bad.c - a plug-in in which something is wrong, see cli_plugin.sh
 *
 * What is right is replaced by -D.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#ifndef NAME
#define NAME "bad"
#endif
#ifndef SUMMARY
#define SUMMARY "not much"
#endif
#ifndef LIBRARY
#define LIBRARY "none"
#endif
#ifndef LENGTH
#define LENGTH length
#endif
#ifndef ENTRY
#define ENTRY codist_plugins_v1
#endif
#ifndef ABI
#define ABI CODIST_ABI
#endif
#ifndef MORE
#define MORE
#endif
#ifndef TRANSFORM
#define TRANSFORM .apply_image = apply_image
#endif
#ifndef SECOND
#define SECOND
#endif

struct config {
	int64_t number;
	double real;
	int choice;
	char *text;
};

#ifndef OPTION
#define OPTION .name = "number", .minimum = 1, .maximum = 2, .fallback = "1"
#endif

static const struct codist_option options[] = {
	{ .help = "what it is", OPTION },
	SECOND { .name = NULL },
};

static enum codist_status init(void *coder, const void *config,
			       struct codist_error *err)
{
	(void)coder;
	(void)config;
	(void)err;
	return CODIST_OK;
}

static void release(void *coder)
{
	(void)coder;
}

static enum codist_status length(void *coder, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	(void)coder;
	(void)err;
	*bits = 8 * (double)x.nbytes;
#ifdef CALLS
	CALLS();
#endif
	return CODIST_OK;
}

/* Used, or not, as it is asked for. */
enum codist_status (*const codist_bad_length)(void *, struct codist_bytes,
					      double *,
					      struct codist_error *) = length;

static const struct codist_backend backend = {
	.plugin = { .name = NAME, .summary = SUMMARY, .options = options,
		    .config_size = sizeof(struct config) },
	.library = LIBRARY,
	.init = init,
	.release = release,
	.length = LENGTH,
	MORE
};

#ifndef BACKENDS
#define BACKENDS &backend,
#endif

static enum codist_status apply_image(const void *config,
				      const struct codist_image *image,
				      unsigned char *out, size_t *n_out,
				      struct codist_error *err)
{
	(void)config;
	(void)image;
	(void)out;
	(void)err;
	*n_out = 0;
	return CODIST_OK;
}

static const struct codist_transform transform = {
	.plugin = { .name = "worse", .summary = "nothing is left" },
	TRANSFORM
};

#ifndef TRANSFORMS
#define TRANSFORMS &transform,
#endif

static const struct codist_transform *const transforms[] = { TRANSFORMS NULL };
static const struct codist_backend *const backends[] = { BACKENDS NULL };

const struct codist_plugin_set ENTRY = {
	.abi = ABI,
	.transforms = transforms,
	.backends = backends,
};
