#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist list: every plug-in with all its options, in three formats.
. "${srcdir:-.}/tests/cli.sh"

run 0 list
for line in 'loaders: ' 'transforms: ' 'references: ' 'measures: ' \
	'backends: ' 'aggregators: ' '  deflate - ' '    level=0..9 '; do
	prints "$line"
done
too_wide=$(grep '.\{80\}' "$out")
[ -z "$too_wide" ] || fail "too wide: $too_wide"
run 0 list references
prints "size=1..1000000000"
prints "(default: 64)"
! grep -q deflate "$out" || fail "backends among the references"
# The source of each formula that has one, and of the NCD of many.
run 0 list measures
tr -s ' \n' ' ' <"$out" >"$scratch/measures"
for words in 'ncd - normalized compression distance (Cilibrasi and Vitanyi 2005): (' \
	'(Li et al. 2004): max(C(x|y), C(y|x)) / max(C(x), C(y)), where' \
	'(Keogh, Lonardi and Ratanamahatana 2004): C(xy) / (C(x) + C(y))' \
	'(C(x|y) - C(x|x)) / C(x|x) + (C(y|x) - C(y|y)) / C(y|y)' \
	'(Cerra and Datcu 2012): (|D(x)| - |D(x) and D(y)|) / |D(x)|' \
	'(Raff and Nicholas 2017): 1 - |D(x) and D(y)| / |D(x) or D(y)|' \
	'(Opitz 2023): 1 - |W(x) and W(y)| / |W(x) or W(y)|' \
	'square root of the sum of (x[i] - y[i])^2' '(Hamming 1950)' \
	'distance --multiset is the NCD (Cohen and Vitanyi 2015)'; do
	grep -qF "$words" "$scratch/measures" || fail "no '$words'"
done
misused "'backend': expected loaders" list backend
misused "'loaders': expected one door" list backends loaders

has_python json || finish
run 0 list --format csv
cp "$out" "$scratch/csv"
run 0 list --format json
"$python" - "$scratch/csv" "$out" <<'END' || fail "csv and json"
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
doors = json.load(open(sys.argv[2]))
for door in [door for door in doors if door.startswith("absent_")]:
    for plugin in doors.pop(door):
        assert plugin["name"] and plugin["needs"], plugin
assert list(doors) == ["loaders", "transforms", "references", "measures",
                       "backends", "aggregators"], list(doors)
from_json = []
for door, plugins in doors.items():
    for plugin in plugins:
        for option in plugin["options"] or [None]:
            from_json.append((door[:-1], plugin["name"],
                              option["name"] if option else "",
                              (option["default"] or "") if option else "",
                              option["range"] if option else ""))
from_csv = [(row["door"], row["name"], row["option"], row["default"],
             row["range"]) for row in rows]
assert from_csv == from_json
level, = [row for row in rows
          if row["name"] == "deflate" and row["option"] == "level"]
assert level["range"] == "0..9" and level["default"] == "6", level
assert level["type"] == "integer" and level["positional"] == "no", level
run, = [row for row in rows
        if row["name"] == "command" and row["option"] == "run"]
assert run["required"] == run["positional"] == "yes", run
deflate, = [b for b in doors["backends"] if b["name"] == "deflate"]
assert deflate["granularity_bits"] == 8, deflate
END
finish
