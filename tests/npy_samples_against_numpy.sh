#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What numpy saves is what the loader npy reads.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python numpy python3-numpy
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" - "$scratch" <<'EOF'
import subprocess, sys
import numpy
from numpy.lib import format
samples, labels = sys.argv[1] + "/x.npy", sys.argv[1] + "/y.npy"

def load(spec):
    run = subprocess.run(["tests/for_python", "load", spec], text=True,
                         capture_output=True)
    if run.returncode:
        return run.stderr
    lines = run.stdout.splitlines()
    rank, *shape = map(int, lines[0].split())
    assert rank == len(shape)
    return shape, [line.split(" ") for line in lines[1:]]

random = numpy.random.default_rng(1)
for shape in [(5,), (4, 3), (3, 2, 4), (2, 1, 2, 3, 1, 2, 1, 1, 2)]:
    for dtype in ["u1", "bool"]:
        for version in [(1, 0), (2, 0), (3, 0)]:
            x = random.integers(0, 256, shape).astype(dtype)
            with open(samples, "wb") as file:
                format.write_array(file, x, version=version)
            found = load(f"npy:{samples}")
            assert found == (list(shape[1:]) or [1],
                             [["unlabelled", row.tobytes().hex()]
                              for row in x]), (shape, dtype, found)

numpy.save(samples, numpy.zeros((50, 2), "u1"))
for order in "<>":
    for kind in "iu":
        for size in [1, 2, 4, 8]:
            dtype = numpy.dtype(f"{order}{kind}{size}")
            info = numpy.iinfo(dtype)
            y = random.integers(info.min, info.max, 50, endpoint=True,
                                dtype=dtype.newbyteorder("=")).astype(dtype)
            y[:2] = info.min, info.max
            numpy.save(labels, y)
            found = load(f"npy:{samples},labels={labels}")
            assert [line[0] for line in found[1]] == list(map(str, y.tolist()))

for x in [numpy.asfortranarray(numpy.zeros((2, 3), "u1")),
          numpy.zeros(3), numpy.array(7, "u1"),
          numpy.zeros(2, [("a", "u1")]), numpy.array(["a"])]:
    numpy.save(samples, x)
    assert "x.npy: " in load(f"npy:{samples}"), x
EOF
