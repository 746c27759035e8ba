#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lengths of ctw-image against context tree weighting as the paper defines it, in
# fractions: Pw = weight Pe + (1 - weight) Pw(child 0) Pw(child 1).
. "${srcdir:-.}/tests/cli.sh"
. "${srcdir:-.}/tests/python.sh"
find_python fractions python3
here=$(cd "${srcdir:-.}/tests" && pwd) || exit 99
cd "$scratch" || exit 99

PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 "$python" - <<'END' ||
import os
import random
import subprocess
from fractions import Fraction
import ctw_in_python as ctw

random.seed(4)
CODIST = os.environ["CODIST"]


def estimate(n0, n1, alpha):
    """Of a block of so many zeros and ones, whatever their order."""
    p, n = Fraction(1), 0
    for count in (n0, n1):
        for i in range(count):
            p *= (i + alpha) / (n + 2 * alpha)
            n += 1
    return p


class Node:
    def __init__(self):
        self.n, self.children, self.pw = [0, 0], {}, Fraction(1)

    def take(self, context, bit, alpha, weight):
        self.n[bit] += 1
        pe = estimate(*self.n, alpha)
        if not context:
            self.pw = pe
            return
        child = self.children.setdefault(context[0], Node())
        child.take(context[1:], bit, alpha, weight)
        below = Fraction(1)
        for c in self.children.values():
            below *= c.pw
        self.pw = weight * pe + (1 - weight) * below

    def copy(self):
        made = Node()
        made.n, made.pw = list(self.n), self.pw
        made.children = {k: c.copy() for k, c in self.children.items()}
        return made


def by_the_paper(stream, depth, template, per, alpha, weight):
    places = ctw.NEAR if template == "near" else ctw.WIDE
    total, trees = ctw.sizes_cost(stream), {}
    for place, context, bit in ctw.contexts(stream, places, depth):
        key = place if per == "pixel" else None
        tree = trees.setdefault(key, Node())
        before, one = tree.pw, tree.copy()
        one.take(context, 1, alpha, weight)
        p1 = int(min(max((one.pw / before * ctw.ONE + Fraction(1, 2)) // 1, 1),
                     ctw.ONE - 1))
        total += ctw.cost(p1 if bit else ctw.ONE - p1)
        tree.take(context, bit, alpha, weight)
    return total / ctw.PARTS


def pbm(height, width, p):
    rows = b"".join(
        int("".join(str(int(random.random() < p)) for _ in range(width))
            .ljust((width + 7) // 8 * 8, "0"), 2)
        .to_bytes((width + 7) // 8, "big") for _ in range(height))
    return b"P4\n%d %d\n" % (width, height) + rows


def parts(bits):
    """As printed, of what is a whole number of parts."""
    return round(float(bits) * ctw.PARTS)


def found(stream, spec):
    with open("x.pbm", "wb") as file:
        file.write(stream)
    return parts(subprocess.run(
        [CODIST, "length", "--backend", spec, "--format", "csv", "x.pbm"],
        check=True, capture_output=True,
        text=True).stdout.splitlines()[1].split(",")[LENGTH])


with open("x.pbm", "wb") as file:
    file.write(pbm(1, 1, 1))
LENGTH = subprocess.run(
    [CODIST, "length", "--backend", "ctw-image", "--format", "csv", "x.pbm"],
    check=True, capture_output=True,
    text=True).stdout.splitlines()[0].split(",").index("length_bits")
for n in range(60):
    depth = random.choice([0, 1, 2, 3, 5, 9])
    options = (depth, random.choice(["near", "wide"]),
               random.choice(["pixel", "image"]),
               *random.choice([(Fraction(1, 2), Fraction(1, 2)),
                               (Fraction(1, 4), Fraction(1, 8))]))
    h, w = random.choice([(1, 1), (1, 9), (5, 1), (4, 4), (3, 8)])
    p = random.choice([0, 0.1, 0.5, 1])
    stream = b"".join(pbm(h, w, p) for _ in range(random.randrange(8)))
    if random.randrange(2):
        stream += pbm(2, 5, p)
    spec = "ctw-image:depth=%d,template=%s,per=%s,alpha=%s,weight=%s" % (
        *options[:3], float(options[3]), float(options[4]))
    expected = by_the_paper(stream, *options)
    got = found(stream, spec)
    assert got == round(expected * ctw.PARTS), (spec, stream, got, expected)
    again = ctw.length(stream, depth, *options[1:3], float(options[3]),
                       float(options[4]))
    assert got == again * ctw.PARTS, (spec, stream, got, again)
print("streams of pictures: 60")
END
	fail "lengths"
finish
