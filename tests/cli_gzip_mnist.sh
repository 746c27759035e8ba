#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The first ten images of MNIST's test set, as the original script classified
# them: gzip --best on all training images of a class, then on these and the
# query; the smallest difference wins. It takes minutes.
. "${srcdir:-.}/tests/cli.sh"
mnist=${CODIST_DATA:-$HOME/.local/share/codist}/mnist
if [ ! -e "$mnist/train-images-idx3-ubyte.gz" ]; then
	echo "no $mnist/train-images-idx3-ubyte.gz: skipped"
	exit 77
fi
find_python gzip python3
cd "$scratch" || exit 99
"$python" - "$mnist" <<'END' || exit 99
import gzip, sys

def samples(name):
    folder = sys.argv[1]
    images = gzip.open(f"{folder}/{name}-images-idx3-ubyte.gz").read()[16:]
    labels = gzip.open(f"{folder}/{name}-labels-idx1-ubyte.gz").read()[8:]
    return [images[i:i + 784] for i in range(0, len(images), 784)], labels

images, labels = samples("train")
for c in range(10):
    open(f"class{c}", "wb").write(
        b"".join(x for x, label in zip(images, labels) if label == c))
for i, x in enumerate(samples("t10k")[0][:10]):
    open(f"query{i}", "wb").write(x)
END

# script CLASS...: a line for each query, with the difference of each class.
script() {
	for class; do
		alone=$(gzip --best -n -c <"class$class" | wc -c)
		for i in 0 1 2 3 4 5 6 7 8 9; do
			both=$(cat "class$class" query$i |
				gzip --best -n -c | wc -c)
			echo "$i $class $((both - alone))"
		done
	done
}
script 0 1 2 3 4 >first &
script 5 6 7 8 9 >second
wait
sort -n -k 1,1 -k 2,2 first second | awk '
	BEGIN { print "query,predicted,0,1,2,3,4,5,6,7,8,9" }
	$2 == 0 || $3 < least { least = $3; predicted = $2 }
	{ line = line "," $3 }
	$2 == 9 { print "query" $1 "," predicted line; line = "" }' >expected

set --
for class in 0 1 2 3 4 5 6 7 8 9; do
	set -- "$@" --class $class=class$class
done
run 0 classify-files --backend "command:run=gzip --best -n -c,timeout=600" "$@" \
	--format csv query0 query1 query2 query3 query4 query5 query6 query7 \
	query8 query9
[ "$(wc -l <expected)" -eq 11 ] || fail "the script did not do its work"
same "$out" expected
cat "$out"
finish
