#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist run fits temperatures and weights on training samples held back, and
# adds up class scores: what comes of it is worked out again in Python.
. "${srcdir:-.}/tests/cli.sh"
for library in BZIP2 LZMA; do
	grep -q "^#define HAVE_$library 1" config.h && continue
	echo "this build lacks a backend that is combined here: $library"
	exit 77
done
unset CODIST_DATA
cd "$scratch" || exit 99

cat >s.yaml <<'EOF'
train: synthetic:part=train,n=160
test: synthetic:part=test,n=60
fit: 0.25
seed: 3
runs:
  - name: chunks
    transform: [none, binarize]
    reference: chunk:size=4
    backend: deflate:engine=library
    aggregate: [mean, logsumexp:temperature=fit]
  - name: whole
    backend: bzip2
combine:
  - name: all fitted
    of: "*"
    weights: fit
  - name: two
    of: [whole, chunks/none/mean]
    weights: [1, 0.5]
  - name: three
    of:
      aggregate: [mean, min]
EOF
# all STORE FILE: all that is exported of it.
all() {
	for what in runs predictions confusion fits; do
		run 0 export "$1" --what "$what"
		cat "$out"
	done >"$2"
}
# 40 chunks of 160 samples, 30 of 120; 10 classes. 60 samples by 40, 40 and 10;
# 40 held back by 30, 30 and 10.
run 0 run s.yaml --dry-run
prints "s: 13 runs, 8200 deltas, about "
run 0 explain s.yaml
prints "Runs that serve to fit others, on training samples held back: 5."
prints "Temperatures that are fitted: 2, each of 33 from 0.0625 to 4096"
prints "  * two: 1 times whole + 0.5 times chunks/none/mean"
prints ", each by a fitted weight"
run 0 run s.yaml --output s.db
prints "fitted"
[ "$(grep -c ' done ' "$out")" -eq 13 ] || fail "not 13 runs done"
all s.db whole
run 0 run s.yaml --output s.db
says "all 13 runs were done already"
all s.db again
same whole again
run 0 status s.db
prints "13 runs: 13 done, 0 begun, 0 waiting"

# Neither threads, memory nor shards make a difference.
run 0 run s.yaml --output one.db --threads 1 --memory 1M
all one.db one
same whole one
run 0 run s.yaml --output two.db --threads 2
all two.db two
same whole two
for i in 1 2 3; do
	run 0 run s.yaml --shard $i/3 --output p$i.db
done
run 0 merge p3.db p1.db p2.db --output merged.db
all merged.db merged
same whole merged

# Runs that serve to fit are no results.
run 0 stats s.db --section runs --format csv
! grep -q "held back" "$out" || fail "what is held back is compared"
run 0 report s.db --output s.md
! grep -q "held back: " s.md || fail "what is held back is reported"
grep -q "^8 runs of\|8 runs" s.md || fail "not 8 runs reported"
grep -q "^## What was fitted" s.md || fail "nothing was fitted"
[ "$(grep -c '^| all fitted | 1 | .* | weight | ' s.md)" -eq 5 ] ||
	fail "not 5 weights in the report"
grep -q '^| chunks/none/logsumexp:temperature=fit | 1 | its own | temp' s.md ||
	fail "no temperature in the report"

# What is held back is what validate holds back; and a temperature that was found
# is as good as one that is given.
cat >v.yaml <<'EOF'
train: synthetic:part=train,n=160
validate: 0.25
seed: 3
reference: chunk:size=4
backend: deflate:engine=library
aggregate: [mean, "logsumexp:temperature=0.25|1|2|2.8284271247461903|4|5.656854249492381|8|16|64"]
EOF
run 0 run v.yaml
run 0 export v.db --run mean --what predictions
cut -d , -f 2- "$out" >expected
run 0 export s.db --run "held back: chunks/none/mean" --what predictions
cut -d , -f 2- "$out" >found
same expected found
run 0 export s.db --run chunks/binarize/logsumexp:temperature=fit --what fits
temperature=$(sed -n '2s/.*,//p' "$out")
run 0 classify --train synthetic:part=train,n=160 \
	--test synthetic:part=test,n=60 --transform binarize \
	--reference chunk:size=4 --backend deflate:engine=library \
	--aggregate "logsumexp:temperature=$temperature"
sed -n 's/^correct *\([0-9]*\) of .*/\1/p' "$out" >expected
run 0 export s.db --run chunks/binarize/logsumexp:temperature=fit --format jsonl
sed 's/.*"correct": \([0-9]*\),.*/\1/' "$out" >found
same expected found

if has_python json,subprocess,sqlite3; then
	"$python" - "$CODIST" <<'EOF' || fail "other numbers"
import json, math, sqlite3, subprocess, sys


def rows(store, what):
    lines = subprocess.run([sys.argv[1], "export", store, "--what", what,
                            "--format", "jsonl"], stdout=subprocess.PIPE,
                           check=True).stdout.decode().splitlines()
    return [json.loads(line) for line in lines]


def scores_of(store):
    runs = {}
    for row in rows(store, "predictions"):
        runs.setdefault(row["run"], []).append(
            (row["sample"], row["truth"], row["predicted"], row["scores"]))
    return runs


def log_loss(samples, base):
    """Bits a sample, of scores that stand for base^-score."""
    sum = 0
    for _, truth, _, scores in samples:
        least = min(scores)
        odds = [base ** (least - score) for score in scores]
        sum += (scores[classes.index(truth)] - least) * math.log2(base)
        sum += math.log2(math.fsum(odds))
    return sum / len(samples)


runs = scores_of("s.db")
db = sqlite3.connect("s.db")
classes = [name for name, in db.execute(
    "SELECT name FROM class WHERE run = 1 ORDER BY class")]
fits = {}
for row in rows("s.db", "fits"):
    fits.setdefault(row["run"], []).append(row["value"])

# The ladder's log-loss, on some of its steps.
trials = dict(db.execute(
    "SELECT tried, log_loss FROM trial JOIN run ON run.id = run WHERE name = "
    "'chunks/none/logsumexp:temperature=fit'"))
assert len(trials) == 33, trials
(best,) = fits["chunks/none/logsumexp:temperature=fit"]
assert trials["temperature=%s" % repr(best).replace(".0", "")] == min(
    trials.values()), (best, trials)
validated = scores_of("v.db")
n = 0
for name, samples in validated.items():
    if name != "mean":
        given = "temperature=" + name.split("=")[1] \
            if "=" in name else "temperature=1"
        assert math.isclose(trials[given], log_loss(samples, math.e),
                            rel_tol=1e-12), (given, trials[given])
        n += 1
assert n == 9, validated.keys()


def total(weights, members):
    return [(sample[0][0], sample[0][1], None,
             [math.fsum(w * s[3][c] for w, s in zip(weights, sample))
              for c in range(10)]) for sample in zip(*members)]


names = ["chunks/none/mean", "chunks/none/logsumexp:temperature=fit",
         "chunks/binarize/mean", "chunks/binarize/logsumexp:temperature=fit",
         "whole"]
for name, weights, of in (
        ("two", [1, 0.5], ["whole", "chunks/none/mean"]),
        ("three", [1, 1, 1], [names[0], names[2], names[4]]),
        ("all fitted", fits["all fitted"], names)):
    assert len(weights) == len(of)
    for found, wanted in zip(runs[name], total(weights,
                                               [runs[m] for m in of])):
        assert found[:2] == wanted[:2], (found, wanted)
        for a, b in zip(found[3], wanted[3]):
            assert math.isclose(a, b, rel_tol=1e-12), (name, a, b)
        assert found[2] == classes[found[3].index(min(found[3]))]

# No weight can be changed for a smaller log-loss on what was held back.
held = [runs["held back: " + name] for name in names]
weights = fits["all fitted"]
least = log_loss(total(weights, held), 2)
tried = dict(db.execute("SELECT tried, log_loss FROM trial JOIN run ON "
                        "run.id = run WHERE name = 'all fitted'"))
assert math.isclose(tried["weights=fit"], least, rel_tol=1e-9)
assert math.isclose(tried["weights=equal"],
                    log_loss(total([1] * 5, held), 2), rel_tol=1e-9)
for m in range(5):
    # Scores of logsumexp are natural logarithms, others bits.
    alone = log_loss(held[m], math.e if "logsumexp" in names[m] else 2)
    assert math.isclose(tried["member %d alone" % (m + 1)], alone,
                        rel_tol=1e-9)
    assert least <= alone + 1e-9
    for factor in 0.9, 1.1:
        other = list(weights)
        other[m] = other[m] * factor if other[m] else (factor > 1) * 1e-3
        assert log_loss(total(other, held), 2) >= least - 1e-9, (m, factor)
assert sum(weight > 0 for weight in weights) >= 2, weights
assert db.execute("SELECT count(*) FROM ladder").fetchone() == (0,)
EOF
fi

# Folds are fitted each by itself, and one sum is made of each seed.
cat >f.yaml <<'EOF'
train: synthetic:part=train,n=120
folds: 3
repeat: 2
fit: 0.25
reference: chunk:size=4
backend: deflate:engine=library
transform: [none, binarize]
aggregate: logsumexp:temperature=fit
combine:
  - of: seed*
    weights: fit
EOF
run 0 run f.yaml
prints "combined/seed=0"
prints "combined/seed=1"
run 0 export f.db --what fits
[ "$(grep -c temperature, "$out")" -eq 12 ] || fail "not 12 temperatures"
[ "$(grep -c weight, "$out")" -eq 12 ] || fail "not 12 weights"
all f.db folds
for i in 1 2; do
	run 0 run f.yaml --shard $i/2 --output f$i.db --threads 1
done
run 0 merge f1.db f2.db --output fm.db
all fm.db merged
same folds merged

# Which samples are duplicates depends on transforms. Of 23 there are two that the
# training samples have, and nine that these have in small letters.
sample() {
	echo "{\"label\": \"$1\", \"text\": \"$2\"}"
}
for i in 0 1 2 3 4 5 6 7 8 9; do
	for word in abba cabbage deface; do
		sample $word "$word $i $word $i" >&3
		case $i in
		[012]) sample $word "$(echo $word | tr a-g A-G) $i $word $i" ;;
		[3456]) sample $word "$word x $word $i" ;;
		esac
	done
done 3>train.jsonl >test.jsonl
head -2 train.jsonl >>test.jsonl
cat >d.yaml <<'EOF'
fit: 0.3
drop-duplicates: yes
transform: [lower, none]
backend: deflate:level=9|1
runs:
  - name: test
    train: jsonl:train.jsonl
    test: jsonl:test.jsonl
  - name: folds
    train: jsonl:train.jsonl
    folds: 2
combine:
  - name: small
    of: {transform: lower}
    weights: fit
  - name: any
    of: {test: "jsonl:test.jsonl", transform: none}
EOF
run 0 run d.yaml
awk '$2 == "done" && !/level=1/ { print $1, $3 }' "$out" >found
cat >expected <<'EOF'
test/lower/deflate:level=9 12
test/none/deflate:level=9 21
folds/lower/deflate:level=9 30
folds/none/deflate:level=9 30
small/test=jsonl:test.jsonl/folds=none 12
small/test=none/folds=2 30
any 21
EOF
same expected found
sed -i 's/, transform: none//' d.yaml
failed "transform samples differently, of which drop-duplicates may leave" \
	run d.yaml --output no.db

# A class that only the test set has, here the second of four, is never predicted,
# and makes no difference to what is fitted.
sample bus "bus x bus" | cat test.jsonl - >more.jsonl
cat >u.yaml <<'EOF'
train: jsonl:train.jsonl
test: jsonl:more.jsonl
allow-unseen: yes
fit: 0.3
backend: deflate:level=9|1
aggregate: logsumexp:temperature=fit
combine:
  - name: all
    of: deflate*
    weights: fit
EOF
sed '/allow-unseen/d; s/more/test/' u.yaml >seen.yaml
run 0 run seen.yaml
run 0 export seen.db --what fits
cp "$out" expected
run 0 run u.yaml
run 0 export u.db --what fits
cp "$out" found
same expected found
[ "$(grep -c '^all,.*,weight,' found)" -eq 2 ] || fail "not 2 weights"
run 0 export u.db --run all --what predictions
[ "$(grep -c ',bus,' "$out")" -eq 1 ] || fail "not 1 sample of class bus"
! grep -q '^all,[0-9]*,[a-z]*,bus,' "$out" || fail "bus was predicted"

# What is chosen on samples held back is fitted anew for the test, by all.
sed '3i validate: 0.25' s.yaml >t.yaml
run 0 tune t.yaml
says "chosen among 8 runs on samples held back, then tested once"
winner=$(sed -n 's/^tested: \(.*[^ ]\)  *done.*/\1/p' "$out")
run 0 export t.db --run "tested: $winner" --what predictions
cut -d , -f 2- "$out" >found
run 0 export s.db --run "$winner" --what predictions
cut -d , -f 2- "$out" >expected
same expected found

# A killed process goes on; and what was fitted by other results is made anew.
if has_python sqlite3,signal; then
	"$python" - "$CODIST" <<'EOF' || fail "killed"
import os, random, signal, subprocess, sys
draw = random.Random(2)
whole = open("whole", "rb").read()
n_killed, limit = 0, 0.05
while True:
    run = subprocess.Popen([sys.argv[1], "run", "s.yaml", "--output", "k.db"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        err = run.communicate(timeout=draw.uniform(0.01, limit))[1]
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.communicate()
        n_killed += 1
        limit = min(limit * 1.2, 20)
        continue
    if run.returncode != 0:
        sys.exit("%d: %s" % (run.returncode, err))
    found = b"".join(subprocess.run(
        [sys.argv[1], "export", "k.db", "--what", what],
        stdout=subprocess.PIPE, check=True).stdout
        for what in ("runs", "predictions", "confusion", "fits"))
    assert found == whole, "another result after %d kills" % n_killed
    if n_killed >= 15:
        break
    os.remove("k.db")
    limit /= 4
EOF
	cp s.db other.db
	"$python" - <<'EOF' || fail "changed"
import sqlite3
with sqlite3.connect("other.db") as db:
    db.execute("UPDATE backend SET version = '0' WHERE library = 'libbz2'")
    db.execute("UPDATE fitted SET value = 5 WHERE name = 'weight'")
    assert db.execute("SELECT changes()").fetchone() == (5,)
EOF
	sed 's/bzip2$/bzip2:level=1|9/; s/of: .whole,/of: [whole\/bzip2,/' s.yaml \
		>more.yaml
	misused "results are of libbz2 0 with digest" run more.yaml \
		--output other.db
	run 0 run more.yaml --output other.db --changed renew
	all other.db renewed
	run 0 run more.yaml --output more.db
	all more.db more
	same more renewed
fi

# All that is wrong is told, with its line.
cat >bad.yaml <<'EOF'
train: synthetic:part=train,n=160
test: synthetic:part=test,n=60
runs:
  - name: a
    backend: deflate:level=6|9
  - name: b
    backend: bzip2
  - name: c
    train: synthetic:part=train,n=160
    test: synthetic:part=test,n=50
combine:
  - of: [bb, "x*"]
  - off: b
    of: a*
  - of: b
  - name: d
    of: [b, c]
  - name: e
    of: a*
    weights: [1, 2, 3]
  - name: f
    of: [a*, b]
    weights: fit
  - name: g
    of: a*
    weights: fitt
  - name: h
    of: {backend: nothing}
  - name: i
    of: {backend: lzma:preset=3}
  - name: j
    of: a*
    weights: [0, 0]
  - name: b
    of: a*
EOF
failed "bad.yaml: 14 problems, and nothing was done" run bad.yaml
says "bad.yaml:12: combine 'combined': no run 'bb'; the nearest is 'b'"
says "bad.yaml:12: combine 'combined': no run 'x*'; codist explain lists"
says "bad.yaml:13: combine: unknown key 'off', expected name, of or weights"
says "bad.yaml:15: combine 'combined': one run, expected two or more"
says "bad.yaml:16: combine 'd': runs 'b' and 'c' are not on the same samples: \
test is synthetic:part=test,n=60 and synthetic:part=test,n=50"
says "bad.yaml:18: combine 'e': 3 weights for 2 runs"
says "combine 'f': weights: fit, but run 'b' has no key fit"
says "bad.yaml:26: combine 'g': weights: 'fitt', expected equal, fit, or a list"
says "bad.yaml:28: combine 'h': no backend is named 'nothing'"
says "bad.yaml:30: combine 'i': no run is like that"
says "bad.yaml:33: combine 'j': weights: expected at least one above 0"
says "bad.yaml:34: combine 'b': there is a run of that name"
# problem TEXT MESSAGE: of a study of that text.
problem() {
	printf '%b' "data: synthetic\n$1" >p.yaml
	failed "$2" run p.yaml --output p.db
	[ ! -e p.db ] || fail "a store for '$1'"
}
problem 'reference: each\naggregate: logsumexp:temperature=fit' \
	"p.yaml:3: aggregate: logsumexp:temperature=fit, but no key fit"
problem 'fit: 0.1' "p.yaml:1: fit: 0.1, but nothing is fitted"
problem 'fit: 1\naggregate: logsumexp:temperature=fit' \
	"fit: '1', expected a number between 0 and 1"
problem 'combine: all' "p.yaml:2: combine: expected a list of mappings"
problem 'combine:\n - all' "p.yaml:3: combine: a text, expected a mapping"
problem 'combine:\n - name: x' "p.yaml:3: combine 'x': no key of"
problem 'combine:\n - of: {bakend: deflate}' "no key 'bakend' by which runs"
problem 'backend: deflate:level=6|9\nruns:\n - fit: 0.1\n - fit: 0.2
   transform: binarize\ncombine:\n - of: "*"\n   weights: fit' \
	"run 'deflate' has fit: 0.1, and 'deflate#2' 0.2: expected the same"
problem 'fit: 0.1\nruns:\n - seed: 1\n   transform: [none, binarize]\n - seed: 2
   backend: [deflate:level=1, bzip2]\ncombine:\n - of: "*"\n   weights: fit' \
	"are of the seeds 1 and 2, and not all of the others are of both"
misused "aggregator logsumexp: temperature=fit is found by a study" classify \
	--data synthetic --aggregate logsumexp:temperature=fit
printf 'train: synthetic:part=train,n=20\ntest: synthetic\nfit: 0.01\n%s\n' \
	'aggregate: logsumexp:temperature=fit' >few.yaml
misused "of 20 training samples 0.01 are to be held back to fit, which leaves \
none to fit" run few.yaml

# Copies that a transform makes go with the sample they are of: what is held back
# to fit is classified as by validate, which holds back before there are copies.
both() {
	printf '%s\n' 'train: synthetic:part=train,n=120' "$@" \
		'transform: jitter + binarize' 'backend: [deflate, bzip2]'
}
both 'validate: 0.25' >validate.yaml
both 'test: synthetic:part=test,n=20' 'fit: 0.25' \
	'combine: [{of: "*", weights: fit}]' >copies.yaml
run 0 run validate.yaml
run 0 export validate.db --what predictions
sed 1d "$out" | sort >validated
run 0 run copies.yaml
run 0 export copies.db --what predictions
sed -n 's/^held back: //p' "$out" | sort >held
[ "$(wc -l <held)" -eq 60 ] || fail "held back: $(wc -l <held)"
same validated held
finish
