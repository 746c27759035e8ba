#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist run on several processes ends in the same bytes as on one, also when it
# is killed in between.
. "${srcdir:-.}/tests/cli.sh"
if ! grep -q '^#define HAVE_MPI 1' config.h; then
	echo "this build has no MPI (configure --enable-mpi)"
	exit 77
fi
if ! command -v mpirun >/dev/null; then
	echo "no mpirun"
	exit 77
fi
unset CODIST_DATA
cd "$scratch" || exit 99
# Open MPI does not like root, nor more processes than there are processors.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 TMPDIR="$scratch"

cat >s.yaml <<'END'
data: synthetic
train.limit: 200
transform: [none, binarize + pack]
reference: chunk:size=4
backend: deflate:level=6|9,engine=library
aggregate: [logsumexp, mean]
runs:
  - name: parts
    test.limit: 100
  - name: folds
    folds: 3
  - name: pairs
    test.limit: 60
    reference: each
    measure: ncd:order=mean
    aggregate: knn:k=3
END
all() {
	for what in runs predictions confusion; do
		run 0 export "$1" --what "$what"
		cat "$out"
	done >"$2"
}
run 0 run s.yaml --output one.db
all one.db one
for n in 2 3; do
	timeout 120 mpirun -n $n "$CODIST" run s.yaml --threads 1 \
		--output $n.db >"$out" 2>"$err" || {
		fail "$n processes: exit $?"
		cat "$err"
	}
	[ "$(grep -c ' done ' "$out")" -eq 20 ] || fail "not 20 runs, once"
	all $n.db $n
	same one $n
done

# What is fitted is so by one of them, and what is added up is added up there.
cat >f.yaml <<'END'
data: synthetic
train.limit: 120
fit: 0.25
reference: chunk:size=4
backend: deflate:engine=library
transform: [none, binarize]
aggregate: logsumexp:temperature=fit
runs:
  - name: parts
    test.limit: 60
  - name: folds
    train: synthetic
    folds: 3
combine:
  - name: sum of parts
    of: parts*
    weights: fit
  - name: sum of folds
    of: folds*
    weights: fit
END
run 0 run f.yaml --output f1.db
all f1.db fitted
run 0 export f1.db --what fits
cp "$out" fits
timeout 120 mpirun -n 2 "$CODIST" run f.yaml --threads 1 --output f2.db \
	>"$out" 2>"$err" || fail "fitted: exit $?"
all f2.db fitted2
same fitted fitted2
run 0 export f2.db --what fits
same fits "$out"

# Killed, all of them, until it is done.
n_killed=0
for seconds in 0.5 0.7 0.9 1.1 1.3 1.5 2 3 5 8 13 21 34; do
	timeout -s KILL $seconds mpirun -n 2 "$CODIST" run s.yaml --threads 1 \
		--output k.db >"$out" 2>"$err" && break
	n_killed=$((n_killed + 1))
	# Processes notice that the one above them is gone; and let go of it.
	sleep 0.3
done
[ $n_killed -gt 0 ] || fail "it was never killed"
run 0 run s.yaml --output k.db
all k.db killed
same one killed

# What is wrong is told once, by one of them.
echo 'data: nowhere' >bad.yaml
timeout 60 mpirun -n 2 "$CODIST" run bad.yaml --output bad.db >"$out" 2>"$err" &&
	fail "no data, and no failure"
says "no data set 'nowhere'"
finish
