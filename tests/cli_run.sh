#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist run, status, export, merge: a study from its file to its results.
. "${srcdir:-.}/tests/cli.sh"
unset CODIST_DATA
cd "$scratch" || exit 99
mkdir o

cat >s.yaml <<'END'
title: Does the window matter?
data: synthetic
train.limit: [100, 200]
test.limit: 50
transform: [none, binarize + pack]
reference: chunk:size=16
backend: deflate:level=6|9
aggregate: [logsumexp, mean]
END
run 0 run s.yaml --dry-run
# 100 samples make 10 chunks, 200 make 20; 50 test samples, 4 kinds of scores.
prints "Does the window matter?: 16 runs, 6000 deltas, about "
run 0 run s.yaml --dry-run --format csv
[ "$(cut -d , -f 4 "$out" | sed 1d | sort -n | uniq -c | tr -s ' \n' ' ')" = \
	" 8 0 4 500 4 1000 " ] || fail "other deltas: $(cut -d , -f 4 "$out")"
[ ! -e s.db ] || fail "a store was made"
run 0 explain s.yaml
prints "16 runs in all."
prints "  * binarize - bytes become 1 from a threshold on, else 0; then pack - "
prints "# train.limit=100/none/deflate/logsumexp"
[ "$(grep -c '^aggregate: mean' "$out")" -eq 8 ] || fail "not 8 of 16 by mean"

# all STORE FILE: all that is exported of it.
all() {
	for what in runs predictions confusion; do
		run 0 export "$1" --what "$what" --format csv
		cat "$out"
		run 0 export "$1" --what "$what" --format jsonl
		cat "$out"
	done >"$2"
}

run 0 run s.yaml --output o/s.db
only s.db
[ "$(grep -c ' done ' "$out")" -eq 16 ] || fail "not 16 runs done"
all o/s.db whole
run 0 run s.yaml --output o/s.db
says "all 16 runs were done already"
all o/s.db again
same whole again
run 0 run s.yaml -o one.db --threads 1 --memory 1M
misused "--output needs an argument" run s.yaml -o
misused "no option '-o'" status one.db -o x
all one.db one
same whole one
run 0 status o/s.db
prints "16 runs: 16 done, 0 begun, 0 waiting"
misused "no run 'nothing'" export o/s.db --run nothing
# Nothing is said where nobody reads on, as with head.
mkfifo o/pipe
exec 4<>o/pipe
exec 5>o/pipe 4<&-
status=0
"$CODIST" export o/s.db --what predictions >&5 2>"$err" || status=$?
exec 5>&-
rm o/pipe
[ $status = 1 ] || fail "closed pipe: exit $status"
[ ! -s "$err" ] || fail "closed pipe: it says $(cat "$err")"
run 0 export o/s.db --run train.limit=100/none/deflate/mean \
	--what predictions
[ "$(wc -l <"$out")" -eq 51 ] || fail "not 50 predictions of one run"

# Shards come to the same.
for i in 1 2 3; do
	run 0 run s.yaml --shard $i/3 --output p$i.db
done
run 0 merge p1.db p3.db p2.db --output merged.db
all merged.db merged
same whole merged
misused "p1.db: is one of 3 shards, and 2 are given" \
	merge p1.db p2.db --output no.db
misused "p2.db and p2.db: both are shard 2" merge p1.db p2.db p2.db \
	--output no.db
misused "merged.db: is there already" merge p1.db p2.db p3.db \
	--output merged.db
misused "p1.db: is of shard 1/3, expected 2/3" run s.yaml --shard 2/3 \
	--output p1.db
misused "--shard 4/3: expected I/N" run s.yaml --shard 4/3
sed 's/size=16/size=8/' s.yaml >s8.yaml
run 0 run s8.yaml --shard 3/3 --output p8.db
misused "another study" merge p1.db p2.db p8.db --output no.db
[ ! -e no.db ] || fail "half a store is left"

# So do more shards than there are samples, of a test set or of a fold.
cat >few.yaml <<'END'
runs:
  - name: set
    train: synthetic:part=train,n=60
    test: synthetic:part=test,n=3
    reference: class
  - name: folds
    train: synthetic:part=train,n=41
    folds: 10
    measure: ncd
    reference: each
    aggregate: knn:k=1
END
run 0 run few.yaml
all few.db few
for i in 1 2 3 4 5; do
	run 0 run few.yaml --shard $i/5 --output f$i.db
	run 0 run few.yaml --shard $i/5 --output f$i.db
	says "all 2 runs were done already"
done
for order in "1 2 3 4 5" "5 4 3 2 1"; do
	rm -f few-merged.db
	# shellcheck disable=SC2046,SC2086 # words
	run 0 merge $(printf 'f%s.db ' $order) --output few-merged.db
	all few-merged.db few-merged
	same few few-merged
	run 0 status few-merged.db --format csv
	cut -d , -f 1-19 "$out" >merged-status
	run 0 status few.db --format csv
	cut -d , -f 1-19 "$out" >status
	same status merged-status
done

# Of a run that was taken out of the study nothing is asked, nor anything kept:
# the first shard never began it, the second was done with it.
sed 's/mean\]/mean, min]/' s.yaml >more.yaml
cp p2.db kept.db
run 0 run more.yaml --shard 2/3 --output p2.db
run 0 run s.yaml --shard 2/3 --output p2.db
if has_python sqlite3; then
	"$python" - <<'END' || fail "no run was added that is not begun"
import sqlite3
# As where a process was ended before it began a run that was added.
with sqlite3.connect("p1.db") as db:
    columns = [row[1] for row in db.execute("PRAGMA table_info(run)")]
    copied = [c for c in columns if c not in ("id", "place", "name", "spec",
                                              "state")]
    names = ", ".join('"%s"' % c for c in copied)
    db.execute("UPDATE run SET id = 30 WHERE id = 1")
    for table in ("class", "prediction", "confusion", "block", "work"):
        db.execute("UPDATE %s SET run = 30 WHERE run = 1" % table)
    db.execute("INSERT INTO run (id, name, spec, %s) SELECT 1, 'x (run 1)', "
               "'x', %s FROM run WHERE id = 30" % (names, names))
END
fi
run 0 merge p1.db p2.db p3.db --output stale.db
run 0 status stale.db
prints "16 runs: 16 done, 0 begun, 0 waiting"
all stale.db stale
same whole stale
run 0 merge p2.db p3.db p1.db --output stale2.db
all stale2.db stale
same whole stale
mv kept.db p2.db

# A run that is added is all that is computed.
run 0 run more.yaml --output o/s.db
[ "$(grep -c ' done ' "$out")" -eq 24 ] || fail "not 24 runs done"

# One that is taken out of the study stays, behind the others; names that were
# swapped are no other runs.
run 0 run s.yaml --output o/s.db
says "all 16 runs were done already"
prints "train.limit=100/none/deflate/min (run "
run 0 run more.yaml --output o/s.db
says "all 24 runs were done already"
! grep -q "(run " "$out" || fail "runs bear another name"

# Each comes to what codist classify does.
cat >c.yaml <<'END'
runs:
  - name: plain
    train: synthetic:part=train,n=150
    test: synthetic:part=test,n=80
    transform: binarize
  - name: folds
    train: synthetic:part=train,n=120
    folds: 4
    seed: 7
    reference: each
    measure: ncd
    aggregate: knn:k=3
  - name: unused
    train: synthetic:part=train,n=60
    test: synthetic:part=test,n=40
    reference: each
    measure: euclidean
    aggregate: knn:k=1
END
run 0 run c.yaml
awk 'NR > 1 { print $1 "," $4 }' "$out" | tr '\n' ' ' >found
correct() {
	run 0 classify "$@"
	sed -n 's/^correct *\([0-9]*\) of .*/\1/p' "$out"
}
{
	echo "plain,$(correct --train synthetic:part=train,n=150 \
		--test synthetic:part=test,n=80 --transform binarize)"
	echo "folds,$(correct --train synthetic:part=train,n=120 --folds 4 \
		--seed 7 --reference each --measure ncd --backend deflate \
		--aggregate knn:k=3)"
	echo "unused,$(correct --train synthetic:part=train,n=60 \
		--test synthetic:part=test,n=40 --reference each \
		--measure euclidean --aggregate knn:k=1)"
} | tr '\n' ' ' >expected
same expected found

# Smaller training sets are part of larger ones, and seeds draw others.
cat >v.yaml <<'END'
train: synthetic:part=train,n=200
validate: 0.25
repeat: 3
transform: binarize
END
run 0 run v.yaml
[ "$(awk 'NR > 1 { print $3 }' "$out" | tr '\n' ' ')" = "50 50 50 " ] ||
	fail "not 50 samples held back, three times"

# Those that are held back are no test samples, and all of them are classified.
printf '%s\t%s\n' a same a same b other b other >same.txt
printf 'train: text:same.txt\nvalidate: 0.5\n' >same.yaml
run 0 run same.yaml
says ": 2 samples that are held back stand among the training samples, too"
! grep -q drop-duplicates "$err" || fail "an advice that cannot be taken"

# The best on samples held back is tested once, as codist classify does it.
cat >t.yaml <<'END'
train: synthetic:part=train,n=200
test: synthetic:part=test,n=60
validate: 0.25
transform: [none, binarize]
reference: chunk:size=8
aggregate: [mean, logsumexp]
END
run 0 run t.yaml
winner=$(sort -s -k 4,4nr "$out" | grep -v ^run | head -1 | cut -d ' ' -f 1)
run 0 tune t.yaml
says "chosen among 4 runs on samples held back, then tested once"
prints "tested: $winner "
grep '^tested' "$out" | awk '{ print $5 }' >found
run 0 classify --train synthetic:part=train,n=200 \
	--test synthetic:part=test,n=60 --reference chunk:size=8 \
	--transform "${winner%/*}" --aggregate "${winner#*/}" 2>/dev/null ||
	fail "the winner has no transform"
sed -n 's/^correct *\([0-9]*\) of .*/\1/p' "$out" >expected
same expected found
sed -i 's/logsumexp/min/' t.yaml
run 0 tune t.yaml
grep -q "2 runs of this store were tested by now" "$err" ||
	[ "$(grep -c '^tested' "$out")" -eq 1 ] || fail "a second look unsaid"
misused "expected the key validate" tune s.yaml

# All problems are told, each with its line.
cat >bad.yaml <<'END'
data: synthetic
backnd: deflate
transform: [none, binarise]
limit: 5
train.limit: none
zip:
  seed: [1, 2, 3]
  folds: [2, 3]
END
failed "bad.yaml: 5 problems, and nothing was done" run bad.yaml
says "bad.yaml:2: unknown key 'backnd', did you mean 'backend'?"
says "bad.yaml:3: no transform is named 'binarise'; the nearest is 'binarize'"
says "bad.yaml:4: unknown key 'limit', did you mean 'test.limit'?"
says "bad.yaml:5: train.limit: 'none', expected a whole number from 1 on"
says "bad.yaml:8: 'folds' has 2 values in zip, others have 3"
# problem TEXT MESSAGE: of a study of that text.
problem() {
	printf '%b' "$1" >p.yaml
	failed "$2" run p.yaml --output p.db
	[ ! -e p.db ] || fail "a store for '$1'"
}
problem '' "p.yaml:1: is empty"
# Lines in values would be taken for keys.
for key in data train test backend; do
	problem "seed: 1\n$key: \"d\\\\nx\"" \
		"p.yaml:2: $key: has the control character \\x0a at byte 2"
done
problem 'train:\n - synthetic\n - "d\\x7f"' \
	"p.yaml:3: train: has the control character \\x7f at byte 2"
failed "p.yaml:3: train: has the control character" explain p.yaml
for key in foo '<<' a; do
	problem "data: synthetic\n$key: 1" \
		"p.yaml:2: unknown key '$key', expected data, "
done
problem 'data: synthetic\nallow_unseen: 1' "did you mean 'allow-unseen'?"
# Only of backends there is one of that name.
problem 'data: synthetic\nbackend: null' "p.yaml:2: backend: nothing, which \
null means in YAML, expected a value; the backend of that name is 'null', in \
quotes"
problem 'data: synthetic\nbackend: [deflate,\n  null]' "p.yaml:3: backend: \
nothing, which null means"
problem 'data: synthetic\nmeasure: null' \
	"p.yaml:2: measure: nothing, expected a value"
problem 'data: [synthetic' "no YAML"
problem 'just text' "a text, expected a mapping of keys"
problem 'data: synthetic\ndata: mnist\n' "'data' stands already on line 1"
problem 'backend: deflate\n' "no data, expected data, or train and test"
problem 'data: synthetic\ntest: synthetic\n' "both data and train or test"
problem 'data: synthetic\nfolds: 3\nvalidate: 0.5' "both folds and validate"
problem 'data: synthetic\nfolds: 3\ntransform: jitter + binarize' \
	"jitter makes copies, which does not go with folds"
problem 'data: synthetic\nfolds: 3\ntest.limit: 5' "there is no test set"
problem 'data: synthetic\nvalidate: 1' "expected a number between 0 and 1"
problem 'data: synthetic\nseed: [1, 2]' "the runs would be the same"
problem 'data: synthetic\nmeasure: ncd\naggregate: logsumexp' \
	"needs differences of lengths"
problem 'data: synthetic\nruns: 3' "expected a list of mappings"
problem 'data: synthetic\nruns:\n - name: a\n - name: b\n' \
	"p.yaml:4: the run 'a' is the same as one on line 3"
problem 'data: synthetic\nallow-unseen: maybe' "expected yes or no"
problem 'data: !!binary aGFsbG8=' "has a tag"
problem 'data: *a' "no anchor &a"
problem '--- {data: synthetic}\n--- {data: synthetic}\n' "another document"
problem 'a: &a [1,1,1,1,1,1,1,1,1,1]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]
f: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n' "comes to more than 100000 values"
failed "no-such.yaml: cannot read" run no-such.yaml
misused "expected one STUDY" run
echo 'data: nowhere' >p.yaml
failed "no data set 'nowhere'" run p.yaml --output p.db

# What is no store is left alone.
echo text >text.db
failed "text.db: is damaged, or no store" run s.yaml --output text.db
[ "$(cat text.db)" = text ] || fail "text.db was changed"
failed "text.db: is damaged, or no store" status text.db
failed "no-such.db: cannot read" status no-such.db
failed "no-such/s.db: cannot write" run s.yaml --output no-such/s.db
head -c 30000 one.db >cut.db
failed "cut.db: is damaged, or no store" export cut.db --what predictions
finish
