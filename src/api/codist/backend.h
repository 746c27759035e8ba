/*
 * codist/backend.h - compressors: C(x), and C(px) after a prefix p
 *
 * A backend is a struct of verbs over one compressor; a coder is one backend
 * at work, with its options and its scratch memory. Lengths are doubles in
 * bits. A backend that counts whole bytes returns multiples of 8.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKEND_H
#define CODIST_BACKEND_H

#include <codist/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What a backend author writes. `coder` is `coder_size` zeroed bytes that the
 * core allocates, one for each thread, and that only one thread touches.
 * `config` outlives the coder.
 */
struct codist_backend {
	struct codist_plugin plugin;

	/* Whose lengths these are, as in "zlib". */
	const char *library;
	/*
	 * Its version, as in "1.2.13", asked of it at run time; NULL: it
	 * cannot be told. The string is static.
	 */
	const char *(*version)(void);

	size_t coder_size;

	/*
	 * 1: what length_primed() gives is not C(px), but the length of a
	 * stream of x alone, made by a compressor that was handed p as its
	 * dictionary. Such a backend has prime(), a name that ends in -dict,
	 * and a summary that says so.
	 */
	int is_dictionary;

	/*
	 * 1: every p and x is a stream of raw PBM pictures, as the transform
	 * pbm makes them, any number of them or none; other bytes are refused
	 * with CODIST_EFORMAT. 0: any bytes will do.
	 */
	int takes_pictures;

	/* After a failed init, release is not called. */
	enum codist_status (*init)(void *coder, const void *config,
				   struct codist_error *err);
	void (*release)(void *coder);

	/* C(x): the length of a complete stream of x alone. */
	enum codist_status (*length)(void *coder, struct codist_bytes x,
				     double *bits, struct codist_error *err);

	/*
	 * Optional, both or neither. prime() takes in p and keeps that state;
	 * p stays valid until the next prime(). length_primed() gives the
	 * length of a complete stream of p followed by x (but see
	 * is_dictionary), and leaves the state as it was after prime().
	 * length() and prepare() in between must not disturb it. Without these
	 * the core compresses p followed by x each time.
	 * `prepared` is what prepare() made of x, or NULL.
	 */
	enum codist_status (*prime)(void *coder, struct codist_bytes prefix,
				    struct codist_error *err);
	enum codist_status (*length_primed)(void *coder, struct codist_bytes x,
					    const void *prepared, double *bits,
					    struct codist_error *err);

	/*
	 * Optional, and only with prime(): C(px) - C(p), to the last bit what
	 * length_primed() gives of x less what it gives of nothing, where that
	 * can be told without C(p). prime() may then leave C(p) until
	 * length_primed() asks for it. Without it the core subtracts.
	 */
	enum codist_status (*length_added)(void *coder, struct codist_bytes x,
					   const void *prepared, double *bits,
					   struct codist_error *err);

	/*
	 * Optional, both or neither, and only with prime(): what can be
	 * computed of x before any p is known. prepare() writes it to
	 * prepared_size() bytes, aligned as by malloc(); 0 if x has nothing
	 * worth preparing. Every coder of the same config reads it, from any
	 * thread, and it lives no longer than x.
	 */
	size_t (*prepared_size)(const void *config, size_t nbytes);
	enum codist_status (*prepare)(void *coder, struct codist_bytes x,
				      void *prepared, struct codist_error *err);

	/*
	 * Optional: the step in which lengths are counted, in bits: 8 for
	 * whole bytes (the default without this hook), 1 for bits.
	 */
	double (*granularity)(const void *config);

	/*
	 * Optional: the bytes of memory that a coder takes at most, primed by
	 * `prefix` bytes and asked for `query` bytes, so that no more threads
	 * are begun than there is room for.
	 */
	size_t (*memory)(const void *config, size_t prefix, size_t query);

	/*
	 * Optional: which engine computes the lengths, for provenance, as in
	 * "sizer" or "library". The string is static.
	 */
	const char *(*engine)(const void *config);
};

/*
 * One backend at work. Not thread-safe: one coder for each thread. A child of
 * fork() must make its own, as its parent's may lie in shared memory.
 */
struct codist_coder;

/*
 * codist_coder_new() makes a coder.
 *
 *   backend   a spec of codist_backends; outlives the coder
 *   coder     receives it, for codist_coder_free()
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_coder_new(struct codist_coder **coder, const struct codist_spec *backend,
		 struct codist_error *err);

/* codist_coder_free() ends a coder; NULL is fine. */
CODIST_API void codist_coder_free(struct codist_coder *coder);

/* codist_coder_length() gives C(x) in bits. x may be empty. */
CODIST_API CODIST_MUST_USE enum codist_status
codist_coder_length(struct codist_coder *coder, struct codist_bytes x,
		    double *bits, struct codist_error *err);

/*
 * codist_coder_prime() takes in a prefix, which must stay valid and unchanged
 * until the next prime or the coder's end. After a failure the coder has no
 * prefix, and codist_coder_length_primed() fails until it has one.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_coder_prime(struct codist_coder *coder, struct codist_bytes prefix,
		   struct codist_error *err);

/*
 * codist_coder_length_primed() gives C(px) in bits: the length of a complete
 * stream of the prefix followed by x, exactly as the library gives it when it
 * is fed the prefix, then x. That is codist_coder_length() of the joined bytes,
 * but for libraries to which it matters where input is cut: zlib's length is
 * another in rare cases, where a match just reaches the end of the window. The
 * coder stays primed. The difference from the same of an empty x is the
 * conditional length of x given p, C(px) - C(p).
 *
 * Where codist_backend_is_dictionary() it is another quantity: the length of a
 * stream of x, with p as the dictionary. The difference from the same of an
 * empty x then leaves out what such a stream has of framing.
 *
 *   prepared   what codist_coder_prepare() made of x; NULL: nothing
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_coder_length_primed(struct codist_coder *coder, struct codist_bytes x,
			   const void *prepared, double *bits,
			   struct codist_error *err);

/*
 * codist_coder_length_added() gives C(px) - C(p) in bits: codist_coder_length_primed()
 * of x less that of an empty x, which is asked for once for each prefix, or not at
 * all where the backend can do without.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_coder_length_added(struct codist_coder *coder, struct codist_bytes x,
			  const void *prepared, double *bits,
			  struct codist_error *err);

/*
 * codist_backend_prepared_size() is the bytes that codist_coder_prepare()
 * writes for an x of `nbytes`; 0: there is nothing to prepare.
 */
CODIST_API size_t
codist_backend_prepared_size(const struct codist_spec *backend, size_t nbytes);

/*
 * codist_coder_prepare() computes what can be told of x before any prefix is
 * known, for an x that is to be scored against many.
 *
 *   prepared   receives codist_backend_prepared_size() > 0 bytes, aligned as by
 *              malloc(); to be read by any coder of the same backend spec, in
 *              any thread, as long as x is there unchanged
 *
 * It saves time and changes no length.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_coder_prepare(struct codist_coder *coder, struct codist_bytes x,
		     void *prepared, struct codist_error *err);

/*
 * codist_backend_is_dictionary() is 1 where a prefix is no part of the stream,
 * but the compressor's dictionary.
 */
CODIST_API int codist_backend_is_dictionary(const struct codist_spec *backend);

/*
 * codist_backend_takes_pictures() is 1 where prefix and sample are streams of raw
 * PBM pictures, and all else is refused.
 */
CODIST_API int codist_backend_takes_pictures(const struct codist_spec *backend);

/* codist_backend_library() is the library's name. */
CODIST_API const char *codist_backend_library(const struct codist_spec *backend);

/* codist_backend_version() is its version at run time, or "unknown". */
CODIST_API const char *codist_backend_version(const struct codist_spec *backend);

/* codist_backend_granularity() is the step of the lengths, in bits. */
CODIST_API double codist_backend_granularity(const struct codist_spec *backend);

/*
 * codist_backend_memory() is the bytes that one coder takes at most, primed by
 * `prefix` bytes and asked for `query` bytes; 0: it cannot be told.
 */
CODIST_API size_t codist_backend_memory(const struct codist_spec *backend,
					size_t prefix, size_t query);

/*
 * codist_backend_engine() names the engine at work behind that spec, or is
 * "library" where a backend has only one.
 */
CODIST_API const char *codist_backend_engine(const struct codist_spec *backend);

#ifdef __cplusplus
}
#endif

#endif
