/*
 * options.c - what can be said of a stream of liblzma's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "options.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>

static const lzma_check checks[] = { LZMA_CHECK_CRC64, LZMA_CHECK_CRC32,
				     LZMA_CHECK_SHA256, LZMA_CHECK_NONE };
static const char *const check_names[] = { "crc64", "crc32", "sha256", "none",
					   NULL };
static const lzma_mode modes[] = { 0, LZMA_MODE_FAST, LZMA_MODE_NORMAL };
static const char *const mode_names[] = { "preset", "fast", "normal", NULL };
static const lzma_match_finder finders[] = { 0, LZMA_MF_HC3, LZMA_MF_HC4,
					     LZMA_MF_BT2, LZMA_MF_BT3,
					     LZMA_MF_BT4 };
static const char *const finder_names[] = { "preset", "hc3", "hc4", "bt2",
					    "bt3", "bt4", NULL };

/* 0 when liblzma does not know the preset. */
static int fill(lzma_options_lzma *options, const struct codist_lzma_config *c)
{
	uint32_t preset = (uint32_t)c->preset;

	if (lzma_lzma_preset(options,
			     c->extreme ? preset | LZMA_PRESET_EXTREME :
					  preset))
		return 0;
	if (c->dict_size > 0)
		options->dict_size = (uint32_t)c->dict_size;
	if (c->nice_len > 0)
		options->nice_len = (uint32_t)c->nice_len;
	if (c->lc >= 0)
		options->lc = (uint32_t)c->lc;
	if (c->lp >= 0)
		options->lp = (uint32_t)c->lp;
	if (c->pb >= 0)
		options->pb = (uint32_t)c->pb;
	if (c->depth >= 0)
		options->depth = (uint32_t)c->depth;
	if (c->mode)
		options->mode = modes[c->mode];
	if (c->mf)
		options->mf = finders[c->mf];
	return 1;
}

void codist_lzma_options_of(lzma_options_lzma *options,
			    const struct codist_lzma_config *config)
{
	if (!fill(options, config))
		abort(); /* the check has passed */
}

void codist_lzma_filters_of(lzma_filter filters[2],
			    const struct codist_lzma_config *config,
			    lzma_options_lzma *options)
{
	int is_first = config->container == CODIST_LZMA1 ||
		       config->container == CODIST_LZMA_ALONE;

	filters[0].id = is_first ? LZMA_FILTER_LZMA1 : LZMA_FILTER_LZMA2;
	filters[0].options = options;
	filters[1].id = LZMA_VLI_UNKNOWN;
	filters[1].options = NULL;
}

lzma_check codist_lzma_check_of(const struct codist_lzma_config *config)
{
	return checks[config->check];
}

uint64_t codist_lzma_encoder_size(const struct codist_lzma_config *config)
{
	lzma_options_lzma options;
	lzma_filter filters[2];

	if (!fill(&options, config))
		return UINT64_MAX;
	codist_lzma_filters_of(filters, config, &options);
	return lzma_raw_encoder_memusage(filters);
}

static enum codist_status check_dict_size(const struct codist_lzma_config *c,
					  struct codist_error *err)
{
	const int64_t most = ((int64_t)1 << 30) + ((int64_t)1 << 29);

	if (c->dict_size == 0 ||
	    (c->dict_size >= LZMA_DICT_SIZE_MIN && c->dict_size <= most))
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "lzma: dict_size=%" PRId64 ", liblzma %s expects "
			   "%" PRIu32 "..%" PRId64 ", or 0 for the preset's",
			   c->dict_size, lzma_version_string(),
			   LZMA_DICT_SIZE_MIN, most);
}

static enum codist_status check_literals(const lzma_options_lzma *options,
					 struct codist_error *err)
{
	if (options->lc + options->lp <= LZMA_LCLP_MAX)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "lzma: lc=%" PRIu32 ",lp=%" PRIu32 ", liblzma %s "
			   "expects lc + lp to be at most %d",
			   options->lc, options->lp, lzma_version_string(),
			   LZMA_LCLP_MAX);
}

/* A liblzma can be built without some of what it knows. */
static enum codist_status check_features(const struct codist_lzma_config *c,
					 const lzma_options_lzma *options,
					 struct codist_error *err)
{
	const char *name, *value;

	if (c->container == CODIST_LZMA_XZ && !lzma_check_is_supported(checks[c->check])) {
		name = "check";
		value = check_names[c->check];
	} else if (!lzma_mf_is_supported(options->mf)) {
		name = "mf";
		value = finder_names[c->mf];
	} else if (!lzma_mode_is_supported(options->mode)) {
		name = "mode";
		value = mode_names[c->mode];
	} else {
		return CODIST_OK;
	}
	return codist_fail(err, CODIST_EUSAGE,
			   "lzma: %s=%s, which this liblzma %s was built "
			   "without",
			   name, value, lzma_version_string());
}

enum codist_status codist_lzma_check(const void *config,
				     struct codist_error *err)
{
	const struct codist_lzma_config *c = config;
	lzma_options_lzma options;

	CODIST_TRY(check_dict_size(c, err));
	if (c->container != CODIST_LZMA_XZ && c->check != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "lzma: check=%s, but only container=xz has "
				   "a check",
				   check_names[c->check]);
	if (!fill(&options, c))
		return codist_fail(err, CODIST_EUSAGE,
				   "lzma: preset=%" PRId64 ", which liblzma %s "
				   "does not have",
				   c->preset, lzma_version_string());
	CODIST_TRY(check_literals(&options, err));
	CODIST_TRY(check_features(c, &options, err));
	if (c->nice_len == 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "lzma: nice_len=1, liblzma %s expects "
				   "2..273, or 0 for the preset's",
				   lzma_version_string());
	if (codist_lzma_encoder_size(c) < SIZE_MAX / 4)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "lzma: liblzma %s refuses these options",
			   lzma_version_string());
}

static const char *const containers[] = { "lzma1", "lzma2", "alone", "xz",
					  NULL };
static const char *const raw_containers[] = { "lzma1", "lzma2", NULL };
static const char *const switches[] = { "off", "on", NULL };

#define FIELD(name) .offset = offsetof(struct codist_lzma_config, name)

#define LZMA_OPTIONS \
	{ .name = "preset", .type = CODIST_INTEGER, FIELD(preset), \
	  .minimum = 0, .maximum = 9, .fallback = "6", \
	  .help = "effort, and the size of the dictionary" }, \
	{ .name = "extreme", .type = CODIST_CHOICE, FIELD(extreme), \
	  .choices = switches, .fallback = "off", \
	  .help = "more effort, with the same dictionary" }, \
	{ .name = "dict_size", .type = CODIST_INTEGER, FIELD(dict_size), \
	  .minimum = 0, .maximum = 1610612736, .fallback = "0", \
	  .help = "how far back a match may lie, in bytes, from 4096; 0: " \
		  "the preset's" }, \
	{ .name = "lc", .type = CODIST_INTEGER, FIELD(lc), \
	  .minimum = -1, .maximum = LZMA_LCLP_MAX, .fallback = "-1", \
	  .help = "bits of the byte before that a literal is coded by; " \
		  "-1: the preset's" }, \
	{ .name = "lp", .type = CODIST_INTEGER, FIELD(lp), \
	  .minimum = -1, .maximum = LZMA_LCLP_MAX, .fallback = "-1", \
	  .help = "bits of the position that a literal is coded by; -1: " \
		  "the preset's" }, \
	{ .name = "pb", .type = CODIST_INTEGER, FIELD(pb), \
	  .minimum = -1, .maximum = LZMA_PB_MAX, .fallback = "-1", \
	  .help = "bits of the position that all else is coded by; -1: " \
		  "the preset's" }, \
	{ .name = "mode", .type = CODIST_CHOICE, FIELD(mode), \
	  .choices = mode_names, .fallback = "preset", \
	  .help = "how matches are chosen: at once, or by their price" }, \
	{ .name = "nice_len", .type = CODIST_INTEGER, FIELD(nice_len), \
	  .minimum = 0, .maximum = 273, .fallback = "0", \
	  .help = "a match that long is good enough, from 2; 0: the " \
		  "preset's" }, \
	{ .name = "mf", .type = CODIST_CHOICE, FIELD(mf), \
	  .choices = finder_names, .fallback = "preset", \
	  .help = "how matches are found: by hash chains or binary trees, " \
		  "over 2 to 4 bytes" }, \
	{ .name = "depth", .type = CODIST_INTEGER, FIELD(depth), \
	  .minimum = -1, .maximum = 4294967295, .fallback = "-1", \
	  .help = "tries for each match; 0: liblzma chooses by mf and " \
		  "nice_len, -1: the preset's" }

const struct codist_option codist_lzma_options[] = {
	{ .name = "container", .type = CODIST_CHOICE, FIELD(container),
	  .choices = containers, .fallback = "xz",
	  .help = "xz and alone (.lzma) are files, the others raw streams; "
		  "lzma2 and xz are of LZMA2, the others of LZMA1. An xz is "
		  "padded to multiples of 4 bytes" },
	{ .name = "check", .type = CODIST_CHOICE, FIELD(check),
	  .choices = check_names, .fallback = "crc64",
	  .help = "the checksum in an xz" },
	LZMA_OPTIONS,
	{ .name = NULL },
};

const struct codist_option codist_lzma_dict_options[] = {
	{ .name = "container", .type = CODIST_CHOICE, FIELD(container),
	  .choices = raw_containers, .fallback = "lzma2",
	  .help = "a raw stream of LZMA1 or LZMA2; no file can have a "
		  "dictionary" },
	LZMA_OPTIONS,
	{ .name = NULL },
};
