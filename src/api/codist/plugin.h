/*
 * codist/plugin.h - the head that all plug-ins share, and specs that name them
 *
 * Each of the doors (backend, loader, transform, reference, measure,
 * aggregator) takes plug-ins of its own struct, and every such struct begins
 * with a struct codist_plugin: a name, a line of summary and a table of
 * options. From the table the core parses and checks options, fills the
 * plug-in's config, prints help, and writes specs back in canonical form.
 *
 * A spec is written the same way everywhere:
 *
 *     name                            all options at their defaults
 *     name:key=value,key=value        deflate:level=9,wbits=-10
 *     name:value,key=value            idx:mnist/train,limit=100
 *
 * The last form is for plug-ins with a positional option. In a value, "\,"
 * stands for a comma and "\\" for a backslash.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_PLUGIN_H
#define CODIST_PLUGIN_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What an option holds, and the C type of its field in the config. */
enum codist_option_type {
	CODIST_INTEGER, /* int64_t, within minimum..maximum */
	CODIST_REAL,    /* double, finite, within minimum..maximum */
	CODIST_CHOICE,  /* int, index into `choices` */
	CODIST_TEXT,    /* char *, never NULL; owned by the config */
};

/*
 * One option. `fallback` is the default, spelled as a user would; NULL makes
 * the option one that must be given. A table ends with a NULL name.
 */
struct codist_option {
	const char *name;
	enum codist_option_type type;
	size_t offset;              /* of the field in the config */
	double minimum, maximum;    /* integers (at most 2^53) and reals */
	/*
	 * NULL-terminated; of a CODIST_CHOICE. A CODIST_REAL may have one, a
	 * word that leaves the value open: the field is NAN then, and the spec
	 * is no good for a pipeline until somebody has settled it, as studies do
	 * with what they fit. Else NULL.
	 */
	const char *const *choices;
	const char *fallback;
	const char *help;           /* a phrase, no full stop */
	int positional;             /* 1: may be given first, without key= */
};

/*
 * The head of every plug-in. All of it is constant data, and lives as long as
 * the process.
 */
struct codist_plugin {
	const char *name;                    /* lower case, a-z 0-9 - */
	const char *summary;                 /* a line, no full stop */
	const struct codist_option *options; /* NULL: takes none */
	size_t config_size;                  /* 0: no config */
	/*
	 * Optional: refuse combinations that no single range can express.
	 * Called once after the config is filled.
	 */
	enum codist_status (*check)(const void *config,
				    struct codist_error *err);
};

/* A plug-in that this build lacks, and what it would have needed. */
struct codist_absent {
	const char *name;
	const char *needs; /* "liblzma (Debian: liblzma-dev)" */
};

/* The plug-ins of one door. */
struct codist_registry {
	const char *door;                            /* "backend" */
	const char *plural;                          /* "backends" */
	const struct codist_plugin *const *plugins;  /* [n_plugins] */
	size_t n_plugins;
	const struct codist_absent *absent; /* [n_absent]; NULL if that is 0 */
	size_t n_absent;
};

/*
 * The registries, one for each door, with the plug-ins in the order in which
 * they are listed: libcodist's own, then those of codist_plugin_load(), which
 * alone writes here.
 */
extern CODIST_API struct codist_registry codist_loaders;
extern CODIST_API struct codist_registry codist_transforms;
extern CODIST_API struct codist_registry codist_references;
extern CODIST_API struct codist_registry codist_measures;
extern CODIST_API struct codist_registry codist_backends;
extern CODIST_API struct codist_registry codist_aggregators;

/*
 * codist_registry_find() returns the plug-in of that name, or NULL.
 * Safe from any thread.
 */
CODIST_API const struct codist_plugin *
codist_registry_find(const struct codist_registry *registry, const char *name);

/*
 * A plug-in together with a filled config: what a spec's text means. After
 * codist_spec_init() it is read-only, and any number of threads may use it.
 */
struct codist_spec {
	const struct codist_plugin *plugin;
	void *config; /* [plugin->config_size] bytes; NULL if that is 0 */
};

/*
 * codist_spec_init() parses `text` into `spec`.
 *
 *   registry   where the name is looked up
 *   text       as described at the top of this file
 *
 * CODIST_EUSAGE: an unknown name or option (the nearest valid one is named),
 * an option given twice or missing, a value that does not parse or is out of
 * range, or what the plug-in's own check refuses. On failure there is nothing
 * to release.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_spec_init(struct codist_spec *spec,
		 const struct codist_registry *registry, const char *text,
		 struct codist_error *err);

/* codist_spec_release() frees the config. Harmless on a zeroed spec. */
CODIST_API void codist_spec_release(struct codist_spec *spec);

/*
 * codist_specs_init() parses a list of specs with commas between them:
 *
 *     deflate:level=6|9,wbits=15|-15,bzip2,lzma:preset=6
 *
 * What has a '=' before any ':' is an option of the spec before it, and all
 * else begins a spec. A value may have alternatives, with '|' between; such a
 * spec stands for all combinations of them, those of later options changing
 * faster. "\|" stands for the character itself, like the other escapes.
 *
 *   specs   receives [n], for codist_specs_release()
 *
 * Errors as of codist_spec_init(), and CODIST_EUSAGE for an empty list.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_specs_init(struct codist_spec **specs, size_t *n,
		  const struct codist_registry *registry, const char *text,
		  struct codist_error *err);

/*
 * codist_chain_add() parses specs that apply in order, as in "binarize + pack",
 * and adds them to specs[*n]; "none" is none of them. Behind options the '+' has a
 * blank on both sides, as values may have one; behind a name alone it need not.
 *
 *   specs   of malloc(), or NULL if *n is 0; for codist_specs_release(), whatever
 *           is returned
 *
 * Errors as of codist_spec_init().
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_chain_add(struct codist_spec **specs, size_t *n,
		 const struct codist_registry *registry, const char *text,
		 struct codist_error *err);

/* codist_specs_release() frees specs[n]; NULL is fine if n is 0. */
CODIST_API void codist_specs_release(struct codist_spec *specs, size_t n);

/*
 * codist_spec_text() writes the spec in canonical form: every option by its
 * key in table order, defaults included; "deflate:level=9,wbits=15,...".
 * Returns a string for free(), or NULL when out of memory.
 */
CODIST_API char *codist_spec_text(const struct codist_spec *spec);

/*
 * codist_spec_brief() likewise, but options that are at their defaults are left
 * out: for people to read. codist_spec_init() takes it as well.
 */
CODIST_API char *codist_spec_brief(const struct codist_spec *spec);

/*
 * codist_option_range() describes what an option accepts, such as "0..9" or
 * "byte|bit", in `text` of `size` bytes.
 */
CODIST_API void codist_option_range(const struct codist_option *option,
				    char *text, size_t size);

/*
 * codist_separator() writes the bytes of what stands between two things, as
 * all options tell it that are named separator, join or delimiter: one of the
 * names below, or any text, in which \t, \n, \r, \\, \xHH, %HH and %% stand for
 * one byte each, HH being two hexadecimal digits. (A spec takes a backslash
 * before another backslash, a comma or a bar for itself, see above.)
 *
 *   bytes   room for strlen(text)
 *
 * Returns how many, or SIZE_MAX if there is another escape.
 */
CODIST_API size_t codist_separator(const char *text, unsigned char *bytes);

/* What the help of such an option says, and what its errors expect. */
#define CODIST_SEPARATOR_HELP                                            \
	"tab, space, comma, semicolon, colon, pipe, none, or any text, in " \
	"which \\t, \\n, \\xHH and %HH are one byte, and %% a percent sign"

/*
 * codist_edit_distance() counts the insertions, deletions, replacements and
 * swaps of neighbours that turn a into b (Damerau 1964, restricted), to find
 * which name somebody may have meant; words longer than 63 characters are
 * SIZE_MAX apart.
 */
CODIST_API size_t codist_edit_distance(const char *a, const char *b);

#ifdef __cplusplus
}
#endif

#endif
