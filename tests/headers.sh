#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each public header compiles alone, twice over, as C11 and as C++.
set -eu
api=$(cd "${srcdir:-.}/src/api" && pwd)
strict='-Wall -Wextra -Wpedantic -Wconversion -Werror -fsyntax-only'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# compile LANGUAGE COMPILER...
compile()
{
	language=$1
	shift
	for header in $(cd "$api" && find . -name '*.h' | sort); do
		header=${header#./}
		printf '#include <%s>\n#include <%s>\n' "$header" "$header" \
			>"$scratch/alone.$language"
		echo 'int codist_keep_the_file_from_being_empty;' \
			>>"$scratch/alone.$language"
		# shellcheck disable=SC2086
		"$@" $strict -I "$api" "$scratch/alone.$language" || {
			echo "<$header> does not compile alone by $*"
			exit 1
		}
	done
}

# CC may bear options, such as an earlier -std.
# shellcheck disable=SC2086
compile c ${CC:-cc} -std=c11
for cxx in ${CXX:-c++ g++ clang++} none; do
	command -v "$cxx" >/dev/null 2>&1 && break
done
if [ "$cxx" = none ]; then
	echo "C11 is fine; no C++ compiler to try (Debian: g++)"
	exit 77
fi
compile cpp "$cxx" -std=c++11
compile cpp "$cxx" -std=c++17
