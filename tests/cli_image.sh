#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Coders that take pictures: what they are given, and what they say if it is none.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99

printf 'P4\n8 4\n\030\044\102\201' >a.pbm
printf 'P4\n8 4\n\030\044\102\200' >b.pbm
cat a.pbm b.pbm >ab.pbm
bits_of() {
	"$CODIST" length --backend ctw-image --format csv "$1" |
		sed 1d | cut -d , -f 4
}
# (C(ab) - least) / most: files one behind the other are a stream of pictures.
a=$(bits_of a.pbm) b=$(bits_of b.pbm) ab=$(bits_of ab.pbm)
ncd=$(echo "$a $b $ab" | awk '{
	printf "%.6f", ($3 - ($1 < $2 ? $1 : $2)) / ($1 > $2 ? $1 : $2) }')
run 0 distance --measure ncd --backend ctw-image --format csv a.pbm b.pbm
awk -F , -v expected="$ncd" 'NR == 2 {
	for (i = 1; i <= NF; i++)
		if ($i - expected < 1e-6 && expected - $i < 1e-6)
			found = 1 }
	END { exit !found }' "$out" || fail "no $ncd in $(cat "$out")"

set -- --train synthetic:n=300 --test synthetic:part=test,n=60
failed "ctw-image wants raw PBM pictures, which begin with P4" \
	classify "$@" --backend ctw-image
failed "the transform binarize + pbm makes such" \
	classify "$@" --transform binarize --backend ctw-image
failed "put binarize or otsu before" \
	classify "$@" --transform pbm --backend ctw-image
run 0 classify "$@" --transform otsu --transform pbm --backend ctw-image \
	--format json
# A tenth would be right by chance.
sed -n 's/.*"n_correct": \([0-9]*\).*/\1/p' "$out" | grep -q '^[456][0-9]$' ||
	fail "fewer than 40 of 60 are right: $(grep n_correct "$out")"
cp "$out" once
run 0 classify "$@" --transform otsu --transform pbm --backend ctw-image \
	--format json --threads 1
[ "$(grep n_correct once)" = "$(grep n_correct "$out")" ] ||
	fail "threads change what is right"

# What is no picture is told by its name, whoever hands it in.
printf hello >no.txt
of=": ctw-image wants raw PBM pictures, which begin with P4, and found bytes"
failed "no.txt$of 0x68 0x65" length --backend ctw-image a.pbm no.txt
failed "no.txt$of 0x68 0x65" length --backend ctw-image --given no.txt a.pbm
for measure in ncd conditional; do
	failed "no.txt$of 0x68 0x65" \
		distance --measure "$measure" --backend ctw-image a.pbm no.txt
done
failed "reference 0, of class '0'$of" classify "$@" --backend ctw-image
failed "reference 0, of class '1'$of" classify "$@" --backend ctw-image \
	--reference each --measure ncd --limit 2
mkdir -p train/a train/b test/a
cp a.pbm train/a
cp b.pbm train/b
cp a.pbm no.txt test/a
failed "sample a/no.txt of test against reference 0, of class 'a'$of" classify \
	--train directory:train --test directory:test --backend ctw-image
run 0 check-backend ctw-image:depth=5,per=image
misused "depth=25, expected" length --backend ctw-image:depth=25 a.pbm
run 0 classify "$@" --transform binarize --transform runs --format csv
cp "$out" twice.csv
run 0 classify "$@" --transform 'binarize + runs' --format csv
has_python csv || finish
"$python" - "$out" <<'END' || fail "one chain, and another"
import csv, sys
one, twice = (next(csv.DictReader(open(p))) for p in (sys.argv[1], "twice.csv"))
assert "runs" in one["transforms"]
for key in ("transforms", "n_correct", "n_samples"):
    assert one[key] == twice[key], (key, one[key], twice[key])
END
finish
