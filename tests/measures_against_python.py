# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare codist's distances with those that are computed here.

Run as `measures_against_python.py PROGRAM` in an empty folder. Formulas are
written down from the papers, lengths are those of zlib, bz2 and lzma, and sets
are Python's.
"""
import bz2
import csv
import itertools
import json
import lzma
import math
import os
import random
import re
import subprocess
import sys
import zlib

CODIST = sys.argv[1]
TOLERANCE = 1e-12
draw = random.Random(4)


def codist(*arguments):
    return subprocess.run([CODIST, *arguments], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


# Items

WORDS = "the of length zip zipped distance class and a Compressor's".split()


def text(n_words):
    return " ".join(draw.choice(WORDS) for _ in range(n_words)).encode()


def image():
    """28 by 28, a blot on black"""
    row, column = draw.randrange(8, 20), draw.randrange(8, 20)
    return bytes(max(0, 255 - 30 * ((r - row) ** 2 + (c - column) ** 2))
                 for r in range(28) for c in range(28))


def items():
    noise = draw.randbytes(700)
    letter = text(120)
    near = bytearray(noise)
    near[350] ^= 1
    made = {
        "empty": b"", "byte": b"a", "nul": b"\0", "blank": b" ",
        "noise": noise, "same": noise, "near": bytes(near),
        "run": b"a" * 1000, "again": b"abcabd" * 90,
        "text": letter, "answer": letter[100:400] + b"\n" + text(40),
        "Latin": "na\xefve, na\xefve; n 1".encode("latin-1"),
        "dot": image(), "dots": image(),
        "bits": bytes(draw.randrange(2) for _ in range(300)),
    }
    os.mkdir("items")
    for name, content in made.items():
        with open(os.path.join("items", name), "wb") as file:
            file.write(content)
    return made


# Lengths in bytes, of x, or of a stream that is fed p and then x


def deflate(level, wbits):
    def length(x, p=b""):
        made = zlib.compressobj(level, zlib.DEFLATED, wbits)
        return len(made.compress(p) + made.compress(x) + made.flush())
    return length


BACKENDS = {
    "deflate": deflate(6, 15),
    "deflate:level=9,wbits=31": deflate(9, 31),
    "deflate:level=1,wbits=-10": deflate(1, -10),
    "bzip2:level=1": lambda x, p=b"": len(bz2.compress(p + x, 1)),
    "lzma:preset=0": lambda x, p=b"": len(lzma.compress(p + x, preset=0)),
}


# Measures by formula, of C, which is told the lengths of x, y and both joined


def quotient(a, b):
    """As codist/measure.h has it for what compressors of nothing give"""
    if b > 0:
        return a / b
    return 0 if a <= 0 else math.inf


FORMULAS = {
    "ncd": lambda c: quotient(c.joint - min(c.x, c.y), max(c.x, c.y)),
    "cdm": lambda c: quotient(c.joint, c.x + c.y),
    "clm": lambda c: (1 - (c.x + c.y - c.joint) / c.joint if c.joint > 0
                      else 0),
    "cosine": lambda c: (1 - (c.x + c.y - c.joint) / math.sqrt(c.x * c.y)
                         if c.x > 0 and c.y > 0 else
                         0 if c.joint <= c.x + c.y else math.inf),
    "nccd": lambda c: quotient(max(c.yx - c.y, c.xy - c.x), max(c.x, c.y)),
    "benedetto": lambda c: quotient((c.yx - c.y) - (c.xx - c.x), c.n_x),
    "symmetric": lambda c: (
        quotient((c.yx - c.y) - (c.xx - c.x), c.xx - c.x) +
        quotient((c.xy - c.x) - (c.yy - c.y), c.yy - c.y)),
    "length": lambda c: abs(c.x - c.y),
}
JOINED = "ncd", "cdm", "clm", "cosine"
ORDERS = {
    "xy": lambda xy, yx: xy, "yx": lambda xy, yx: yx, "min": min,
    "mean": lambda xy, yx: (xy + yx) / 2,
}
SEPARATORS = {"": b"", "%20": b" ", "%0D%0a%%": b"\r\n%"}


class Lengths:
    """In bits or bytes, those of a backend, which is asked once for each"""

    known = {}

    def __init__(self, backend, options, x, y):
        between = SEPARATORS[options.get("separator", "")]
        scale = 1 if options.get("unit") == "byte" else 8

        def ask(*pieces):
            if (backend, pieces) not in self.known:
                p, rest = (pieces[0] + pieces[1], pieces[2]) if (
                    len(pieces) == 3) else (b"", pieces[0])
                self.known[backend, pieces] = BACKENDS[backend](rest, p)
            return scale * self.known[backend, pieces]

        less = ask(b"") if options.get("empty") == "subtract" else 0
        self.x, self.y = ask(x) - less, ask(y) - less
        self.xy, self.yx = ask(x, between, y) - less, ask(y, between, x) - less
        self.xx, self.yy = ask(x, between, x) - less, ask(y, between, y) - less
        self.joint = ORDERS[options.get("order", "xy")](self.xy, self.yx)
        self.n_x = len(x)


# Measures that look at the items themselves


def phrases_of_lz78(x):
    """The set of Raff and Nicholas 2017, algorithm 1"""
    known, start, end = set(), 0, 1
    while end <= len(x):
        if x[start:end] not in known:
            known.add(x[start:end])
            start = end
        end += 1
    return known


def phrases_of_lzw(x):
    known, phrase = {bytes([c]) for c in range(256)}, b""
    for c in x:
        longer = phrase + bytes([c])
        if longer in known:
            phrase = longer
        else:
            known.add(longer)
            phrase = bytes([c])
    return {phrase for phrase in known if len(phrase) > 1}


def fcd(options, x, y):
    ours, others = phrases_of_lzw(x), phrases_of_lzw(y)
    return (len(ours) - len(ours & others)) / len(ours) if ours else 0


def lzjd(options, x, y):
    ours, others = phrases_of_lz78(x), phrases_of_lz78(y)
    either = len(ours | others)
    return 1 - len(ours & others) / either if either else 0


def bag_of_words(options, x, y):
    pattern = (rb"[^ \t-\r]+" if options.get("words", "blank") == "blank" else
               rb"[0-9A-Za-z\x80-\xff]+")
    ours, others = re.findall(pattern, x), re.findall(pattern, y)
    if options.get("count", "once") == "once":
        ours, others = list(set(ours)), list(set(others))
    left = list(others)
    common = 0
    for word in ours:
        if word in left:
            left.remove(word)
            common += 1
    whole = {
        "jaccard": len(ours) + len(others) - common,
        "dice": (len(ours) + len(others)) / 2,
        "larger": max(len(ours), len(others)),
    }[options.get("overlap", "jaccard")]
    return 1 - common / whole if whole else 0


def euclidean(options, x, y):
    return math.sqrt(sum((a - b) ** 2 for a, b in itertools.zip_longest(
        x, y, fillvalue=0)))


def hamming(options, x, y):
    return sum(a != b for a, b in itertools.zip_longest(x, y))


OTHERS = {"fcd": fcd, "lzjd": lzjd, "bag-of-words": bag_of_words,
          "euclidean": euclidean, "hamming": hamming}


def multiset(length, contents):
    """Cohen and Vitanyi 2015, by their algorithm"""
    best = -math.inf
    while len(contents) >= 2:
        rest = [length(b"".join(contents[:i] + contents[i + 1:]))
                for i in range(len(contents))]
        best = max(best, (length(b"".join(contents)) -
                          min(map(length, contents))) / max(rest))
        out = rest.index(max(rest))
        contents = contents[:out] + contents[out + 1:]
    return best


# Comparison


def parse(spec):
    name, _, pairs = spec.partition(":")
    return name, dict(pair.split("=", 1) for pair in pairs.split(",") if pair)


def expected(measure, backend, x, y):
    name, options = parse(measure)
    if name in OTHERS:
        return OTHERS[name](options, x, y)
    if options.get("symmetric") == "yes":
        name = "symmetric"
    return FORMULAS[name](Lengths(backend, options, x, y))


def number(value):
    return float(value) if isinstance(value, (int, float, str)) else math.nan


def compare(found, wanted, *what):
    global n_compared
    close = found == wanted or (
        math.isfinite(wanted) and
        abs(found - wanted) <= TOLERANCE * abs(wanted))
    # A difference of nearly equal lengths is no further from 0 than they are.
    assert close or abs(found - wanted) <= 1e-15, (*what, found, wanted)
    n_compared += 1


def choices(name, options):
    """A spec for each combination"""
    return ["%s:%s" % (name, ",".join(
        "%s=%s" % pair for pair in zip(options, values)))
            for values in itertools.product(*options.values())]


LENGTHS = {"separator": list(SEPARATORS), "unit": ["bit", "byte"],
           "empty": ["keep", "subtract"]}
BY_FORMULA = sum(
    [choices(name, {"order": list(ORDERS), **LENGTHS}) for name in JOINED],
    choices("nccd", LENGTHS) +
    choices("benedetto", {"symmetric": ["no", "yes"], **LENGTHS}) +
    choices("length", {"unit": ["bit", "byte"]}))
BY_THEMSELVES = [
    "fcd", "lzjd", "euclidean", "hamming",
    *choices("bag-of-words", {"overlap": ["jaccard", "dice", "larger"],
                              "words": ["blank", "letters"],
                              "count": ["once", "each"]})]


def check_pairs(contents, measures, backends):
    """All at once, each pair both ways or once; 15 digits are printed"""
    lists = ["--measure=" + measure for measure in measures]
    lists += ["--backend=" + backend for backend in backends]
    found = json.loads(codist("distance", "--format", "json", *lists, "items"))
    wanted = [(m, b) for m in measures for b in backends or [None]]
    rows = iter(found["distances"])
    directed = "benedetto", "fcd"
    for measure, backend in wanted:
        for x, y in itertools.combinations(sorted(contents), 2):
            name, options = parse(measure)[:2]
            both = (name in directed and
                    options.get("symmetric", "no") == "no")
            for a, b in [(x, y), (y, x)][:1 + both]:
                row = next(rows)
                assert (row["from"], row["to"]) == (a, b), (row, a, b)
                compare(number(row["distance"]),
                        expected(measure, backend, contents[a], contents[b]),
                        measure, backend, a, b)
    assert next(rows, None) is None


def check_matrix(contents, measure, backend, against):
    arguments = ["--format=json", "--measure=" + measure]
    if backend:
        arguments.append("--backend=" + backend)
    if against:
        arguments += ["--against=items/" + name for name in against]
    else:
        arguments.append("--full")
    found = json.loads(codist("matrix", *arguments, "items"))
    columns = against or sorted(contents)
    # Of one item no folder is in common with others.
    columns = columns if len(columns) > 1 else ["items/" + columns[0]]
    assert found["rows"] == sorted(contents), found["rows"]
    assert found["columns"] == columns, found["columns"]
    for row, values in zip(found["rows"], found["values"]):
        assert len(values) == len(columns)
        for column, value in zip(columns, values):
            compare(number(value),
                    expected(measure, backend, contents[row],
                             contents[os.path.basename(column)]),
                    measure, backend, row, column)


def check_multiset(contents, backend, names):
    arguments = ["--backend=" + backend] + ["items/" + n for n in names]
    found = json.loads(codist("distance", "--multiset", "--format", "json",
                              *arguments))["distances"]
    assert [row["measure"] for row in found] == ["ncd-multiset"]
    compare(found[0]["distance"],
            multiset(BACKENDS[backend], [contents[n] for n in names]),
            "ncd-multiset", backend, names)


def check_hashes(contents):
    """With all hashes kept nothing is estimated, and with few little is off"""
    def values(hashes):
        return json.loads(codist(
            "matrix", "--format=json", "--measure=lzjd:hashes=%d" % hashes,
            "items"))["values"]

    exact = values(0)
    assert values(10**9) == values(1000) == exact
    n, off = len(contents), 0
    for ours, theirs in zip(values(64), exact):
        off += sum(abs(a - b) for a, b in zip(ours, theirs)) / n**2
    # A share of 64 at most has a standard deviation of 1/16.
    assert 0 < off < 1 / 16, off


n_compared = 0
listed = codist("list", "backends")
version = re.search(r"^    zlib ([^\s;]+)", listed, re.M)
if not version or version.group(1) != zlib.ZLIB_RUNTIME_VERSION:
    print("codist's zlib is not Python's", zlib.ZLIB_RUNTIME_VERSION)
    sys.exit(77)
for absent in re.findall(r"^  (\S+) - not in this build", listed, re.M):
    for backend in [b for b in BACKENDS if parse(b)[0] == absent]:
        print("not in this build:", absent)
        del BACKENDS[backend]

contents = items()
check_pairs(contents, BY_THEMSELVES, [])
for backend in BACKENDS:
    check_pairs(contents, draw.sample(BY_FORMULA, 12), [backend])
check_pairs(contents, BY_FORMULA[::3], ["deflate"])
for measure in BY_THEMSELVES[:4] + draw.sample(BY_THEMSELVES, 3):
    check_matrix(contents, measure, None, None)
    check_matrix(contents, measure, None, ["text", "empty", "same"])
for backend in BACKENDS:
    for name in *JOINED, "nccd", "benedetto", "length":
        measures = [m for m in BY_FORMULA if m.startswith(name)]
        check_matrix(contents, draw.choice(measures), backend, None)
        check_matrix(contents, draw.choice(measures), backend, ["text"])
        check_matrix(contents, draw.choice(measures), backend,
                     draw.sample(sorted(contents), 5))
    for n in 2, 3, 7, 15:
        check_multiset(contents, backend,
                       draw.sample(sorted(contents), n))
check_hashes(contents)
print("distances compared:", n_compared)
