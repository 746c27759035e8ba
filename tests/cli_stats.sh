#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist stats: every number again in Python, from what codist export writes.
. "${srcdir:-.}/tests/cli.sh"
unset CODIST_DATA
cd "$scratch" || exit 99

cat >one.yaml <<'END'
data: synthetic
test.limit: 30
train.limit: 50
END

# A store with one run has nothing to compare it with.
run 0 run one.yaml
run 0 stats one.db
prints "1 runs: 1 done"
prints "0 of 0 pairs of runs on the same samples"
if grep -q "ranked" "$out"; then fail "one method was ranked"; fi
run 0 stats one.db --section pairs --format csv
[ "$(wc -l <"$out")" -eq 1 ] || fail "pairs of one run: $(cat "$out")"
run 0 stats one.db --section ranks --over seed
says "no ranks over seed"

# Runs on four sets of samples, among which are parts of the same ones.
cat >s.yaml <<'END'
title: Do they differ?
transform: [none, binarize]
runs:
  - data: synthetic
    test.limit: 60
    train.limit: [80, 160]
    reference: chunk:size=16
    aggregate: [logsumexp, mean]
  - name: other
    train: synthetic:part=train,n=90
    test: synthetic:part=test,n=60
  - name: folds
    train: synthetic:part=train,n=120
    folds: 5
    seed: 7
    reference: [chunk:size=16, class]
  - name: held
    train: synthetic:part=train,n=120
    validate: 0.4
    seed: [1, 2, 3]
END
run 0 run s.yaml
run 0 stats s.db
prints "20 runs: 20 done"
prints "pairs of runs on the same samples: the best of"
prints "ranked over seed on 3 blocks"
run 0 stats s.db --classes --calibration
prints "all that is told is of the others, which it was not fitted on"
run 0 stats s.db --all-pairs
first=train.limit=80/none/logsumexp
run 0 stats s.db --against $first --section pairs
prints "$first"

misused "expected one STORE" stats
misused "expected one STORE" stats s.db one.db
misused "no run 'othr/none'; the nearest is 'other/none'" stats s.db \
	--against othr/none
misused "both --against and --all-pairs" stats s.db --against $first --all-pairs
misused "--over backend: expected data, seed, train.limit or folds" stats s.db \
	--over backend
misused "--section tables: expected runs, groups" stats s.db --section tables
misused "one section at a time" stats s.db --classes --format csv
misused "--parts 61: run '$first' has 60 samples, expected at most 60 parts" \
	stats s.db --parts 61
misused "has 30 samples, expected at most 30 parts" stats one.db \
	--section parts --parts 31 --format csv
misused "--parts 0: expected" stats s.db --parts 0
misused "--parts 2 with --section runs: expected --section parts, or none" \
	stats s.db --section runs --parts 2
run 0 stats one.db --section parts --parts 30 --format csv
[ "$(wc -l <"$out")" -eq 31 ] || fail "not 30 parts: $(cat "$out")"
misused "--resamples 0: expected" stats s.db --resamples 0
echo text >text.db
failed "text.db: is damaged, or no store" stats text.db
failed "no-such.db: cannot read" stats no-such.db
head -c 40000 s.db >cut.db
failed "cut.db: is damaged, or no store" stats cut.db

# The seed alone decides what is resampled.
run 0 stats s.db --format json --resamples 500 --seed 1
cp "$out" 1
run 0 stats s.db --format json --resamples 500 --seed 1
same 1 "$out"
run 0 stats s.db --format json --resamples 500 --seed 2
cmp -s 1 "$out" && fail "another seed, and the same intervals"

has_python numpy,scipy,sqlite3 || finish
for section in runs groups pairs ranks classes parts calibration; do
	run 0 stats s.db --format csv --section $section --all-pairs
	cp "$out" $section.csv
done
run 0 stats s.db --format csv --section parts --parts 7
cp "$out" seven.csv
run 0 stats s.db --format json --all-pairs --classes --parts 2 --calibration
cp "$out" all.json
for over in data seed train.limit folds; do
	run 0 stats s.db --format json --section ranks --over $over
	cp "$out" $over.json
done
run 0 stats s.db --format csv --section pairs
cp "$out" best.csv
run 0 stats s.db --format csv --section pairs --against $first
cp "$out" against.csv
run 0 export s.db
cp "$out" exported.csv
run 0 export s.db --what predictions
cp "$out" predictions.csv
for reference in chunk:size=16 class; do
	run 0 classify --train synthetic:part=train,n=120 --folds 5 --seed 7 \
		--reference $reference --format json
	cp "$out" folds-${reference%:*}.json
done
"$python" -W ignore - <<'END' || fail "statistics"
import collections
import csv
import itertools
import json
import math
import sqlite3

import numpy
from scipy import optimize, stats


def rows(name):
    with open(name, newline="") as file:
        return list(csv.DictReader(file))


def close(got, want, tolerance=1e-9):
    assert math.isclose(float(got), want, rel_tol=tolerance,
                        abs_tol=tolerance), (got, want)


runs = {r["run"]: r for r in rows("exported.csv")}
names = list(runs)
assert len(names) == 20
of = collections.defaultdict(list)
for r in rows("predictions.csv"):
    of[r["run"]].append(r)
right = {name: numpy.array([r["truth"] == r["predicted"] for r in of[name]])
         for name in names}
scores = {name: numpy.array([[float(s) for s in r["scores"].split()]
                             for r in of[name]]) for name in names}
classes = sorted({r["truth"] for r in rows("predictions.csv")})
assert classes == list("0123456789")
truth = {name: numpy.array([int(r["truth"]) for r in of[name]])
         for name in names}

# Each run: the nearest class wins, and ties are where several are nearest.
found = rows("runs.csv")
assert [r["run"] for r in found] == names
group_of = {}
for r in found:
    name = r["run"]
    n, k = len(right[name]), int(right[name].sum())
    assert (int(r["samples"]), int(r["correct"])) == (n, k)
    close(r["accuracy"], k / n)
    wilson = stats.binomtest(k, n).proportion_ci(method="wilson")
    close(r["low"], wilson.low)
    close(r["high"], wilson.high)
    nearest = scores[name] == scores[name].min(axis=1, keepdims=True)
    tied = nearest.sum(axis=1) > 1
    true = nearest[numpy.arange(n), truth[name]]
    assert int(r["tied"]) == tied.sum()
    close(r["tie_rate"], tied.mean())
    assert int(r["correct_low"]) == (true & ~tied).sum()
    assert int(r["correct_high"]) == true.sum()
    group_of[name] = int(r["group"])
assert sum(int(r["tied"]) for r in found) > 0

# Who is on the same samples: not known from bytes, which transforms change.
kind = {name: name.split("/")[0] for name in names}
kind = {name: "folds" if k == "folds" else
        " ".join(name.split("/")[:2]) if k == "held" else "test"
        for name, k in kind.items()}
assert len(set(kind.values())) == 5
for a, b in itertools.combinations(names, 2):
    same = group_of[a] == group_of[b]
    assert same == (kind[a] == kind[b]), (a, b)
    if same:
        assert [(r["sample"], r["truth"]) for r in of[a]] == \
               [(r["sample"], r["truth"]) for r in of[b]]
    if runs[a]["test_checksum"] == runs[b]["test_checksum"] and \
            not runs[a]["folds"] + runs[b]["folds"]:
        assert same

members = collections.defaultdict(list)
for name in names:
    members[group_of[name]].append(name)


def cochran(table):
    k, right, of_sample = len(table), table.sum(axis=1), table.sum(axis=0)
    below = k * of_sample.sum() - (of_sample**2).sum()
    q = (k - 1) * (k * (right**2).sum() - right.sum()**2) / below
    return q, stats.chi2.sf(q, k - 1)


found = rows("groups.csv")
assert [int(r["group"]) for r in found] == sorted(members)
for r in found:
    group = members[int(r["group"])]
    q, p = cochran(numpy.array([right[name] for name in group]).astype(int))
    close(r["cochran_q"], q)
    assert int(r["freedom"]) == len(group) - 1
    assert int(r["runs"]) == len(group)
    close(float(r["p"]) / p, 1, 1e-7)
    assert r["best"] == max(group, key=lambda name: right[name].sum())


def check_pairs(found, wanted):
    """Of 10000 resamples; the tails of all there could be are known."""
    assert [(r["first"], r["second"]) for r in found] == wanted
    p = []
    for r in found:
        a, b = right[r["first"]], right[r["second"]]
        n = len(a)
        only = int((a & ~b).sum()), int((b & ~a).sum())
        assert (int(r["first_only"]), int(r["second_only"])) == only
        p.append(stats.binomtest(only[0], sum(only)).pvalue if sum(only)
                 else 1)
        close(float(r["p"]) / p[-1], 1, 1e-8)
        close(r["difference"], (only[0] - only[1]) / n)
        steps = numpy.array([only[1], n - sum(only), only[0]]) / n
        sums = numpy.array([1.0])
        for _ in range(n):
            sums = numpy.convolve(sums, steps)
        below = numpy.concatenate([[0], numpy.cumsum(sums)])
        low, high = (int(round(float(r[key]) * n)) + n
                     for key in ("low", "high"))
        assert below[low] <= 0.025 + 0.008 and below[low + 1] >= 0.025 - 0.008
        assert 1 - below[high + 1] <= 0.025 + 0.008
        assert 1 - below[high] >= 0.025 - 0.008
    order, least = sorted(range(len(p)), key=lambda i: p[i]), 0
    for step, i in enumerate(order):
        least = max(least, min(1, (len(p) - step) * p[i]))
        close(found[i]["p_holm"], least)


check_pairs(rows("pairs.csv"),
            [pair for g in sorted(members)
             for pair in itertools.combinations(members[g], 2)])
check_pairs(rows("best.csv"),
            [(best, name) for g in sorted(members)
             for best in [max(members[g], key=lambda x: right[x].sum())]
             for name in members[g] if name != best])
first = names[0]
check_pairs(rows("against.csv"),
            [(first, name) for name in members[group_of[first]]
             if name != first])


# Ranks: which runs are a method, and which a block, by their names.
def check_ranks(over, methods, blocks, accuracy):
    ranks = json.load(open(over + ".json"))["ranks"]
    assert ranks["over"] == over
    assert ranks["blocks"] == blocks, ranks["blocks"]
    table = numpy.array([[accuracy(m, b) for m in methods]
                         for b in range(len(blocks))])
    n, k = table.shape
    average = stats.rankdata(-table, axis=1).mean(axis=0)
    listed = ranks["methods"]
    assert sorted(m["method"] for m in listed) == sorted(methods)
    assert [m["rank"] for m in listed] == sorted(m["rank"] for m in listed)
    for m in listed:
        at = methods.index(m["method"])
        close(m["rank"], average[at])
        for got, want in zip(m["accuracies"], table[:, at]):
            close(got, want)
        assert len(m["accuracies"]) == n
    chi, f = ranks["chi_square"], ranks["f"]
    if k > 2:
        want = stats.friedmanchisquare(*table.T)
        close(chi["statistic"], want.statistic)
        close(chi["p"], want.pvalue)
        below = n * (k - 1) - chi["statistic"]
        if below > 1e-9:
            close(f["statistic"], (n - 1) * chi["statistic"] / below)
            close(f["p"], stats.f.sf(f["statistic"], k - 1,
                                     (k - 1) * (n - 1)))
    critical = stats.studentized_range.ppf(0.95, k, numpy.inf) / \
        math.sqrt(2) * math.sqrt(k * (k + 1) / (6 * n))
    close(ranks["critical_difference"], critical, 1e-6)
    for alike in ranks["alike"]:
        close_ranks = [average[methods.index(m)] for m in alike]
        assert max(close_ranks) - min(close_ranks) < critical
    return ranks


def share(name):
    return right[name].mean()


methods = [f"{t}/{a}" for t in ("none", "binarize")
           for a in ("logsumexp", "mean")]
check_ranks("train.limit", methods, ["80", "160"],
            lambda m, b: share(f"train.limit={(80, 160)[b]}/{m}"))
ranks = check_ranks("seed", ["held/none", "held/binarize"], ["1", "2", "3"],
                    lambda m, b: share(m.replace("/", f"/seed={b + 1}/")))
assert ranks["left_out"] == 14 # methods of the others
assert not json.load(open("data.json"))["ranks"]["methods"]

# Folds are those that the store has, each prediction with its own; and classify
# knows the worst and the best of them.
methods = [name for name in names if kind[name] == "folds"]
ranks = json.load(open("folds.json"))["ranks"]
by_fold = {m["method"]: m["accuracies"] for m in ranks["methods"]}
assert sorted(by_fold) == sorted(methods)
store = sqlite3.connect("s.db")
for name in methods:
    blocks = store.execute(
        "SELECT sum(n), sum(correct_low), sum(correct_high) FROM block "
        "WHERE run = (SELECT id FROM run WHERE name = ?) GROUP BY part "
        "ORDER BY part", (name,)).fetchall()
    assert len(blocks) == 5
    exact = [value for value, in store.execute(
        "SELECT avg(truth = predicted) FROM prediction WHERE run = (SELECT "
        "id FROM run WHERE name = ?) GROUP BY part ORDER BY part", (name,))]
    assert len(exact) == 5
    for got, want in zip(by_fold[name], exact):
        close(got, want)
    for (n, low, high), accuracy in zip(blocks, by_fold[name]):
        correct = round(accuracy * n)
        close(accuracy, correct / n)
        assert low <= correct <= high, (name, low, correct, high)
    assert round(sum(by_fold[name]) * 24) == right[name].sum()
for name, file in (("folds/none/chunk:size=16", "folds-chunk.json"),
                   ("folds/none/class", "folds-class.json")):
    low, high = json.load(open(file))["accuracy_by_folds"]
    close(min(by_fold[name]), low)
    close(max(by_fold[name]), high)
check_ranks("folds", methods, [f"{runs[methods[0]]['data']}, seed 7, fold {i}"
                               for i in range(1, 6)],
            lambda m, b: by_fold[m][b])

# What CSV has of the ranks is what JSON has.
found, ranks = rows("ranks.csv"), json.load(open("seed.json"))["ranks"]
assert [r["method"] for r in found] == [m["method"] for m in ranks["methods"]]
for r, m in zip(found, ranks["methods"]):
    close(r["rank"], m["rank"])
    close(r["mean_accuracy"], numpy.mean(m["accuracies"]))
    close(r["critical_difference"], ranks["critical_difference"])
    close(r["chi_square_p"], ranks["chi_square"]["p"])
    assert (r["over"], r["blocks"]) == ("seed", "3")

# Classes.
found = collections.defaultdict(dict)
for r in rows("classes.csv"):
    found[r["run"]][r["class"]] = r
assert list(found) == names
for name in names:
    for c in classes:
        true = sum(r["truth"] == c for r in of[name])
        said = sum(r["predicted"] == c for r in of[name])
        both = sum(r["truth"] == r["predicted"] == c for r in of[name])
        if true + said == 0:
            assert c not in found[name]
            continue
        r = found[name][c]
        assert (int(r["support"]), int(r["predicted"])) == (true, said)
        close(r["recall"], both / true if true else 0)
        close(r["precision"], both / said if said else 0)
        close(r["f1"], 2 * both / (true + said))


# Parts: every sample is in one, and they are as long as each other, or nearly.
for name_of_file, n_parts in ("parts.csv", 2), ("seven.csv", 7):
    found = collections.defaultdict(list)
    for r in rows(name_of_file):
        found[r["run"]].append(r)
    assert list(found) == names
    for name in names:
        samples = sorted(of[name], key=lambda r: int(r["sample"]))
        at = 0
        assert len(found[name]) == n_parts
        for r in found[name]:
            n = int(r["samples"])
            assert n in (len(samples) // n_parts,
                         len(samples) // n_parts + 1)
            part = samples[at:at + n]
            correct = sum(s["truth"] == s["predicted"] for s in part)
            assert (r["first"], r["last"]) == (part[0]["sample"],
                                               part[-1]["sample"])
            assert int(r["correct"]) == correct
            close(r["accuracy"], correct / n)
            at += n
        assert at == len(samples)

# Calibration: within each class the samples go to the halves by turns.
def probabilities(x, t):
    x = -(x - x.min(axis=1, keepdims=True)) / t
    p = 2.0**x
    return p / p.sum(axis=1, keepdims=True)


def log_loss(x, y, t):
    e = x - x.min(axis=1, keepdims=True)
    return numpy.mean(e[numpy.arange(len(y)), y] / t +
                      numpy.log2((2.0**(-e / t)).sum(axis=1)))


def check_calibration(r, prefix, x, y, t):
    p = probabilities(x, t)
    close(r[prefix + "log_loss"], log_loss(x, y, t))
    close(r[prefix + "brier"],
          ((p - numpy.eye(10)[y])**2).sum(axis=1).mean())
    confidence, hit = p.max(axis=1), p.argmax(axis=1) == y
    bins, ece = numpy.ceil(confidence * 15), 0
    for b in set(bins):
        ece += abs(hit[bins == b].sum() - confidence[bins == b].sum())
    close(r[prefix + "ece"], ece / len(y))


found = rows("calibration.csv")
assert [r["run"] for r in found] == names
for r in found:
    name, turn = r["run"], collections.Counter()
    half = []
    for c in truth[name]:
        half.append(turn[c] % 2)
        turn[c] += 1
    half = numpy.array(half)
    fit, judge = half == 0, half == 1
    x, y, t = scores[name], truth[name], float(r["temperature"])
    # Those of logsumexp are natural logarithms; what is told is of bits.
    x = x / math.log(2) if name.endswith("logsumexp") else x
    assert (int(r["fitted_on"]), int(r["samples"])) == \
        (fit.sum(), judge.sum())
    assert int(r["impossible"]) == int(r["fitted_impossible"]) == 0
    close(r["accuracy"], (x[judge].argmin(axis=1) == y[judge]).mean())
    best = optimize.minimize_scalar(
        lambda u: log_loss(x[fit], y[fit], math.exp(u)), bracket=(0, 5),
        tol=1e-10)
    close(log_loss(x[fit], y[fit], t), best.fun, 1e-8)
    close(t, math.exp(best.x), 1e-3)
    check_calibration(r, "", x[judge], y[judge], 1)
    check_calibration(r, "fitted_", x[judge], y[judge], t)

# JSON has the same numbers.
whole = json.load(open("all.json"))
assert (whole["n_runs"], whole["n_done"]) == (20, 20)
for section in ("runs", "groups", "pairs", "classes", "parts", "calibration"):
    listed = rows(section + ".csv")
    assert len(listed) == len(whole[section]) > 0
    for r, item in zip(listed, whole[section]):
        assert list(r) == list(item)
        for key, value in item.items():
            if isinstance(value, str):
                assert r[key] == value
            else:
                close(r[key], value, 1e-14)

# Runs that are not done are left out, and told.
store.execute("UPDATE run SET state = 'begun' WHERE name = ?", (names[1],))
store.commit()
END
run 0 stats s.db
prints "20 runs: 19 done, and 1 left out, which are not"
misused "run 'train.limit=80/none/mean' is not done" stats s.db \
	--against train.limit=80/none/mean
run 0 stats s.db --format csv
[ "$(wc -l <"$out")" -eq 20 ] || fail "not 19 runs that are done"
"$python" -c 'import sqlite3
store = sqlite3.connect("s.db")
store.execute("DELETE FROM prediction WHERE run = 1 AND sample = 5")
store.commit()
store = sqlite3.connect("one.db")
store.execute("UPDATE run SET state = '"'waiting'"'")
store.commit()
store = sqlite3.connect("alien.db")
store.execute("CREATE TABLE run (id)")
store.commit()' || fail "stores were not changed"
failed "s.db: run 1 has less predictions than its blocks have" stats s.db
failed "alien.db: a database, but no store of codist run" stats alien.db
run 0 stats one.db --classes --calibration
prints "1 runs: 0 done, and 1 left out, which are not"
run 0 stats one.db --format json
finish
