# SPDX-License-Identifier: GPL-3.0-or-later
# A small data set of IDX files, for the tests of the program; sourced.
# shellcheck shell=sh

# number N: four bytes, the highest first.
number() {
	printf '%b' "$(printf '\\0%o\\0%o\\0%o\\0%o' $(($1 >> 24 & 255)) \
		$(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)))"
}

# images N ROWS COLUMNS, and labels N: the headers.
images() {
	printf '\000\000\010\003'
	number "$1"
	number "$2"
	number "$3"
}
labels() {
	printf '\000\000\010\001'
	number "$1"
}

# small FOLDER: classes a and b (by labels 0 and 1), of 6 and 4 images of 2x4.
small() {
	mkdir -p "$1"
	{
		images 6 2 4
		printf 'aaaaaaabbbbbbbbbaaaaaaabcbcbcbcbaabaaaabbcbbbbcb'
	} >"$1/train-images-idx3-ubyte"
	{
		labels 6
		printf '\000\001\000\001\000\001'
	} >"$1/train-labels-idx1-ubyte"
	{
		images 4 2 4
		printf 'aaaabaaabbbcbbbbaaaaaaabbcbcbcbb'
	} >"$1/t10k-images-idx3-ubyte"
	{
		labels 4
		printf '\000\001\000\001'
	} >"$1/t10k-labels-idx1-ubyte"
}
