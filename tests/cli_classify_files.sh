#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist classify-files: what it refuses, and a small run against a script
# that does the same with gzip.
. "${srcdir:-.}/tests/cli.sh"

cd "$scratch" || exit 99
i=0
while [ $i -lt 300 ]; do
	echo "the cat sat on the mat and $i rats sat with the cat" >&3
	echo "a quick brown fox jumps over $i lazy dogs, and again" >&4
	i=$((i + 1))
done 3>cats 4>foxes
: >nothing
echo "the cat sat with 17 rats on the mat" >pet
echo "over the lazy dogs jumps a quick brown fox" >'fox, "red"'
echo "0123456789" >neither

misused "expected --class NAME=FILE" classify-files pet
misused "expected a file to classify" classify-files --class c=cats
misused "--class cats: expected NAME=FILE" classify-files --class cats pet
misused "--class =cats: expected NAME=FILE" classify-files --class =cats pet
misused "--class c=: expected NAME=FILE" classify-files --class c= pet
misused "--class c=foxes: class 'c' is given twice" \
	classify-files --class c=cats --class c=foxes pet
misused "level=10" \
	classify-files --class c=cats --backend deflate:level=10 pet
failed "missing: cannot open: No such file or directory" \
	classify-files --class c=missing pet
failed "missing: cannot open: No such file or directory" \
	classify-files --class c=cats pet missing
failed "exit status 1, expected 0" \
	classify-files --class c=cats --backend command:false pet
[ ! -s "$out" ] || fail "printed something in spite of the failure"

run 0 classify-files --class cats=cats --class foxes=foxes pet neither
prints "C(px) - C(p) in bytes, by zlib"
prints "deflate:level=9,wbits=31,"
prints "predicted"

# Equal differences go to the class given first; a name may hold anything.
run 0 classify-files --format csv --class 'b, "c"=cats' --class a=cats pet
prints 'query,predicted,"b, ""c""",a'
prints 'pet,"b, ""c""",'
# An empty class file is one that says nothing; an empty query adds nothing.
run 0 classify-files --format csv --class none=nothing --class c=cats \
	pet nothing
prints 'pet,c,'
prints 'nothing,none,0,0'
# A file's name may hold a '='.
cp cats 'a=b'
run 0 classify-files --format csv --class 'c=a=b' pet

# The original script, for class files and a query: differences of sizes, and
# the first of the smallest.
script() {
	query=$1
	line=
	least=
	for class in cats foxes nothing; do
		alone=$(gzip --best -n -c <$class | wc -c)
		both=$(cat $class "$query" | gzip --best -n -c | wc -c)
		difference=$((both - alone))
		line=$line,$difference
		if [ -z "$least" ] || [ $difference -lt "$least" ]; then
			least=$difference
			predicted=$class
		fi
	done
	echo "$predicted$line"
}
for threads in 1 2; do
	run 0 classify-files --backend 'command:run=gzip --best -n -c' \
		--class cats=cats --class foxes=foxes --class nothing=nothing \
		--format csv --threads $threads pet 'fox, "red"' neither
	cp "$out" csv.$threads
done
same csv.1 csv.2
cat >expected <<END
query,predicted,cats,foxes,nothing
pet,$(script pet)
"fox, ""red""",$(script 'fox, "red"')
neither,$(script neither)
END
same csv.1 expected

has_python json || finish
run 0 classify-files --backend 'command:run=gzip --best -n -c' \
	--class cats=cats --class foxes=foxes --class nothing=nothing \
	--format json pet 'fox, "red"' neither
"$python" - "$out" expected <<'END' || fail "json differs from csv"
import csv, json, sys
document = json.load(open(sys.argv[1]))
rows = list(csv.DictReader(open(sys.argv[2], newline="")))
assert document["classes"] == {c: c for c in ("cats", "foxes", "nothing")}
assert document["backend"].startswith("command:run=gzip --best -n -c,")
flat = [{"query": q["query"], "predicted": q["predicted"],
         **{c: str(n) for c, n in q["bytes"].items()}}
        for q in document["queries"]]
assert flat == rows, (flat, rows)
END
finish
