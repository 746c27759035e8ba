#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist matrix: items, formats, outputs and failures; numbers by Python's zlib.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99
CODIST_DATA=$scratch/none
export CODIST_DATA

# A compressor that does not: (5 + 4 - 4) / 5, and of nothing and x 4 / 4; with
# 2 bytes between x and y (4 + 2 + 5 - 4) / 5.
mkdir few
printf abcd >few/x
printf abXdZ >few/y
: >few/empty
cat >expected <<'END'
,empty,x,y
empty,0,1,1
x,1,0,1
y,1,1,0
END
run 0 matrix --backend null --format csv few
same "$out" expected
run 0 matrix --backend null few
cat >expected <<'END'
ncd by null

        empty       x       y
empty  0.0000  1.0000  1.0000
x      1.0000  0.0000  1.0000
y      1.0000  1.0000  0.0000
END
same "$out" expected
# 11^2 + 90^2 is 8221, 97^2 + 98^2 + 99^2 + 100^2 is 38814, and 97^2 + 98^2 +
# 88^2 + 100^2 + 90^2 is 44857; 4 letters against 5, and c, X, Z.
run 0 matrix --measure euclidean,hamming few
cat >expected <<'END'
euclidean

          empty         x         y
empty    0.0000  197.0127  211.7947
x      197.0127    0.0000   90.6697
y      211.7947   90.6697    0.0000

hamming

        empty       x       y
empty  0.0000  4.0000  5.0000
x      4.0000  0.0000  2.0000
y      5.0000  2.0000  0.0000
END
same "$out" expected
# An item and itself: 4 + 2 + 4 less 4 by 4; nothing and itself: 2 by nothing.
run 0 matrix --full --backend null --measure ncd:separator=%0d%0a \
	--format csv few
cat >expected <<'END'
,empty,x,y
empty,inf,1.5,1.4
x,1.5,1.5,1.4
y,1.4,1.4,1.4
END
same "$out" expected

# One item; others in columns; the same item under two names.
run 0 matrix --format csv few/x
printf ',few/x\nfew/x,0\n' >expected
same "$out" expected
run 0 matrix --backend null --format csv --against few/x --against few/y few
printf ',x,y\nempty,1,1\nx,1,1\ny,1,1\n' >expected
same "$out" expected
run 0 matrix --measure hamming --format tsv --against few/y few/x few/empty
printf '\tfew/y\nx\t2\nempty\t5\n' >expected
same "$out" expected
cp few/x again
run 0 matrix --measure hamming --format csv few/x again
printf ',few/x,again\nfew/x,0,0\nagain,0,0\n' >expected
same "$out" expected

# What is an item.
mkdir few/below bare
printf 'few/y\n\nagain' >list
run 0 matrix --measure hamming --format csv @list few/x
printf ',few/y,again,few/x\nfew/y,0,2,2\nagain,2,0,0\nfew/x,2,0,0\n' >expected
same "$out" expected
"$CODIST" matrix --measure hamming --format csv - few/x <few/y >"$out" ||
	fail "the standard input"
printf -- ',-,few/x\n-,0,2\nfew/x,2,0\n' >expected
same "$out" expected
printf '>one\nacgt\n>two\nacca\n>three\nag\n' >three.fasta
run 0 matrix --measure hamming --format csv fasta:three.fasta
printf ',one,two,three\none,0,2,3\ntwo,2,0,3\nthree,3,3,0\n' >expected
same "$out" expected
run 0 matrix --measure hamming --format csv synthetic:limit=2
[ "$(wc -l <"$out")" -ge 3 ] || fail "a data set: $(cat "$out")"
misused "two items are called 'again'" matrix again few again
misused "two items are called 'x'" matrix few few/x
misused "no items, expected at least one" matrix
failed "bare: no files in this folder" matrix few bare
failed "few: cannot read: Is a directory" matrix @few
cp -r few pictures
cp few/x pictures/x.PNG
run 0 matrix --measure length pictures
says "files called like images are compared as they are"
# A folder with a folder a class is the set, and others may be among the data.
mkdir -p classes/p classes/q data
cp few/x classes/p/one
cp few/y classes/q/two
printf ',p/one,q/two\np/one,0,2\nq/two,2,0\n' >expected
run 0 matrix --measure hamming --format csv classes
same "$out" expected
mkdir data/pair
cp few/x data/pair/one
cp few/y data/pair/two
printf ',one,two\none,0,2\ntwo,2,0\n' >expected
CODIST_DATA=data run 0 matrix --measure hamming --format csv pair
same "$out" expected
failed "gone: No such file or directory, and no data set" matrix gone
misused "--full: is for pairs among the items" \
	matrix --full --against few/x few
failed "gone: No such file or directory" matrix --against gone few
ln -s gone bare/dangling
failed "bare/dangling: cannot read: No such file" matrix bare
# One that vanishes while another is being read.
mkfifo pipe
cp few/x vanishing
printf 'pipe\nvanishing\n' >list
"$CODIST" matrix @list >"$out" 2>"$err" &
exec 3>pipe
rm vanishing
exec 3>&-
wait $!
[ $? = 1 ] || fail "a file vanished: exit $?"
says "vanishing: cannot open: No such file"

# Specs that do not fit.
misused "measure fcd: the distance from x to y is another" \
	matrix --measure fcd few
run 0 matrix --measure fcd --full few
misused "measure conditional: the distance" matrix --measure conditional few
run 0 matrix --measure conditional --against few/x few
misused "measure ncd: needs the length of both items joined" \
	matrix --backend deflate-dict few
run 0 matrix --backend deflate-dict --measure conditional --full few
prints "conditional by deflate-dict"
misused "uses no backend, found backend null" \
	matrix --measure hamming --backend null few
misused "--format text: is for people" matrix --format text --output a.csv few
misused "--format auto: goes by the ending" matrix --format auto few
misused "2 matrices, expected --output FILE" \
	matrix --measure ncd,cdm --format csv few
misused "a.txt: its ending tells no format" matrix --output a.txt few
misused "2 rows and 1 columns, but phylip" \
	matrix --format phylip --against few/x few/y again
printf x >'a b'
misused "the name 'a b' holds a blank, which phylip cannot hold" \
	matrix --output a.phy 'a b' few
misused "o-ncd_by_null.csv: two matrices go there" \
	matrix --output o.csv --measure ncd,ncd --backend null few

# Outputs.
mkdir o
run 0 matrix --output o/d.csv --measure ncd,cdm,hamming \
	--backend 'deflate:level=1|9,null' few
only d-cdm_by_deflate_level=1.csv d-cdm_by_deflate_level=9.csv \
	d-cdm_by_null.csv d-hamming.csv d-ncd_by_deflate_level=1.csv \
	d-ncd_by_deflate_level=9.csv d-ncd_by_null.csv
for measure in ncd cdm; do
	for backend in deflate:level=1 deflate:level=9 null; do
		run 0 matrix --measure $measure --backend $backend \
			--format csv few
		name=$(echo $backend | tr : _)
		same "$out" "o/d-${measure}_by_$name.csv"
	done
done
rm o/*
failed "o/x.y/d: cannot write: No such file" \
	matrix --output o/x.y/d --format tsv few
mkdir o/x.y
run 0 matrix --output o/x.y/d --format tsv --measure ncd,cdm few
only x.y x.y/d-cdm_by_deflate x.y/d-ncd_by_deflate
rm -r o/x.y
failed "o/none/d.csv: cannot write: No such file" \
	matrix --output o/none/d.csv few
failed "few/x/d.csv: cannot write: Not a directory" \
	matrix --output few/x/d.csv few
mkdir o/d.csv
failed "o/d.csv: cannot write: Is a directory" matrix --output o/d.csv few
rmdir o/d.csv
mkdir o/d.csv.partial
failed "o/d.csv.partial: cannot open: Is a directory" \
	matrix --output o/d.csv few
rmdir o/d.csv.partial
only
# Where nothing was done, nothing is kept of it.
failed "no-such-program" matrix --output o/d.csv \
	--backend command:run=./no-such-program few
only
# What is there stays until the new one is whole.
echo old >o/d.csv
status=0
(
	ulimit -f 0
	exec "$CODIST" matrix --output o/d.csv few >/dev/null 2>"$scratch/pipe"
) &
cat pipe >"$err"
wait $! || status=$?
[ $status = 1 ] || fail "no room: exit $status"
says "o/d.csv.partial: no room for the distances: File too large"
only d.csv
[ "$(cat o/d.csv)" = old ] || fail "o/d.csv was replaced"
# Devices and pipes are written to once, and nothing is put beside them.
for path in /dev/*.partial; do echo "$path"; done >devices
run 0 matrix --format csv few
cp "$out" expected
run 0 matrix --format csv --output /dev/stdout few
same "$out" expected
cat pipe >piped &
run 0 matrix --format csv --output pipe few
wait $!
same piped expected
[ ! -e pipe.partial ] || fail "pipe.partial is there"
# A pipe that nobody reads is no failure to tell of, as with head.
exec 4<>pipe
exec 5>pipe 4<&-
for format in csv npy; do
	status=0
	"$CODIST" matrix --format $format few >&5 2>"$err" || status=$?
	[ $status = 1 ] || fail "$format to a closed pipe: exit $status"
	[ ! -s "$err" ] || fail "closed pipe: it says $(cat "$err")"
done
exec 5>&-
if [ -w /dev/full ]; then
	failed "/dev/full: cannot write: No space left" \
		matrix --format csv --output /dev/full few
	for format in text csv tsv phylip nexus json npy; do
		status=0
		"$CODIST" matrix --format $format few >/dev/full \
			2>"$err" || status=$?
		[ $status = 1 ] || fail "$format to a full disk: exit $status"
		says "standard output: cannot write: No space left"
	done
fi
for path in /dev/*.partial; do echo "$path"; done >"$out"
same "$out" devices
# What the standard output cannot hold is told before the run, which costs.
mkdir names
printf abcd >"$(printf 'names/\377')"
printf abce >"$(printf 'names/\376')"
misused "standard output: the name" matrix --format json \
	--backend 'command:tee ran' names
says "is not UTF-8, which json cannot hold"
[ ! -e ran ] || fail "it ran before it was told"
misused "o/n.json: the name" matrix --output o/n.json names
run 0 matrix --format csv names
# Infinities, which phylip has not, are kept for a format that has.
: >nothing
failed "infinite, which cannot be told in phylip" matrix --output o/d.phy \
	--backend null --measure ncd:separator=%20 few/empty nothing
says "what is done is kept in o/d.phy.partial"
run 0 matrix --output o/d.phy --format csv \
	--backend null --measure ncd:separator=%20 few/empty nothing
says "goes on with o/d.phy.partial, where 2 of 2 rows are done"
grep -qx 'nothing,inf,0' o/d.phy || fail "$(cat o/d.phy)"
only d.csv d.phy
# The output, what is kept for it, and what a killed run left are no items.
mkdir inside
cp few/x few/y inside
run 0 matrix --measure hamming --output inside/d.csv inside
printf ',x,y\nx,0,2\ny,2,0\n' >expected
same inside/d.csv expected
echo left >inside/d.csv.123.0.part
run 0 matrix --measure hamming --output inside/../inside/d.csv inside/*
same inside/d.csv expected
says "inside/d.csv: is written by this run, and no item of it"
says "inside/d.csv.123.0.part: is written by this run"
cp inside/d.csv inside/d.csv.1.part
run 0 matrix --measure hamming --output inside/d.csv inside
grep -q '^d.csv.1.part,' inside/d.csv || fail "an item is left out"
misused "no items" matrix --output inside/d.csv inside/d.csv

# Numbers, in all formats, for any threads and memory.
awk 'BEGIN { srand(5); for (n = 0; n < 40; n++) { for (i = 0; i < 60; i++)
	printf "%s", substr("the of zip and length a Compressor", \
		int(rand() * 30) + 1, 1 + n % 5) >("few/" n) } }'
for format in csv tsv phy nex json npy; do
	run 0 matrix --measure cdm:order=mean --output o/half.$format few
	run 0 matrix --measure cdm --full --output o/full.$format few
done
for format in csv tsv json npy; do
	run 0 matrix --measure nccd --against few/x --against few/7 \
		--output o/against.$format few
done
for how in '--threads 1' '--threads 2' '--threads 2 --memory 1'; do
	# shellcheck disable=SC2086 # words
	run 0 matrix $how --measure cdm --full --format csv few
	same "$out" o/full.csv
done
has_python zlib || finish
cat >expect.py <<'END'
import csv
import json
import os
import re
import struct
import sys
import zlib

if sys.argv[1] != zlib.ZLIB_RUNTIME_VERSION:
    print("codist's zlib is", sys.argv[1], "Python's",
          zlib.ZLIB_RUNTIME_VERSION)
    sys.exit()
NAMES = sorted(n for n in os.listdir("few") if os.path.isfile("few/" + n))
contents = {name: open("few/" + name, "rb").read() for name in NAMES}


def c(*names):
    return len(zlib.compress(b"".join(contents[name] for name in names), 6))


def cdm(x, y):
    return c(x, y) / (c(x) + c(y))


def mean_cdm(x, y):
    return (c(x, y) + c(y, x)) / 2 / (c(x) + c(y)) if x != y else 0


def nccd(x, y):
    return max(c(y, x) - c(y), c(x, y) - c(x)) / max(c(x), c(y))


def load(path):
    """Names of rows and of columns, or None, and values"""
    ending = path[-3:]
    if ending == "npy":
        data = open(path, "rb").read()
        size, = struct.unpack("<H", data[8:10])
        head = data[10:10 + size].decode()
        assert "'<f8'" in head and "'fortran_order': False" in head, head
        shape = re.search(r"\((\d+), (\d+)\)", head).groups()
        n, m = map(int, shape)
        flat = struct.unpack("<%dd" % (n * m), data[10 + size:])
        return None, None, [flat[i * m:i * m + m] for i in range(n)]
    with open(path, newline="") as file:
        if ending == "son":
            whole = json.load(file)
            return whole["rows"], whole["columns"], whole["values"]
        if ending in ("csv", "tsv"):
            rows = list(csv.reader(
                file, "excel" if ending == "csv" else "excel-tab"))
            columns = rows.pop(0)[1:]
        else:
            lines = file.read().split("\n")
            if ending == "nex":
                first = lines.index("\tMATRIX") + 1
                lines = [line.replace("'", "") for line in
                         lines[first:lines.index("\t;", first)]]
            else:
                n = int(lines.pop(0))
                lines = lines[:-1]
                assert len(lines) == n, (path, n, len(lines))
            rows = [line.split() for line in lines]
            columns = [row[0] for row in rows]
        return ([row[0] for row in rows], columns,
                [list(map(float, row[1:])) for row in rows])


def check(kind, formats, columns, distance):
    for ending in formats:
        path = "o/%s.%s" % (kind, ending)
        found_rows, found_columns, values = load(path)
        assert found_rows in (NAMES, None), (path, found_rows)
        assert found_columns in (columns, None), (path, found_columns)
        assert (found_rows is None) == (ending == "npy")
        assert len(values) == len(NAMES), (path, len(values))
        for x, row in zip(NAMES, values):
            assert len(row) == len(columns), (path, x, len(row))
            for y, value in zip(columns, row):
                wanted = distance(*sorted([x, y])) if (
                    kind == "half") else distance(x, y)
                assert abs(value - wanted) < 1e-14, (path, x, y, value,
                                                     wanted)


check("half", ["csv", "tsv", "phy", "nex", "json", "npy"], NAMES, mean_cdm)
check("full", ["csv", "tsv", "phy", "nex", "json", "npy"], NAMES, cdm)
check("against", ["csv", "tsv", "json", "npy"], ["x", "7"], nccd)
END
version=$("$CODIST" list backends | sed -n 's/^    zlib \([^ ;]*\).*/\1/p' |
	head -n 1)
"$python" expect.py "$version" || fail "not what Python says"
finish
