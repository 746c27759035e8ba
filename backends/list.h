/*
 * Every backend, one line each, in the order of codist list; those of optional
 * libraries with a line for the builds that lack them.
 */
CODIST_BACKEND(deflate)
CODIST_BACKEND(null)
CODIST_BACKEND(command)
