#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How many distances a second: codist beside the obvious loop in Python with the
# same library, on the same items, in turns. The table tells medians over the
# rounds; the sums of the distances must be the same.
#
#     PAIRS_ROUNDS   3
#     PYTHON         /usr/bin/python3
set -eu
run=${PAIRS:-tests/bench/pairs}
loop=${srcdir:-.}/tests/bench/pairs_loop.py
python=${PYTHON:-/usr/bin/python3}
rounds=${PAIRS_ROUNDS:-3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# module, backend, items; so many that a turn takes a second or so
contenders='
gzip deflate:level=9,wbits=31 100
zlib deflate:level=9 100
zlib deflate:level=9,engine=library 100
bz2 bzip2 60
lzma lzma 24'

take_turn()
{
	what="$1 $2 $3"
	shift 3
	echo "$what $("$@")" | tee -a "$scratch/log" >&2
}

round=0
while [ "$round" -lt "$rounds" ]; do
	for size in 98 784 4000; do
		echo "$contenders" | while read -r module backend n; do
			[ -n "$module" ] || continue
			"$run" items "$size" "$n" >"$scratch/items"
			take_turn "$size" "$backend" python \
				"$python" "$loop" "$module" "$scratch/items" \
				"$size"
			for threads in 1 2; do
				take_turn "$size" "$backend" "$threads" \
					"$run" "$backend" "$size" "$n" \
					"$threads"
			done
		done
	done
	round=$((round + 1))
done

echo "machine:  $(uname -srm), $(getconf _NPROCESSORS_ONLN) processors," \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null |
		sed -n 1p)"
echo "load:     $(uptime | sed 's/.*load average[s]*: //') (1, 5, 15 minutes)"
echo "versions: $("$python" -V), codist ${VERSION:-unknown}"
echo "command:  make bench-pairs PAIRS_ROUNDS=$rounds"
echo
awk '
function median(key,    i, k, n, swap, sorted) {
	n = n_rounds[key]
	for (i = 1; i <= n; i++)
		sorted[i] = rate[key, i]
	for (i = 2; i <= n; i++)
		for (k = i; k > 1 && sorted[k] < sorted[k - 1]; k--) {
			swap = sorted[k]
			sorted[k] = sorted[k - 1]
			sorted[k - 1] = swap
		}
	return n % 2 ? sorted[(n + 1) / 2] : \
		(sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
{
	what = $1 " " $2
	key = what " " $3
	rate[key, ++n_rounds[key]] = $4 / $6
	if (!(what in sum)) {
		sum[what] = $5
		order[++n] = what
	}
	# Sums of thousands of doubles, in another order of additions.
	if (sum[what] - $5 > 1e-6 || $5 - sum[what] > 1e-6) {
		print key ": the distances sum up to " $5 ", expected " sum[what]
		failed = 1
	}
}
END {
	printf "%-6s %-40s %12s %10s %10s\n", "bytes", "backend", \
		"pairs/s", "x Python", "x Python"
	printf "%-6s %-40s %12s %10s %10s\n", "", "", "1 thread", \
		"1 thread", "2 threads"
	for (i = 1; i <= n; i++) {
		split(order[i], word, " ")
		printf "%-6s %-40s %12.0f %10.2f %10.2f\n", word[1], word[2], \
			median(order[i] " 1"), \
			median(order[i] " 1") / median(order[i] " python"), \
			median(order[i] " 2") / median(order[i] " python")
	}
	exit failed
}' "$scratch/log"
