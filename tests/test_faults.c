/*
 * test_faults.c - out of memory, and libraries that fail, at each call in turn
 *
 * The program has an allocator of its own, which the libraries use as well, and
 * functions of theirs that stand before the real ones. For each backend the
 * first, second, third... call of these fails, alone or with all that follow,
 * until one goes through. Whatever fails, a length is right or there is none:
 * a status and a message instead, no crash, and nothing is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/frame.h"
#include "base/material.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <zlib.h>
#ifdef HAVE_BROTLI
#include <brotli/encode.h>
#endif
#ifdef HAVE_BZIP2
#include <bzlib.h>
#endif
#ifdef HAVE_LZMA
#include <lzma.h>
#endif
#ifdef HAVE_ZSTD
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zstd_errors.h>
#endif

/* A sanitizer has an allocator of its own, and only glibc lets us forward. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
	__has_feature(memory_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#if defined(__GLIBC__) && !defined(IS_SANITIZED)
#define CAN_ALLOCATE 1
#else
#define CAN_ALLOCATE 0
#endif

enum fault { OF_MEMORY, OF_LIBRARY };

/* Set only while a backend is at work, in the one thread that there is. */
static struct {
	int is_armed, and_all_after;
	enum fault fault;
	size_t countdown; /* the call at which it comes to 0 fails */
	size_t n_failed;
} plan;

static size_t n_live; /* allocations that are not freed */

static int fails(enum fault fault)
{
	if (!plan.is_armed || plan.fault != fault)
		return 0;
	if (plan.countdown > 0)
		plan.countdown--;
	if (plan.countdown > 0 || (plan.n_failed > 0 && !plan.and_all_after))
		return 0;
	plan.n_failed++;
	return 1;
}

/* What stands before functions of shared libraries must be seen by them. */
#pragma GCC visibility push(default)

/* What stands behind a function of ours, looked up once. */
#define REAL(name)                                                  \
	static __typeof__(name) *real;                               \
	if (!real)                                                   \
		*(void **)&real = dlsym(RTLD_NEXT, #name)

#if CAN_ALLOCATE

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *old);

static int runs_out(void)
{
	if (!fails(OF_MEMORY))
		return 0;
	errno = ENOMEM;
	return 1;
}

static void *counted(void *taken)
{
	n_live += taken != NULL;
	return taken;
}

void *malloc(size_t size)
{
	return runs_out() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	return runs_out() ? NULL : counted(__libc_calloc(n, size));
}

void *realloc(void *old, size_t size)
{
	void *taken;

	if (runs_out())
		return NULL;
	taken = __libc_realloc(old, size);
	if (!old)
		n_live += taken != NULL;
	else if (size == 0 && !taken)
		n_live--;
	return taken;
}

void *memalign(size_t alignment, size_t size)
{
	return runs_out() ? NULL : counted(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **taken, size_t alignment, size_t size)
{
	void *made = memalign(alignment, size);

	if (!made)
		return ENOMEM;
	*taken = made;
	return 0;
}

void free(void *old)
{
	n_live -= old != NULL;
	__libc_free(old);
}

void *mmap(void *address, size_t size, int protection, int flags, int file,
	   off_t offset)
{
	REAL(mmap);
	return runs_out() ? MAP_FAILED :
			    real(address, size, protection, flags, file,
				 offset);
}

#endif

int deflateInit2_(z_streamp stream, int level, int method, int wbits,
		  int memlevel, int strategy, const char *version, int size)
{
	REAL(deflateInit2_);
	return fails(OF_LIBRARY) ? Z_STREAM_ERROR :
				   real(stream, level, method, wbits, memlevel,
					strategy, version, size);
}

int deflate(z_streamp stream, int flush)
{
	REAL(deflate);
	return fails(OF_LIBRARY) ? Z_STREAM_ERROR : real(stream, flush);
}

int deflateReset(z_streamp stream)
{
	REAL(deflateReset);
	return fails(OF_LIBRARY) ? Z_STREAM_ERROR : real(stream);
}

int deflateSetDictionary(z_streamp stream, const Bytef *bytes, uInt n)
{
	REAL(deflateSetDictionary);
	return fails(OF_LIBRARY) ? Z_STREAM_ERROR : real(stream, bytes, n);
}

int deflatePending(z_streamp stream, unsigned *nbytes, int *nbits)
{
	REAL(deflatePending);
	return fails(OF_LIBRARY) ? Z_STREAM_ERROR :
				   real(stream, nbytes, nbits);
}

#ifdef HAVE_BROTLI
BROTLI_BOOL BrotliEncoderSetParameter(BrotliEncoderState *encoder,
				      BrotliEncoderParameter parameter,
				      uint32_t value)
{
	REAL(BrotliEncoderSetParameter);
	return fails(OF_LIBRARY) ? BROTLI_FALSE :
				   real(encoder, parameter, value);
}

BROTLI_BOOL BrotliEncoderCompressStream(BrotliEncoderState *encoder,
					BrotliEncoderOperation operation,
					size_t *available_in,
					const uint8_t **next_in,
					size_t *available_out,
					uint8_t **next_out, size_t *total_out)
{
	REAL(BrotliEncoderCompressStream);
	return fails(OF_LIBRARY) ? BROTLI_FALSE :
				   real(encoder, operation, available_in,
					next_in, available_out, next_out,
					total_out);
}
#endif

#ifdef HAVE_BZIP2
int BZ2_bzCompressInit(bz_stream *stream, int level, int verbosity,
		       int workfactor)
{
	REAL(BZ2_bzCompressInit);
	return fails(OF_LIBRARY) ? BZ_CONFIG_ERROR :
				   real(stream, level, verbosity, workfactor);
}

int BZ2_bzCompress(bz_stream *stream, int action)
{
	REAL(BZ2_bzCompress);
	return fails(OF_LIBRARY) ? BZ_SEQUENCE_ERROR : real(stream, action);
}
#endif

#ifdef HAVE_LZMA
lzma_ret lzma_stream_encoder(lzma_stream *stream, const lzma_filter *filters,
			     lzma_check check)
{
	REAL(lzma_stream_encoder);
	return fails(OF_LIBRARY) ? LZMA_OPTIONS_ERROR :
				   real(stream, filters, check);
}

lzma_ret lzma_raw_encoder(lzma_stream *stream, const lzma_filter *filters)
{
	REAL(lzma_raw_encoder);
	return fails(OF_LIBRARY) ? LZMA_OPTIONS_ERROR : real(stream, filters);
}

lzma_ret lzma_code(lzma_stream *stream, lzma_action action)
{
	REAL(lzma_code);
	return fails(OF_LIBRARY) ? LZMA_PROG_ERROR : real(stream, action);
}
#endif

#ifdef HAVE_ZSTD
#define ZSTD_FAILURE ((size_t)-ZSTD_error_GENERIC)

size_t ZSTD_CCtx_setParameter(ZSTD_CCtx *context, ZSTD_cParameter parameter,
			      int value)
{
	REAL(ZSTD_CCtx_setParameter);
	return fails(OF_LIBRARY) ? ZSTD_FAILURE :
				   real(context, parameter, value);
}

size_t ZSTD_CCtx_loadDictionary_advanced(ZSTD_CCtx *context, const void *bytes,
					 size_t n, ZSTD_dictLoadMethod_e method,
					 ZSTD_dictContentType_e type)
{
	REAL(ZSTD_CCtx_loadDictionary_advanced);
	return fails(OF_LIBRARY) ? ZSTD_FAILURE :
				   real(context, bytes, n, method, type);
}

size_t ZSTD_compress2(ZSTD_CCtx *context, void *out, size_t room,
		      const void *x, size_t n)
{
	REAL(ZSTD_compress2);
	return fails(OF_LIBRARY) ? ZSTD_FAILURE :
				   real(context, out, room, x, n);
}
#endif

#pragma GCC visibility pop

#define PREFIX 3000
#define SAMPLE 500
#define MOST_CALLS 5000

static unsigned char bytes[PREFIX + SAMPLE];
/* The same as pictures. */
static unsigned char framed[FRAMED_SIZE(PREFIX) + FRAMED_SIZE(SAMPLE)];
static size_t framed_prefix, framed_sample;

/* In the order in which they are asked for. */
struct lengths {
	double alone, primed, of_prefix;
};

static int fill(void **state)
{
	uint64_t seed = 5;

	(void)state;
	make_material(bytes, sizeof(bytes), COPIES, &seed);
	framed_prefix = frame_pictures(framed, bytes, PREFIX);
	framed_sample = frame_pictures(framed + framed_prefix, bytes + PREFIX,
				       SAMPLE);
	return 0;
}

static enum codist_status ask(const struct codist_spec *spec,
			      struct lengths *lengths, struct codist_error *err)
{
	struct codist_bytes p = { bytes, PREFIX };
	struct codist_bytes x = { bytes + PREFIX, SAMPLE };
	struct codist_coder *coder;
	enum codist_status status;

	if (codist_backend_takes_pictures(spec)) {
		p = (struct codist_bytes){ framed, framed_prefix };
		x = (struct codist_bytes){ framed + framed_prefix,
					   framed_sample };
	}
	CODIST_TRY(codist_coder_new(&coder, spec, err));
	status = codist_coder_length(coder, x, &lengths->alone, err);
	if (status == CODIST_OK)
		status = codist_coder_prime(coder, p, err);
	if (status == CODIST_OK)
		status = codist_coder_length_primed(coder, x, NULL,
						    &lengths->primed, err);
	if (status == CODIST_OK)
		status = codist_coder_length(coder, p, &lengths->of_prefix,
					     err);
	codist_coder_free(coder);
	return status;
}

static void assert_same(const char *text, size_t n,
			const struct lengths *found,
			const struct lengths *expected)
{
	if (found->alone != expected->alone ||
	    found->primed != expected->primed ||
	    found->of_prefix != expected->of_prefix)
		fail_msg("%s, failure %zu: %g, %g and %g bits, expected %g, "
			 "%g and %g", text, n, found->alone, found->primed,
			 found->of_prefix, expected->alone, expected->primed,
			 expected->of_prefix);
}

/* 1: the n-th call failed; 0: there were not so many. */
static int try(const struct codist_spec *spec, const char *text,
	       enum fault fault, int and_all_after, size_t n,
	       const struct lengths *expected)
{
	struct codist_error err = { 0 };
	struct lengths found = { 0 };
	enum codist_status status;
	size_t live = n_live;

	plan.fault = fault;
	plan.and_all_after = and_all_after;
	plan.countdown = n;
	plan.n_failed = 0;
	plan.is_armed = 1;
	status = ask(spec, &found, &err);
	plan.is_armed = 0;
	if (n_live != live)
		fail_msg("%s, failure %zu: %zu allocations live, expected %zu",
			 text, n, n_live, live);
	if (status == CODIST_OK) {
		assert_same(text, n, &found, expected);
	} else if (plan.n_failed == 0 || !*err.message ||
		   err.status != status ||
		   (status != CODIST_ENOMEM && status != CODIST_ELIBRARY &&
		    status != CODIST_EIO)) {
		fail_msg("%s, failure %zu: status %d, '%s'", text, n, status,
			 err.message);
	}
	return plan.n_failed > 0;
}

/* The calls that can fail. */
static size_t fail_at_each_call(const char *text, enum fault fault)
{
	struct codist_error err = { 0 };
	struct lengths expected, after;
	struct codist_spec spec;
	size_t n = 0;

	if (codist_spec_init(&spec, &codist_backends, text, &err) ||
	    ask(&spec, &expected, &err)) {
		fail_msg("%s: %s", text, err.message);
		return 0;
	}
	for (int and_all_after = 0; and_all_after <= 1; and_all_after++) {
		n = 1;
		while (n < MOST_CALLS && try(&spec, text, fault, and_all_after,
					     n, &expected))
			n++;
		if (n == MOST_CALLS)
			fail_msg("%s: always more calls", text);
		if (ask(&spec, &after, &err))
			fail_msg("%s: %s", text, err.message);
		assert_same(text, n, &after, &expected);
	}
	codist_spec_release(&spec);
	return n - 1;
}

/* Why a backend is left out: a fault of its library's, which is told; or NULL. */
static const char *beyond_help(const char *name)
{
	if (strcmp(name, "zopfli") == 0)
		return "libzopfli ends the process when it is out of memory";
	if (strcmp(name, "ppmd") == 0)
		return "libarchive ends the process when it has no memory for "
		       "a name";
#ifdef HAVE_ZSTD
	if (strncmp(name, "zstd-dict", 9) == 0 && ZSTD_versionNumber() < 10506)
		return "libzstd before 1.5.6 takes a dictionary that it has no "
		       "memory for as made (its pull request 3847)";
#endif
	return NULL;
}

static void run_out_of_memory(const char *text)
{
	const char *why_not = beyond_help(text);

	if (why_not)
		print_message("%s is left out: %s\n", text, why_not);
	else
		assert_true(fail_at_each_call(text, OF_MEMORY) >= 2);
}

/* As plain names will not do, or take seconds. */
static const struct {
	const char *name, *text;
} instead[] = {
	{ "command", "command:cat" },
	{ "lzma", "lzma:preset=1" },
	{ "lzma-dict", "lzma-dict:preset=1" },
};

#define N_INSTEAD (sizeof(instead) / sizeof(instead[0]))

static void being_out_of_memory_is_a_status(void **state)
{
	static const char *const further[] = {
		"deflate:engine=library", "deflate:level=0",
		"deflate:level=1,unit=bit", "deflate-dict:level=0",
		"deflate-dict:unit=bit",
#ifdef HAVE_ZSTD
		"zstd:level=19,long=on",
#endif
#ifdef HAVE_LZMA
		"lzma:dict_size=4096,container=alone",
#endif
	};

	(void)state;
	if (!CAN_ALLOCATE)
		skip();
	for (size_t i = 0; i < codist_backends.n_plugins; i++) {
		const char *name = codist_backends.plugins[i]->name;

		for (size_t k = 0; k < N_INSTEAD; k++)
			if (strcmp(instead[k].name, name) == 0)
				name = instead[k].text;
		run_out_of_memory(name);
	}
	for (size_t i = 0; i < sizeof(further) / sizeof(further[0]); i++)
		run_out_of_memory(further[i]);
}

/* Of those whose functions stand above; the least calls that can fail. */
static void a_library_that_fails_is_a_status(void **state)
{
	static const struct {
		const char *text;
		size_t n_calls;
	} specs[] = {
		{ "deflate:engine=library", 5 },
		{ "deflate:engine=library,unit=bit", 8 },
		{ "deflate:level=0", 3 },
		{ "deflate-dict", 5 },
		{ "deflate-dict:level=0,unit=bit", 5 },
#ifdef HAVE_BZIP2
		{ "bzip2", 5 },
#endif
#ifdef HAVE_ZSTD
		{ "zstd", 10 },
		{ "zstd-dict", 20 },
#endif
#ifdef HAVE_LZMA
		{ "lzma:dict_size=65536", 4 },
		{ "lzma-dict:dict_size=65536", 4 },
#endif
#ifdef HAVE_BROTLI
		{ "brotli:quality=5", 5 },
#endif
	};

	(void)state;
	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
		size_t n = fail_at_each_call(specs[i].text, OF_LIBRARY);

		if (n < specs[i].n_calls)
			fail_msg("%s: %zu calls that can fail, expected %zu",
				 specs[i].text, n, specs[i].n_calls);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(being_out_of_memory_is_a_status),
		cmocka_unit_test(a_library_that_fails_is_a_status),
	};

	return cmocka_run_group_tests(tests, fill, NULL);
}
