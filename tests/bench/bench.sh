#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How fast conditional lengths are had: codist beside Python's zlib module, and
# beside deflateCopy() in C, on the same data, in turns, since a machine has other
# things to do as well. The table tells medians over the rounds, of all that is
# done after loading.
#
#     BENCH_ROUNDS   3; how often each contender has its turn
#     BENCH_LIMIT    10000; test images against whole classes, and a tenth of
#                    them against the chunks of the first 1280 training images,
#                    binarized and grey; at least 10, as each class has to be
#                    there
#     BENCH_WHOLE    1: at the end also the whole of the chunked experiment, for
#                    its memory
#     PYTHON         /usr/bin/python3
#
# With few test images it is the classes going through the compressor that is
# measured.
set -eu
run=${PUBLISHED_RUN:-tests/published_run}
loop=${srcdir:-.}/tests/bench/zlib_loop.py
copy_loop=${COPY_LOOP:-tests/bench/copy_loop}
python=${PYTHON:-/usr/bin/python3}
rounds=${BENCH_ROUNDS:-3}
limit=${BENCH_LIMIT:-10000}
chunk_limit=$((limit / 10 < 10 ? 10 : limit / 10))
engines="library auto"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# part NAME N: a loader's spec for the first N of train or test
if "$run" deflate-default idx:mnist/train idx:mnist/test,limit=1 \
		items="$scratch/items" 2>/dev/null; then
	data=MNIST
	part() { echo "idx:mnist/$1,limit=$2"; }
else
	data="synthetic digits, as MNIST is not at hand (see CODIST_DATA)"
	part() { echo "synthetic:part=$1,n=$2"; }
fi

# name, level, wbits, training images, test images
experiments="
deflate-default    6  15 60000 $limit
deflate-wbits-10   9 -10 60000 $limit
binarized-class    9  15 60000 $limit
chunk64-logsumexp  9  15 1280  $chunk_limit
chunk64-grey       9  15 1280  $chunk_limit"

# take_turn EXPERIMENT CONTENDER COMMAND...: a line of figures for the log
take_turn()
{
	turn="$1 $2"
	shift 2
	"$@" >"$scratch/line"
	echo "$turn $(cat "$scratch/line")" | tee -a "$scratch/log" >&2
}

play_round()
{
	echo "$experiments" | while read -r name level wbits n_train n_test; do
		[ -n "$name" ] || continue
		train=$(part train "$n_train")
		test=$(part test "$n_test")
		as=
		case $name in
		*-grey)
			what=chunk64-logsumexp as=as=loaded
			;;
		*)
			what=$name
			;;
		esac
		# shellcheck disable=SC2086 # nothing, or one word
		"$run" "$what" "$train" "$test" $as items="$scratch/items"
		take_turn "$name" python \
			"$python" "$loop" "$scratch/items" "$level" "$wbits"
		take_turn "$name" copy \
			"$copy_loop" "$scratch/items" "$level" "$wbits"
		for engine in $engines; do
			for n in 1 2; do
				# shellcheck disable=SC2086
				take_turn "$name" "$engine-$n" \
					"$run" "$what" "$train" "$test" $as \
					threads="$n" engine="$engine"
			done
		done
	done
}

machine()
{
	echo "machine:  $(uname -srm), $(getconf _NPROCESSORS_ONLN) processors," \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null |
			sed -n 1p)"
	echo "load:     $(uptime | sed 's/.*load average[s]*: //') (1, 5, 15 minutes)"
	echo "versions: $(sed -n 's/.*\(Python [^,]*\), \(zlib .*\)/\1, \2/p' \
		"$scratch/log" | sed -n 1p), codist ${VERSION:-unknown}"
	echo "data:     $data"
	echo "command:  make bench BENCH_ROUNDS=$rounds BENCH_LIMIT=$limit" \
		"BENCH_WHOLE=${BENCH_WHOLE:-0}"
}

# Medians of rates; a contender whose sum of lengths differs is wrong.
table()
{
	awk -v engines="$engines" '
	function median(key,    i, k, n, swap, sorted) {
		n = n_rounds[key]
		for (i = 1; i <= n; i++)
			sorted[i] = figure[key, i]
		for (i = 2; i <= n; i++)
			for (k = i; k > 1 && sorted[k] < sorted[k - 1]; k--) {
				swap = sorted[k]
				sorted[k] = sorted[k - 1]
				sorted[k - 1] = swap
			}
		return n % 2 ? sorted[(n + 1) / 2] : \
			(sorted[n / 2] + sorted[n / 2 + 1]) / 2
	}

	function note(key, value) {
		figure[key, ++n_rounds[key]] = value
	}

	function row(experiment, contender, label, one,    rate, python, copy, cpu) {
		rate = median(experiment " " contender " rate")
		python = median(experiment " python rate")
		copy = median(experiment " copy rate")
		cpu = median(experiment " python cpu") / \
			median(experiment " " contender " cpu")
		printf "%-18s %-22s %9.0f %9.2f %9.2f %9s %9s\n", \
			experiment, label, rate, rate / python, rate / copy, \
			one ? "" : sprintf("%.2f", cpu), \
			one ? sprintf("%.2f", rate / \
				median(experiment " " one " rate")) : ""
	}

	{
		gsub(/,/, "")
		for (i = 3; i < NF; i++)
			if ($i ~ /^(scores|sum|seconds|cpu)$/)
				value[$i] = $(i + 1)
		note($1 " " $2 " rate", value["scores"] / value["seconds"])
		note($1 " " $2 " cpu", value["cpu"])
		if (!($1 in sum)) {
			sum[$1] = value["sum"]
			order[++n_experiments] = $1
		}
		if (sum[$1] != value["sum"]) {
			print $1 ": " $2 ": the lengths sum up to " \
				value["sum"] ", expected " sum[$1]
			failed = 1
		}
	}

	END {
		printf "%-18s %-22s %9s %9s %9s %9s %9s\n", "", "", \
			"deltas/s", "x Python", "x copy", "x Python", "x one"
		printf "%-18s %-22s %9s %9s %9s %9s %9s\n", "experiment", \
			"contender", "", "", "", "(cpu)", "thread"
		n_engines = split(engines, engine)
		for (i = 1; i <= n_experiments; i++) {
			row(order[i], "python", "Python zlib")
			row(order[i], "copy", "deflateCopy in C")
			for (k = 1; k <= n_engines; k++) {
				row(order[i], engine[k] "-1", \
					engine[k] ", 1 thread")
				row(order[i], engine[k] "-2", \
					engine[k] ", 2 threads", \
					engine[k] "-1")
			}
		}
		exit failed
	}' "$scratch/log"
}

round=0
while [ "$round" -lt "$rounds" ]; do
	play_round
	round=$((round + 1))
done
machine
echo
table
if [ "${BENCH_WHOLE:-0}" = 1 ]; then
	echo
	echo "the whole of chunk64-logsumexp, on all processors:"
	"$run" chunk64-logsumexp "$(part train 60000)" "$(part test 10000)"
fi
