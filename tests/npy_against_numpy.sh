#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What test_npy writes is what numpy reads.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python numpy python3-numpy
file=npy_against_numpy.$$.npy
trap 'rm -f "$file"' EXIT
tests/test_npy "$file"
"$python" - "$file" <<'EOF'
import sys
import numpy
read = numpy.load(sys.argv[1])
expected = numpy.sqrt(numpy.arange(2100.0)).reshape(700, 3)
expected[699, 2] = -numpy.inf
assert read.dtype == numpy.dtype("<f8") and read.flags.c_contiguous
assert numpy.array_equal(read, expected), (read, expected)
EOF
