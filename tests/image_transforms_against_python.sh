#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The transforms of images against what they are said to do, written in Python.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python fractions python3
"$python" - <<'EOF'
import itertools, math, random, subprocess
from fractions import Fraction

def transformed(spec, height, width, images, what="images"):
    lines = "".join(bytes(p for row in x for p in row).hex() + "\n"
                    for x in images)
    run = subprocess.run(["tests/for_python", what, spec, str(height),
                          str(width)], input=lines, capture_output=True,
                         text=True, check=True)
    return [line if line.startswith("-") else bytes.fromhex(line)
            for line in run.stdout.splitlines()]

def check(spec, expected, images, height, width, what="images"):
    found = transformed(spec, height, width, images, what)
    assert len(found) == len(images)
    for image, got in zip(images, found):
        wanted = bytes(expected(image))
        assert got == wanted, (spec, image, got, wanted)

random.seed(2)
SIZES = [(1, 1), (1, 9), (9, 1), (4, 4), (8, 8), (7, 12), (12, 7), (28, 28),
         (16, 17), (33, 40)]

def grey(h, w):
    return [[random.choice([0, 0, random.randrange(256)]) for _ in range(w)]
            for _ in range(h)]

def binary(h, w, level=1):
    p = random.choice([0, 0.05, 0.3, 0.5, 1])
    return [[level * (random.random() < p) for _ in range(w)]
            for _ in range(h)]

def at(image, y, x):
    inside = 0 <= y < len(image) and 0 <= x < len(image[0])
    return image[y][x] if inside else 0

def places(image):
    return [(y, x) for y in range(len(image)) for x in range(len(image[0]))]

# --- orders of pixels: sorted by a key, or a curve drawn by its grammar
def hilbert(image):
    side = 1
    while side < max(len(image), len(image[0])):
        side *= 2
    order = side.bit_length() - 1
    # Of the curves in the square, an even order's begins to the right, an odd
    # one's downwards.
    first = (0, 1) if order % 2 == 0 else (1, 0)
    path, place, heading = [], [0, 0], [0, 1] if order % 2 == 0 else [1, 0]
    turn_left = lambda d: [-d[1], d[0]]
    turn_right = lambda d: [d[1], -d[0]]
    def draw(symbol, depth):
        nonlocal heading
        rules = {"A": "+BF-AFA-FB+", "B": "-AF+BFB+FA-"}
        if depth == 0:
            return
        for c in rules[symbol]:
            if c in "AB":
                draw(c, depth - 1)
            elif c == "F":
                place[0] += heading[0]
                place[1] += heading[1]
                path.append(tuple(place))
            else:
                heading = (turn_left if c == "+" else turn_right)(heading)
    for start in "AB":
        for beginning in ([0, 1], [1, 0]):
            path, place, heading = [(0, 0)], [0, 0], beginning
            draw(start, order)
            if (all(0 <= y < side and 0 <= x < side for y, x in path) and
                    path[1:2] in ([], [first])):
                break
        else:
            continue
        break
    assert len(set(path)) == side * side
    return [image[y][x] for y, x in path
            if y < len(image) and x < len(image[0])]

def by(key):
    return lambda image: [image[y][x] for y, x in sorted(places(image),
                                                         key=key)]

def snake(p):
    return p[0], p[1] if p[0] % 2 == 0 else -p[1]

def zigzag(p):
    d = sum(p)
    return d, p[0] if d % 2 else -p[0]

def tiles(size):
    return lambda p: (p[0] // size, p[1] // size, p[0], p[1])

# --- what moves pixels
def moments(image):
    mass = sum(map(sum, image))
    if mass == 0:
        return 0, 0, Fraction(0)
    cy = Fraction(sum(y * image[y][x] for y, x in places(image)), mass)
    cx = Fraction(sum(x * image[y][x] for y, x in places(image)), mass)
    yy = sum((y - cy) ** 2 * image[y][x] for y, x in places(image))
    yx = sum((y - cy) * (x - cx) * image[y][x] for y, x in places(image))
    return cy, cx, yx / yy if yy else Fraction(0)

def center(image):
    h, w = len(image), len(image[0])
    if not any(map(any, image)):
        return [0] * (h * w)
    cy, cx, _ = moments(image)
    down = math.floor(Fraction(h - 1, 2) - cy + Fraction(1, 2))
    right = math.floor(Fraction(w - 1, 2) - cx + Fraction(1, 2))
    return [at(image, y - down, x - right) for y, x in places(image)]

def deskew(image):
    cy, _, slant = moments(image)
    out = []
    for y, x in places(image):
        source = x + (y - cy) * slant
        left = math.floor(source)
        part = source - left
        out.append(math.floor((1 - part) * at(image, y, left) +
                              part * at(image, y, left + 1) +
                              Fraction(1, 2)))
    return out

def mapped(image, yy, yx, xy, xx):
    factors = [Fraction(math.floor(f * 65536 + 0.5), 65536)
               for f in (yy, yx, xy, xx)]
    middle_y = Fraction(len(image) - 1, 2)
    middle_x = Fraction(len(image[0]) - 1, 2)
    out = []
    for y, x in places(image):
        down, right = y - middle_y, x - middle_x
        from_y = middle_y + factors[0] * down + factors[1] * right
        from_x = middle_x + factors[2] * down + factors[3] * right
        top, left = math.floor(from_y), math.floor(from_x)
        out.append(math.floor(Fraction(1, 2) + sum(
            (1 - abs(from_y - v)) * (1 - abs(from_x - u)) * at(image, v, u)
            for v in (top, top + 1) for u in (left, left + 1))))
    return out

def turned(image, angle, steps):
    angles = [math.radians(angle * i / max(steps, 1))
              for i in range(-steps, steps + 1)]
    return [mapped(image, math.cos(a), -math.sin(a), math.sin(a), math.cos(a))
            for a in angles]

def warped(image, width, height, slant):
    maps = ([(1, 0, 0, 1 / (1 - width)), (1, 0, 0, 1 / (1 + width))],
            [(1 / (1 - height), 0, 0, 1), (1 / (1 + height), 0, 0, 1)],
            [(1, 0, -slant, 1), (1, 0, slant, 1)])
    wanted = [m for m, share in zip(maps, (width, height, slant)) if share]
    return [mapped(image, *m) for m in
            [first for first, _ in wanted] + [(1, 0, 0, 1)] +
            [second for _, second in reversed(wanted)]]

def jittered(image, radius):
    moves = range(-radius, radius + 1)
    return [[at(image, y - down, x - right) for y, x in places(image)]
            for down in moves for right in moves]

def rows(pixels, width):
    return [pixels[i:i + width] for i in range(0, len(pixels), width)]

def otsu(image):
    pixels = [p for row in image for p in row]
    best, threshold = 0, 256
    for t in range(1, 256):
        low = [p for p in pixels if p < t]
        high = [p for p in pixels if p >= t]
        if not low or not high:
            continue
        between = len(low) * len(high) * (Fraction(sum(high), len(high)) -
                                          Fraction(sum(low), len(low))) ** 2
        if between > best:
            best, threshold = between, t
    return [p >= threshold for p in pixels]

# --- bytes of lines
def pack_lines(tag):
    def packed(image):
        out = []
        for y, row in enumerate(image):
            out += [y % 256] if tag else []
            bits = "".join(str(int(p != 0)) for p in row)
            bits += "0" * (-len(bits) % 8)
            out += [int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)]
        return out
    return packed

def pack_tiles(size, tag):
    def packed(image):
        out = []
        tops = range(0, len(image), size)
        lefts = range(0, len(image[0]), size)
        for n, (top, left) in enumerate(itertools.product(tops, lefts)):
            out += [n % 256] if tag else []
            bits = "".join(str(int(p != 0)) for row in image[top:top + size]
                           for p in row[left:left + size])
            bits += "0" * (-len(bits) % 8)
            out += [int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)]
        return out
    return packed

def runs(tag):
    def made(image):
        out = []
        for y, row in enumerate(image):
            out += [y % 256] if tag else []
            groups = [(int(set), len(list(group)))
                      for set, group in itertools.groupby(map(bool, row))]
            out += [0] if groups[0][0] else []
            for _, length in groups:
                while length > 255:
                    out += [255, 0]
                    length -= 255
                out.append(length)
        return out
    return made

def planes(*thresholds):
    return lambda image: [[int(p >= t) for p in row]
                          for t in thresholds for row in image]

def pbm(image):
    return b"P4\n%d %d\n" % (len(image[0]), len(image)) + bytes(
        pack_lines(False)(image))

def transitions(directions, quantise):
    number = {"r": lambda y, x, h, w: y, "c": lambda y, x, h, w: x,
              "d": lambda y, x, h, w: w - 1 - x + y,
              "a": lambda y, x, h, w: x + y}
    def made(image):
        h, w = len(image), len(image[0])
        shift = quantise
        while (max(h, w) - 1) >> shift > 15:
            shift += 1
        out = []
        for letter in directions:
            high = "rcda".index(letter) << 5
            lines = {}
            for y, x in places(image):
                lines.setdefault(number[letter](y, x, h, w), []).append((y, x))
            fit = 0
            while (len(lines) - 1) >> fit > 31:
                fit += 1
            for n in sorted(lines):
                before = 0
                for y, x in sorted(lines[n]):
                    now = int(image[y][x] != 0)
                    if now != before:
                        position = x if letter == "r" else y
                        out.append(high | position >> shift << 1 | now)
                    before = now
                out.append(0x80 | high | n >> fit)
        return out
    return made

for h, w in SIZES:
    pictures = [grey(h, w) for _ in range(20)] + [
        [[0] * w for _ in range(h)], [[255] * w for _ in range(h)]]
    twos = [binary(h, w, level) for _ in range(20) for level in (1, 255)]
    check("scan:snake", by(snake), pictures, h, w)
    check("scan:zigzag", by(zigzag), pictures, h, w)
    check("scan:hilbert", hilbert, pictures, h, w)
    for size in (1, 2, 4, 5, 100):
        check(f"scan:tiles,size={size}", by(tiles(size)), pictures, h, w)
    check("transpose", by(lambda p: p[::-1]), pictures, h, w)
    check("otsu", otsu, pictures[:8] + pictures[-2:], h, w)
    check("center", center, pictures, h, w)
    for thresholds in ((64, 128, 192), (1,), (255,), (7, 8, 200)):
        spec = "planes:thresholds=" + "+".join(map(str, thresholds))
        make = planes(*thresholds)
        check(spec, lambda i: sum(make(i), []), pictures, h, w)
        # It is an image again, of that shape, whatever comes next.
        for after, then in (("pbm", pbm), ("transpose", by(lambda p: p[::-1])),
                            ("runs", runs(True))):
            check(f"{spec},{after}", lambda i: then(make(i)), pictures[-6:],
                  h, w)
    check("planes,planes:thresholds=1+2",
          lambda i: sum(planes(1, 2)(planes(64, 128, 192)(i)), []),
          pictures[-4:], h, w)
    check("shift:down=2,right=-3", lambda i: [at(i, y - 2, x + 3)
                                              for y, x in places(i)],
          pictures, h, w)
    check("pack-lines", pack_lines(True), twos, h, w)
    check("pack-lines:tag=none", pack_lines(False), twos, h, w)
    check("pbm", pbm, twos, h, w)
    for size in (1, 2, 4, 5, 100):
        check(f"pack-tiles:size={size}", pack_tiles(size, True), twos, h, w)
    check("pack-tiles:tag=none", pack_tiles(4, False), twos, h, w)
    check("runs", runs(True), twos, h, w)
    check("runs:tag=none", runs(False), twos, h, w)
    for directions in ("rcda", "r", "c", "d", "a", "ac"):
        for quantise in (0, 1, 3):
            check(f"transitions:directions={directions},quantise={quantise}",
                  transitions(directions, quantise), twos, h, w)

    # Copies are of what is trained on, those of copies as well, and go through
    # what comes next.
    for spec in ("jitter:radius=2", "turn", "turn,jitter", "warp"):
        check(spec, by(lambda p: p), pictures, h, w)
    for radius in (0, 1, 3):
        check(f"jitter:radius={radius}", lambda i: sum(jittered(i, radius), []),
              pictures, h, w, "training")
    for angle, steps in ((10, 1), (7.5, 2), (180, 3), (0, 1), (5, 0)):
        check(f"turn:angle={angle},steps={steps}",
              lambda i: sum(turned(i, angle, steps), []),
              pictures[-4:], h, w, "training")
    for width, height, slant in ((0.1, 0, 0.12), (0.5, 0.25, 2), (0, 0.9, 0),
                                 (0, 0, 0)):
        check(f"warp:width={width},height={height},slant={slant}",
              lambda i: sum(warped(i, width, height, slant), []),
              pictures[-4:], h, w, "training")
    check("turn,jitter,transpose", lambda i: [
        p for turn in turned(i, 10, 1) for move in jittered(rows(turn, w), 1)
        for p in by(lambda p: p[::-1])(rows(move, w))],
        pictures[-4:], h, w, "training")

# By hand: to the left, as it is, to the right.
assert transformed("turn:angle=90", 3, 3, [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]],
                   "training") == [bytes([3, 6, 9, 2, 5, 8, 1, 4, 7,
                                          1, 2, 3, 4, 5, 6, 7, 8, 9,
                                          7, 4, 1, 8, 5, 2, 9, 6, 3])]

# By hand: half as wide, the line above the middle to the left and that below it to
# the right, as it is, the other way, and what of twice as wide is left.
assert transformed("warp:width=0.5,slant=1", 3, 3,
                   [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]],
                   "training")[0][:-9] == \
    bytes([0, 2, 0, 0, 5, 0, 0, 8, 0, 2, 3, 0, 4, 5, 6, 0, 7, 8,
           1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 4, 5, 6, 8, 9, 0])

# Runs that do not fit a byte, and more lines and tiles than one can number.
wide = [[[0] * 255 + [1] * 256 + [0] * 600], [[1] * 1111], [[0] * 1111]]
check("runs", runs(True), wide, 1, 1111)
high = [[[random.randrange(2)] for _ in range(300)]]
check("runs", runs(True), high, 300, 1)
check("pack-tiles:size=1", pack_tiles(1, True), high, 300, 1)

# Rounding of a double may differ from a fraction's where that is a half.
off = [abs(a - b) for h, w in SIZES[3:] for image in [grey(h, w)]
       for a, b in zip(transformed("deskew", h, w, [image])[0],
                       deskew(image), strict=True)]
assert max(off) <= 1 and sum(off) <= len(off) / 1000, (max(off), sum(off))

# By hand: the picture in transitions.c.
assert transformed("transitions:directions=r,quantise=0", 2, 4,
                   [[[0, 1, 1, 0], [0, 0, 0, 0]]]) == [
    bytes([0b00000011, 0b00000110, 0b10000000, 0b10000001])]
assert transformed("pack-lines", 3, 9, [[[0] * 9, [0] * 9, [
    1, 1, 0, 0, 1, 0, 0, 0, 1]]])[0][-3:] == bytes([2, 0xc8, 0x80])
assert transformed("pack-tiles:size=2", 2, 4, [[[1, 1, 0, 0],
                                                [0, 1, 1, 0]]]) == [
    bytes([0, 0xd0, 1, 0x20])]
assert transformed("runs", 3, 6, [[[0] * 6, [1, 1, 0, 0, 0, 0],
                                   [0, 0, 1, 1, 1, 0]]]) == [
    bytes([0, 6, 1, 0, 2, 4, 2, 2, 3, 1])]
assert transformed("planes:thresholds=64+128", 2, 3, [[
    [10, 90, 200], [70, 130, 0]]]) == [
    bytes([0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0])]
assert transformed("pbm", 2, 9, [[[0] * 9, [1, 1, 0, 0, 1, 0, 0, 0, 1]]]) == [
    b"P4\n9 2\n\0\0\xc8\x80"]
for spec in ("pack-lines", "pack-tiles", "pbm", "runs", "transitions"):
    why, = transformed(spec, 1, 3, [[[0, 7, 9]]])
    assert why == (f"- sample 0 of stdin: transform {spec}: pixels of 7 and of "
                   "9, expected one level beside 0; put binarize or otsu "
                   "before"), why
EOF
