# The conditional lengths in the obvious way: Python's zlib module primes a
# compressor once for each reference, and copies it for each sample.
#
#     zlib_loop.py ITEMS LEVEL WBITS
#
# ITEMS is what published_run items=ITEMS wrote.
# SPDX-License-Identifier: GPL-3.0-or-later
import array
import sys
import time
import zlib


def read_items(path):
    with open(path, "rb") as file:
        n_references, n_samples = read_sizes(file, 2)
        sizes = read_sizes(file, n_references + n_samples)
        items = [file.read(size) for size in sizes]
    return items[:n_references], items[n_references:]


def read_sizes(file, n):
    sizes = array.array("Q")
    sizes.frombytes(file.read(n * sizes.itemsize))
    return sizes


def main():
    references, samples = read_items(sys.argv[1])
    level, wbits = int(sys.argv[2]), int(sys.argv[3])
    began, began_cpu = time.perf_counter(), time.process_time()
    total = 0
    for reference in references:
        primed = zlib.compressobj(level, zlib.DEFLATED, wbits)
        written = len(primed.compress(reference))
        alone = written + len(primed.copy().flush())
        for sample in samples:
            compressor = primed.copy()
            joined = written + len(compressor.compress(sample))
            joined += len(compressor.flush())
            total += joined - alone
    print(f"scores {len(references) * len(samples)}, sum {8 * total}, "
          f"seconds {time.perf_counter() - began:.4f}, "
          f"cpu {time.process_time() - began_cpu:.4f}, "
          f"Python {sys.version.split()[0]}, "
          f"zlib {zlib.ZLIB_RUNTIME_VERSION}")


main()
