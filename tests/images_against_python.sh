#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# PNG images, put together by Python's zlib, are read as what they were.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python zlib python3
if "$CODIST" --version | grep -q 'libpng not built in'; then
	echo "built without libpng"
	exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/a"
"$python" - "$scratch" <<'EOF'
import os, random, struct, subprocess, sys, zlib
folder = sys.argv[1]
path = folder + "/a/x.png"
random.seed(1)

def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data +
            struct.pack(">I", zlib.crc32(kind + data)))

def filtered(row, before, kind, step):
    """A row by one of PNG's filters (RFC 2083, 6)."""
    out = bytearray([kind])
    for i, x in enumerate(row):
        a = row[i - step] if i >= step else 0
        b = before[i]
        c = before[i - step] if i >= step else 0
        p = a + b - c
        paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b),
                    (abs(p - c), 2, c))[2]
        out.append((x - [0, a, b, (a + b) // 2, paeth][kind]) & 255)
    return bytes(out)

def pack(values, depth):
    bits = "".join(f"{v:0{depth}b}" for v in values)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")

ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4),
         (1, 0, 2, 2), (0, 1, 1, 2)]

def png(width, height, kind, depth, pixels, more=b"", interlaced=0):
    n = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    data = b""
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        before = None
        for y in range(y0, height, dy):
            row = [v for x in range(x0, width, dx)
                   for v in pixels[y * width + x]]
            if not row:
                continue
            row = pack(row, depth)
            before = before or bytes(len(row))
            data += filtered(row, before, random.randrange(5),
                             max(1, n * depth // 8))
            before = row
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind,
                                       0, 0, interlaced)) + more +
            chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))

def load(image, options=""):
    open(path, "wb").write(image)
    run = subprocess.run(["tests/for_python", "load",
                          f"images:{folder}{options}"], text=True,
                         capture_output=True)
    if run.returncode:
        return run.stderr
    shape, sample = run.stdout.splitlines()
    return shape, bytes.fromhex(sample.split()[1])

def rounded(n, d):
    return (2 * n + d) // (2 * d)

def grey(c):
    return rounded(299 * c[0] + 587 * c[1] + 114 * c[2], 1000)

def check(image, width, height, rgba):
    """`rgba` are the pixels as they are in eight bits."""
    for background in "black", "white":
        back = 255 * (background == "white")
        rgb = [[rounded(c * p[3] + back * (255 - p[3]), 255) for c in p[:3]]
               for p in rgba]
        found = load(image, f",channels=rgb,background={background}")
        assert found == (f"3 {height} {width} 3",
                         bytes(c for p in rgb for c in p)), found
        found = load(image, f",background={background}")
        assert found == (f"2 {height} {width}", bytes(map(grey, rgb))), found

for width, height in [(1, 1), (7, 5), (16, 9)]:
    for kind, depths in [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (4, [8, 16]),
                         (6, [8, 16])]:
        for depth in depths:
            n = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
            most = 2 ** depth - 1
            pixels = [[random.randint(0, most) for i in range(n)]
                      for p in range(width * height)]
            eight = [[rounded(255 * v, most) for v in p] for p in pixels]
            rgba = [p * 3 + [255] if kind == 0 else p + [255] if kind == 2
                    else p[:1] * 3 + p[1:] if kind == 4 else p for p in eight]
            for interlaced in 0, 1:
                # What is said of gamma changes nothing.
                check(png(width, height, kind, depth, pixels,
                          chunk(b"gAMA", struct.pack(">I", 45455)),
                          interlaced), width, height, rgba)
    for depth in 1, 2, 4, 8:
        palette = [random.randbytes(3) for i in range(2 ** depth)]
        alpha = random.randbytes(2 ** depth // 2)
        pixels = [[random.randrange(2 ** depth)]
                  for p in range(width * height)]
        rgba = [list(palette[i]) + [alpha[i] if i < len(alpha) else 255]
                for i, in pixels]
        check(png(width, height, 3, depth, pixels,
                  chunk(b"PLTE", b"".join(palette)) + chunk(b"tRNS", alpha)),
              width, height, rgba)

# One grey that is transparent.
check(png(2, 1, 0, 8, [[7], [8]], chunk(b"tRNS", b"\0\7")), 2, 1,
      [[7, 7, 7, 0], [8, 8, 8, 255]])

# Cut anywhere, or with any byte changed, it is refused by name; or, where only
# a chunk that may be left out is hurt, it is the same.
whole = png(5, 4, 2, 8, [list(random.randbytes(3)) for i in range(20)])
expected = load(whole, ",channels=rgb")
for n in range(0, len(whole), 3):
    found = load(whole[:n], ",channels=rgb")
    assert "a/x.png: " in found, (n, found)
for i in range(0, len(whole), 5):
    hurt = bytearray(whole)
    hurt[i] ^= 1 << i % 8
    found = load(bytes(hurt), ",channels=rgb")
    assert "a/x.png: " in found or found == expected, (i, found)

def of_size(width, height):
    return whole[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8,
                                                  2, 0, 0, 0)) + whole[33:]
for width, height in [(0, 4), (5, 0), (2 ** 31 - 1, 2 ** 31 - 1),
                      (2 ** 32 - 1, 1), (1000000, 1000000), (1, 1000000),
                      (1000000, 1), (30000, 30000)]:
    found = load(of_size(width, height))
    assert "a/x.png: not a whole PNG" in found, (width, height, found)
EOF
