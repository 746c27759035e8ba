#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist classify with one set in folds, samples that stand twice, and labels
# that were never seen.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99

# By hamming distances, with the nearest of the others behind each:
#   0 aa aaaa   2          3 ab aabb   2 and 4
#   1 ab bbbb   4 and 5    4 ab abbb   1 and 3
#   2 aa aaab   0 and 3    5 cc bbba   1
# all at distance 1, the first of which counts. So of those left out one at a
# time 0, 1, 2 and 4 are right; 3 has its own class second; 5 is the only one of
# its class. Four have two nearest.
printf '%s\t%s\n' aa aaaa ab bbbb aa aaab ab aabb ab abbb cc bbba >set.txt
pipeline='--reference each --measure hamming --aggregate knn'

# shellcheck disable=SC2086
run 0 classify --train text:set.txt --leave-one-out --top2 $pipeline
prints 'folds       6, one sample left out at a time'
prints 'correct     4 of 6'
prints '5 of 6 (0.8333) by the flawed scoring'
prints '4 samples (66.67 %) have several nearest references'
! grep -q 'over the folds' "$out" || fail 'each fold has one sample'

# shellcheck disable=SC2086
run 0 classify --train text:set.txt --leave-one-out --format json $pipeline
prints '"n_folds": 6'
for threads in 1 3; do
	# shellcheck disable=SC2086
	run 0 classify --train text:set.txt --folds 3 --seed 5 \
		--threads $threads --predictions p$threads.csv $pipeline
	prints 'folds       3, stratified'
	prints 'over the folds'
done
cmp p1.csv p3.csv || fail "another number of threads, other predictions"
# shellcheck disable=SC2086
run 0 classify --train text:set.txt --folds 3 --format csv --top2 $pipeline
prints n_flawed_top2

misused '--folds and --leave-one-out: expected one of them' \
	classify --train text:set.txt --folds 3 --leave-one-out
misused 'of cross-validation there is one set, expected --data NAME or --train' \
	classify --train text:set.txt --test text:set.txt --folds 3
misused '--top2: is of the two nearest samples, and needs --reference each' \
	classify --train text:set.txt --folds 3 --top2
misused '--scores: of cross-validation they need --reference each' \
	classify --train text:set.txt --folds 3 --scores s.npy
misused '--folds 1: expected a whole number' \
	classify --train text:set.txt --folds 1
misused '7 folds of 6 samples, expected from 2 to as many as samples' \
	classify --train text:set.txt --folds 7

# Samples that stand in both parts, or twice in one.
printf '%s\t%s\n' aa aaab ab abab >test.txt
# shellcheck disable=SC2086
run 0 classify --train text:set.txt --test text:test.txt $pipeline
says '1 of 2 test samples stand among the training samples, too; --drop-dup'
prints 'repeats     1 samples stand in train as well as in test'
# shellcheck disable=SC2086
run 0 classify --train text:set.txt --test text:test.txt --drop-duplicates \
	$pipeline
says '1 of 2 test samples stand among the training samples, too, and are left'
prints 'of 1'
# shellcheck disable=SC2086
failed 'without the 6 samples that stand twice there is none left' \
	classify --train text:set.txt --test text:set.txt --drop-duplicates \
	$pipeline
cat set.txt set.txt >twice.txt
# shellcheck disable=SC2086
run 0 classify --train text:twice.txt --leave-one-out $pipeline
says '6 of 12 samples repeat an earlier one'
prints 'correct     12 of 12'
# shellcheck disable=SC2086
run 0 classify --train text:twice.txt --leave-one-out --drop-duplicates \
	$pipeline
prints 'correct     4 of 6'

# A label that was never seen is told of, or counts as an error.
printf '%s\t%s\n' aa aaab new abab >unseen.txt
# shellcheck disable=SC2086
failed "class 'new' has no sample, expected at least one to train on, as unseen" \
	classify --train text:set.txt --test text:unseen.txt $pipeline
# shellcheck disable=SC2086
run 0 classify --train text:set.txt --test text:unseen.txt --allow-unseen \
	$pipeline
prints 'correct     1 of 2'
# Whichever there are in both, train has aa and ab, and test aa and new.
sed -n 's/^  [0-9]* samples, \([0-9]*\) classes.*/\1/p' "$out" >classes
cut -f 1 set.txt | sort -u | wc -l | tr -d ' ' >expected
echo 2 >>expected
same expected classes
finish
