# SPDX-License-Identifier: GPL-3.0-or-later
"""report_in_python.py PAGE STORE RUNS CONFUSION PREDICTIONS STATS IMAGES

That a page of codist report is well-formed, loads nothing, and has the numbers
of what codist export wrote as CSV, or what they come to, and of what codist
stats says, as JSON, with its ranks over each key in "over". IMAGES is the IDX
file of the samples that are shown, "any" or "none".
"""
import base64
import collections
import csv
import hashlib
import html.parser
import json
import math
import re
import sqlite3
import struct
import sys
import zlib

VOID = {"meta", "input", "img"}


class Page(html.parser.HTMLParser):
    """The tables of a page: caption, header and rows of texts."""

    def __init__(self):
        super().__init__()
        self.open, self.tables, self.scripts = [], [], 0
        self.images = []
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
            assert given.get(name, "#").startswith("#") or tag == "img", given
        if tag == "img":
            self.images.append((given["alt"], given["src"]))
            assert set(given) == {"alt", "src"}, given
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
for foreign in ("://", "@import", "url(", "<link"):
    assert foreign not in text, foreign
assert len(set(page.ids)) == len(page.ids)
assert set(page.references) <= set(page.ids), page.references
for caption, rows in page.tables:
    assert caption and len({len(row) for row in rows}) == 1, caption

db = sqlite3.connect(sys.argv[2])
runs, confusion, predictions = map(rows_of, sys.argv[3:6])
# What served to fit others is told of elsewhere.
runs = [run for run in runs if not run["held"]]
confusion, predictions = ([row for row in rows if
                           row["run"] in {run["run"] for run in runs}]
                          for rows in (confusion, predictions))
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

# Samples that all runs on the same samples get wrong, or one of them alone.
of_run = collections.defaultdict(list)
for row in predictions:
    of_run[row["run"]].append(row)
groups = collections.defaultdict(list)
for run in runs:
    # Sets of test samples are the same here where their numbers are.
    groups[run["data"], run["folds"],
           tuple(row["sample"] for row in of_run[run["run"]])].append(
               run["run"])
pictures = collections.Counter()
for group in groups.values():
    truths = {row["sample"]: row["truth"] for row in of_run[group[0]]}
    misses = collections.defaultdict(list)
    for run in group:
        for row in of_run[run]:
            if row["truth"] != row["predicted"]:
                misses[row["sample"]].append((run, row["predicted"]))
    by_number = sorted(misses, key=int)
    all_wrong = [s for s in by_number if len(misses[s]) == len(group) > 1]
    one_wrong = [s for s in by_number if len(misses[s]) == 1 and
                 len(group) > 2]
    for what, samples in (("all runs get", all_wrong),
                          ("only one run gets", one_wrong)):
        shown = [row for name, rows in page.tables
                 if name.startswith(f"Samples that {what} wrong:")
                 for row in rows[1:]]
        assert [row[0] for row in shown] == samples[:30], what
        for sample, truth, n, taken, *by in shown:
            assert truth == truths[sample]
            assert int(n) == len(group)
            found = misses[sample]
            if by:
                assert (by[0], taken) == found[0], by
                taken += f" by {by[0]}"
            else:
                counts = collections.Counter(p for _, p in found)
                assert taken == ", ".join(
                    f"{p} ({counts[p]})" for p in sorted(counts)), taken
            pictures[f"Sample {sample}: {truth}, taken for {taken}"] += 1
assert len(groups) == 1

# They are shown: a synthetic digit is a grey image of 28 x 28.
assert collections.Counter(alt for alt, _ in page.images) == \
    (collections.Counter() if sys.argv[7] == "none" else pictures)
for alt, source in page.images:
    head, data = source.split(",")
    assert head == "data:image/png;base64"
    data = base64.b64decode(data, validate=True)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, chunks = 8, []
    while at < len(data):
        n, = struct.unpack(">I", data[at:at + 4])
        crc, = struct.unpack(">I", data[at + 8 + n:at + 12 + n])
        assert crc == zlib.crc32(data[at + 4:at + 8 + n])
        chunks.append((data[at + 4:at + 8], data[at + 8:at + 8 + n]))
        at += 12 + n
    assert [kind for kind, _ in chunks] == [b"IHDR", b"IDAT", b"IEND"]
    assert struct.unpack(">IIBBBBB", chunks[0][1]) == (28, 28, 8, 0, 0, 0, 0)
    lines = zlib.decompress(chunks[1][1])
    assert len(lines) == 28 * 29 and not any(lines[::29])
    if sys.argv[7] not in ("any", "none"):
        # As the data set has it, with the largest byte as white.
        with open(sys.argv[7], "rb") as file:
            digits = file.read()[16:]
        number = int(alt.split(":")[0].split()[1])
        digit = digits[784 * number:784 * (number + 1)]
        largest = max(digits)
        for y in range(28):
            for x in range(28):
                assert lines[29 * y + 1 + x] == int(
                    digit[28 * y + x] * 255 / largest + 0.5)

# Statistics are those of codist stats, in its words.
with open(sys.argv[6], encoding="utf-8") as file:
    told = json.load(file)


def same(shown, value, digits=None):
    """As C prints it; JSON has no infinity."""
    if value is None:
        assert shown == "inf", shown
        return
    wanted = f"{value:.4f}" if digits is None else f"{value:.{digits}g}"
    assert shown == wanted, (shown, wanted)


shown = table("Calibration of each run")
assert [row["run"] for row in shown] == \
    [item["run"] for item in told["calibration"] if item["samples"]]
for row, item in zip(shown, told["calibration"]):
    assert row["samples"] == str(item["samples"])
    for key, name, digits in (
            ("accuracy", "accuracy", None), ("log-loss", "log_loss", 4),
            ("Brier", "brier", None), ("ECE", "ece", None),
            ("T", "temperature", 4), ("log-loss at T", "fitted_log_loss", 4),
            ("Brier at T", "fitted_brier", None),
            ("ECE at T", "fitted_ece", None)):
        same(row[key], item[name], digits)

pairs = [rows for name, rows in page.tables
         if name == "The best run of each group against each other"]
if len(runs) > 1:
    shown = table("The best run of each group against each other")
    assert len(shown) == len(told["pairs"])
    for row, item in zip(shown, told["pairs"]):
        assert row["run"] == item["second"]
        assert row["only the best"] == str(item["first_only"])
        assert row["only it"] == str(item["second_only"])
        for key in ("difference", "low", "high"):
            same(row[key], item[key])
        same(row["p"], item["p"], 3)
        same(row["p (Holm)"], item["p_holm"], 3)
    for row, item in zip(table("Groups of runs on the same samples"),
                         told["groups"]):
        assert [row[key] for key in ("group", "samples", "runs", "best")] == \
            [str(item[key]) for key in ("group", "samples", "runs", "best")]
        same(row["Q"], item["cochran_q"], 5)
        same(row["p"], item["p"], 3)
else:
    assert not pairs

for over in ("data", "seed", "train.limit", "folds"):
    ranked = [rows[1:] for name, rows in page.tables
              if name == f"Methods by mean rank over {over}"]
    methods = told["over"][over]["methods"]
    assert len(ranked) == (len(methods) > 0), over
    for rows in ranked:
        assert [row[0] for row in rows] == [m["method"] for m in methods]
        for row, method in zip(rows, methods):
            same(row[1], method["rank"])
            same(row[2], sum(method["accuracies"]) /
                 len(method["accuracies"]))
        same(re.search(r"Mean ranks that are less than ([\d.]+) apart",
                       text[text.index(f"blocks of {over}"):]).group(1),
             told["over"][over]["critical_difference"])

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

# The front: no run that is not on it may be better in both.
spent = dict(db.execute("SELECT run.name, sum(seconds) FROM work JOIN run ON "
                        "run.id = work.run GROUP BY run.id"))
# A sum takes what its members take, too.
own = dict(spent)
for run, member in db.execute(
        "SELECT run.name, other.name FROM member JOIN run ON run.id = "
        "member.run JOIN run AS other ON other.id = member.member "
        "WHERE member.member <> member.run"):
    spent[run] += own[member]
cost = {run: 1000 * spent[run] / classified[run] for run in spent
        if run in accuracy}
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
            if not found:
                assert mean == "", (row[0], value)
                continue
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
