#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist tree and compare-trees: a matrix from a file, a tree in every format.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99

# The paths in ((a:2,b:3):3,c:4,(d:2,e:1):2).
cat >paths.csv <<'END'
,a,b,c,d,e
a,0,5,9,9,8
b,5,0,10,10,9
c,9,10,0,8,7
d,9,10,8,0,3
e,8,9,7,3,0
END
printf 'a\tfirst\nb\tfirst\nc\trest\nd\tthird\ne\trest\n' >groups

run 0 tree paths.csv
prints "paths.csv: 5 items, quartet method"
prints "S(T) = 1.000000"
prints "best of 1 searches with seed 0: number 1, "
prints "+------ a"
prints "\`-+---- c"
prints "    \`-- e"
run 0 tree paths.csv --method nj --groups groups
prints "5 items, neighbour joining"
prints "S(T) = 1.000000"
prints "group  leaves  together  misplaced"
prints "first       2  yes               0"
prints "rest        2  no                1"
prints "third       1  yes               0"
run 0 tree paths.csv --method nj --format newick
prints "(d:2,e:1,(c:4,(a:2,b:3):3):2);"
cp "$out" nj.tree
run 0 tree paths.csv --method upgma --format newick
prints "(d:1.5,e:1.5)"
cp "$out" upgma.tree
run 0 tree paths.csv --method nj --format nexus
prints "	TREE codist = [&U] (d:2,"
cp "$out" nj.nex
run 0 tree paths.csv --method single --format dot
prints "digraph tree {"
run 0 tree paths.csv --method single --format json --groups groups
prints '"score": 1'
prints '"rooted": true'
prints '"merges": ['
prints '"together": false'
run 0 tree paths.csv --format json
prints '"best_restart": 0'
prints '"symmetrize": null'
for method in wpgma complete ward; do
	run 0 tree paths.csv --method $method
	prints "S(T) = 1.000000"
done

# In UPGMA's tree c is with d and e too.
run 0 compare-trees nj.tree nj.nex
prints "leaves  splits_first  splits_second  differing  normalized"
prints "     5             2              2          0      0.0000"
run 0 compare-trees nj.tree upgma.tree --format csv
prints "5,2,2,0,0"
echo '((a,c),b,(d,e));' >other.tree
run 0 compare-trees other.tree nj.tree --format json
prints '"differing": 2'
prints '"normalized": 0.5'
"$CODIST" compare-trees - nj.tree --format csv <other.tree >"$out" ||
	fail "the standard input"
prints "5,2,2,2,0.5"

# What is no tree: the same with any number of threads, each seed its own.
awk 'BEGIN { srand(7); n = 14
	for (i = 0; i < n; i++) { printf ",leaf_%d", i
		for (j = 0; j < i; j++) d[i, j] = d[j, i] = rand() }
	printf "\n"
	for (i = 0; i < n; i++) { printf "leaf_%d", i
		for (j = 0; j < n; j++) printf ",%s", i == j ? 0 : d[i, j]
		printf "\n" } }' >noise.csv
run 0 tree noise.csv --threads 1 --patience 500 --restarts 7 --format json
cp "$out" one
run 0 tree noise.csv --threads 2 --patience 500 --restarts 7 --format json
same "$out" one
prints '"restarts": 7'
prints "'leaf_0'"
run 0 tree noise.csv --threads 2 --patience 500 --restarts 7 --format json \
	--seed 1
cmp -s "$out" one && fail "the seed changes nothing"

# One, two and three items have one tree each.
printf ',a\na,0\n' >few.csv
run 0 tree few.csv --format newick
[ "$(cat "$out")" = "a;" ] || fail "$(cat "$out")"
printf ',a,b\na,0,1\nb,1,0\n' >few.csv
run 0 tree few.csv
prints "S(T) = 1.000000"
printf ',a,b,c\na,0,1,2\nb,1,0,3\nc,2,3,0\n' >few.csv
run 0 tree few.csv --format newick
[ "$(cat "$out")" = "(a,b,c);" ] || fail "$(cat "$out")"

printf ',a,b\na,0.1,1\nb,2,0\n' >raw.csv
failed "raw.csv: row 1 'a', column 1 'a': 0.1" tree raw.csv
says "symmetrize makes pairs the same"
# It does not make a distance of what is negative, infinite, or not square.
for value in -1 inf; do
	printf ',a,b\na,0,%s\nb,%s,0\n' $value $value >none.csv
	failed "none.csv: row 1 'a', column 2 'b': $value" tree none.csv
	grep -q symmetrize "$err" && fail "--symmetrize is of no use"
done
printf ',a,b\na,0,1\n' >none.csv
failed "none.csv: 1 rows and 2 columns" tree none.csv
grep -q symmetrize "$err" && fail "--symmetrize is of no use"
# A text may have been meant to be an item.
echo "just a text" >none
failed "(a single file is taken for a MATRIX, several files or a folder for" \
	tree none
run 0 tree raw.csv --symmetrize max --method nj --format newick
prints "(a:1,b:1);"
failed "groups: has no line for 'leaf_0'" tree noise.csv --groups groups
misused "no operands, expected a MATRIX or ITEMs" tree
misused "--method best: expected nj, quartet, upgma" tree paths.csv \
	--method best
misused "--format xml: expected text, json, newick" tree paths.csv \
	--format xml
failed "no-such-file" tree no-such-file
misused "1 operands, expected two TREEs" compare-trees nj.tree
failed "no-such-file: cannot open" compare-trees nj.tree no-such-file
printf '(a,b,\nc' >bad.tree
failed "bad.tree: line 2: the text ends, expected ',' or ')'" \
	compare-trees nj.tree bad.tree
echo '(a,b,c,d,f);' >bad.tree
failed "leaf 'e' is only in the first tree" compare-trees nj.tree bad.tree
misused "--layout round: expected unrooted or rectangular" tree paths.csv \
	--layout round
if ! "$CODIST" tree paths.csv --figure a.svg 2>&1 | grep -q "without cairo"
then
	for layout in unrooted rectangular; do
		for ending in svg png pdf; do
			run 0 tree paths.csv --method nj --groups groups \
				--layout $layout --figure $layout.$ending
			[ -s $layout.$ending ] || fail "no $layout.$ending"
		done
	done
	run 0 tree paths.csv --method nj --figure scale.svg
	run 0 tree paths.csv --method nj --cladogram --figure a.svg
	cmp -s scale.svg a.svg && fail "--cladogram changes nothing"
	run 0 tree few.csv --figure few.svg
	# 29 pairs are too many to be marked; 58 singles need no mark.
	awk 'BEGIN { for (i = 0; i < 58; i++) { printf ",%d", i
		print i "\t" int(i / 2) >"pairs"; print i "\t" i >"singles" }
	print ""
	for (i = 0; i < 58; i++) { printf "%d", i
		for (j = 0; j < 58; j++) printf ",%d", i != j; print "" } }' \
		>star.csv
	misused "29 groups of several leaves, but a figure has marks for 28" \
		tree star.csv --method nj --groups pairs --figure no.svg
	[ ! -e no.svg ] || fail "no.svg is there"
	run 0 tree star.csv --method nj --groups singles --figure star.svg
	run 0 tree star.csv --method nj --groups pairs
	# A figure among the items is none.
	mkdir drawn
	cp few.csv drawn/a
	cp raw.csv drawn/b
	run 0 tree drawn --method nj --figure drawn/t.svg --format newick
	cp "$out" expected
	run 0 tree drawn --method nj --figure drawn/../drawn/t.svg \
		--format newick
	same expected "$out"
	says "drawn/t.svg: is written by this run, and no item of it"
	run 0 embed drawn --figure drawn/t.svg --format csv
	[ "$(grep -c t.svg "$out")" = 0 ] || fail "the figure is an item"
	misused "a.gif: cannot tell the figure's format" tree paths.csv \
		--figure a.gif
	failed "no-such-folder/a.svg: cannot write" tree paths.csv \
		--figure no-such-folder/a.svg
fi
# Items are compared as codist matrix does, into the same tree.
mkdir items items/sub
for name in one two three four five; do
	seq 1 400 | sed "s/[37]/$name/" >items/$name.txt
done
run 0 matrix --measure cdm --backend deflate:level=9 --output m.csv items
run 0 tree m.csv --symmetrize mean --method nj --format newick
cp "$out" by-matrix
run 0 tree --measure cdm --backend deflate:level=9 --method nj \
	--format newick items
same by-matrix "$out"
run 0 tree --threads 2 --memory 1M --measure cdm --backend deflate:level=9 \
	--method nj --format newick items/*.txt
same by-matrix "$out"
run 0 tree items --method nj
prints "ncd by deflate: 5 items, neighbour joining"
! grep -q '^group' "$out" || fail "files have groups"
run 0 tree items --method nj --format json
prints '"distances": "ncd by deflate"'
prints '"matrix": null'
# A directed measure is computed both ways, and made symmetric.
misused "benedetto: x may be farther from y than y from x" tree items --measure benedetto:symmetric=no
run 0 matrix --full --measure benedetto:symmetric=no --output d.csv items
run 0 tree d.csv --symmetrize max --method nj --format newick
cp "$out" by-matrix
run 0 tree items --measure benedetto:symmetric=no --symmetrize max \
	--method nj --format newick
same by-matrix "$out"
# A data set has its classes.
run 0 tree synthetic:part=train,n=40 --method nj
prints "group  leaves  together  misplaced"
[ "$(grep -c '^[0-9] .*[0-9]  \(yes\|no\) ' "$out")" -eq 10 ] ||
	fail "expected 10 classes"
misused "is one file, and so a matrix" tree m.csv --measure ncd
misused "--format-in csv: operands are ITEMs" tree items --format-in csv
misused "2 kinds of distance, expected one" tree items --measure ncd,cdm

if [ -w /dev/full ]; then
	for format in text json newick; do
		"$CODIST" tree paths.csv --format $format >/dev/full 2>err &&
			fail "a full disk goes unnoticed"
		grep -q "No space left" err || fail "$(cat err)"
	done
fi
finish
