#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist compare: the same as several runs of classify, with statistics that
# numpy and scipy agree with.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99

# All but what it cost; the commas of a spec are within quotes.
columns() { sed 's/^"[^"]*"/spec/' "$out" | cut -d , -f 1-19; }

set -- --data synthetic --limit 120 --reference chunk:size=64 \
	--transform binarize --aggregate logsumexp
run 0 compare "$@" --backends 'deflate:level=1|6,null'
prints "deflate:level=1 "
prints "120 to test"
says "3 of 3, null: "
run 0 compare "$@" --backends deflate --backends null --format csv --threads 1
columns >one
run 0 compare "$@" --backends deflate,null --format csv --threads 2
threads=$(sed -n 3p "$out" | cut -d , -f 20) # 1 where there is no OpenMP
run 0 compare "$@" --backends deflate,null --format csv --threads 2 --memory 1K
[ "$threads" = 1 ] || says "1 of 2 threads at work, as each coder takes up to"
columns >two
same one two

# With a store it is the same, what is done is not done again, and codist stats
# reads it. Backends of another comparison that are there do not count.
run 0 compare "$@" --backends deflate,null --format csv --store kept.db
cp "$out" rows
columns >kept
same one kept
run 0 compare "$@" --backends deflate,null --format csv --store kept.db
same rows "$out" # times, too
run 0 stats kept.db
prints "2 runs: 2 done"
prints "1 of 1 pairs of runs on the same samples"
run 0 stats kept.db --section pairs --format csv
p=$(sed -n 2p "$out" | cut -d , -f "$(head -n 1 "$out" | tr , '\n' |
	grep -nx p | cut -d : -f 1)")
[ "$p" = "$(sed -n 3p rows | cut -d , -f 15)" ] ||
	fail "p of stats is $p, expected that of: $(cat rows)"
run 0 compare "$@" --backends deflate,null,deflate:level=1 --store kept.db
prints "deflate:level=1 "
run 0 compare "$@" --backends null,deflate:level=1 --format csv --store kept.db
[ "$(wc -l <"$out")" -eq 3 ] || fail "not two rows: $(cat "$out")"
[ "$(sed 1,2d "$out" | sed 's/^"[^"]*"/spec/' | cut -d , -f 15)" = \
	"$(sed 1,2d "$out" | sed 's/^"[^"]*"/spec/' | cut -d , -f 16)" ] ||
	fail "one test was adjusted for more: $(cat "$out")"
run 0 export kept.db --format jsonl
[ "$(grep -c '"mean_score": [0-9]' "$out")" -eq 3 ] ||
	fail "no mean scores: $(cat "$out")"
failed "no store" compare "$@" --backends null --store rows

misused "expected --backends LIST" compare "$@"
misused "the nearest is 'deflate'" compare "$@" --backends null,deflat
misused "level=12" compare "$@" --backends 'deflate:level=1|12'
misused "expected --data NAME" compare --backends null
misused "uses no backend" compare --data synthetic --measure pixels \
	--backends null
# What is done is printed, and what failed is told.
run 1 compare "$@" --format csv \
	--backends 'null,command:run=no-such-program-here,deflate'
says "no such program"
[ "$(wc -l <"$out")" = 2 ] || fail "not one row: $(cat "$out")"

# An interrupt prints what is done, and with a store it goes on.
has_python signal,subprocess || finish
"$python" - "$CODIST" <<'END' || fail "interrupted"
import signal, subprocess, sys
words = [sys.argv[1], "compare", "--data", "synthetic", "--limit", "100",
         "--reference", "chunk:size=8", "--threads", "1", "--format", "csv",
         "--store", "stopped.db",
         "--backends", "null,deflate:level=9,engine=library"]
run = subprocess.Popen(
    words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
first = run.stderr.readline()
assert "1 of 2, null: " in first, first
run.send_signal(signal.SIGINT)
out, err = run.communicate()
assert run.returncode == -signal.SIGINT, (run.returncode, err)
rows = out.splitlines()
assert len(rows) == 2 and rows[1].startswith("null,"), out
assert "kept in stopped.db" in err and "interrupted" in err, err
again = subprocess.run(words, stdout=subprocess.PIPE, check=True,
                       text=True).stdout.splitlines()
assert again[:2] == rows and len(again) == 3, (rows, again)
END

has_python numpy scipy json || finish
run 0 compare "$@" --backends 'deflate:level=1|6|9,null' --format json
cp "$out" json
run 0 compare "$@" --backends 'deflate:level=1|6|9,null' --format csv
cp "$out" csv
i=0
for backend in deflate:level=1 deflate:level=6 deflate:level=9 null; do
	run 0 classify "$@" --backend "$backend" --predictions "p$i" \
		--scores "s$i.npy"
	i=$((i + 1))
done
"$python" - <<'END' || fail "statistics"
import csv, json, math
import numpy
from scipy import stats

rows = list(csv.DictReader(open("csv", newline="")))
objects = json.load(open("json"))["backends"]
assert len(rows) == len(objects) == 4
right = []
for i in range(4):
    predictions = list(csv.DictReader(open(f"p{i}", newline="")))
    right.append([r["true"] == r["predicted"] for r in predictions])
p = []
for i, (row, item) in enumerate(zip(rows, objects)):
    n, k = len(right[i]), sum(right[i])
    assert (int(row["samples"]), int(row["correct"])) == (n, k)
    wilson = stats.binomtest(k, n).proportion_ci(method="wilson")
    assert math.isclose(float(row["wilson_low"]), wilson.low, abs_tol=1e-12)
    assert math.isclose(float(row["wilson_high"]), wilson.high,
                        abs_tol=1e-12)
    b = sum(x and not y for x, y in zip(right[0], right[i]))
    c = sum(y and not x for x, y in zip(right[0], right[i]))
    assert (int(row["first_only"]), int(row["this_only"])) == (b, c)
    p.append(stats.binomtest(b, b + c).pvalue if b + c else 1)
    assert math.isclose(float(row["p"]), p[i], rel_tol=1e-9), (row, p[i])
    scores = numpy.load(f"s{i}.npy")
    assert math.isclose(float(row["mean_bits"]), scores.mean(),
                        rel_tol=1e-12)
    assert math.isclose(float(row["least_bits"]), scores.min(axis=1).mean(),
                        rel_tol=1e-12)
    assert int(row["deltas"]) == scores.size
    for key in ("correct", "mean_bits", "tied", "correct_low", "deltas"):
        assert float(row[key]) == item[key], key
# Holm, step by step: the least p first.
order, least = sorted(range(1, 4), key=lambda i: p[i]), 0
for step, i in enumerate(order):
    least = max(least, min(1, (3 - step) * p[i]))
    assert math.isclose(float(rows[i]["p_holm"]), least, rel_tol=1e-9)
# All that the null backend tells of these samples is the same length.
assert int(rows[3]["tied"]) == 120
END
finish
