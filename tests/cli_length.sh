#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist length against Python's zlib, and what it refuses.
. "${srcdir:-.}/tests/cli.sh"

cd "$scratch" || exit 99
printf 'the same, the same, the same' >same
: >empty
i=0
while [ $i -lt 2000 ]; do
	echo "line $i, $((i * i))"
	i=$((i + 1))
done >lines
cp same 'a, "b"'

misused "expected a file" length
misused "level=10, expected a whole number 0..9" \
	length --backend deflate:level=10 same
misused "no backend is named 'xz' (see codist list backends)" \
	length --backend xz a
misused "no backend is named 'deflat'; the nearest is 'deflate'" \
	length --backend deflat same
misused "'-': the standard input can be read only once" length --given - -
failed "missing: cannot open: No such file or directory" length missing
failed ".: cannot read: Is a directory" length .
failed "missing: cannot open: No such file or directory" \
	length --given missing same
failed "no-such-program: no such program on the PATH" \
	length --backend command:no-such-program same
# What came before a failure is printed.
failed "missing: cannot open" length --format csv same missing lines
prints "same,28,"
[ "$(wc -l <"$out")" -eq 2 ] || fail "rows after a failure"
status=0
"$CODIST" length - <&- >"$out" 2>"$err" || status=$?
[ "$status" = 1 ] || fail "closed input: exit $status"
says "standard input: cannot read: Bad file descriptor"
if [ "$(id -u)" != 0 ]; then
	: >secret
	chmod 0 secret
	failed "secret: cannot open: Permission denied" length secret
fi

run 0 length same lines
prints "C(x) bits"
prints "total"
run 0 length --format csv 'a, "b"'
prints '"a, ""b""",28,'
"$CODIST" length --format csv - <same >"$out"
prints "-,28,"

has_python zlib || finish
for level in 1 6 9; do
	for wbits in 15 -15 31 -9; do
		run 0 length --format csv --given lines \
			--backend deflate:level=$level,wbits=$wbits \
			same empty lines
		cp "$out" "csv $level $wbits"
	done
done
"$python" - <<'END' || fail "zlib differs"
import csv, zlib

for level in 1, 6, 9:
    for wbits in 15, -15, 31, -9:
        def length(x):
            z = zlib.compressobj(level, zlib.DEFLATED, wbits)
            return len(z.compress(x) + z.flush())

        p = open("lines", "rb").read()
        rows = list(csv.DictReader(open(f"csv {level} {wbits}", newline="")))
        assert [row["file"] for row in rows] == ["same", "empty", "lines"]
        for row in rows:
            x = open(row["file"], "rb").read()
            found = [row[k] for k in ("nbytes", "length_bytes", "length_bits",
                                      "conditional_bytes",
                                      "conditional_bits")]
            given = length(p + x) - length(p)
            expected = [len(x), length(x), 8 * length(x), given, 8 * given]
            assert [int(f) for f in found] == expected, (found, expected)
END

run 0 length --format json --given lines same empty
"$python" - "$out" <<'END' || fail "json"
import json, sys, zlib
document = json.load(open(sys.argv[1]))
assert document["backend"].startswith("deflate:level=6,wbits=15,")
assert document["given"] == "lines"
assert [f["file"] for f in document["files"]] == ["same", "empty"]
same = open("same", "rb").read()
assert document["files"][0]["length_bits"] == 8 * len(zlib.compress(same))
END
printf 'x' >"$(printf 'caf\351')"
run 0 length --format json "$(printf 'caf\351')"
"$python" -c 'import json, sys
found = json.load(open(sys.argv[1], encoding="utf-8"))["files"][0]["file"]
assert found == "caf\ufffd", found' "$out" || fail "a name that is no UTF-8"
finish
