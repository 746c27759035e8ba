/* Every measure, one line each, in the order of codist list. */
CODIST_MEASURE(conditional)
CODIST_MEASURE(pixels)
