#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist distance: items, specs, formats and failures; numbers by Python's zlib.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99
CODIST_DATA=$scratch/none
export CODIST_DATA

# distance_is VALUE ARGUMENT...: the only line's distance, as text has it.
distance_is() {
	value=$1
	shift
	run 0 distance "$@"
	found=$(sed 1d "$out" | sed 's/  */ /g' | cut -d ' ' -f 4)
	[ "$found" = "$value" ] ||
		fail "codist distance $*: '$found', expected '$value'"
}

# Where one item is longer, each byte that the other lacks differs, and is 0:
# c is 99, X 88 and Z 90, and 11^2 + 90^2 is 8221.
printf abcd >x
printf abXdZ >y
distance_is 2.000000 --measure hamming x y
distance_is 90.669730 --measure euclidean x y
distance_is 1.000000 --measure pixels x y
# A compressor that does not: (4 + 5 - 4) / 5, and with 2 bytes between them
# (4 + 2 + 5 - 4) / 5; of nothing and y it is 5 / 5, of nothing twice 0.
distance_is 1.000000 --backend null x y
distance_is 1.400000 --backend null --measure ncd:separator=%0D%0a x y
distance_is 1.400000 --backend null --measure ncd:separator=%%: x y
: >empty
: >empty_too
distance_is 1.000000 --backend null empty y
distance_is 0.000000 --backend null empty empty_too
# One byte: (4 + 1 + 5 - 4) / 5; it is named as by the loaders.
for separator in space %20 '\x20' ' ' tab '\t' pipe %%; do
	distance_is 1.200000 --backend null \
		--measure "ncd:separator=$separator" x y
done
distance_is 1.000000 --backend null --measure ncd:separator=none x y
misused "separator=\q, expected tab, space" \
	distance --measure 'ncd:separator=\q' x y
# One byte of a separator against no bytes at all.
distance_is inf --backend null --measure ncd:separator=%20 empty empty_too
run 0 distance --backend null --measure ncd:separator=%20 --format json \
	empty empty_too
prints '"distance": "inf"'
for measure in hamming euclidean pixels fcd lzjd bag-of-words; do
	run 0 distance --measure $measure --format csv empty empty_too
	[ "$(grep -c "^\"*$measure.*,0,,,,$" "$out")" -ge 1 ] ||
		fail "$measure of nothing: $(cat "$out")"
done
cp y same_as_y
for measure in hamming euclidean pixels fcd lzjd length bag-of-words; do
	run 0 distance --measure $measure y same_as_y
	prints "  0.000000  "
done

# What is an item.
mkdir folder folder/below bare
echo one >folder/1
echo two >folder/2
echo hidden >folder/.hidden
run 0 distance folder
[ "$(wc -l <"$out")" = 2 ] || fail "not one pair: $(cat "$out")"
grep -q '^ncd      1     2 ' "$out" || fail "$(cat "$out")"
run 0 distance folder y
prints "ncd      folder/1  folder/2"
prints "ncd      folder/2  y"
printf 'x\n\ny' >list
run 0 distance @list
prints "ncd      x     y "
cp "$out" expected
printf 'x\r\n\r\ny\r\n' >list
run 0 distance @list
same expected "$out"
"$CODIST" distance - y <x >"$out" 2>"$err" || fail "$(cat "$err")"
prints "ncd      -     y "
run 0 distance synthetic:limit=2
[ "$(wc -l <"$out")" -ge 2 ] || fail "$(cat "$out")"

# Samples of sets of images are images, and a file among them is not.
run 0 distance synthetic:part=train,n=2 synthetic:part=test,n=1 \
	--transform 'binarize + pbm' --backend ctw-image
[ "$(wc -l <"$out")" = 4 ] || fail "not three pairs: $(cat "$out")"
failed "transform pbm: samples of any length" \
	distance synthetic:part=train,n=2 x --transform 'binarize + pbm'
failed "transform pbm: samples of any length" \
	distance x synthetic:part=train,n=2 --transform 'binarize + pbm'

failed "bare: no files in this folder" distance bare x
failed "folder: cannot read: Is a directory" distance @folder x
failed "no-such-file: No such file or directory, and no data set" \
	distance x no-such-file
failed "x/y: Not a directory, and no data set" distance x x/y
failed "no-such-list: cannot open: No such file" distance @no-such-list
printf 'x\nno-such-file\n' >list
failed "no-such-file: cannot open: No such file" distance @list
printf 'x\0y\n' >list
failed "list: has a NUL, expected a path in each line" distance @list
if [ -r /proc/self/mem ]; then
	failed "/proc/self/mem: cannot read: Input/output error" \
		distance x /proc/self/mem
fi
misused "two items are called 'x'" distance x y x
misused "'-': the standard input can be read only once" distance - -
misused "one item, expected at least two" distance x
misused "no items, expected at least one" distance
: >list
misused "no items, expected at least one" distance @list

# Specs.
misused "no measure is named 'ncp'" distance --measure ncp x y
misused "no measure is named ''" distance --measure , x y
misused "--measure: expected LIST" distance --measure '' x y
misused "no backend is named 'deflat'" distance --backend deflat x y
misused "order=back, expected xy|yx|min|mean" \
	distance --measure ncd:order=back x y
misused "has no option 'order'" distance --measure nccd:order=xy x y
misused "has no option 'separator'" distance --measure length:separator=a x y
misused "separator=%g, expected tab, space, comma" \
	distance --measure ncd:separator=%g x y
misused "separator=%, expected tab, space, comma" \
	distance --measure cdm:separator=% x y
misused "unit=bits, expected bit|byte" distance --measure clm:unit=bits x y
misused "empty=maybe, expected keep|subtract" \
	distance --measure cosine:empty=maybe x y
misused "level=10, expected" distance --backend deflate:level=10 x y
misused "uses no backend, found backend deflate" \
	distance --measure hamming --backend deflate x y
misused "takes no --measure" distance --multiset --measure ncd x y
misused "--format npy: expected text, csv or json" \
	distance --format npy x y
misused "threads" distance --threads -1 x y
run 2 distance --backend deflate-dict x y
says "measure ncd: needs the length of both items joined"
run 0 distance --backend deflate-dict --measure conditional x y

# Outputs that fail.
if [ -w /dev/full ]; then
	for format in text csv json; do
		status=0
		"$CODIST" distance --format $format x y >/dev/full \
			2>"$err" || status=$?
		[ $status = 1 ] || fail "$format to a full disk: exit $status"
		says "standard output: cannot write: No space left on device"
	done
fi
status=0
"$CODIST" distance x y >&- 2>"$err" || status=$?
[ $status = 1 ] || fail "a closed output: exit $status"
says "standard output: cannot write"

# Numbers, of all measures at once; the same for any threads and memory.
awk 'BEGIN { srand(3); for (i = 0; i < 900; i++) {
	printf "%s", substr("the of zip and length a Compressor", \
		int(rand() * 30) + 1, 4)
	if (i % 11 == 0) printf "\n" } }' >text
{ sed 's/zip/pack/' text; cat y; } >answer
every=$("$CODIST" list measures |
	sed -n 's/^  \([a-z-]*\) - .*/\1/p' | tr '\n' ',')
every=${every%,}
measures=$every
for name in ncd cdm clm cosine; do
	measures="$measures,$name:order=yx|min|mean,unit=byte,empty=subtract"
	measures="$measures,$name:separator=%0A,empty=keep|subtract"
done
measures="$measures,nccd:empty=subtract,separator=ab,ncd:separator=space"
measures="$measures,benedetto:symmetric=yes,length:unit=byte"
backends="deflate:level=1|9,deflate:wbits=-12,deflate:engine=library"
backends="$backends,deflate:level=4,memlevel=9,strategy=filtered"
for format in text csv json; do
	run 0 distance --measure "$measures" --backend "$backends" \
		--format $format text empty answer x y
	cp "$out" found.$format
done
for how in '--threads 1' '--threads 2 --memory 300K'; do
	# shellcheck disable=SC2086 # words
	run 0 distance $how --measure "$measures" --backend "$backends" \
		--format csv text empty answer x y
	same "$out" found.csv
done

has_python zlib || finish
cat >expect.py <<'END'
import csv
import itertools
import json
import math
import re
import sys
import zlib

version = sys.argv[1]
if version != zlib.ZLIB_RUNTIME_VERSION:
    print("codist's zlib is", version, "Python's", zlib.ZLIB_RUNTIME_VERSION)
    sys.exit()
NAMES = "text", "empty", "answer", "x", "y"
DIRECTED = "conditional", "fcd", "benedetto"
contents = {name: open(name, "rb").read() for name in NAMES}


def parse(spec):
    name, _, pairs = spec.partition(":")
    return name, dict(pair.split("=") for pair in pairs.split(",") if pair)


def length(spec, x):
    """In bytes"""
    options = parse(spec)[1]
    strategy = {"default": zlib.Z_DEFAULT_STRATEGY,
                "filtered": zlib.Z_FILTERED}[options["strategy"]]
    z = zlib.compressobj(int(options["level"]), zlib.DEFLATED,
                         int(options["wbits"]), int(options["memlevel"]),
                         strategy)
    return len(z.compress(x) + z.flush())


def divide(a, b):
    return a / b if b > 0 else 0 if a <= 0 else math.inf


def lzw(x):
    """The phrases longer than a byte that LZW adds to its table"""
    table, phrase = set(), b""
    for i in range(len(x)):
        longer = phrase + x[i:i + 1]
        if len(longer) == 1 or longer in table:
            phrase = longer
        else:
            table.add(longer)
            phrase = x[i:i + 1]
    return table


def lz78(x):
    table, start = set(), 0
    for end in range(1, len(x) + 1):
        if x[start:end] not in table:
            table.add(x[start:end])
            start = end
    return table


def jaccard_distance(a, b):
    return 1 - len(a & b) / len(a | b) if a | b else 0


def wanted(measure, backend, x, y):
    name, options = parse(measure)
    gap = {"": b"", "%0A": b"\n", "ab": b"ab",
           "space": b" "}[options.get("separator", "")]
    scale = 1 if options.get("unit") == "byte" else 8
    if name == "pixels":
        return abs(sum(map(bool, x)) - sum(map(bool, y)))
    if name == "hamming":
        return sum(a != b for a, b in itertools.zip_longest(x, y))
    if name == "euclidean":
        return math.sqrt(sum((a - b) ** 2 for a, b in
                             itertools.zip_longest(x, y, fillvalue=0)))
    if name == "fcd":
        return divide(len(lzw(x) - lzw(y)), len(lzw(x)))
    if name == "lzjd":
        return jaccard_distance(lz78(x), lz78(y))
    if name == "bag-of-words":
        return jaccard_distance(set(x.split()), set(y.split()))

    def c(*pieces):
        return scale * (length(backend, b"".join(pieces)) - (
            length(backend, b"") if options.get("empty") == "subtract"
            else 0))

    cx, cy, xy, yx = c(x), c(y), c(x, gap, y), c(y, gap, x)
    joined = {"xy": xy, "yx": yx, "min": min(xy, yx), "mean": (xy + yx) / 2}[
        options.get("order", "xy")]
    if name == "conditional":
        return yx - cy
    if name == "length":
        return abs(cx - cy)
    if name == "ncd":
        return divide(joined - min(cx, cy), max(cx, cy))
    if name == "nccd":
        return divide(max(yx - cy, xy - cx), max(cx, cy))
    if name == "cdm":
        return divide(joined, cx + cy)
    if name == "clm":
        return 1 - (cx + cy - joined) / joined if joined > 0 else 0
    if name == "cosine":
        if cx > 0 and cy > 0:
            return 1 - (cx + cy - joined) / math.sqrt(cx * cy)
        return 0 if joined <= cx + cy else math.inf
    assert name == "benedetto", name
    ours = c(x, gap, x) - cx
    theirs = c(y, gap, y) - cy
    if options["symmetric"] == "no":
        return divide(yx - cy - ours, len(x))
    return divide(yx - cy - ours, ours) + divide(xy - cx - theirs, theirs)


def check(found, expected, *what):
    assert found == expected or abs(found - expected) <= 1e-12 * max(
        1, abs(expected)), (*what, found, expected)


with open("found.csv", newline="") as file:
    rows = list(csv.DictReader(file))
pairs = {}
for row in rows:
    measure, backend = row["measure"], row["backend"]
    x, y = row["from"], row["to"]
    pairs.setdefault((measure, backend), []).append((x, y))
    check(float(row["distance"]),
          wanted(measure, backend, contents[x], contents[y]),
          measure, backend, x, y)
    if backend:
        assert row["library"] == "zlib", row
        assert row["library_version"] == version, row
        assert re.fullmatch("[0-9a-f]{16}", row["golden_digest"]), row
    else:
        assert row["library"] == row["golden_digest"] == "", row
assert {parse(m)[0] for m, b in pairs} == set(sys.argv[2].split(","))
assert len({b for m, b in pairs if b}) == 5, pairs.keys()
once = list(itertools.combinations(NAMES, 2))
both = [p for x, y in once for p in [(x, y), (y, x)]]
for (measure, backend), found in pairs.items():
    name, options = parse(measure)
    directed = name in DIRECTED and options.get("symmetric") != "yes"
    assert found == (both if directed else once), (measure, backend, found)

with open("found.json") as file:
    whole = json.load(file)
assert [b["backend"] for b in whole["backends"]] == list(dict.fromkeys(
    row["backend"] for row in rows if row["backend"]))
digests = {b["backend"]: b["golden_digest"] for b in whole["backends"]}
assert len(whole["distances"]) == len(rows)
for row, entry in zip(rows, whole["distances"]):
    for key in "measure", "from", "to":
        assert row[key] == entry[key], (row, entry)
    assert row["backend"] == entry.get("backend", ""), (row, entry)
    assert digests.get(row["backend"], "") == row["golden_digest"], row
    # JSON's have 15 digits.
    check(float(entry["distance"]), float(row["distance"]), row, entry)

with open("found.text") as file:
    lines = [line.split() for line in file]
assert lines[0] == ["measure", "from", "to", "distance", "backend"], lines[0]
assert len(lines) == len(rows) + 1
for row, line in zip(rows, lines[1:]):
    assert line[1:3] == [row["from"], row["to"]], (row, line)
    assert line[0].split(":")[0] == parse(row["measure"])[0], (row, line)
    assert line[3] == "%.6f" % float(row["distance"]), (row, line)
print("distances compared:", len(rows))
END
version=$("$CODIST" list backends | sed -n 's/^    zlib \([^ ;]*\).*/\1/p' |
	head -n 1)
"$python" expect.py "$version" "$every" || fail "not what Python says"
finish
