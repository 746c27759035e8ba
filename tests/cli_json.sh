#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --format json is JSON in every command that takes it, and says what CSV does.
. "${srcdir:-.}/tests/cli.sh"
find_python json,sqlite3 python3
unset CODIST_DATA
cd "$scratch" || exit 99

cat >s.yaml <<'YAML'
train: synthetic:part=train,n=100
test: synthetic:part=test,n=20
seed: [1, 9007199254740992]
train.limit: 80
YAML
sed 's/^seed.*/validate: [0.5, 0.25]/' s.yaml >t.yaml
echo 'a text of some length' >a
echo 'another text that is longer' >b
printf ',a,b,c\na,0,1,5\nb,1,0,4\nc,5,4,0\n' >m.csv
echo '((a,b),(c,d));' >tree
run 0 run s.yaml --output done.db

# is_json ARGUMENT...: of the program, with --format json.
is_json() {
	run 0 "$@" --format json
	"$python" -m json.tool "$out" >/dev/null 2>&1 && return
	fail "codist $*: no JSON:"
	head -5 "$out"
}

# Those whose help tells of the option, each at work.
"$CODIST" --help | sed -n 's/^  \([a-z-]*\)  .*/\1/p' >commands
n=0
while read -r command; do
	"$CODIST" "$command" --help 2>/dev/null | grep -q 'csv or json' ||
		continue
	n=$((n + 1))
	case $command in
	backends) set -- --self-test null ;;
	check-backend) set -- null ;;
	classify) set -- --data synthetic --limit 5 ;;
	classify-files) set -- --class x=a --class y=b a ;;
	compare) set -- --data synthetic --limit 5 --backends null ;;
	compare-trees) set -- tree tree ;;
	data) set -- synthetic ;;
	distance | length) set -- a b ;;
	embed) set -- m.csv ;;
	list) set -- ;;
	normality) set -- --backends deflate a b a ;;
	reproduce)
		set -- --data synthetic --limit 5 --only chunk64-mean ;;
	run) set -- s.yaml ;;
	stats | status) set -- done.db ;;
	tune) set -- t.yaml ;;
	*)
		fail "$command: not known to this test"
		continue
		;;
	esac
	is_json "$command" "$@"
done <commands
[ $n -ge 17 ] || fail "only $n commands"

# rows ARGUMENT...: those of JSON are those of CSV, but of their types.
rows() {
	run 0 "$@" --format csv
	cp "$out" csv
	is_json "$@"
	"$python" - csv "$out" <<'END' || fail "codist $*: other rows"
import csv, json, sys
texts = {"run", "state", "data", "transform", "reference", "measure",
         "backend", "aggregate", "fitted"}
found = json.load(open(sys.argv[2]))
expected = [{key: text if key in texts else float(text) if text else None
             for key, text in row.items()}
            for row in csv.DictReader(open(sys.argv[1]))]
assert len(expected) >= 2
for row in found + expected: # how long it took differs
    assert isinstance(row["seconds"], (int, float)), row
    row["seconds"] = 0
assert found == expected, (found, expected)
END
}
rows run s.yaml
rows run s.yaml --dry-run
rows status done.db
rows tune t.yaml
# What has no result yet has no accuracy.
"$python" -c 'import sqlite3
with sqlite3.connect("done.db") as db:
    db.execute("UPDATE run SET state = \"waiting\"")' || fail "not changed"
rows status done.db
prints '"accuracy": null'
finish
