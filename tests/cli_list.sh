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
