/* Every backend, one line each, in the order of codist list. */
CODIST_BACKEND(deflate)
CODIST_BACKEND(command)
