#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Data that changed between two calls of codist run: what is added to a store
# or renewed, also if it is other samples of them, or a fit.
. "${srcdir:-.}/tests/cli.sh"
unset CODIST_DATA
cd "$scratch" || exit 99

# words SEED: 30 files of words in two classes for training, 20 to test.
words() {
	for part in train test; do
		for class in a b; do
			mkdir -p data/$part/$class
			awk -v seed="$1$part$class" -v class=$class \
				-v n="$([ $part = train ] && echo 15 || echo 10)" \
				-v to="data/$part/$class/" 'BEGIN {
				for (i = 1; i <= length(seed); i++)
					s = (s * 31 + index("0123456789abcdefghijk" \
						"lmnopqrstuvwxyz", substr(seed, i, 1))) \
						% 65521
				for (f = 0; f < n; f++) {
					text = ""
					for (k = 0; k < 20; k++) {
						s = (s * 75 + 74) % 65537
						text = text " " (s % 3 ? "w" s % 17 \
							: class class s % 5)
					}
					print text >(to f)
				}
			}'
		done
	done
}
results() {
	for what in predictions confusion fits; do
		run 0 export "$1" --what $what
		sort "$out"
	done >"$2"
}

# Another limit of a test set that is another one is no comparison.
words 1
printf '%s\n' 'train: data/train' 'test: data/test' 'train.limit: [20]' >s.yaml
run 0 run s.yaml
words 2
printf '%s\n' 'train: data/train' 'test: data/test' 'train.limit: [20, 24]' \
	>s.yaml
run 2 run s.yaml
says "run 'train.limit=24': the training samples of data/train were 30 with"
run 0 run s.yaml --changed renew
says "results of it are made anew"
run 0 run s.yaml --output fresh.db
results s.db renewed
results fresh.db fresh
same fresh renewed

# Nor is another transform, nor what was held back to fit.
study() {
	printf '%s\n' 'train: data/train' 'test: data/test' 'fit: 0.3' \
		"backend: [$1]" 'runs:' '- name: plain' '- name: soft' \
		'  aggregate: logsumexp:temperature=fit' 'combine:' \
		'- of: [plain/*]' '  weights: fit' >f.yaml
}
study 'deflate, "deflate:level=3"'
run 0 run f.yaml
words 3
study 'deflate, "deflate:level=3", "deflate:level=1"'
run 2 run f.yaml
says "samples of data/train were 30 with SHA-256"
run 0 run f.yaml --changed renew
run 0 run f.yaml --output fresh-f.db
results f.db renewed
results fresh-f.db fresh
same fresh renewed

# All done, nothing is added, and nothing has to be the same; unless asked for.
words 4
run 0 run f.yaml
says "runs were done already"
run 0 run f.yaml --changed renew
says "results of it are made anew"
run 0 run f.yaml --output fresh-4.db
results f.db renewed
results fresh-4.db fresh
same fresh renewed

# A run that was a mistake and has no results is gone with it.
printf '%s\n' 'data: nowhere' >s.yaml
run 1 run s.yaml --output m.db
printf '%s\n' 'data: synthetic' 'train.limit: 20' 'test.limit: 10' >s.yaml
run 0 run s.yaml --output m.db
run 0 export m.db --what runs
[ "$(wc -l <"$out")" -eq 2 ] || fail "runs that were a mistake: $(cat "$out")"

# Another study's store is taken for one whose file was edited, and told of.
run 0 run f.yaml --output m.db
says "m.db: has results of 1 run that this study does not ask for"
finish
