#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The shared library exports all that the public headers declare, and only that.
set -eu
library=.libs/libcodist.so
if [ ! -e "$library" ]; then
	echo "no $library here: built with --disable-shared?"
	exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
LC_ALL=C
export LC_ALL

# The last name before the first of ( [ ; that follows CODIST_API; but the one
# that plug-ins define.
find "${srcdir:-.}/src/api" -name '*.h' -exec cat {} + | tr '\n\t' '  ' |
	sed 's/CODIST_API/\
&/g' |
	sed -n 's/^CODIST_API \([^([;]*[ *]\)\(codist_[a-z0-9_]*\)[([;].*/\2/p' |
	grep -vx codist_plugins_v1 | sort -u >"$scratch/declared"

# Names that begin with two underscores are the compiler's own.
${NM:-nm} -D "$library" |
	sed -n 's/^[0-9a-f][0-9a-f]* [A-TV-Z] \([^@]*\).*/\1/p' |
	grep -v '^__' | sort -u >"$scratch/exported"

[ -s "$scratch/declared" ] && [ -s "$scratch/exported" ]
if grep -v '^codist_' "$scratch/exported"; then
	echo "exported, but not by codist_ names"
	exit 1
fi
comm -13 "$scratch/declared" "$scratch/exported" >"$scratch/undeclared"
if [ -s "$scratch/undeclared" ]; then
	cat "$scratch/undeclared"
	echo "exported, but not declared in a public header"
	exit 1
fi
comm -23 "$scratch/declared" "$scratch/exported" >"$scratch/lacking"
if [ -s "$scratch/lacking" ]; then
	cat "$scratch/lacking"
	echo "declared in a public header, but not exported"
	exit 1
fi
