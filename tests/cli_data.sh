#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist data: a hand-made set described and drawn, and bad files named.
. "${srcdir:-.}/tests/cli.sh"
. "${srcdir:-.}/tests/cli_idx.sh"
[ ! -e "${CODIST_DATA:-/none}/reuters-r8" ] || reuters=$CODIST_DATA/reuters-r8
unset CODIST_DATA XDG_DATA_HOME
HOME=$scratch/home
export HOME
cd "$scratch" || exit 99
small set

# By hand: the first and the third image for training are the third to test.
run 0 data set
for line in 'train       idx:path=set/train,' '  samples   6, of 2 classes' \
	'  shape     2x4' '  bytes     48' \
	'  repeated  1 are the same as an earlier one' \
	'  shared    2 are also in test' \
	'test        idx:path=set/test,' '  samples   4, of 2 classes' \
	'  shared    1 are also in train' 'class  train  test' '0          3     2'
do
	prints "$line"
done
[ ! -s "$err" ] || fail "it said: $(cat "$err")"

run 0 data set/train --transform invert --transform pack --format csv
prints 'set,transform,invert'
prints 'set,samples,6'
prints 'set,shape,1'
# Inverted letters are not 0: every image becomes the byte 255.
prints 'set,repeated,5'
if command -v sha256sum >/dev/null; then
	sum=$(printf '\377\377\377\377\377\377' | sha256sum | cut -d ' ' -f 1)
	prints "set,sha256,$sum"
	sum=$(tail -c 48 set/train-images-idx3-ubyte | sha256sum |
		cut -d ' ' -f 1)
	run 0 data set/train
	prints "  SHA-256   $sum"
fi

# Found in the data directory, and said where else it was looked for.
mkdir -p home/.local/share/codist
cp -r set home/.local/share/codist/there
run 0 data there
failed "$HOME/.local/share/codist/nowhere" data nowhere
CODIST_DATA=$scratch run 0 data set
# What is there, but no set, says how it is read.
mkdir empty flat
printf 'topic,body\n' >flat/t.csv
: >flat/s.fa
failed "empty: an empty folder" data empty
failed "flat: 2 files, but no folder for each class; files:flat" data flat
failed "flat/t.csv: csv:flat/t.csv reads it" data flat/t.csv
: >t.tsv
failed "t.tsv: csv:t.tsv,delimiter=tab reads it" data t.tsv
failed "flat/s.fa: fasta:flat/s.fa reads it" data flat/s.fa
failed "no data set 'nowhere'" data nowhere

misused "expected the name of one data set" data
misused "expected the name of one data set" data set set set
misused "no transform is named 'inverse'; the nearest is 'invert'" \
	data set --transform inverse
misused "--per-class 0: expected a whole number 1..1000" \
	data set --per-class 0
misused "--per-class 1x: expected a whole number" data set --per-class 1x
misused "a.gif: cannot tell the figure's format" data set --sheet a.gif
misused "--sheet is given twice" data set --sheet a.png --sheet b.png
misused "loader idx has no option 'limits'; the nearest is 'limit'" \
	data idx:set/train,limits=3
misused "option 'limit' is given twice" data idx:set/train,limit=1,limit=1
failed "passes over all 4 samples" data idx:set/test,offset=4

mkdir o
if "$CODIST" data set --sheet o/sheet.png >/dev/null 2>"$err"; then
	only sheet.png
	run 0 data set --sheet o/sheet.svg --per-class 2
	failed "none/a.png: cannot write: No such file" \
		data set --sheet none/a.png
	mkdir d.png
	failed "d.png: cannot write: Is a directory" data set --sheet d.png
	only sheet.png sheet.svg
else
	says "built without cairo"
fi

# bad NAME MESSAGE: what is at set/NAME.
bad() {
	failed "$2" data set
	says "set/$1"
	small set
}
image=train-images-idx3-ubyte
label=t10k-labels-idx1-ubyte
head -c 63 set/$image >cut.idx && mv cut.idx set/$image
bad $image "expected"
printf x >>set/$image
bad $image "more data than the 48 bytes of its dimensions"
: >set/$image
bad $image "expected"
echo "This is no IDX file." >set/$image
bad $image "expected"
{ printf '\000\000\015\003' && tail -c +5 set/$image; } >typed
mv typed set/$image
bad $image "expected"
{ labels 5 && printf '\000\001\000\001\000'; } >set/$label
bad $label "4"
{ printf '\000\000\010\003' && number 4294967295 && number 4294967295 &&
	number 4294967295; } >set/$image
bad $image "overflows"
gzip -c set/$image >set/$image.gz && rm set/$image
run 0 data set
head -c 40 set/$image.gz >cut.idx && mv cut.idx set/$image.gz
bad $image.gz "$image"
rm -f set/$image.gz
if [ "$(id -u)" != 0 ]; then
	chmod 0 set/$image
	bad $image "Permission denied"
fi

# Samples of varying length: 1, 3, 1, 0, 1 and 5 bytes, of which the median is
# 1. The third and the fifth are the first again, the latter as another class.
printf 'a\tx\nb\tyyy\na\tx\nb\t\nc c\tx\nb\tzzzzz\n' >text
printf 'b\tx\na\tq\nb\tyyy\nc c\tyy\n' >text.test
run 0 data text:text text:text.test
for line in '  shape     varies' '  lengths   0 to 5 bytes, median 1' \
	'  repeated  2 are the same as an earlier one, 1 of them in another' \
	'  shared    4 are also in test, 3 of them in another class' \
	'  lengths   1 to 3 bytes, median 1.5' \
	'  repeated  0 are the same as an earlier one' \
	'  shared    2 are also in train, 1 of them in another class' \
	'c c        1     1'
do
	prints "$line"
done

# Folders, by their names alone.
mkdir -p dirs/train/a dirs/train/b dirs/test/a dirs/test/b
echo 1 >dirs/train/a/x
echo 2 >dirs/train/b/y
cp dirs/train/a/x dirs/test/b/z
echo 3 >dirs/test/a/x
run 0 data dirs
prints 'train       directory:path=dirs/train,'
prints '  shared    1 are also in train, 1 of them in another class'
small dirs
failed "dirs: IDX files, and folders train and test" data dirs

if [ -n "${reuters-}" ]; then
	run 0 data "text:$reuters/R8_train.txt" "text:$reuters/R8_test.txt"
	# By awk, too.
	cut -f 2- "$reuters/R8_train.txt" >train.texts
	cut -f 2- "$reuters/R8_test.txt" >test.texts
	shared=$(awk 'NR == FNR { seen[$0]; next } $0 in seen { n++ }
		END { print n + 0 }' train.texts test.texts)
	prints "  shared    $shared are also in train"
else
	echo "no reuters-r8 in \$CODIST_DATA: not tried"
fi

has_python json || finish
run 0 data text:text text:text.test --format json
"$python" - "$out" <<'END' || fail "json of texts"
import json, sys
document = json.load(open(sys.argv[1]))
train, test = document["train"], document["test"]
assert train["lengths"] == {"shortest": 0, "median": 1, "longest": 5}
assert train["repeated_first"] == [
    {"sample": {"number": 2, "class": "a"},
     "same_as": {"number": 0, "class": "a"}},
    {"sample": {"number": 4, "class": "c c"},
     "same_as": {"number": 0, "class": "a"}}]
assert (train["repeated"], train["repeated_in_other_class"]) == (2, 1)
assert [(x["sample"]["number"], x["same_as"]["number"])
        for x in test["shared_first"]] == [(0, 0), (2, 1)]
END
run 0 data set --format json
"$python" - "$out" <<'END' || fail "json"
import json, sys
document = json.load(open(sys.argv[1]))
assert list(document) == ["train", "test"]
assert document["train"]["classes"] == {"0": 3, "1": 3}
assert document["test"]["classes"] == {"0": 2, "1": 2}
assert document["train"]["shape"] == [2, 4]
assert (document["train"]["shared"], document["test"]["shared"]) == (2, 1)
END
finish
