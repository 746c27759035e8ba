#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# logsumexp is what 60 decimals make of it, knn is scikit-learn's, median is
# numpy's, trimmed is scipy's, smallest and vote are written in numpy.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python sklearn,scipy,numpy python3-sklearn
"$python" - <<'EOF'
import decimal
import math
import random
import subprocess

import numpy
from scipy.stats import trim_mean
from sklearn.neighbors import KNeighborsClassifier


def fold(spec, n_classes, rows):
    """rows: lists of (class, score); returns (predicted, class scores)"""
    text = "".join("%d %d\n%s\n" % (len(row), n_classes, "\n".join(
        "%d %.17g" % pair for pair in row)) for row in rows)
    answer = subprocess.run(["tests/for_python", "fold", spec], input=text,
                            text=True, stdout=subprocess.PIPE, check=True)
    lines = [line.split() for line in answer.stdout.splitlines()]
    assert len(lines) == len(rows)
    return [(int(line[0]), [float(score) for score in line[1:]])
            for line in lines]


draw = random.Random(1)
decimal.getcontext().prec = 60
decimal.getcontext().Emin = decimal.MIN_EMIN
N_CLASSES = 4


def exact(lengths, base):
    """-ln(sum of base^-L) + ln(number of chunks), in units"""
    if not lengths:
        return math.inf
    total = sum(decimal.Decimal(base) ** -decimal.Decimal(length)
                for length in lengths)
    return float(-total.ln() + decimal.Decimal(len(lengths)).ln())


n_checked = 0
for unit, bits in ("byte", 8), ("bit", 1):
    for base in "2", "1.5", "10", "2.718281828459045":
        rows = [[(draw.randrange(N_CLASSES), bits * max(1, nbytes +
                  draw.randint(-spread, spread)))
                 for _ in range(draw.choice([1, 3, 60]))]
                for nbytes in (1, 20, 800, 5000, 100000)
                for spread in (1, 30, nbytes)]
        answers = fold("logsumexp:base=%s,unit=%s" % (base, unit), N_CLASSES,
                       rows)
        for row, (predicted, scores) in zip(rows, answers):
            expected = [exact([score // bits for c, score in row if c == k],
                              base) for k in range(N_CLASSES)]
            for got, want in zip(scores, expected):
                assert got == want or math.isclose(got, want, rel_tol=1e-15), (
                    base, unit, row, got, want)
            assert scores[predicted] == min(scores)
            n_checked += 1
print("rows of logsumexp checked:", n_checked)

n_checked = 0
for base in "2", "10":
    rows = [[(draw.randrange(N_CLASSES), 8 * draw.randint(100, 130))
             for _ in range(n)] for n in (1, 5, 60, 200) for _ in range(5)]
    answers = fold("logsumexp:base=%s,prior=samples" % base, N_CLASSES, rows)
    for row, (predicted, scores) in zip(rows, answers):
        samples = [1 + i % 3 for i in range(len(row))]
        for k, got in enumerate(scores):
            share = sum(n for n, (c, _) in zip(samples, row)
                        if c == k) / sum(samples)
            want = exact([score // 8 for c, score in row if c == k],
                         base) - (math.log(share) if share else 0)
            assert got == want or math.isclose(got, want, rel_tol=1e-14), (
                base, row, got, want)
            n_checked += share > 0
        assert scores[predicted] == min(scores)
print("classes with a prior checked:", n_checked)
assert n_checked > 100

n_checked = 0
for k in 1, 2, 5, 20:
    for weights in "uniform", "distance":
        n = draw.randint(k, 40)
        labels = [draw.randrange(N_CLASSES) for _ in range(n)]
        distances = [[draw.uniform(0.001, 100) for _ in range(n)]
                     for _ in range(50)]
        for row in distances[::2]:  # exact matches, but no more than k
            for i in draw.sample(range(n), draw.randint(1, k)):
                row[i] = 0
        model = KNeighborsClassifier(n_neighbors=k, weights=weights,
                                     metric="precomputed", algorithm="brute")
        model.fit(numpy.zeros((n, n)), labels)
        wanted = model.predict(numpy.array(distances))
        shares = model.predict_proba(numpy.array(distances))
        answers = fold("knn:k=%d,weights=%s" % (k, weights), N_CLASSES,
                       [list(zip(labels, row)) for row in distances])
        for (predicted, scores), label, share in zip(answers, wanted, shares):
            assert predicted == label, (k, weights, predicted, label)
            expected = dict(zip(model.classes_, -share))
            for c, score in enumerate(scores):
                want = expected.get(c, math.inf)
                assert score == want or math.isclose(
                    score, want, rel_tol=1e-14), (k, weights, score, want)
            n_checked += 1
print("rows of knn checked:", n_checked)


def smallest(k):
    return lambda scores: numpy.sort(scores)[:k].mean()


def trimmed(fraction):
    return lambda scores: trim_mean(scores, fraction)


def voted(classes):
    """Votes by rank, of a table that is cut to the shortest class."""
    present = [c for c, scores in enumerate(classes) if len(scores)]
    n_ranks = min(len(classes[c]) for c in present)
    table = numpy.array([numpy.sort(classes[c])[:n_ranks] for c in present])
    votes = (table == table.min(axis=0)).sum(axis=1)
    result = [math.inf] * len(classes)
    for c, n in zip(present, votes):
        result[c] = 0 - n / n_ranks
    return result


def by_class(aggregate):
    return lambda classes: [aggregate(scores) if len(scores) else math.inf
                            for scores in classes]


def draw_scores():
    """Many of them equal, or none; few references, or many."""
    spread = draw.choice([3, 50, None])
    n = draw.choice([1, 2, 9, 30, 120])
    return [(draw.randrange(N_CLASSES),
             draw.uniform(-100, 100) if spread is None else
             8.0 * draw.randrange(spread)) for _ in range(n)]


for spec, expect in [
        ("median", by_class(numpy.median)), ("vote", voted),
        ("smallest:k=1", by_class(smallest(1))),
        ("smallest", by_class(smallest(3))),
        ("smallest:k=20", by_class(smallest(20))),
        ("trimmed:fraction=0", by_class(trimmed(0))),
        ("trimmed", by_class(trimmed(0.1))),
        ("trimmed:fraction=0.29", by_class(trimmed(0.29))),
        ("trimmed:fraction=0.5", by_class(numpy.median))]:
    rows = [draw_scores() for _ in range(100)]
    for row, (predicted, scores) in zip(rows, fold(spec, N_CLASSES, rows)):
        want = expect([numpy.array([score for c, score in row if c == k])
                       for k in range(N_CLASSES)])
        for k, got in enumerate(scores):
            assert got == want[k] or math.isclose(
                got, want[k], rel_tol=1e-13, abs_tol=1e-13), (
                    spec, row, scores, want)
        assert predicted == scores.index(min(scores))
    print("rows of %s checked:" % spec, len(rows))
EOF
