#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist report --figures: the figures as files, and their numbers for gnuplot.
. "${srcdir:-.}/tests/cli.sh"
unset CODIST_DATA
cd "$scratch" || exit 99

cat >s.yaml <<'END'
title: Figures
data: synthetic
train.limit: [40, 80]
test.limit: 50
seed: [1, 2]
transform: [none, binarize + pack]
reference: chunk:size=8
aggregate: [logsumexp, mean]
END
run 0 run s.yaml --output s.db
if ! "$CODIST" report s.db --figures f >"$out" 2>"$err" &&
	grep -q "built without cairo" "$err"; then
	failed "f/confusion-01.svg: codist was built without cairo" report s.db \
		--figures f
	[ ! -s "$out" ] || fail "printed a report without figures"
	finish
fi
run 0 report s.db
cp "$out" text
run 0 report s.db --figures f
same text "$out"

names="curves memory ranks-seed ranks-train.limit reliability time"
for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
	names="$names confusion-$i"
done
for name in $names; do
	for ending in svg png pdf dat gp; do
		echo "$name.$ending"
	done
done | LC_ALL=C sort >wanted
(cd f && find . -type f | sed 's/^..//' | LC_ALL=C sort) >found
same wanted found
for name in $names; do
	[ "$(head -c 4 "f/$name.png" | tail -c 3)" = PNG ] || fail "$name.png"
	[ "$(head -c 5 "f/$name.pdf")" = %PDF- ] || fail "$name.pdf"
	grep -q '^<svg ' "f/$name.svg" || fail "$name.svg is no SVG"
done

# The same bytes once more, whatever the report's format; other files stay.
mkdir g
echo mine >g/time.txt
echo old >g/time.svg
run 0 report s.db --figures g --output s.html
run 0 report s.db --figures g --format markdown
for file in f/*; do
	same "$file" "g/${file#f/}"
done
[ "$(cat g/time.txt)" = mine ] || fail "a file that is not ours was changed"
[ "$(find g -type f | wc -l)" -eq $(($(wc -l <wanted) + 1)) ] ||
	fail "other files: $(ls -A g)"

echo file >h
failed "h/confusion-01.svg: cannot write" report s.db --figures h
failed "no/such: cannot make" report s.db --figures no/such
[ ! -s "$out" ] || fail "printed a report without figures"
mkdir k k/time.svg
failed "k/time.svg: cannot write" report s.db --figures k --output k.html
[ ! -e k.html ] || fail "a report is there, though its figures are not"
if [ "$(id -u)" -ne 0 ]; then
	mkdir -m 555 closed
	failed "closed/confusion-01.svg: cannot write" report s.db \
		--figures closed
fi

# A name may be anything, to gnuplot as well.
cat >bad.yaml <<'END'
data: synthetic
train.limit: [30, 60]
test.limit: 20
transform: [none, binarize]
name: "it's `touch 1`\n' ; system('touch 2') # \"$(touch 3)\""
END
run 0 run bad.yaml --output bad.db
run 0 report bad.db --figures bad

if command -v gnuplot >gnuplot.path 2>&1; then
	for folder in f bad; do
		(cd $folder && for script in *.gp; do
			gnuplot "$script" 2>&1 || echo "$script failed"
			[ -s "${script%.gp}-gnuplot.svg" ] ||
				echo "$script drew nothing"
		done) >said
		[ ! -s said ] || fail "gnuplot in $folder: $(head -5 said)"
	done
	for file in 1 2 3; do
		[ ! -e "bad/$file" ] || fail "gnuplot carried out a name"
	done
else
	echo "no gnuplot: its scripts are not carried out"
fi

has_python sqlite3 || finish
run 0 export s.db
cp "$out" runs.csv
run 0 export s.db --what confusion
cp "$out" confusion.csv
run 0 stats s.db --format json --section ranks --over seed
cp "$out" ranks.json
"$python" - >said 2>&1 <<'END' || { fail "numbers of figures:"; tail -3 said; }
import collections
import csv
import json
import math
import shlex
import sqlite3


def blocks(name):
    """Named blocks of rows, and what stands above them."""
    with open(f"f/{name}.dat", encoding="utf-8") as file:
        parts = file.read().split("\n\n\n")
    found = {}
    for part in parts[1:]:
        lines = part.splitlines()
        assert lines[0].startswith("# "), lines[0]
        found[lines[0][2:]] = [[float(x) for x in line.split()]
                               for line in lines[1:]]
    assert len(found) == len(parts) - 1
    return found, parts[0]


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


runs = rows_of("runs.csv")
accuracy = {run["run"]: int(run["correct"]) / int(run["samples"])
            for run in runs}

curves, _ = blocks("curves")
means = collections.defaultdict(list)
for run in runs:
    means[f"{run['transform']} / {run['aggregate']}",
          int(run["train_limit"])].append(accuracy[run["run"]])
assert len(curves) == 4
for name, rows in curves.items():
    assert [row[0] for row in rows] == [40, 80]
    for x, y, low, high in rows:
        found = means[name, x]
        assert len(found) == 2
        assert math.isclose(y, sum(found) / 2)
        assert (low, high) == (min(found), max(found))

spent, _ = blocks("time")
db = sqlite3.connect("s.db")
cost = dict(db.execute("SELECT name, 1000 * sum(seconds) / samples FROM work "
                       "JOIN run ON run.id = work.run GROUP BY run.id"))
points = [(round(x, 9), y) for x, y in spent["deflate"]]
assert sorted(points) == sorted((round(cost[run], 9), accuracy[run])
                                for run in accuracy)
assert set(spent) == {"deflate", "Pareto front"}
front = spent["Pareto front"]
for x, y in points:
    assert any(a <= x + 1e-9 and b >= y for a, b in front), (x, y)

counts = collections.Counter()
for row in rows_of("confusion.csv"):
    counts[row["run"], row["truth"], row["predicted"]] = int(row["n"])
best = sorted(accuracy, key=lambda run: -accuracy[run])
for i, run in enumerate(best[:12]):
    with open(f"f/confusion-{i + 1:02}.dat", encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert lines[0] == f"# {run}: accuracy {accuracy[run]:.4f}", lines[0]
    header, *rows = [shlex.split(line) for line in lines[2:]]
    assert header[1:] == [row[0] for row in rows] == list("0123456789")
    for row in rows:
        assert [int(n) for n in row[1:]] == \
            [counts[run, row[0], c] for c in header[1:]]

with open("ranks.json", encoding="utf-8") as file:
    ranks = json.load(file)["ranks"]
with open("f/ranks-seed.dat", encoding="utf-8") as file:
    methods, groups = file.read().split("\n\n\n")
got = [shlex.split(line) for line in methods.splitlines()
       if not line.startswith("#")]
assert [(float(rank), name) for _, rank, name in got] == \
    [(m["rank"], m["method"]) for m in ranks["methods"]]
rank_of = {name: float(rank) for _, rank, name in got}
assert [[float(x) for x in line.split()]
        for line in groups.splitlines()[1:]] == \
    [[rank_of[alike[0]], rank_of[alike[-1]]] for alike in ranks["alike"]]

curves, _ = blocks("reliability")
assert len(curves) == 5 and curves["as it should be"] == [[0, 0], [1, 1]]
for rows in curves.values():
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in rows)
END
finish
