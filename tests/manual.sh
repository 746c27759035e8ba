#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page tells what the program tells of itself.
. "${srcdir:-.}/tests/cli.sh"
page=${srcdir:-.}/doc/codist.1
if "$CODIST" list backends | grep "not in this build"; then
	echo "the manual page tells of all backends: skipped"
	exit 77
fi
"${srcdir:-.}/doc/manual.sh" "$CODIST" >"$out"
diff "$page" "$out" ||
	fail "doc/codist.1 is not what the program says; run 'make manual'"
if command -v groff >/dev/null 2>&1; then
	groff -man -ww -z "$page" 2>"$err"
	cat "$err"
	[ ! -s "$err" ] || fail "groff complains"
fi
finish
