# NCD of each item with each, in the obvious way.
#
#     pairs_loop.py MODULE ITEMS SIZE
#
# MODULE is gzip, zlib, bz2 or lzma, at its best level but for lzma's default;
# ITEMS is what `pairs items` wrote.
# SPDX-License-Identifier: GPL-3.0-or-later
import bz2
import gzip
import lzma
import sys
import time
import zlib

compress = {
    "gzip": lambda x: gzip.compress(x, 9),
    "zlib": lambda x: zlib.compress(x, 9),
    "bz2": bz2.compress,
    "lzma": lzma.compress,
}[sys.argv[1]]
size = int(sys.argv[3])
with open(sys.argv[2], "rb") as file:
    data = file.read()
items = [data[i:i + size] for i in range(0, len(data), size)]

began, began_cpu = time.perf_counter(), time.process_time()
alone = [len(compress(x)) for x in items]
total = 0.0
for x, c_x in zip(items, alone):
    for y, c_y in zip(items, alone):
        joint = len(compress(x + y))
        total += (joint - min(c_x, c_y)) / max(c_x, c_y)
print(f"{len(items) ** 2} {total:.9f} {time.perf_counter() - began:.4f} "
      f"{time.process_time() - began_cpu:.4f}")
