#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist matrix that was stopped: it goes on, to the same bytes, or tells why
# not.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99

mkdir items
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
	awk -v n=$i 'BEGIN { srand(n); for (i = 0; i < 30 + 7 * n; i++)
		print int(rand() * (9 + n)) }' >items/$i
done

# A compressor that counts how often it was asked. While there is a file `gate`
# it waits from the 41st time on. A row at a time, the length of nothing, of 12
# items, and of the 11 and 10 pairs of two rows are known by then.
cat >squeeze <<'END'
#!/bin/sh
echo >>"$CALLS"
if [ -e gate ] && [ "$(wc -l <"$CALLS")" -gt 40 ]; then
	: >waiting
	while [ -e gate ]; do sleep 0.02; done
fi
exec gzip -cn
END
chmod +x squeeze
CALLS=calls
export CALLS
request="--measure ncd,cdm,hamming --backend command:run=./squeeze"

# calls_are N: so many since the last time.
calls_are() {
	[ "$(wc -l <"$CALLS")" = "$1" ] ||
		fail "$(wc -l <"$CALLS") lengths, expected $1"
	: >"$CALLS"
}

# rows_done FILE N: how many of N rows, of all results, that store has.
rows_done() {
	tail -c +129 "$1" | head -c "$2" | tr -d '\0' | wc -c
}

# left_after ROWS: the lengths that are asked for when so many are done.
left_after() {
	echo $((1 + 12 + (11 - $1) * (12 - $1) / 2))
}

# begin ARGUMENT...: until two rows are done. As nobody waits for compressors
# whose caller is killed, they are counted elsewhere.
begin() {
	rm -f waiting
	: >gate
	# shellcheck disable=SC2086 # words
	CALLS=stopped "$CODIST" matrix $request --memory 1 "$@" \
		>begun.out 2>begun.err &
	while [ ! -e waiting ] && kill -0 $! 2>"$scratch/null"; do
		sleep 0.02
	done
}

# stop SIGNAL: the one that was begun.
stop() {
	kill "-$1" $!
	[ "$1" = KILL ] || sleep 0.3 # it looks up five times a second
	rm gate
	wait $! 2>"$scratch/null"
	status=$?
	[ "$status" -gt 128 ] || fail "$1: exit $status"
	rm stopped
	cp begun.err "$err"
}

# Without a disturbance, and nothing is left but the results.
# shellcheck disable=SC2086 # words
run 0 matrix $request --output whole.csv items
calls_are "$(left_after 0)"
[ ! -e whole.csv.partial ] || fail "whole.csv.partial is left"

is_whole() {
	for name in ncd_by_command_run=._squeeze cdm_by_command_run=._squeeze \
		hamming; do
		same "$1-$name.csv" "whole-$name.csv"
		rm -f "$1-$name.csv"
	done
	[ ! -e "$1.csv.partial" ] || fail "$1.csv.partial is left"
}

# Each signal, with one thread and two; what is done is not done again, with as
# many rows at a time as there are.
for threads in 1 2; do
	for signal in KILL TERM; do
		begin --threads $threads --output part.csv items
		stop $signal
		if [ "$signal" = TERM ]; then
			says "what is done is kept in part.csv.partial"
			says "interrupted"
		fi
		rows=$(rows_done part.csv.partial 36)
		# One that is asked to end may end the row that it is at.
		[ "$rows" = 4 ] || [ "$signal:$rows" = TERM:6 ] ||
			fail "$signal: $rows rows are done, expected 4"
		[ ! -e part-hamming.csv ] || fail "a result of a part"
		# shellcheck disable=SC2086 # words
		run 0 matrix $request --threads $threads --output part.csv items
		says "goes on with part.csv.partial, where $rows of 36 rows are"
		calls_are "$(left_after $((rows / 2)))"
		is_whole part
	done
done

# While one is at work, another is not.
begin --output part.csv items
# shellcheck disable=SC2086 # words
misused "part.csv.partial: another process is at work on it" \
	matrix $request --output part.csv items
stop KILL

# Other requests and other items are refused, and what was kept stays.
cp part.csv.partial kept
refused() {
	misused "part.csv.partial: is of another run, of other items" \
		matrix --output part.csv "$@"
	same part.csv.partial kept
}
refused --measure ncd,cdm,hamming --backend 'command:run=gzip -cn' items
refused --measure ncd,cdm --backend command:run=./squeeze items
# shellcheck disable=SC2086 # words
{
	refused $request --full items
	refused $request --transform invert items
	refused $request --against items/0 items
	mv items/3 items/3.0
	refused $request items
	mv items/3.0 items/3
	cp items/3 third
	echo more >>items/3
	refused $request items
	rm items/3
	refused $request items
	mv third items/3
}
# One that was cut off, and a file of somebody else's.
for size in 20 100 200; do
	head -c $size kept >part.csv.partial
	# shellcheck disable=SC2086 # words
	failed "part.csv.partial: has $size bytes, expected 3624 of the" \
		matrix $request --output part.csv items
	[ "$(wc -c <part.csv.partial)" = $size ] || fail "it was changed"
done
cp items/11 part.csv.partial
# shellcheck disable=SC2086 # words
misused "part.csv.partial: is no store of distances" \
	matrix $request --output part.csv items
same part.csv.partial items/11
calls_are 0
# One that was begun and no more, for this run or a larger one.
for size in 0 100 10000; do
	head -c $size /dev/zero >part.csv.partial
	# shellcheck disable=SC2086 # words
	run 0 matrix $request --output part.csv items
	calls_are "$(left_after 0)"
	is_whole part
done
head -c 10000 /dev/zero >part.csv.partial
begin --output part.csv items
stop KILL
# shellcheck disable=SC2086 # words
run 0 matrix $request --output part.csv items
calls_are "$(left_after 2)"
is_whole part
cp kept part.csv.partial
# shellcheck disable=SC2086 # words
run 0 matrix $request --output part.csv items
calls_are "$(left_after 2)"
is_whole part

# An output in a folder of items.
begin --output items/part.csv items
stop KILL
# shellcheck disable=SC2086 # words
run 0 matrix $request --output items/part.csv items
says "items/part.csv.partial: is written by this run, and no item of it"
calls_are "$(left_after 2)"
is_whole items/part

# A backend that fails; once it is mended the run goes on.
cat >squeeze.broken <<'END'
#!/bin/sh
echo "out of order" >&2
exit 3
END
chmod +x squeeze.broken
cp squeeze squeeze.sound
cat >squeeze <<'END'
#!/bin/sh
echo >>"$CALLS"
[ "$(wc -l <"$CALLS")" -le 40 ] || exec ./squeeze.broken
exec gzip -cn
END
# shellcheck disable=SC2086 # words
failed "out of order" matrix $request --memory 1 --threads 1 \
	--output part.csv items
says "what is done is kept in part.csv.partial"
mv squeeze.sound squeeze
: >"$CALLS"
# shellcheck disable=SC2086 # words
run 0 matrix $request --output part.csv items
calls_are "$(left_after 2)"
is_whole part

# Real work, killed where it happens to be.
awk 'BEGIN { srand(2); for (n = 0; n < 200; n++) for (i = 0; i < 250; i++)
	printf "%s", substr("the of zip and length a Compressor", \
		int(rand() * 30) + 1, 1 + (n + i) % 8) >("text" n) }'
mkdir texts
mv text[0-9]* texts
request="--backend deflate:level=9,engine=library --memory 1M"
# shellcheck disable=SC2086 # words
run 0 matrix $request --threads 2 --output whole.npy texts
for threads in 1 2; do
	# shellcheck disable=SC2086 # words
	"$CODIST" matrix $request --threads $threads --output part.npy texts \
		>"$out" 2>"$err" &
	until [ -e part.npy.partial ] &&
		[ "$(rows_done part.npy.partial 200)" -gt 0 ]; do
		kill -0 $! 2>"$scratch/null" || break
	done
	kill -KILL $! || fail "it was done before it could be killed"
	wait $! 2>"$scratch/null"
	[ ! -e part.npy ] || fail "part.npy is there"
	# shellcheck disable=SC2086 # words
	run 0 matrix $request --threads $threads --output part.npy texts
	says "goes on with part.npy.partial, where "
	same part.npy whole.npy
	rm -f part.npy
done

# Ctrl-C; a shell has its background ignore that.
has_python signal || finish
: >gate
rm -f waiting
"$python" - "$CODIST" <<'END' || fail "interrupted"
import os, signal, subprocess, sys, time
request = ["--measure", "ncd,cdm,hamming", "--backend",
           "command:run=./squeeze", "--output", "part.csv", "items"]
run = subprocess.Popen(
    [sys.argv[1], "matrix", "--memory", "1", *request],
    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    env={**os.environ, "CALLS": "interrupted"},
    preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
while not os.path.exists("waiting"):
    assert run.poll() is None, run.communicate()
    time.sleep(0.01)
run.send_signal(signal.SIGINT)
time.sleep(0.3)
os.unlink("gate")
out, err = run.communicate()
assert run.returncode == -signal.SIGINT, (run.returncode, err)
assert out == b"" and b"kept in part.csv.partial" in err, (out, err)
END
rows=$(rows_done part.csv.partial 36)
run 0 matrix --measure ncd,cdm,hamming --backend command:run=./squeeze \
	--output part.csv items
calls_are "$(left_after $((rows / 2)))"
is_whole part
finish
