#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Experiments on MNIST against the same in plain Python: by compression, every
# score of the first 20 test images against 6000 training images, in whole
# classes and in chunks; by pixels, all of it.
set -eu
folder=${CODIST_DATA:-$HOME/.local/share/codist}/mnist
if [ ! -e "$folder/train-images-idx3-ubyte.gz" ]; then
	echo "no MNIST at $folder (see codist fetch)"
	exit 77
fi
. "${srcdir:-.}/tests/python.sh"
find_python zlib python3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# agree NAME N_TRAIN N_TEST [scores]
agree()
{
	tests/published_run "$1" "idx:$folder/train,limit=$2" \
		"idx:$folder/test,limit=$3" ${4:+scores="$scratch/scores"} |
		sed 's/,.*//' >"$scratch/found"
	"$python" "${srcdir:-.}/tests/published_in_python.py" "$1" "$folder" \
		"$2" "$3" ${4:+"$scratch/scores"} >"$scratch/expected"
	echo "$1: $(cat "$scratch/found")"
	diff "$scratch/expected" "$scratch/found"
}

agree deflate-default 6000 20 scores
agree chunk64-logsumexp 6000 20 scores
agree nearest-mean-pixels 60000 10000
agree knn20-pixels 60000 10000
