#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every measure against an implementation in Python, of lengths by its modules,
# which link the same libraries.
. "${srcdir:-.}/tests/cli.sh"
find_python zlib,bz2,lzma python3

script=$(cd "${srcdir:-.}" && pwd)/tests/measures_against_python.py
cd "$scratch" || exit 99
exec "$python" "$script" "$CODIST"
