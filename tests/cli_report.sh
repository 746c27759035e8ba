#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist report: a page of numbers that the store has, and nobody else's markup.
. "${srcdir:-.}/tests/cli.sh"
unset CODIST_DATA
here=$(cd "${srcdir:-.}/tests" && pwd)
cd "$scratch" || exit 99
mkdir o

cat >s.yaml <<'END'
title: Ends & <b>means</b>
data: synthetic
train.limit: [50, 100]
test.limit: 100
seed: [1, 2]
transform: [none, binarize + pack]
reference: chunk:size=16
backend: deflate
aggregate: [logsumexp, mean]
END
run 0 run s.yaml --output s.db

# Formats, by name and by ending.
run 0 report s.db
prints "Ends & <b>means</b>"
cp "$out" text
[ "$(grep -c '^train.limit=50/.*/mean  *0\.[0-9]' text)" -ge 4 ] ||
	fail "not 4 runs in text"
run 0 report s.db --format text --output o/page.html
same text o/page.html
run 0 report s.db --format markdown
prints "# Ends &amp; &lt;b&gt;means&lt;/b&gt;"
prints "| train.limit=50/seed=1/none/logsumexp | 0."
cp "$out" markdown
run 0 report s.db --output o/page.md
same markdown o/page.md
run 0 report s.db --output o/page.html
[ ! -s "$out" ] || fail "printed beside the file"
run 0 report s.db --format html
same o/page.html "$out"
only page.html page.md

# A name may be anything, to a browser or a terminal.
cat >bad.yaml <<'END'
title: "</title><script>alert(1)</script>\e[31m"
data: synthetic
train.limit: 40
test.limit: 20
runs:
  - name: "<script>alert('2')</script>"
    transform: binarize
  - name: "a|b`c` \"d\" & é"
END
run 0 run bad.yaml --output bad.db
run 0 report bad.db --output o/bad.html
run 0 report bad.db --format markdown
prints "a\\|b\\\`c\\\` \"d\" &amp; é"
prints "&lt;script&gt;"
run 0 report bad.db
if grep -q "$(printf '\033')" "$out"; then
	fail "a control character goes to the terminal"
fi

# Folds are trials.
cat >folds.yaml <<'END'
train: synthetic:part=train,n=80
folds: 4
transform: [none, binarize, binarize + pack]
reference: chunk:size=8
aggregate: mean
END
run 0 run folds.yaml --output folds.db
run 0 report folds.db --output o/folds.html

# A run that is added stands where it stands in the grid.
sed 's/\[logsumexp, mean\]/[min, logsumexp, mean]/' s.yaml >more.yaml
cp s.db more.db
run 0 run more.yaml --output more.db
run 0 report more.db --output o/more.html

# Samples are shown as they were before they were transformed, if they are what
# was classified.
shown() {
	grep -o '<img ' "$1" | wc -l
}
digits() {
	"$python" - <<'END'
import random
import struct
draw = random.Random(5)
for part, n in ("train", 60), ("t10k", 40):
    images, labels = bytearray(), bytearray()
    for i in range(n):
        labels.append(i % 3)
        images += bytes(draw.randrange(0, 90 + 40 * (i % 3))
                        if draw.random() < 0.4 else 0 for _ in range(784))
    with open(f"d/{part}-images-idx3-ubyte", "wb") as file:
        file.write(struct.pack(">IIII", 0x803, n, 28, 28) + images)
    with open(f"d/{part}-labels-idx1-ubyte", "wb") as file:
        file.write(struct.pack(">II", 0x801, n) + labels)
END
}
# statistics STORE: what codist stats has, and its ranks over all there is.
statistics() {
	"$CODIST" stats "$1" --format json --calibration --resamples 10000 \
		>all.json 2>"$err"
	for over in data seed train.limit folds; do
		"$CODIST" stats "$1" --format json --section ranks \
			--over $over >ranks-$over.json 2>"$err"
	done
	"$python" - "$1" "$CODIST" <<'END'
import json
import subprocess
import sys


def load(name):
    with open(name + ".json", encoding="utf-8") as file:
        return json.load(file)


told = load("all")
# However many runs there are, the best of each group with the others.
told["pairs"] = []
for group in told["groups"]:
    told["pairs"] += json.loads(subprocess.run(
        [sys.argv[2], "stats", sys.argv[1], "--format", "json", "--section",
         "pairs", "--against", group["best"]], check=True,
        capture_output=True).stdout)["pairs"]
order = [item["run"] for item in told["runs"]]
n = len(told["pairs"])
for rank, pair in enumerate(sorted(told["pairs"], key=lambda x: x["p"])):
    pair["step"] = (n - rank) * pair["p"]
least = 0
for pair in sorted(told["pairs"], key=lambda x: x["p"]):
    least = max(least, min(1, pair["step"]))
    pair["p_holm"] = least
keys = "data", "seed", "train.limit", "folds"
told["over"] = {over: load("ranks-" + over)["ranks"] for over in keys}
print(json.dumps(told))
END
}
if has_python sqlite3,html.parser; then
	mkdir d
	digits
	cat >idx.yaml <<'END'
data: d
transform: [binarize + pack, binarize, binarize + invert]
reference: chunk:size=8
backend: deflate:level=1
END
	run 0 run idx.yaml --output idx.db
	run 0 report idx.db --output o/idx.html
	[ -s "$err" ] && fail "samples are shown, and: $(cat "$err")"
	cp idx.db store.db
	run 0 report store.db --no-samples --output o/store.html
	[ -s "$err" ] && fail "no samples are wanted, and: $(cat "$err")"
	printf '\377' | dd of=d/t10k-images-idx3-ubyte bs=1 seek=99 conv=notrunc \
		2>dd.err
	run 0 report idx.db --output o/changed.html
	says "the samples of d cannot be shown: the samples have SHA-256"
	grep -q "The samples of d cannot be shown: the samples have SHA-256" \
		o/changed.html || fail "the page says nothing of changed data"
	[ "$(shown o/changed.html)" -eq 0 ] || fail "changed samples are shown"
	run 0 report idx.db --format markdown
	[ -s "$err" ] && fail "Markdown has no pictures, and: $(cat "$err")"
	mv d gone
	run 0 report idx.db --output o/gone.html
	says "the samples of d cannot be shown: no data set 'd': "
	[ "$(shown o/gone.html)" -eq 0 ] || fail "samples are shown without data"
	mv gone d
	digits

	# Those held back, or in folds, are numbered in the training set.
	sed 's/^data: d/train: idx:d\/train\nvalidate: 0.5\nseed: 4/' idx.yaml \
		>held.yaml
	run 0 run held.yaml --output held.db
	run 0 report held.db --output o/held.html
	sed 's/^data: d/train: idx:d\/train\nfolds: 4/' idx.yaml >cut.yaml
	run 0 run cut.yaml --output cross.db
	run 0 report cross.db --output o/cross.html
	[ -s "$err" ] && fail "training samples are shown, and: $(cat "$err")"

	# What is fitted, and a sum of runs, has samples as others do; what served
	# to fit is no part of it.
	cat >sum.yaml <<'END'
data: d
transform: [binarize, binarize + pack]
reference: chunk:size=8
aggregate: [mean, "logsumexp:temperature=fit"]
fit: 0.3
combine:
  - name: sum
    of: "*"
END
	run 0 run sum.yaml --output sum.db
	run 0 report sum.db --output o/sum.html
	[ -s "$err" ] && fail "samples of a sum are shown, and: $(cat "$err")"
	run 0 stats sum.db
	prints "5 runs: 5 done"
	if grep -q "left out" "$out"; then fail "a run was left out"; fi

	# Words are escaped, and those that are none, too.
	mkdir -p words/train/a words/train/b words/test/a words/test/b
	for i in 1 2 3; do
		echo "one two three four $i" >words/train/a/$i
		echo "1234 5678 $i" >words/train/b/$i
		echo "1234 5678 <b>bold</b> & $i" >words/test/a/$i
		printf 'one two \033[31m \377 \000 three %s' $i >words/test/b/$i
	done
	cat >words.yaml <<'END'
data: words
aggregate: [min, mean]
END
	run 0 run words.yaml --output words.db
	run 0 report words.db --output o/words.html
	[ -s "$err" ] && fail "words are shown, and: $(cat "$err")"
	[ "$(grep -c '<li><q>1234 5678 &lt;b&gt;bold&lt;/b&gt; &amp; [123] ' \
		o/words.html)" -eq 3 ] || fail "no words of a"
	grep -q "<li><q>one two $(printf '\357\277\275')\[31m $(
		printf '\357\277\275') $(printf '\357\277\275') three 1" \
		o/words.html || fail "no words of b"
	rm o/changed.html o/gone.html o/words.html
	for name in s bad folds more idx held cross sum store; do
		page=o/$name.html images=any
		case $name in
		s) page=o/page.html ;;
		idx | sum) images=d/t10k-images-idx3-ubyte ;;
		held | cross) images=d/train-images-idx3-ubyte ;;
		store) images=none ;;
		esac
		run 0 export $name.db
		cp "$out" runs.csv
		run 0 export $name.db --what confusion
		cp "$out" confusion.csv
		run 0 export $name.db --what predictions
		cp "$out" predictions.csv
		statistics $name.db >stats.json
		"$python" "$here/report_in_python.py" $page $name.db runs.csv \
			confusion.csv predictions.csv stats.json \
			$images >found 2>&1 || {
			fail "the page of $name.db:"
			tail -5 found
		}
	done
	cat >change.py <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()
END
	cp s.db none.db
	"$python" change.py none.db "UPDATE run SET state = 'begun'"
	misused "none.db: none of its 16 runs is done" report none.db
	misused "none.db: none of its 16 runs is done" report none.db \
		--output o/none.html
	cp s.db some.db
	"$python" change.py some.db \
		"UPDATE run SET state = 'begun' WHERE id > 3"
	run 0 report some.db
	prints "3 of 16 runs of 's' are done; the others are left out."
	cp s.db cut.db
	"$python" change.py cut.db \
		"UPDATE prediction SET scores = x'00' WHERE run = 2"
	failed "run 2 has scores of another number of classes" report cut.db
	"$python" change.py cut.db \
		"UPDATE prediction SET truth = 10 WHERE run = 1 AND sample = 5"
	failed "run 1 has a prediction of a class that it has not" report cut.db \
		--output o/cut.html
	only bad.html cross.html folds.html held.html idx.html more.html \
		page.html page.md store.html sum.html
else
	echo "no python3 with sqlite3: numbers are not compared"
fi

misused "expected one STORE" report
misused "--format pdf: expected text, markdown or html" report s.db \
	--format pdf
failed "no-such.db: cannot read" report no-such.db
failed "o/no-such/page.html: cannot write" report s.db \
	--output o/no-such/page.html
echo text >text.db
failed "text.db: is damaged, or no store" report text.db
finish
