#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# deflate and deflate-dict tell the lengths of Python's zlib, which links the
# same library. Level 0 is left out: its blocks depend on the room that Python
# gives them.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python zlib python3
"$python" - <<'EOF'
import random
import re
import subprocess
import sys
import zlib

listed = subprocess.run(["./codist", "list", "backends"], text=True,
                        stdout=subprocess.PIPE, check=True).stdout
ours = re.search(r"^    zlib ([^\s;]+)", listed, re.M).group(1)
if ours != zlib.ZLIB_RUNTIME_VERSION:
    print("codist's zlib is %s, and Python's %s" % (
        ours, zlib.ZLIB_RUNTIME_VERSION))
    sys.exit(77)

draw = random.Random(1)
STRATEGIES = {"default": 0, "filtered": 1, "huffman": 2, "rle": 3, "fixed": 4}
WORDS = b"the of length zipped distance classes and a".split()


N = 80000
MATERIALS = [
    draw.randbytes(N),
    b" ".join(draw.choice(WORDS) for _ in range(N // 2))[:N],
    b"".join(bytes([draw.randrange(2)]) * draw.randint(9, 60)
             for _ in range(N // 9))[:N],
    (draw.randbytes(259) * (N // 259 + 1))[:N],
]


def material(n):
    at = draw.randint(0, N - n)
    return draw.choice(MATERIALS)[at:at + n]


def case():
    p = material(draw.choice([0, 1, 2, 3, 300, 5000, 33000, 70000]))
    x = material(draw.choice([0, 1, 2, 784, 3000]))
    if draw.randrange(2) and len(p) > len(x):
        at = draw.randrange(len(p) - len(x))
        x = p[at:at + len(x)]
    return p, x


def length(p, x, dictionary, level, wbits, memlevel, strategy):
    made = zlib.compressobj(level, zlib.DEFLATED, wbits, memlevel, strategy,
                            *([p] if dictionary else []))
    out = b"" if dictionary else made.compress(p)
    return 8 * len(out + made.compress(x) + made.flush())


n_checked = 0
for name in "deflate", "deflate-dict":
    for level in range(1, 10):
        for strategy in sorted(STRATEGIES):
            memlevel = draw.randint(1, 9)
            wbits = draw.choice([1, -1]) * draw.randint(9, 15)
            spec = "%s:level=%d,wbits=%d,memlevel=%d,strategy=%s" % (
                name, level, wbits, memlevel, strategy)
            cases = [case() for _ in range(4)]
            answer = subprocess.run(
                ["tests/for_python", "lengths", spec], text=True,
                input="".join("%s,%s\n" % (p.hex(), x.hex())
                              for p, x in cases),
                stdout=subprocess.PIPE, check=True)
            found = [[float(bits) for bits in line.split()]
                     for line in answer.stdout.splitlines()]
            assert len(found) == len(cases)
            for (p, x), (alone, primed) in zip(cases, found):
                how = (level, wbits, memlevel, STRATEGIES[strategy])
                expected = (length(b"", x, False, *how),
                            length(p, x, name == "deflate-dict", *how))
                assert (alone, primed) == expected, (
                    spec, len(p), len(x), alone, primed, expected)
                n_checked += 1
print("pairs checked:", n_checked)
EOF
