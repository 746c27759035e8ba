#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The golden digest is that of the sample, drawn again in Python, compressed by
# Python's zlib and bz2, which link the same libraries, or coded by what ours are
# meant to do.
. "${srcdir:-.}/tests/cli.sh"
. "${srcdir:-.}/tests/python.sh"
find_python zlib,bz2 python3
here=$(cd "${srcdir:-.}/tests" && pwd) || exit 99
cd "$scratch" || exit 99

run 0 backends --self-test --format csv deflate:level='1|2|3|4|5|6|7|8|9' \
	'deflate:level=9,wbits=-10|31' deflate:level=6,engine=library \
	deflate-dict:level='1|6|9' deflate-dict:wbits=-12 \
	ctw-image ctw-image:template=wide ctw-image:per=image \
	ctw-image:depth=18,template=wide,weight=0.1 \
	refine-image refine-image:radius=0,block=3,prior=1 \
	refine-image:nearest=2,prior=1
cp "$out" listed
is_built() { ! "$CODIST" list backends | grep -q "^  $1 - not in this build"; }
if is_built bzip2; then
	run 0 backends --self-test --format csv bzip2 bzip2:level=1
	sed 1d "$out" >>listed
fi
if is_built jbig && command -v pbmtojbg85 >/dev/null; then
	run 0 backends --self-test --format csv jbig jbig:template=two \
		jbig:typical=off jbig:stripe=16,window=4
	sed 1d "$out" >>listed
fi
PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 "$python" - listed <<'END'
import bz2
import csv
import hashlib
import re
import subprocess
import sys
import zlib

import ctw_in_python
import refine_in_python

MASK = (1 << 64) - 1
state = 1977


def draw(below):
    """Marsaglia's xorshift64 with the shifts 13, 7, 17; its upper half"""
    global state
    state ^= state << 13 & MASK
    state ^= state >> 7
    state ^= state << 17 & MASK
    return (state >> 32) % below


WORDS = [b"the ", b"of ", b"length ", b"zip", b"ped ", b"distance ",
         b"class", b"es ", b"and ", b"a "]


def noise(so_far):
    return bytes([draw(256)])


def nothing(so_far):
    return b"\0"


def grey(so_far):
    value = 0 if draw(3) else draw(256)
    n = draw(5)
    return bytes([value]) * (1 + n * draw(80))


def four_values(so_far):
    return bytes([draw(4)])


def words(so_far):
    return WORDS[draw(10)]


def two_values(so_far):
    value = draw(2)
    return bytes([value]) * (1 + draw(60))


def copies(so_far):
    if len(so_far) > 4 and draw(4):
        back = 1 + draw(min(len(so_far), 40000))
        n = 3 + draw(300)
        return (so_far[-back:] * (n // back + 1))[:n]
    return bytes([ord("a") + draw(20)])


def collisions(so_far):
    return b"\x21" if draw(2) else b"\x01"


def make(kind, n):
    made = b""
    while len(made) < n:
        made += kind(made)[:n - len(made)]
    return made


PIECES = [(noise, 0, 0), (noise, 0, 1), (noise, 0, 100), (nothing, 0, 5000),
          (grey, 0, 784), (four_values, 0, 300), (words, 900, 300),
          (two_values, 1568, 784), (copies, 900, 400), (collisions, 200, 100)]
sample = []
for kind, prefix, n in PIECES:
    made = make(kind, prefix + n)
    sample.append((made[:prefix], made[prefix:]))


def by_deflate(options, p, x):
    made = zlib.compressobj(int(options["level"]), zlib.DEFLATED,
                            int(options["wbits"]))
    return made.compress(p) + made.compress(x) + made.flush()


def by_dictionary(options, p, x):
    made = zlib.compressobj(int(options["level"]), zlib.DEFLATED,
                            int(options["wbits"]), **{"zdict": p} if p else {})
    return made.compress(x) + made.flush()


def by_bzip2(options, p, x):
    return bz2.compress(p + x, int(options["level"]))


def framed(x):
    """Rows of pictures of 28 x 28 pixels, and what is left in rows of 8."""
    made = b""
    while x:
        size = b"28 28" if len(x) >= 112 else b"8 %d" % len(x)
        made += b"P4\n" + size + b"\n" + x[:112]
        x = x[112:]
    return made


def by_context_trees(options, p, x):
    return ctw_in_python.length(framed(p) + framed(x), int(options["depth"]),
                                options["template"], options["per"],
                                float(options["alpha"]),
                                float(options["weight"]))


COMPRESSORS = {"deflate": by_deflate, "deflate-dict": by_dictionary,
               "bzip2": by_bzip2}
def by_refinement(options, p, x):
    return refine_in_python.length(framed(p) + framed(x),
                                   int(options["radius"]),
                                   int(options["block"]),
                                   int(options["prior"]),
                                   int(options["nearest"]))


def by_jbig(options, p, x):
    """Of all pictures, white to their right, one below the other"""
    pictures = re.findall(rb"P4\n(28|8) (\d+)\n", framed(p) + framed(x))
    if not pictures:
        return 0
    row = max((int(width) + 7) // 8 for width, height in pictures)
    raster, rest = b"", p + x
    for width, height in pictures:
        of = (int(width) + 7) // 8
        for _ in range(int(height)):
            last = rest[of - 1] & (0xf0 if int(width) % 8 else 0xff)
            line, rest = rest[:of - 1] + bytes([last]), rest[of:]
            raster += line.ljust(row, b"\0")
    height = len(raster) // row
    width = max(int(width) for width, height in pictures)
    flags = 8 * (options["typical"] == "on") + 64 * (options["template"] == "two")
    made = subprocess.run(
        ["pbmtojbg85", "-p", str(flags), "-m", options["window"],
         "-s", str(int(options["stripe"]) or height)],
        input=b"P4\n%d %d\n" % (width, height) + raster,
        stdout=subprocess.PIPE, check=True)
    return 8 * len(made.stdout)


CODERS = {"ctw-image": by_context_trees, "refine-image": by_refinement,
          "jbig": by_jbig}


def shortest(bits):
    return next(text for text in ("%.15g" % bits, "%.16g" % bits,
                                  "%.17g" % bits) if float(text) == bits)


n_checked = 0
for row in csv.DictReader(open(sys.argv[1], newline="")):
    name, _, options = row["backend"].partition(":")
    options = dict(pair.split("=") for pair in options.split(","))
    if (row["library"] == "zlib" and
            row["library_version"] != zlib.ZLIB_RUNTIME_VERSION):
        print("another zlib than Python's:", row["library_version"])
        sys.exit(77)
    bits_of = CODERS.get(name) or (
        lambda *what: 8 * len(COMPRESSORS[name](*what)))
    lengths = []
    for p, x in sample:
        lengths.append(bits_of(options, b"", x))
        if p:
            lengths.append(bits_of(options, p, x))
    text = "".join(shortest(bits) + "\n" for bits in lengths)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert row["golden_digest"] == digest, (row, digest, lengths)
    n_checked += 1
assert n_checked >= 21
print("digests checked:", n_checked)
END
code=$?
[ "$code" = 77 ] && exit 77
[ "$code" = 0 ] || fail "digests"
finish
