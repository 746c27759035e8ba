#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Tests, calibration and fitted weights are scipy's and scikit-learn's, or written
# in numpy where these have none; resamples are drawn again in Python, digit for digit.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python sklearn,scipy,numpy python3-sklearn
"$python" -W ignore - <<'EOF'
import math
import subprocess

import numpy
from scipy import integrate, optimize, special, stats
from sklearn import metrics
from sklearn.calibration import calibration_curve

draw = numpy.random.RandomState(1)


def ask(what, text):
    """Lines of numbers."""
    answer = subprocess.run(["tests/statistics_for_python", what], input=text,
                            text=True, stdout=subprocess.PIPE, check=True)
    return [[float(number) for number in line.split()]
            for line in answer.stdout.splitlines()]


def close(got, want, tolerance=1e-11):
    same = math.isclose(got, want, rel_tol=tolerance, abs_tol=tolerance)
    assert same, (got, want)


def digits(correct):
    return "".join(str(int(right)) for right in correct)


def words(numbers):
    return " ".join("%.17g" % number for number in numbers)


# The differences of resamples, by the generator of src/base/random.c.

MASK = 2**64 - 1


class SplitMix:
    def __init__(self, seed):
        self.state = seed
        for _ in range(3):
            self.state = self.next()

    def next(self):
        self.state = (self.state + 0x9e3779b97f4a7c15) & MASK
        z = self.state
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & MASK
        z = (z ^ z >> 27) * 0x94d049bb133111eb & MASK
        return z ^ z >> 31

    def below(self, n):
        while True:
            product = (self.next() >> 32) * n
            if product % 2**32 >= 2**32 % n:
                return product >> 32


n_checked = 0
for seed, n in (1, 1), (2, 10), (3, 3 * 2**30), (4, 2**32 - 1), (5, 2**31 + 1):
    generator = SplitMix(seed)
    for (got,) in ask("random", "%d %d 100\n" % (seed, n)):
        assert got == generator.below(n), (seed, n, got)
        n_checked += 1
print("random numbers checked:", n_checked)
assert n_checked == 500


class Binomial:
    """Of n trials with the odds yes : no, drawn by inversion."""
    def __init__(self, n, yes, no):
        self.n, self.yes, self.no = n, float(yes), float(no)
        middle = min(int(n * (self.yes / (self.yes + self.no))), n)
        weights = {middle: 1.0}
        k = middle
        while k > 0 and no and weights[k] >= 2.0**-60:
            weights[k - 1] = (weights[k] * (k * self.no) /
                              ((n - k + 1) * self.yes))
            k -= 1
        self.least = k
        k = middle
        while k < n and yes and weights[k] >= 2.0**-60:
            weights[k + 1] = (weights[k] * ((n - k) * self.yes) /
                              ((k + 1) * self.no))
            k += 1
        self.below = [0.0]
        for k in sorted(weights):
            self.below.append(self.below[-1] + weights[k])
        del self.below[0]

    def draw(self, generator):
        u = (generator.next() >> 11) * 2.0**-53 * self.below[-1]
        return self.least + next(i for i, b in enumerate(self.below) if b > u)


# The binomials themselves are scipy's.
for n, yes, no in (1, 1, 1), (7, 7, 0), (7, 0, 3), (100, 3, 997), (5000, 2, 3):
    found = Binomial(n, yes, no)
    for i, below in enumerate(found.below):
        close(below / found.below[-1],
              stats.binom.cdf(found.least + i, n, yes / (yes + no)), 1e-10)


def resampled(first, second, n_resamples, confidence, seed):
    n, one, other = len(first), sum(first & ~second), sum(~first & second)
    generator = SplitMix(seed)
    differing = Binomial(n, one + other, n - one - other)
    differing = sorted(differing.draw(generator) for _ in range(n_resamples))
    if one + other:
        of = {m: Binomial(m, one, other) for m in set(differing)}
        sums = sorted(2 * of[m].draw(generator) - m for m in differing)
    else:
        sums = differing
    n_out = round(n_resamples * (1 - confidence) / 2 * 1e6) // 10**6
    kept = sums[n_out:n_resamples - n_out]
    return [kept[0] / n, kept[-1] / n]


def drawn_pair(n):
    first = draw.random_sample(n) < draw.uniform(0.3, 1)
    return first, numpy.where(draw.random_sample(n) < 0.7, first,
                              draw.random_sample(n) < 0.5)


n_checked = 0
for n, n_resamples, confidence, seed in [
        (1, 20, 0.95, 0), (2, 100, 0.9, 1), (50, 200, 0.95, 2**64 - 1),
        (333, 100, 0.5, 3), (64, 1, 0.95, 4), (64, 2, 0.95, 5),
        (30, 1000, 0.9, 6)]:
    first, second = drawn_pair(n)
    (got,) = ask("bootstrap", "%d %d %.17g %d %s %s\n" % (
        n, n_resamples, confidence, seed, digits(first), digits(second)))
    assert got[0] == (int(first.sum()) - int(second.sum())) / n, got
    assert got[1:] == resampled(first, second, n_resamples, confidence, seed)
    n_checked += 1

# And what endlessly many resamples would have, as the sum of n independent
# steps: the interval's ends are where they cut off a tail of that.
for n in 20, 100, 400:
    first, second = drawn_pair(n)
    steps = numpy.array([numpy.mean(~first & second),
                         numpy.mean(first == second),
                         numpy.mean(first & ~second)])
    sums = numpy.array([1.0])
    for _ in range(n):
        sums = numpy.convolve(sums, steps)  # of -n..n
    (got,) = ask("bootstrap", "%d 40000 0.95 7 %s %s\n" % (
        n, digits(first), digits(second)))
    below = numpy.cumsum(sums)
    low, high = (int(round(limit * n)) + n for limit in got[1:])
    assert below[low - 1] <= 0.025 + 0.004 and below[low] >= 0.025 - 0.004
    assert 1 - below[high] <= 0.025 + 0.004
    assert 1 - below[high - 1] >= 0.025 - 0.004
    n_checked += 1
print("bootstrap intervals checked:", n_checked)

# Cochran's Q is not in scipy: by the formula that textbooks have.
n_checked = 0
for k in 1, 2, 3, 7:
    for n in 1, 2, 40, 1000:
        easy = draw.random_sample(n) < 0.5
        table = numpy.array([numpy.where(draw.random_sample(n) < 0.4, easy,
                                         draw.random_sample(n) < 0.6)
                             for _ in range(k)]).astype(int)
        (got,) = ask("cochran", "%d %d\n%s\n" % (
            k, n, "\n".join(digits(row) for row in table)))
        right, of_sample = table.sum(axis=1), table.sum(axis=0)
        below = k * of_sample.sum() - (of_sample**2).sum()
        q = (k - 1) * (k * (right**2).sum() - right.sum()**2) / below \
            if below else 0
        close(got[0], q)
        assert got[1] == k - 1
        close(got[2], stats.chi2.sf(q, k - 1) if below else 1)
        if k == 2 and below:  # McNemar's, without a correction
            b, c = ((table[0] > table[1]).sum(), (table[0] < table[1]).sum())
            close(got[0], (b - c)**2 / (b + c))
        n_checked += 1
print("Cochran tests checked:", n_checked)


def brute_groups(ranks, order, critical):
    """Stretches of methods that do not differ, and are in no longer one."""
    stretches = [(i, j) for j in range(len(order)) for i in range(j)
                 if ranks[order[j]] - ranks[order[i]] < critical]
    return sorted((i, j) for i, j in stretches
                  if not any(a <= i and j <= b and (a, b) != (i, j)
                             for a, b in stretches))


def range_above(probability, k):
    def below(w):
        return k * integrate.quad(
            lambda z: stats.norm.pdf(z) * (special.ndtr(z + w) -
                                           special.ndtr(z))**(k - 1),
            -9, 9, epsabs=1e-13, epsrel=1e-13, limit=500)[0]
    return optimize.brentq(lambda w: below(w) - 1 + probability, 0, 20,
                           xtol=1e-13)


ranges = {}
cases = [(p, k) for p in (1e-6, 0.01, 0.05, 0.1, 0.5, 0.95)
         for k in (2, 3, 4, 10, 30)]
for (p, k), (got,) in zip(cases, ask("range", "".join(
        "%.17g %d\n" % case for case in cases))):
    close(got, range_above(p, k), 1e-9)
    close(stats.studentized_range.sf(got, k, numpy.inf), p, 1e-9)
    ranges[p, k] = got
print("studentized ranges checked:", len(cases))

n_checked = n_with_groups = 0
for k in 3, 4, 10:
    for n in 1, 2, 5, 30, 200:
        for n_values in 2, 5, None:  # many ties, some, none
            better = draw.permutation(k) * draw.choice([0, 0.1, 0.5, 3])
            values = draw.normal(size=(n, k)) + better
            if n_values:
                values = numpy.floor(special.expit(values) * n_values)
            for significance in 0.05, 0.1:
                lines = ask("friedman", "%d %d %g\n%s\n" % (
                    n, k, significance, words(values.ravel())))
                ranks = stats.rankdata(-values, axis=1).mean(axis=0)
                for got, want in zip(lines[0], ranks):
                    close(got, want)
                order = [int(place) for place in lines[1]]
                assert order == sorted(range(k), key=lambda j: lines[0][j])
                if (values == values[:, :1]).all():
                    assert lines[2] == [0, k - 1, 1]
                    chi = 0
                else:
                    chi, p = stats.friedmanchisquare(*values.T)
                    close(lines[2][0], chi)
                    assert lines[2][1] == k - 1
                    close(lines[2][2], p)
                if n < 2:
                    assert lines[3] == [0, k - 1, 0, 1]
                elif math.isclose(chi, n * (k - 1), rel_tol=1e-11):
                    assert lines[3] == [math.inf, k - 1, (k - 1) * (n - 1), 0]
                else:
                    f = (n - 1) * chi / (n * (k - 1) - chi)
                    close(lines[3][0], f, 1e-9)
                    assert lines[3][1:3] == [k - 1, (k - 1) * (n - 1)]
                    close(lines[3][3], stats.f.sf(f, k - 1,
                                                  (k - 1) * (n - 1)))
                critical = ranges[significance, k] / math.sqrt(2) * math.sqrt(
                    k * (k + 1) / (6 * n))
                close(lines[4][0], critical)
                groups = [int(place) for place in lines[4][1:]]
                groups = list(zip(groups[::2], groups[1::2]))
                assert groups == brute_groups(lines[0], order, lines[4][0])
                n_with_groups += len(groups) > 1
                n_checked += 1
print("Friedman tests checked:", n_checked, "- of several groups:",
      n_with_groups)
assert n_with_groups >= 10


def best_temperature(scores, truth):
    """Where the slope of log-loss is 0, of scores without infinities."""
    def slope(log_t):
        p = special.softmax(-scores * math.log(2) / math.exp(log_t), axis=1)
        return (scores[range(len(truth)), truth] -
                (p * scores).sum(axis=1)).sum()
    return math.exp(optimize.brentq(slope, -20, 20, xtol=1e-14))


n_checked = n_fitted = 0
for k in 2, 3, 10:
    for n in 1, 10, 500:
        for temperature, n_bins in (1, 10), (0.3, 1), (20, 15), (3.7, 7):
            truth = draw.randint(k, size=n)
            scores = draw.normal(size=(n, k)) * 10 + 4000
            scores[range(n), truth] -= draw.uniform(-1, 12)
            lines = ask("calibration", "%d %d %.17g %d\n%s\n" % (
                n, k, temperature, n_bins, "\n".join(
                    "%d %s" % (t, words(row))
                    for t, row in zip(truth, scores))))
            logs = special.log_softmax(-scores * math.log(2) / temperature,
                                       axis=1)
            p = special.softmax(-scores * math.log(2) / temperature, axis=1)
            got_p = numpy.array(lines[3:])
            assert numpy.allclose(got_p, p, rtol=1e-10, atol=1e-300)

            log_loss, brier, ece, accuracy, confidence, bad = lines[1]
            close(log_loss, -logs[range(n), truth].mean() / math.log(2))
            if p[range(n), truth].min() > 1e-14:
                close(log_loss * math.log(2), metrics.log_loss(
                    truth, p, labels=range(k)), 1e-10)
            close(brier, ((p - numpy.eye(k)[truth])**2).sum(axis=1).mean())
            if k == 2:
                close(brier / 2, metrics.brier_score_loss(
                    truth, p[:, 1], pos_label=1))
            right = scores.argmin(axis=1) == truth
            close(accuracy, right.mean())
            close(confidence, p.max(axis=1).mean())
            assert bad == 0

            bins = numpy.array(lines[2]).reshape(n_bins, 3)
            assert bins[:, 0].sum() == n
            close(ece, (bins[:, 0] * abs(bins[:, 1] - bins[:, 2])).sum() / n)
            bins = bins[bins[:, 0] > 0]
            true, predicted = calibration_curve(right, p.max(axis=1),
                                                n_bins=n_bins)
            assert numpy.allclose(bins[:, 2], true, rtol=1e-12)
            assert numpy.allclose(bins[:, 1], predicted, rtol=1e-12)

            own = scores[range(n), truth]
            if (own == scores.min(axis=1)).all():
                assert lines[0] == [0], lines[0]
            elif own.sum() >= scores.mean(axis=1).sum():
                assert lines[0] == [math.inf], lines[0]
            else:
                close(lines[0][0], best_temperature(scores, truth), 1e-9)
                n_fitted += 1
            n_checked += 1
print("calibrations checked:", n_checked, "- temperatures:", n_fitted)
assert n_fitted >= 15

# Weights of members: scipy's L-BFGS-B finds no better ones within the bounds.
n_checked = n_inside = 0
for n_members in 1, 2, 3, 6:
    for k in 2, 3, 10:
        for n in 30, 400:
            truth = draw.randint(k, size=n)
            scores = draw.normal(size=(n_members, n, k)) * 10 + 4000
            for member in scores:
                member[range(n), truth] -= draw.uniform(-2, 8)
                member *= draw.choice([0.001, 1, 1000])
            found, (n_fitted, loss, equal, gap) = ask(
                "weights", "%d %d %d\n%s\n%s\n" % (
                    n_members, n, k, " ".join(map(str, truth)),
                    words(scores.ravel())))
            off = scores - scores[:, range(n), truth][:, :, None]
            unit = abs(off).sum(axis=(1, 2)) / n / (k - 1)

            def log_loss(by):
                return -special.log_softmax(
                    -numpy.tensordot(by, off, 1) * math.log(2), axis=1)[
                    range(n), truth].mean() / math.log(2)

            best = min((optimize.minimize(
                lambda by: log_loss(by / unit), [start] * n_members,
                method="L-BFGS-B", bounds=[(0, 1024)] * n_members,
                options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 10000})
                for start in (0.01, 1)), key=lambda end: end.fun)
            found = numpy.array(found)
            assert n_fitted == n and 0 <= gap <= 1e-9, (n_fitted, gap)
            close(loss, log_loss(found), 1e-10)
            close(equal, log_loss(numpy.ones(n_members)), 1e-10)
            assert loss <= best.fun + 1e-9, (loss, best.fun)
            assert loss >= best.fun - 1e-6, (loss, best.fun)
            assert (found >= 0).all()
            if best.x.min() > 0.01 and best.x.max() < 20:
                assert numpy.allclose(found * unit, best.x, rtol=0.01)
                n_inside += 1
            n_checked += 1
print("fitted weights checked:", n_checked, "- inside of bounds:", n_inside)
assert n_inside >= 5
EOF
