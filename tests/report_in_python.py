# SPDX-License-Identifier: GPL-3.0-or-later
"""report_in_python.py PAGE STORE RUNS CONFUSION PREDICTIONS

That a page of codist report is well-formed, loads nothing, and has the numbers
of what codist export wrote as CSV, or what they come to.
"""
import base64
import collections
import csv
import hashlib
import html.parser
import math
import re
import sqlite3
import sys

VOID = {"meta", "input"}


class Page(html.parser.HTMLParser):
    """The tables of a page: caption, header and rows of texts."""

    def __init__(self):
        super().__init__()
        self.open, self.tables, self.scripts = [], [], 0
        self.ids, self.references, self.headings = [], [], []
        self.into = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        assert len(given) == len(attributes), self.getpos()
        if tag not in VOID:
            self.open.append(tag)
        for name in given:
            assert not name.startswith("on"), self.getpos()
        for name in ("src", "href", "srcset", "data", "action"):
            assert given.get(name, "#").startswith("#"), given
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("aria-labelledby", "aria-describedby"):
            if name in given:
                self.references.append(given[name])
        if "href" in given:
            self.references.append(given["href"][1:])
        self.scripts += tag == "script"
        if tag == "table":
            self.tables.append([None, []])
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("caption", "th", "td", "h1", "h2"):
            self.into = ""
        if tag == "th":
            assert given.get("scope") in ("col", "row"), self.getpos()
        if tag == "svg":
            assert given.get("aria-label") or \
                given.get("aria-hidden") == "true", self.getpos()

    def handle_startendtag(self, tag, attributes):
        assert tag in ("path", "line", "polyline"), self.getpos()
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, (tag, self.getpos())
        if tag == "caption":
            self.tables[-1][0] = self.into
        elif tag in ("th", "td"):
            self.tables[-1][1][-1].append(self.into)
        elif tag in ("h1", "h2"):
            self.headings.append(self.into)
        if tag in ("caption", "th", "td", "h1", "h2"):
            self.into = None

    def handle_data(self, data):
        if self.into is not None:
            self.into += data


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
page = Page()
page.feed(text)
page.close()
assert not page.open, page.open
assert page.scripts == 1
# Of scripts a browser carries out this one alone.
script = re.search(r"<script>(.*?)</script>", text, re.DOTALL).group(1)
digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
assert "default-src 'none'" in text
assert f"script-src 'sha256-{digest}'\">" in text, digest
for foreign in ("://", "@import", "url(", "<link", "<img"):
    assert foreign not in text, foreign
assert len(set(page.ids)) == len(page.ids)
assert set(page.references) <= set(page.ids), page.references
for caption, rows in page.tables:
    assert caption and len({len(row) for row in rows}) == 1, caption

db = sqlite3.connect(sys.argv[2])
runs, confusion, predictions = map(rows_of, sys.argv[3:])
assert page.headings[0] == db.execute(
    "SELECT replace(title, char(27), char(65533)) FROM study").fetchone()[0]


def table(caption):
    found = [rows for name, rows in page.tables if name == caption]
    assert len(found) == 1, caption
    return [dict(zip(found[0][0], row)) for row in found[0][1:]]


def near(shown, value, tolerance=0.5001e-4):
    assert abs(float(shown) - value) <= tolerance, (shown, value)


# Results, and Wilson's interval by its formula.
results = table("Results of each run")
assert len(results) == len(runs)
classified = collections.Counter(row["run"] for row in predictions)
z = 1.959963984540054
for shown, run in zip(results, runs):
    n, correct = classified[run["run"]], int(run["correct"])
    p = correct / n
    assert shown["run"] == run["run"]
    assert shown["samples"] == str(n)
    for key in ("correct", "tied", "correct_low", "correct_high"):
        assert shown[key] == run[key], (shown, run)
    for key in ("seed", "transform", "aggregate", "backend"):
        assert shown.get(key, run[key]) == run[key]
    assert shown.get("train.limit", run["train_limit"]) == run["train_limit"]
    near(shown["accuracy"], p)
    centre = (p + z * z / 2 / n) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    near(shown["low"], centre - half)
    near(shown["high"], centre + half)
accuracy = {run["run"]: int(run["correct"]) / classified[run["run"]]
            for run in runs}

# Confusion matrices, side by side, of those that are most accurate.
counts = {}
for row in confusion:
    counts[row["run"], row["truth"], row["predicted"]] = int(row["n"])
matrices = [(name, rows) for name, rows in page.tables
            if rows[0][0] == "true / predicted"]
assert len(matrices) == min(12, len(runs))
best = sorted(accuracy, key=lambda run: -accuracy[run])
for (caption, rows), run in zip(matrices, best):
    assert caption == f"{run}: accuracy {accuracy[run]:.4f}", caption
    for row in rows[1:]:
        for predicted, n in zip(rows[0][1:], row[1:]):
            assert int(n) == counts.get((run, row[0], predicted), 0)

# The most confused pairs.
wrong, whole = collections.Counter(), collections.Counter()
for (run, truth, predicted), n in counts.items():
    whole[truth] += n
    if truth != predicted:
        wrong[truth, predicted] += n
pairs = table("Most confused pairs of classes")
assert [int(row["predictions"]) for row in pairs] == \
    sorted(wrong.values(), reverse=True)[:20]
for row in pairs:
    n = wrong[row["true class"], row["taken for"]]
    assert int(row["predictions"]) == n
    near(row["share of the class"], n / whole[row["true class"]])

# Samples that all runs get wrong, or one alone.
seen, misses = collections.Counter(), collections.defaultdict(list)
for row in predictions:
    seen[int(row["sample"])] += 1
    if row["truth"] != row["predicted"]:
        misses[int(row["sample"])].append(row["run"])
truths = {int(row["sample"]): row["truth"] for row in predictions}
all_wrong = sorted(s for s in seen if len(misses[s]) == seen[s] > 1)
one_wrong = sorted(s for s in seen if len(misses[s]) == 1 and seen[s] > 2)
for what, samples in (("all runs get", all_wrong),
                      ("only one run gets", one_wrong)):
    shown = [row for name, rows in page.tables
             if name.startswith(f"Samples that {what} wrong:")
             for row in rows[1:]]
    assert [int(row[0]) for row in shown] == samples[:30], what
    for sample, truth, n, rest in shown:
        assert truth == truths[int(sample)]
        assert int(n) == seen[int(sample)]
        assert what == "all runs get" or rest == misses[int(sample)][0]

# Calibration: of every other sample, at a temperature found by the others.
scores = collections.defaultdict(list)
for row in predictions:
    scores[row["run"]].append((
        [float(score) for score in row["scores"].split()],
        row["truth"]))
class_number = collections.defaultdict(dict)
for run, number, name in db.execute(
        "SELECT run.name, class, class.name FROM class "
        "JOIN run ON run.id = class.run"):
    class_number[run][name] = number


def probabilities(row, temperature):
    least = min(row)
    weights = [2 ** ((least - score) / temperature) for score in row]
    return [weight / sum(weights) for weight in weights]


def log_loss(run, samples, temperature):
    return sum(-math.log2(max(5e-324, probabilities(row, temperature)[
        class_number[run][truth]])) for row, truth in samples) / len(samples)


for row in table("Calibration of each run"):
    run, temperature = row["run"], float(row["temperature"])
    fit, test = scores[run][::2], scores[run][1::2]
    assert int(row["samples"]) == len(test)
    if not 0.01 < temperature < math.inf:
        continue
    least = log_loss(run, fit, temperature)
    assert least <= log_loss(run, fit, temperature * 1.02) + 1e-9
    assert least <= log_loss(run, fit, temperature / 1.02) + 1e-9
    near(row["log-loss"], log_loss(run, test, temperature), 2e-3)
    brier, bins = 0, collections.defaultdict(list)
    for values, truth in test:
        p = probabilities(values, temperature)
        number = class_number[run][truth]
        brier += sum((q - (c == number)) ** 2 for c, q in enumerate(p))
        bins[math.ceil(max(p) * 10)].append(
            (values.index(min(values)) == number) - max(p))
    near(row["Brier"], brier / len(test), 2e-3)
    ece = sum(abs(sum(bin)) for bin in bins.values()) / len(test)
    # A confidence at the edge of a bin may fall to either side.
    near(row["ECE"], ece, 0.03)

# Learning curves: means over seeds.
if len({run["train_limit"] for run in runs}) > 1:
    means = collections.defaultdict(list)
    for run in runs:
        means[f"{run['transform']} / {run['aggregate']}",
              run["train_samples"]].append(accuracy[run["run"]])
    curves = table("Accuracy by training samples")
    assert len(curves) == len(means)
    for row in curves:
        found = means[row["runs of"], row["training samples"]]
        assert int(row["runs"]) == len(found)
        near(row["accuracy"], sum(found) / len(found))
        near(row["low"], min(found))
        near(row["high"], max(found))

# Ranks: those of trials at the greatest limit, or of folds.
trials = collections.defaultdict(dict)
for run in runs:
    if run["folds"]:
        for part, value in db.execute(
                "SELECT part, 0.5 * (sum(block.correct_low) + "
                "sum(block.correct_high)) / sum(block.n) FROM block "
                "JOIN run ON run.id = block.run WHERE run.name = ? "
                "GROUP BY part", (run["run"],)):
            trials[part][run["transform"]] = value
    elif run["train_limit"] == "100":
        trials[run["seed"]][f"{run['transform']} / {run['aggregate']}"] = \
            accuracy[run["run"]]
if len(trials) > 1:
    ranked = table("Methods by mean rank")
    for row in ranked:
        ranks, values = [], []
        for trial in trials.values():
            own = trial[row["method"]]
            ranks.append(1 + sum(v > own for v in trial.values()) +
                         (sum(v == own for v in trial.values()) - 1) / 2)
            values.append(own)
        near(row["mean rank"], sum(ranks) / len(ranks), 0.5001e-3)
        near(row["mean accuracy"], sum(values) / len(values))
    order = [float(row["mean rank"]) for row in ranked]
    assert order == sorted(order)
else:
    assert not [name for name, _ in page.tables if "mean rank" in name]

# The front: no run that is not on it may be better in both.
spent = dict(db.execute("SELECT run.name, sum(seconds) FROM work JOIN run ON "
                        "run.id = work.run GROUP BY run.id"))
cost = {run: 1000 * spent[run] / classified[run] for run in spent}
front = table("Runs on the front of accuracy and time")
for row in front:
    near(row["milliseconds a sample"], cost[row["run"]], 0.5001e-3)
    assert not [run for run in cost if cost[run] <= cost[row["run"]] and
                accuracy[run] >= accuracy[row["run"]] and
                (cost[run], accuracy[run]) !=
                (cost[row["run"]], accuracy[row["run"]])], row
for run in cost:
    assert [row for row in front if cost[row["run"]] <= cost[run] and
            accuracy[row["run"]] >= accuracy[run]], run

# Pivot: means of the last two keys that vary.
keys = [key for key in results[0] if key in
        ("train.limit", "seed", "transform", "backend", "aggregate")]
pivots = [rows for name, rows in page.tables if "Mean accuracy by" in name]
assert len(pivots) == (len(keys) > 1)
for rows in pivots:
    for row in rows[1:]:
        for value, mean in zip(rows[0][1:], row[1:]):
            found = [accuracy[r["run"]] for r in results
                     if r[keys[-2]] == row[0] and r[keys[-1]] == value]
            near(mean, sum(found) / len(found))

# Where it comes from.
for caption, query in (
        ("Data, as it was classified, with SHA-256 of bytes and labels",
         "SELECT train_checksum FROM data ORDER BY sets"),
        ("Libraries, with digests of the lengths of a sample",
         "SELECT digest FROM backend ORDER BY spec")):
    shown = table(caption)
    expected = [row[0] for row in db.execute(query)]
    key = "digest" if "digest" in shown[0] else "training checksum"
    assert [row[key] for row in shown] == expected
