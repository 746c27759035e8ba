#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Run by make check-experiments: all published experiments on all of MNIST must
# come out as published, in what is printed and in the store, and the nearest
# neighbours of all of Reuters R8 as they did in an independent program. What is
# expected stands here once more, so that the program is not its own judge.
set -eu
: "${CODIST:?it names the program to be tested}"
mnist=${CODIST_DATA:-/none}/mnist
if [ ! -e "$mnist/train-images-idx3-ubyte.gz" ]; then
	echo "no MNIST in \$CODIST_DATA/mnist"
	exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Texts: correct, and correct by the flawed scoring.
texts=${CODIST_DATA:-/none}/reuters-r8
if [ -e "$texts/R8_train.txt" ]; then
	"$CODIST" classify --train "text:$texts/R8_train.txt" \
		--test "text:$texts/R8_test.txt" --reference each \
		--measure 'ncd:separator=%20' --aggregate knn --top2 \
		--backend deflate:level=9,wbits=31 >"$scratch/texts" \
		2>"$scratch/talk" || { cat "$scratch/talk"; exit 1; }
	for line in 'correct     2003 of 2189' 'top2        2080 of 2189'; do
		grep -q "^$line" "$scratch/texts" && echo "ok   r8: $line" &&
			continue
		echo "BAD  r8: expected '$line', found:"
		cat "$scratch/texts"
		exit 1
	done
fi

# Killed at times; then the store against the matrices themselves.
experiments=${srcdir:-$(dirname "$0")/..}/experiments
store=$scratch/mnist-by-zip.db
for seconds in 3 20 40; do
	timeout -s KILL $seconds "$CODIST" reproduce --data "$mnist" \
		--store "$store" >"$scratch/talk" 2>&1 || true
done
status=0
"$CODIST" reproduce --data "$mnist" --store "$store" --format csv \
	>"$scratch/found" || status=$?
"$CODIST" export "$store" --what confusion >"$scratch/cells"
while read -r name file; do
	differing=$(awk -F , -v name="$name" '
		NR == FNR {
			if ($1 == name)
				found[$2, $3] = $4
			next
		}
		{
			for (i = 1; i <= NF; i++)
				n += found[FNR - 1, i - 1] + 0 != $i
		}
		END { print n + 0 }
	' "$scratch/cells" "$experiments/published/$file.csv")
	[ "$differing" = 0 ] && echo "ok   store: $name" && continue
	echo "BAD  store: $name: $differing cells differ"
	zlib=$("$CODIST" --version | sed -n 's/.*zlib *//p')
	[ "$zlib" != 1.2.13 ] || exit 1
done <<'END'
deflate-default deflate-default
deflate-wbits-10 deflate-level9-wbits-10
binarized-class binarized-deflate-level9
chunk64-logsumexp binarized-chunk64-logsumexp
chunk64-mean binarized-chunk64-mean
END

# experiment, least and most correct of 10,000, whether cells are compared
cat >"$scratch/expected" <<'END'
deflate-default     2676 2676 cells
deflate-wbits-10    3469 3469 cells
binarized-class     4523 4523 cells
chunk64-logsumexp   7379 7379 cells
chunk64-mean        7129 7129 cells
knn20-pixels        1950 2080 -
nearest-mean-pixels 2201 2201 -
END

# Titles may have commas, and are quoted then; nothing else is.
sed 's/"[^"]*"/title/' "$scratch/found" | awk -v status="$status" '
NR == FNR {
	least[$1] = $2
	most[$1] = $3
	has_cells[$1] = $4 == "cells"
	n_expected++
	next
}
FNR == 1 {
	FS = ","
	$0 = $0
	for (i = 1; i <= NF; i++)
		column[$i] = i
	next
}
{
	name = $1
	n = $column["samples"]
	correct = $column["correct"]
	cells = $column["cells_differ"]
	zlib = $column["library_version"]
	good = n == 10000 && correct >= least[name] && correct <= most[name] &&
	       (name in least) && (!has_cells[name] || cells == "0")
	printf "%-4s %s: %d of %d correct, expected %d..%d", \
		good ? "ok" : "BAD", name, correct, n, least[name], most[name]
	if (has_cells[name])
		printf ", %s cells differ", cells
	printf ", %s s%s\n", $column["seconds"], zlib ? ", zlib " zlib : ""
	n_found++
	if (!good)
		other_zlib += zlib != "" && zlib != "1.2.13"
	n_bad += !good
}
END {
	if (n_found != n_expected || n_bad > other_zlib) {
		printf "%d of %d experiments came out as published\n",
			n_found - n_bad, n_expected
		exit 1
	}
	if (n_bad) {
		print "only what another zlib compresses came out otherwise"
		exit 77
	}
	if (status != 0) {
		print "codist reproduce ended with status " status
		exit 1
	}
}' "$scratch/expected" -
