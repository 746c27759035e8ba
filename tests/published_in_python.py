# A published experiment once more, in plain Python, from the IDX files on.
#
#     published_in_python.py NAME FOLDER N_TRAIN N_TEST
#
# prints "correct N of N_TEST", as published_run does; and with a fifth argument
# compares every score with those of that NumPy file.
# SPDX-License-Identifier: GPL-3.0-or-later
import array
import gzip
import math
import struct
import sys
import zlib


def read_part(folder, part, limit):
    def read(kind, rank):
        path = f"{folder}/{part}-{kind}-idx{rank}-ubyte.gz"
        with gzip.open(path) as file:
            return file.read()[4 + 4 * rank:]

    pixels, labels = read("images", 3), read("labels", 1)[:limit]
    return [pixels[784 * i:784 * (i + 1)] for i in range(len(labels))], labels


def binarize(images):
    table = bytes(byte >= 128 for byte in range(256))
    return [image.translate(table) for image in images]


def cut(images, labels, most):
    """Runs of at most so many images of a class, and their classes."""
    runs = []
    for c in range(10):
        of_class = [x for x, label in zip(images, labels) if label == c]
        for i in range(0, len(of_class), most):
            runs.append((c, b"".join(of_class[i:i + most])))
    return runs


def lengths(runs, samples, level):
    """How many bytes each sample adds to each run."""
    columns = []
    for _, run in runs:
        primed = zlib.compressobj(level)
        head = len(primed.compress(run))
        alone = head + len(primed.copy().flush())
        column = []
        for x in samples:
            z = primed.copy()
            column.append(head + len(z.compress(x)) + len(z.flush()) - alone)
        columns.append(column)
    return list(zip(*columns))


def smallest(scores):
    return scores.index(min(scores))


def by_class(runs, row, fold):
    return [fold([x for (k, _), x in zip(runs, row) if k == c])
            for c in range(10)]


def logsumexp(row):
    least = min(row)
    total = sum(2.0 ** (least - x) for x in row)
    return least * math.log(2) - math.log(total) + math.log(len(row))


def compressed(train, labels, test, most, level, fold):
    runs = cut(train, labels, most)
    rows = lengths(runs, test, level)
    return rows, [smallest(by_class(runs, row, fold)) for row in rows]


def nearest_mean(train, labels, test):
    means = []
    for c in range(10):
        counts = [x.count(1) for x, label in zip(train, labels) if label == c]
        means.append(sum(counts) / len(counts))
    return [smallest([abs(mean - x.count(1)) for mean in means]) for x in test]


def nearest_20(train, labels, test):
    """Of neighbours as far as the 20th, some evenly spaced in the set."""
    places = {}
    for i, x in enumerate(train):
        places.setdefault(x.count(1), []).append(i)

    def predict(count):
        found, distance = [], 0
        while len(found) < 20:
            here = places.get(count - distance, [])
            if distance:
                here = here + places.get(count + distance, [])
            left = 20 - len(found)
            if len(here) > left:
                here = [sorted(here)[(2 * i + 1) * len(here) // (2 * left)]
                        for i in range(left)]
            found += [(i, distance) for i in here]
            distance += 1
        votes = [0.0] * 10
        if found[0][1] == 0:
            found = [(i, 1) for i, distance in found if distance == 0]
        for i, distance in found:
            votes[labels[i]] += 1 / distance
        return votes.index(max(votes))

    of_count = {count: predict(count) for count in {x.count(1) for x in test}}
    return [of_count[x.count(1)] for x in test]


def compare(rows, path):
    with open(path, "rb") as file:
        assert file.read(8) == b"\x93NUMPY\1\0"
        file.read(struct.unpack("<H", file.read(2))[0])
        found = array.array("d", file.read())
    if sys.byteorder == "big":
        found.byteswap()
    expected = [8.0 * x for row in rows for x in row]
    assert len(found) == len(expected), (len(found), len(expected))
    for i, (a, b) in enumerate(zip(found, expected)):
        assert a == b, f"score {i} is {a}, in Python {b}"


def main():
    name, folder = sys.argv[1:3]
    train, labels = read_part(folder, "train", int(sys.argv[3]))
    test, truth = read_part(folder, "t10k", int(sys.argv[4]))
    rows = None
    if name == "deflate-default":
        rows, predicted = compressed(train, labels, test, len(train), 6, min)
    else:
        train, test = binarize(train), binarize(test)
    if name == "chunk64-logsumexp":
        rows, predicted = compressed(train, labels, test, 64, 9, logsumexp)
    elif name == "nearest-mean-pixels":
        predicted = nearest_mean(train, labels, test)
    elif name == "knn20-pixels":
        predicted = nearest_20(train, labels, test)
    if len(sys.argv) > 5:
        compare(rows, sys.argv[5])
    n_correct = sum(a == b for a, b in zip(predicted, truth))
    print(f"correct {n_correct} of {len(truth)}")


main()
