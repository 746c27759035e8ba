#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Linkages are SciPy's; quartets and splits are counted one by one.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python scipy,numpy python3-scipy
"$python" -W ignore - <<'EOF'
import itertools
import math
import random
import subprocess

import numpy
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform


def ask(what, text):
    return subprocess.run(["tests/trees_for_python"] + what, input=text,
                          text=True, stdout=subprocess.PIPE,
                          check=True).stdout.splitlines()


def as_text(d):
    return "%d\n%s\n" % (len(d), "\n".join(" ".join("%.17g" % x for x in row)
                                           for row in d))


def draw_matrix(draw, n):
    d = [[0.0] * n for _ in range(n)]
    for i, j in itertools.combinations(range(n), 2):
        d[i][j] = d[j][i] = draw.random()
    return d


def parse(newick):
    """Neighbours of each node; leaves are text, inner nodes numbers."""
    beside, stack, node, word = {}, [], None, ""
    for c in newick.strip():
        if c not in "(),;":
            word += c
            continue
        if word and node is None:
            node = word.split(":")[0]
            beside.setdefault(node, [])
        word = ""
        if c == "(":
            stack.append(len(beside))
            beside[stack[-1]] = []
            continue
        if stack:
            beside[stack[-1]].append(node)
            beside[node].append(stack[-1])
        node = stack.pop() if c == ")" else None
    return beside


def side(beside, a, b):
    """The leaves on b's side of the branch from a to b."""
    found, stack = set(), [(a, b)]
    while stack:
        a, b = stack.pop()
        if isinstance(b, str):
            found.add(b)
        stack += [(b, c) for c in beside[b] if c != a]
    return frozenset(found)


def splits(newick):
    beside = parse(newick)
    leaves = {v for v in beside if isinstance(v, str)}
    found = set()
    for a in beside:
        for b in beside[a]:
            part = side(beside, a, b)
            if 1 < len(part) < len(leaves) - 1 and "0" not in part:
                found.add(part)
    return found


def brute_score(newick, d):
    parts = [{int(leaf) for leaf in part} for part in splits(newick)]
    n, cost, least, greatest = len(d), [], [], []
    for u, v, w, x in itertools.combinations(range(n), 4):
        ways = [((u, v), (w, x)), ((u, w), (v, x)), ((u, x), (v, w))]
        costs = [d[a][b] + d[e][f] for (a, b), (e, f) in ways]
        held = [c for ((a, b), (e, f)), c in zip(ways, costs)
                if any((a in part) == (b in part) != (e in part) == (f in part)
                       for part in parts)]
        assert len(held) == 1, (newick, ways)
        cost += held
        least.append(min(costs))
        greatest.append(max(costs))
    m, M = math.fsum(least), math.fsum(greatest)
    return (M - math.fsum(cost)) / (M - m) if M > m else 1.0


def draw_topology(draw, n, arity):
    """A tree of leaves 0..n - 1 from the left, as the matrix has them."""
    parts = [str(i) for i in range(n)]
    while len(parts) > arity:
        i = draw.randrange(len(parts) - 1)
        parts[i:i + 2] = ["(%s,%s)" % (parts[i], parts[i + 1])]
    return "(%s);" % ",".join(parts)


def multifurcating(draw, leaves):
    """A tree of shuffled leaves, with any number of children at a node."""
    parts = draw.sample(leaves, len(leaves))
    while len(parts) > 3 and draw.random() < 0.9:
        k = draw.choice([2, 2, 2, 3])
        parts = ["(%s)" % ",".join(parts[:k])] + parts[k:]
        draw.shuffle(parts)
    return "(%s);" % ",".join(parts)


draw = random.Random(4)
sizes = [1, 2, 3, 4, 5, 8, 13, 34, 60]
matrices = [draw_matrix(draw, n) for n in sizes for _ in range(3)]

n_merges = 0
for method in ("single", "complete", "average", "weighted", "ward"):
    rows = [row.split() for row in ask(["cluster", method],
                                       "".join(map(as_text, matrices)))]
    for d in matrices:
        if len(d) == 1:
            continue
        mine, rows = rows[:len(d) - 1], rows[len(d) - 1:]
        expected = linkage(squareform(numpy.array(d)), method)
        for (a, b, height, size), row in zip(mine, expected):
            assert (int(a), int(b), int(size)) == (row[0], row[1], row[3]), \
                (method, len(d), mine, expected)
            assert math.isclose(float(height), row[2], rel_tol=1e-12)
            n_merges += 1
    assert not rows
print("merges checked:", n_merges)
assert n_merges == 5 * 3 * sum(n - 1 for n in sizes)

small = [d for d in matrices if len(d) <= 13]
for method in ("join", "climb"):
    answers = ask(["tree", method], "".join(map(as_text, small)))
    assert len(answers) == 2 * len(small)
    for d, newick, score in zip(small, answers[::2], answers[1::2]):
        expected = brute_score(newick, d)
        assert abs(float(score) - expected) < 1e-12, (newick, score, expected)

cases = []
for n in (3, 4, 5, 6, 9, 12):
    for arity in (2, 3):
        cases += [(draw_topology(draw, n, arity), draw_matrix(draw, n))
                  for _ in range(4)]
answers = ask(["score"], "".join("%s\n%s" % (newick, as_text(d))
                                 for newick, d in cases))
assert len(answers) == len(cases)
for (newick, d), score in zip(cases, answers):
    expected = brute_score(newick, d)
    assert abs(float(score) - expected) < 1e-12, (newick, score, expected)
print("scores checked:", len(cases) + 2 * len(small))

pairs = []
for n in (1, 2, 3, 4, 5, 7, 12, 65, 130):
    for _ in range(4):
        leaves = [str(i) for i in range(n)]
        pairs.append([multifurcating(draw, leaves) for _ in range(2)])
    pairs.append([pairs[-1][0]] * 2)
    pairs.append([draw_topology(draw, n, 2), draw_topology(draw, n, 3)])
answers = ask(["compare"], "".join("%s\n%s\n" % tuple(p) for p in pairs))
assert len(answers) == len(pairs)
n_shared = 0
for (a, b), answer in zip(pairs, answers):
    a, b = splits(a), splits(b)
    *counts, normalized = answer.split()
    assert [int(c) for c in counts] == [len(a), len(b), len(a ^ b)], answer
    total = len(a) + len(b)
    assert math.isclose(float(normalized),
                        len(a ^ b) / total if total else 0, rel_tol=1e-15)
    n_shared += 0 < len(a ^ b) < total
print("pairs checked:", len(pairs), "of which some shared:", n_shared)
assert n_shared >= 5
EOF
