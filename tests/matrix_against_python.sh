#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Matrices that numpy and Python's csv and json write are read, and the other
# way round; places are those that numpy's eigenvalues give.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python numpy python3-numpy
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" - "$scratch" tests/test_matrix_writer tests/test_embed <<'END'
import csv
import json
import subprocess
import sys
import numpy

scratch, convert, embed = sys.argv[1:]
random = numpy.random.default_rng(20241105)
names = ["a", "b,\"c\"", "d\te\n", "\u00e9 f", "'g'", "", "h;[", "0"]
n = len(names)
values = random.standard_normal((n, n)) * 10.0 ** random.integers(-9, 9, n)

def written(source, target):
    """The file that codist makes of the source."""
    subprocess.run([convert, source, f"{scratch}/{target}"], check=True)
    return f"{scratch}/{target}"

def write_csv(path, dialect):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, dialect)
        writer.writerow(["any corner"] + names)
        writer.writerows([name] + list(row)
                         for name, row in zip(names, values.tolist()))

def check(path):
    if path.endswith(".npy"):
        read = numpy.load(path)
    elif path.endswith(".json"):
        with open(path) as file:
            whole = json.load(file)
        assert whole["rows"] == whole["columns"] == names, whole
        read = numpy.array(whole["values"])
    else:
        with open(path, newline="") as file:
            dialect = "excel-tab" if path.endswith(".tsv") else "excel"
            rows = list(csv.reader(file, dialect))
        assert rows[0] == [""] + names, rows[0]
        assert [row[0] for row in rows[1:]] == names
        read = numpy.array([row[1:] for row in rows[1:]], float)
    assert numpy.array_equal(read, values), (path, read, values)

write_csv(f"{scratch}/from.csv", "excel")
write_csv(f"{scratch}/from.tsv", "excel-tab")
with open(f"{scratch}/from.json", "w") as file:
    json.dump({"values": values.tolist(), "columns": names, "rows": names},
              file)
for source in "csv", "tsv", "json":
    for target in "csv", "tsv", "json", "npy":
        check(written(f"{scratch}/from.{source}", f"to.{target}"))
for dtype in "<f8", ">f8":
    numpy.save(f"{scratch}/from.npy", values.astype(dtype))
    check(written(f"{scratch}/from.npy", "to.npy"))
for dtype in "<f4", ">f4":
    numpy.save(f"{scratch}/from.npy", values.astype(dtype))
    read = numpy.load(written(f"{scratch}/from.npy", "to.npy"))
    assert numpy.array_equal(read, values.astype("f4"))

# Distances of a cloud, which has 5 dimensions, and any, which have all.
cloud = random.standard_normal((40, 5))
cloud = numpy.sqrt(((cloud[:, None] - cloud[None]) ** 2).sum(2))
noise = random.uniform(0.5, 1, (60, 60))
for distances, k in (cloud, 5), (noise, 3):
    distances = numpy.tril(distances, -1)
    distances += distances.T
    n = len(distances)
    numpy.save(f"{scratch}/d.npy", distances)
    out = subprocess.run([embed, f"{scratch}/d.npy", str(k)], check=True,
                         capture_output=True, text=True).stdout.split("\n", 1)
    found = numpy.array(out[0].split(), float)
    places = numpy.array(out[1].split(), float).reshape(n, k)
    j = numpy.eye(n) - 1 / n
    expected, vectors = numpy.linalg.eigh(-0.5 * j @ distances ** 2 @ j)
    expected, vectors = expected[::-1], vectors[:, ::-1]
    assert numpy.abs(found - expected).max() < 1e-11 * expected[0]
    should = vectors[:, :k] * numpy.sqrt(expected[:k])
    should *= numpy.sign(should[abs(should).argmax(0), range(k)])
    assert numpy.abs(places - should).max() < 1e-9, places - should
    if distances is not noise and k == 5:
        assert (found[5:] == 0).all(), found
END
