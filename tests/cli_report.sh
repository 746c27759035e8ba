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

if has_python sqlite3,html.parser; then
	for name in s bad folds more; do
		page=o/$name.html
		[ $name = s ] && page=o/page.html
		run 0 export $name.db
		cp "$out" runs.csv
		run 0 export $name.db --what confusion
		cp "$out" confusion.csv
		run 0 export $name.db --what predictions
		cp "$out" predictions.csv
		"$python" "$here/report_in_python.py" $page $name.db runs.csv \
			confusion.csv predictions.csv >found 2>&1 || {
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
	failed "sample 0: 1 bytes of scores, expected 80" report cut.db
	"$python" change.py cut.db \
		"UPDATE prediction SET truth = 10 WHERE run = 1 AND sample = 5"
	failed "sample 5: class 10, predicted" report cut.db \
		--output o/cut.html
	only bad.html folds.html more.html page.html page.md
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
