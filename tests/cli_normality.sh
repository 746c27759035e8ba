#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist normality: its conditions, computed again with Python's zlib.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99
i=0
while [ $i -lt 6 ]; do
	awk -v i=$i 'BEGIN { for (k = 0; k < 30 + 40 * i; k++)
		print (k * k * (i + 1)) % 17, "and more of file", i % 3 }' >f$i
	i=$((i + 1))
done
: >f6

misused "expected --backends LIST" normality f0
misused "expected FILEs, or else --data NAME" normality --backends null
misused "expected FILEs, or else --data NAME" normality --backends null f0 \
	--data synthetic
failed "no-such-file" normality --backends null no-such-file
run 0 normality --backends 'null,deflate:level=1|9' f0 f1 --window-limit 64K
prints "32506 B"
prints "deflate:level=9"
run 0 normality --backend null --data synthetic --transform binarize \
	--transform pack \
	--limit 3
prints "3 items of 98 bytes"
set -- --data synthetic --transform 'binarize + pbm' --limit 3
run 0 normality --backends null,ctw-image "$@" --format csv
grep '^null' "$out" | grep -q ',,' && fail "null has no window: $(cat "$out")"
grep '^"ctw-image.*,,,,' "$out" >/dev/null ||
	fail "a window of ctw-image: $(cat "$out")"
run 0 normality --backends refine-image "$@" --format json
prints '"window_bytes": null'
run 0 normality --backends ctw-image "$@"
awk '$1 == "ctw-image" && / - +- / { found = 1 } END { exit !found }' "$out" ||
	fail "a window of ctw-image: $(cat "$out")"
run 1 normality --backends 'null,command:run=no-such-program-here' f0
prints "null "
says "no such program"

has_python zlib json || finish
run 0 normality --backends 'deflate:level=9' f0 f1 f2 f3 f4 f5 f6 --format csv
cp "$out" csv
run 0 normality --backends 'deflate:level=9' f0 f1 f2 f3 f4 f5 f6 --format json
cp "$out" json
"$python" - <<'END' || fail "against Python's zlib"
import csv, itertools, json, math, zlib

items = [open(f"f{i}", "rb").read() for i in range(7)]
C = lambda *parts: 8 * len(zlib.compress(b"".join(parts), 9))
n = lambda *parts: max(1, sum(8 * len(x) for x in parts))
cases = {"idempotence": [(C(x, x) - C(x), n(x, x)) for x in items],
         "symmetry": [(abs(C(x, y) - C(y, x)), n(x, y))
                      for x, y in itertools.combinations(items, 2)],
         "monotonicity": [(max(0, C(x) - C(x, y)), n(x, y))
                          for x, y in itertools.permutations(items, 2)],
         "distributivity": []}
for (i, x), (j, y) in itertools.combinations(enumerate(items), 2):
    for k, z in enumerate(items):
        if k not in (i, j):
            cases["distributivity"].append(
                (max(0, C(x, y) + C(z) - C(x, z) - C(y, z)),
                 max(n(x, y), n(x, z), n(y, z))))
tied = total = 0
for k, y in enumerate(items):
    others = [C(x, y) - C(x) for i, x in enumerate(items) if i != k]
    for a, b in itertools.combinations(others, 2):
        tied += a == b
        total += 1
row, = csv.DictReader(open("csv", newline=""))
item, = json.load(open("json"))["backends"]
for name, found in cases.items():
    bits = [b for b, _ in found]
    over = sum(abs(b) > math.log2(m) for b, m in found)
    expected = (len(bits), sum(bits) / len(bits), max(bits), over)
    keys = ("cases", "mean_bits", "most_bits", "over_log")
    for key, value in zip(keys, expected):
        assert math.isclose(float(row[f"{name}_{key}"]), value,
                            rel_tol=1e-12), (name, key, row, expected)
        assert math.isclose(item[name][key], value, rel_tol=1e-12)
assert float(row["empty_bits"]) == C(b"")
assert math.isclose(float(row["tie_rate"]), tied / total, rel_tol=1e-12)
assert int(row["window_bytes"]) == item["window_bytes"] == 32768 - 262
END
finish
