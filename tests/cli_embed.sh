#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist embed: a matrix from a file, places, classes, a figure.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99

# Points at 0, 1 and 5 of a line: -2, -1 and 3 around their mean.
printf ',a,b,c\na,0,1,5\nb,1,0,4\nc,5,4,0\n' >line.csv
printf '3\na\nb 1\nc 5 4\n' >line.phy
printf ',a,b,c\na,0.1,0.5,5\nb,1.5,0,4\nc,5,4,0\n' >raw.csv
printf 'c\tfar\r\nb\tnear\n\nother\twhere\na\tnear\na\tnear' >classes

run 0 embed line.csv
prints "line.csv: 3 items in 2 dimensions by classical scaling"
prints "100.0 % of the positive eigenvalues' sum is explained: 100.0 %, 0.0 %"
prints "0 eigenvalues are negative, 0.0 % of all magnitudes"
prints "name       x1      x2"
prints "a     -2.0000  0.0000"
prints "b     -1.0000  0.0000"
prints "c      3.0000  0.0000"
run 0 embed line.phy --dimensions 1 --groups classes
prints "name  class       x1"
prints "a     near   -2.0000"
prints "c     far     3.0000"
run 0 embed line.phy --dimensions 1 --format csv
grep -qx 'name,x1' "$out" || fail "no line of headings"
grep -qxE 'c,(3|2\.9+[0-9]*|3\.0+[0-9]*)' "$out" || fail "c is elsewhere"
cp "$out" as-file
"$CODIST" embed - --format-in phylip --dimensions 1 --format csv <line.phy \
	>as-input || fail "the standard input"
same as-file as-input
run 0 embed line.csv --format json --groups classes
prints '"matrix": "line.csv"'
prints '"explained": 1'
prints '"negative_eigenvalues": 0'
prints '"class": "near"'
# What --symmetrize makes of the pair 0.5 and 1.5 is 1.
run 0 embed raw.csv --symmetrize mean
prints "b     -1.0000  0.0000"

printf ',a\na,0\n' >one.csv
run 0 embed one.csv
prints "100.0 % of the positive eigenvalues' sum is explained: 0.0 %, 0.0 %"
prints "a     0.0000  0.0000"

failed "raw.csv: row 1 'a', column 1 'a': 0.10000000000000001, expected 0" \
	embed raw.csv
says "symmetrize makes pairs the same"
printf ',a,b\na,0,1\nb,2,0\n' >bad.csv
failed "bad.csv: from 'a' to 'b' it is 1 (row 1, column 2), but back 2" \
	embed bad.csv
printf ',a,b\na,0,1\n' >bad.csv
failed "bad.csv: 1 rows and 2 columns, expected a square matrix" embed bad.csv
failed "bad.csv: 1 rows and 2 columns, expected a square matrix" \
	embed bad.csv --symmetrize min
printf ',a,b\na,0,1\nb,0\n' >bad.csv
failed "bad.csv: line 3: 1 values" embed bad.csv
# Of items, as of their matrix; the classes of a data set are its groups.
run 0 matrix synthetic:part=test,n=30 --output m.csv
run 0 embed m.csv --format csv
cut -d , -f 1-3 "$out" >by-matrix
run 0 embed synthetic:part=test,n=30 --format csv
head -1 "$out" | grep -qx "name,class,x1,x2" || fail "no classes"
cut -d , -f 1,3,4 "$out" >by-items
same by-matrix by-items
run 0 embed synthetic:part=test,n=30
prints "ncd by deflate: 30 items in 2 dimensions by classical scaling"

failed "no-such-file: No such file" embed no-such-file
failed "standard input: empty" embed - </dev/null

printf 'a\tnear\nb\tnear\n' >bad
failed "bad: has no line for 'c'" embed line.csv --groups bad
printf 'a\tnear\n\nb near\n' >bad
failed "bad: line 3: 'b near', expected a name, a tab and a class" \
	embed line.csv --groups bad
printf 'a\tnear\nb\tx\ty\n' >bad
failed "bad: line 2: 'b	x	y', expected a name, a tab and a class" \
	embed line.csv --groups bad
printf 'a\tnear\nb\tnear\na\tfar\n' >bad
failed "bad: line 3: 'a' is of class 'far', but of 'near' on line 1" \
	embed line.csv --groups bad
printf 'a\tne\0ar\n' >bad
failed "bad: has NUL bytes, expected text" embed line.csv --groups bad
: >bad
failed "bad: has no line for 'a'" embed line.csv --groups bad

misused "no operands, expected a MATRIX or ITEMs" embed
misused "two items are called 'line.csv'" embed line.csv line.csv
misused "matrix format 'xls': expected auto, csv" embed line.csv \
	--format-in xls
misused "'median': expected mean, min or max" embed line.csv \
	--symmetrize median
misused "dimensions" embed line.csv --dimensions 0

if "$CODIST" embed line.csv --figure a.svg 2>&1 | grep -q "without cairo"
then
	finish
fi
for ending in svg png pdf; do
	run 0 embed line.csv --groups classes --figure a.$ending
	[ -s a.$ending ] || fail "no a.$ending"
done
misused "a.gif: cannot tell the figure's format" embed line.csv --figure a.gif
awk 'BEGIN { for (i = 0; i < 29; i++) { printf ",%d", i } printf "\n"
	for (i = 0; i < 29; i++) { printf "%d", i
	for (k = 0; k < 29; k++) printf ",%d", i != k; printf "\n" } }' >many.csv
awk 'BEGIN { for (i = 0; i < 29; i++) printf "%d\t%d\n", i, i }' >many
run 0 embed many.csv --groups many
misused "29 groups, but a figure has marks for 28 at most" \
	embed many.csv --groups many --figure many.svg
[ ! -e many.svg ] || fail "many.svg is there"
if [ -w /dev/full ]; then
	"$CODIST" embed many.csv --format csv >/dev/full 2>err &&
		fail "a full disk goes unnoticed"
	grep -q "No space left" err || fail "$(cat err)"
fi
finish
