/*
 * replay.c - a fuzz target over given files, for builds without a fuzzer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

static void replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t capacity = 1 << 20, n;
	uint8_t *bytes = malloc(capacity), *exact;

	FUZZ_PROMISE(file && bytes);
	n = fread(bytes, 1, capacity, file);
	FUZZ_PROMISE(!ferror(file) && n < capacity);
	fclose(file);
	/* Of the very size, so that a sanitizer sees what goes beyond it. */
	exact = realloc(bytes, n ? n : 1);
	FUZZ_PROMISE(exact);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	printf("%d inputs\n", argc - 1);
	return argc > 1 ? 0 : 2;
}
