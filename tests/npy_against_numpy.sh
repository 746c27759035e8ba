#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What test_npy writes is what numpy reads. The first python3 on the PATH may
# be without numpy where Debian's has it.
set -eu
for python in "${PYTHON:-python3}" /usr/bin/python3 none; do
	"$python" -c 'import numpy' 2>/dev/null && break
done
if [ "$python" = none ]; then
	echo "no python3 with numpy (Debian: python3-numpy)"
	exit 77
fi
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
