#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist reproduce: on a small set, and where there is MNIST on that.
. "${srcdir:-.}/tests/cli.sh"
. "${srcdir:-.}/tests/cli_idx.sh"
data=${CODIST_DATA:-/nonexistent}
unset CODIST_DATA XDG_DATA_HOME
HOME=$scratch/home
export HOME
cd "$scratch" || exit 99
small set
mkdir o

misused "'set': expected options only" reproduce set
misused "--only: no experiment 'knn'" reproduce --only deflate-default,knn
misused "--only: no experiment ''" reproduce --only deflate-default,
misused "--limit x: expected a whole number" reproduce --limit x
failed "set/none/deep: cannot make that folder" \
	reproduce --only deflate-default --data set --figures set/none/deep
failed "'codist fetch mnist' downloads it, and --data synthetic does without" \
	reproduce
says "$HOME/.local/share/codist/mnist"
failed "expected both samples to train on and samples to test" \
	reproduce --data set/train

run 0 reproduce --data set
prints "  6 samples to train on, 4 to test"
prints "Not compared with what was published: the data is not MNIST's."
! grep -q published "$out" || [ "$(grep -c published "$out")" -eq 1 ] ||
	fail "a column that compares"
[ "$(grep -c ' s$' "$out")" -eq 6 ] || fail "expected 6 runs"
prints "same run"
too_wide=$(grep '.\{80\}' "$out")
[ -z "$too_wide" ] || fail "too wide: $too_wide"

# All experiments are told of by the help, and can be chosen by name.
run 0 reproduce --data set --format csv --threads 1
head -1 "$out" | grep -q '^experiment,title,' || fail "no header"
sed 's/,[^,]*$//' "$out" >csv
run 0 reproduce --help
tr -cs 'a-z0-9-' '\n' <"$out" >help
for name in $(tail -n +2 csv | cut -d , -f 1); do
	grep -qx -- "$name" help || fail "no $name in the help"
	run 0 reproduce --data set --format csv --only "$name" --limit 3
	[ "$(wc -l <"$out")" -eq 2 ] || fail "--only $name gives other rows"
done
run 0 reproduce --data set --format csv --threads 2 --memory 1
sed 's/,[^,]*$//' "$out" >csv2
same csv csv2

"$CODIST" reproduce --data set --only nearest-mean-pixels,binarized-class \
	--figures o >"$out" 2>"$err" || says "built without cairo"
if [ ! -s "$err" ]; then
	only binarized-class.png nearest-mean-pixels.png
fi

if has_python json; then
	run 0 reproduce --data set --format json
	"$python" - "$out" csv <<'END' || fail "json differs from csv"
import csv, json, sys
document = json.load(open(sys.argv[1]))
assert document["train"]["samples"] == 6 and document["test"]["samples"] == 4
rows = list(csv.DictReader(open(sys.argv[2], newline="")))
assert document["complete"] is True
assert document["not_compared"] == "the data is not MNIST's"
assert len(rows) == 7
for a, b in zip(document["experiments"], rows, strict=True):
    for key in "experiment", "title", "verdict":
        assert a[key] == b[key], (a, b)
    for key in "samples", "correct", "run":
        assert a[key] == int(b[key]), (a, b)
    assert a["accuracy"] == float(b["accuracy"])
    assert b["published"] == b["cells_differ"] == ""
assert rows[3]["run"] == rows[4]["run"]  # they differ in the aggregator
END
fi

# A store is kept if it was asked for, has all experiments, and is gone on with.
mkdir tmp
TMPDIR=$scratch/tmp
export TMPDIR
run 0 reproduce --data set --format csv --only chunk64-mean --store kept.db
run 0 status kept.db --format csv
[ "$(grep -c ,waiting, "$out")" -eq 6 ] || fail "not 6 wait: $(cat "$out")"
run 0 reproduce --data set --format csv --store kept.db
cp "$out" rows
sed 's/,[^,]*$//' rows >csv2
same csv csv2
run 0 reproduce --data set --format csv --store kept.db
same rows "$out" # times, too, are those of the store
run 0 stats kept.db
run 0 export kept.db
[ "$(wc -l <"$out")" -eq 8 ] || fail "not 7 runs: $(cat "$out")"
run 0 reproduce --data set
failed "no store" reproduce --data set --store csv
TMPDIR=$scratch/none
failed "TMPDIR may name another place" reproduce --data set
TMPDIR=$scratch/tmp
left=$(ls tmp)
[ -z "$left" ] || fail "left in TMPDIR: $left"

# Whatever the folder is called, the study has it.
cp -r set 'a "set" of \4: #1'
run 0 reproduce --data 'a "set" of \4: #1' --only nearest-mean-pixels
prints "6 samples to train on, 4 to test"

# The synthetic digits are there without any data.
run 0 reproduce --data synthetic --limit 5 --only nearest-mean-pixels
prints "Not compared"

if [ ! -e "$data/mnist/train-images-idx3-ubyte.gz" ]; then
	echo "no MNIST in \$CODIST_DATA: only a small set was tried"
	finish
fi
# A folder, or one that holds it; compared, as it is all of MNIST.
run 0 reproduce --data "$data" --only nearest-mean-pixels
prints "nearest-mean-pixels       2201     2201    0.2201     not known"
prints "The experiment agrees with what was published."
! grep -q "agrees only" "$out" ||
	fail "an exact count agrees only within a range"
run 0 reproduce --data "$data" --only knn20-pixels
prints "knn20-pixels agrees only in that its count is within the expected range."
run 0 reproduce --data "$data/mnist" --only nearest-mean-pixels --limit 9999
prints "--limit left some test samples out"

# Rows that are printed stay when a signal comes, and are all there is.
has_python signal,sqlite3 || finish
"$python" - "$CODIST" "$data/mnist" <<'END' || fail "interrupted"
import os, signal, sqlite3, subprocess, sys, time
run = subprocess.Popen(
    [sys.argv[1], "reproduce", "--data", sys.argv[2], "--format", "csv",
     "--only", "deflate-default,deflate-wbits-10", "--limit", "200"],
    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
first = [run.stdout.readline() for _ in range(2)]
run.send_signal(signal.SIGINT)
out, err = run.communicate()
assert run.returncode == -signal.SIGINT, (run.returncode, err)
assert first[1].startswith(b"deflate-default,"), first
assert out == b"" and b"interrupted" in err, (out, err)
assert not os.listdir("tmp")

# Killed in the middle of its second row, it goes on there with a store. Columns
# are saved every 2.5 s: there must be samples enough that the row takes longer.
words = [sys.argv[1], "reproduce", "--data", sys.argv[2], "--format", "csv",
         "--limit", "2000", "--store", "killed.db", "--threads", "1",
         "--only", "chunk64-mean,deflate-default"]
run = subprocess.Popen(words, stdout=subprocess.PIPE)
rows = [run.stdout.readline() for _ in range(2)]
store = sqlite3.connect("killed.db")
for _ in range(600):
    time.sleep(0.05)
    n_saved, = store.execute("SELECT sum(columns) FROM partial").fetchone()
    if n_saved:
        break
assert run.poll() is None and 0 < n_saved < 938, n_saved
store.close()
run.kill()
assert run.wait() == -signal.SIGKILL
again = subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout
assert again.startswith(b"".join(rows)), (rows, again)
assert again.count(b"\n") == 3, again
END
finish
