/*
 * codist/base.h - what all other headers stand on: statuses, errors, bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_H
#define CODIST_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CODIST_API __attribute__((visibility("default")))
#define CODIST_PRINTF(at, first) \
	__attribute__((format(printf, at, first)))
#define CODIST_MUST_USE __attribute__((warn_unused_result))
#else
#define CODIST_API
#define CODIST_PRINTF(at, first)
#define CODIST_MUST_USE
#endif

/*
 * How a call ended. Everything but CODIST_OK leaves a message in the error
 * that the caller handed in, and the outputs undefined unless said otherwise.
 */
enum codist_status {
	CODIST_OK = 0,
	CODIST_EUSAGE,     /* asked for what cannot be: a name, a value */
	CODIST_EFORMAT,    /* data that is not what it should be */
	CODIST_EIO,        /* a file or program that cannot be used */
	CODIST_EMISSING,   /* data that is not here, a part not built in */
	CODIST_ENOMEM,     /* out of memory */
	CODIST_ELIBRARY,   /* another library failed */
	CODIST_ECANCELLED, /* the caller's progress hook asked to stop */
};

#define CODIST_MESSAGE_SIZE 1024

/*
 * The description of a failure, owned by the caller. Start with {0}, or {} in C++; the first
 * failure fills it. One error per thread. NULL is accepted wherever a
 * struct codist_error * is, and means that the message is not wanted.
 */
struct codist_error {
	enum codist_status status;
	char message[CODIST_MESSAGE_SIZE]; /* one line, no full stop */
};

/*
 * codist_fail() writes a message and returns `status`, to be used as
 *
 *     return codist_fail(err, CODIST_EFORMAT, "%s: empty", path);
 *
 * A message too long is cut. Plug-ins report their failures with it.
 */
CODIST_API enum codist_status
codist_fail(struct codist_error *err, enum codist_status status,
	    const char *format, ...) CODIST_PRINTF(3, 4);

/* codist_no_memory() is codist_fail() for a failed allocation of `what`. */
CODIST_API enum codist_status
codist_no_memory(struct codist_error *err, const char *what);

/*
 * codist_blame() says what a failure is about, in front of its message, as in
 * "sample 17: ", where its status is of the data or a library, to which nobody
 * had told that name: CODIST_EFORMAT or CODIST_ELIBRARY. Returns `status`.
 */
CODIST_API enum codist_status
codist_blame(struct codist_error *err, enum codist_status status,
	     const char *format, ...) CODIST_PRINTF(3, 4);

/* Leave the function with the status of `call` unless it is CODIST_OK. */
#define CODIST_TRY(call)                                       \
	do {                                                   \
		enum codist_status codist_try_status = (call); \
		if (codist_try_status != CODIST_OK)            \
			return codist_try_status;              \
	} while (0)

/* A borrowed view of bytes. `data` may be NULL only where `nbytes` is 0. */
struct codist_bytes {
	const unsigned char *data;
	size_t nbytes;
};

/*
 * codist_names_repeated() is a name that stands twice among names[n], or NULL:
 * the first by strcmp(). CODIST_ENOMEM if that cannot be told.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_names_repeated(const char **repeated, const char *const *names,
		      size_t n, struct codist_error *err);

/*
 * codist_version() is the version of the linked libcodist, such as "0.1.0".
 * The string is static.
 */
CODIST_API const char *codist_version(void);

#ifdef __cplusplus
}
#endif

#endif
