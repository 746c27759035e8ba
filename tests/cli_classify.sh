#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist classify: a small set against Python's zlib, and what it refuses.
. "${srcdir:-.}/tests/cli.sh"
. "${srcdir:-.}/tests/cli_idx.sh"
cd "$scratch" || exit 99
small set
mkdir o

misused "expected --data NAME, or else both" classify
misused "expected --data NAME, or else both" classify --train set/train
misused "expected --data NAME, or else both" \
	classify --data set --test set/test
misused "'set': expected options only" classify set
misused "level=10, expected a whole number 0..9" \
	classify --data set --backend deflate:level=10
misused "no measure is named 'pixel'; the nearest is 'pixels'" \
	classify --data set --measure pixel
misused "--measure is given twice" \
	classify --data set --measure pixels --measure pixels
misused "backend" \
	classify --data set --measure pixels --backend deflate
misused "logsumexp" \
	classify --data set --measure pixels --aggregate logsumexp
misused "nearest-mean" classify --data set --aggregate nearest-mean
misused "--limit 0: expected a whole number" classify --data set --limit 0
misused "--threads -1: expected a whole number" \
	classify --data set --threads=-1
misused "--memory 10Q: expected bytes" classify --data set --memory 10Q
misused "o/a: two outputs go there" \
	classify --data set --predictions o/a --scores o/a
misused "o/a.gif: cannot tell the figure's format" \
	classify --data set --figure o/a.gif
failed "none/a: cannot write: No such file or directory" \
	classify --data nothing --predictions none/a
failed "o: cannot write: Is a directory" \
	classify --data set --confusion o
failed "no data set 'nothing'" classify --data nothing
failed "passes over all 4 samples" \
	classify --train set/train --test idx:set/test,offset=4
failed "class '1' has no sample, expected at least one" \
	classify --train idx:set/train,limit=1 --test set/test
mkdir half
cp set/train-* half
failed "half: has a part 'train', but none 'test'" classify --data half
run 0 classify --train half --test set
run 0 classify --train idx:set/train --test idx:set/test
prints "test        idx:path=set/test,"
small other
{ images 4 4 2 && tail -c 32 set/t10k-images-idx3-ubyte; } \
	>other/t10k-images-idx3-ubyte
failed "samples 4x2, expected 2x4" classify --data other
small other
{ labels 4 && printf '\000\002\000\001'; } >other/t10k-labels-idx1-ubyte
failed "class '2' has no sample, expected at least one to train on" classify --data other
failed "exit status 1, expected 0" \
	classify --data set --backend command:false --predictions o/a \
	--scores o/s.npy
failed "no-such-program" \
	classify --data set --backend command:no-such-program
if [ -w /dev/full ]; then
	failed "/dev/full: cannot write: No space left on device" \
		classify --data set --predictions /dev/full
	failed "/dev/full: cannot write: No space left on device" \
		classify --data set --scores /dev/full
	status=0
	"$CODIST" classify --data set --predictions o/p >/dev/full 2>"$err" ||
		status=$?
	[ "$status" = 1 ] || fail "full disk: exit $status"
	says "standard output: cannot write: No space left on device"
	rm o/p
fi
only

# Neither threads nor memory change a byte.
for threads in 1 2; do
	run 0 classify --data set --threads $threads --memory $threads \
		--aggregate logsumexp --reference chunk:size=1 \
		--predictions o/p.$threads --confusion o/c.$threads \
		--scores o/s.$threads
	grep -v '^cost' "$out" >o/t.$threads
done
for file in p c s t; do
	same o/$file.1 o/$file.2
done
only c.1 c.2 p.1 p.2 s.1 s.2 t.1 t.2
rm o/*

run 0 classify --data set --predictions o/p.csv --confusion o/c.csv \
	--scores o/s.npy
for line in 'train       idx:path=set/train,' '  6 samples, 2 classes' \
	'backend' '  deflate:level=6,wbits=15,' '  zlib ' \
	'weighted avg' ' of 4' '95 % interval' '8 deltas'; do
	prints "$line"
done
too_wide=$(grep '.\{80\}' "$out")
[ -z "$too_wide" ] || fail "too wide: $too_wide"
cp "$out" text
# No byte of these images is 0, so all have as many pixels: every class ties.
run 0 classify --data set --measure pixels
prints 'correct     2 of 4'
prints 'ties        4 samples (100.00 %); accuracy 0.0000..1.0000 over'

# Of six training samples of two classes at most six can vote, or two.
run 0 classify --data set --aggregate knn:k=5
says "knn:k=5 among 2 references, one a class; --reference each takes single"
run 0 classify --data set --aggregate knn:k=7 --reference each
says "knn:k=7 among 6 references"
for quiet in "each --aggregate knn:k=6" "class --aggregate knn"; do
	# shellcheck disable=SC2086 # several words
	run 0 classify --data set --reference $quiet
	! grep -F 'knn:' "$err" || fail "$quiet: it said so"
done

has_python json || finish
run 0 classify --data set --format json
cp "$out" json
run 0 classify --data set --format csv --transform invert --limit 3
"$python" - "$out" <<'END' || fail "python disagrees"
import csv, hashlib, json, struct, sys, zlib

def samples(name):
    images = open(f"set/{name}-images-idx3-ubyte", "rb").read()[16:]
    labels = open(f"set/{name}-labels-idx1-ubyte", "rb").read()[8:]
    return [images[i:i + 8] for i in range(0, len(images), 8)], labels

def length(x):
    return 8 * len(zlib.compress(x))

train, train_labels = samples("train")
test, test_labels = samples("t10k")
classes = [b"".join(x for x, c in zip(train, train_labels) if c == k)
           for k in (0, 1)]
scores = [[length(p + x) - length(p) for p in classes] for x in test]
predicted = [row.index(min(row)) for row in scores]

rows = list(csv.reader(open("o/p.csv", newline="")))
assert rows[0] == ["index", "true", "predicted", "score_0", "score_1"]
assert [[float(x) for x in row] for row in rows[1:]] == \
    [[i, test_labels[i], predicted[i], *scores[i]] for i in range(4)]

confusion = [[sum(1 for t, p in zip(test_labels, predicted)
                  if (t, p) == (i, j)) for j in (0, 1)] for i in (0, 1)]
found = [[int(n) for n in row]
         for row in csv.reader(open("o/c.csv", newline=""))]
assert found == confusion, (found, confusion)

npy = open("o/s.npy", "rb").read()
assert b"'shape': (4, 2)" in npy[:128], npy[:128]
assert struct.unpack("<8d", npy[128:]) == tuple(sum(scores, []))

document = json.load(open("json"))
correct = sum(t == p for t, p in zip(test_labels, predicted))
assert document["n_correct"] == correct and document["n_samples"] == 4
assert document["confusion"] == confusion
tied = sum(row[0] == row[1] for row in scores)
assert document["n_tied"] == tied, (document["n_tied"], tied)
assert document["n_scores"] == 8 and document["n_references"] == 2
assert document["train"]["sha256"] == \
    hashlib.sha256(b"".join(train)).hexdigest()
assert document["classes"]["0"]["support"] == 2
# Wilson's interval of 3 of 4, or whatever it is, by its formula.
n, z, p = 4, 1.959963984540054, correct / 4
middle = (p + z * z / (2 * n)) / (1 + z * z / n)
half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
assert abs(document["wilson"][0] - (middle - half)) < 1e-12
assert abs(document["wilson"][1] - (middle + half)) < 1e-12
assert f"accuracy    {p:.4f}, 95 % interval {middle - half:.4f}.." in \
    open("text").read()

row, = csv.DictReader(open(sys.argv[1], newline=""))
assert row["n_samples"] == "3" and row["transforms"] == "invert"
assert row["test_sha256"] == hashlib.sha256(b"".join(test[:3])).hexdigest()
END

# A signal while the program waits for a compressor.
"$python" - "$CODIST" <<'END' || fail "interrupted"
import os, signal, subprocess, sys, time
open("o/c.csv", "w").write("old")
for name in "p.csv", "s.npy":
    os.unlink("o/" + name)
for number in signal.SIGINT, signal.SIGTERM:
    run = subprocess.Popen(
        [sys.argv[1], "classify", "--data", "set", "--predictions", "o/p.csv",
         "--confusion", "o/c.csv", "--scores", "o/s.npy", "--backend",
         "command:run=sh -c 'cat; touch started; sleep 0.3'"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    while not os.path.exists("started"):
        time.sleep(0.01)
    run.send_signal(number)
    out, err = run.communicate()
    assert run.returncode == -number, (run.returncode, err)
    assert out == b"" and b"interrupted" in err, (out, err)
    assert os.listdir("o") == ["c.csv"], os.listdir("o")
    assert open("o/c.csv").read() == "old"
    os.unlink("started")
END

# On a terminal, and only there, a line says how far the work is. Ten lengths
# of 0.3 s are asked for.
has_python pty || finish
"$python" - "$CODIST" <<'END' || fail "progress"
import os, pty, subprocess, sys
def run(stderr):
    return subprocess.run(
        [sys.argv[1], "classify", "--data", "set", "--threads", "1",
         "--backend", "command:run=sh -c 'cat; sleep 0.3'"],
        stdout=subprocess.PIPE, stderr=stderr, check=True)
# Of what is said without a terminal there is one line, of a sample in both parts.
assert run(subprocess.PIPE).stderr.count(b"\n") == 1
master, slave = pty.openpty()
run(slave)
os.close(slave)
drawn = b""
try:
    while piece := os.read(master, 4096):
        drawn += piece
except OSError:
    pass  # the end, on Linux
lines = drawn[drawn.index(b"\n") + 1:].split(b"\r")
assert lines[1].startswith(b"classify  ["), drawn
assert b" %  " in lines[1] and b" deltas/s  left: " in lines[1], drawn
assert lines[-2].strip() == b"" and lines[-1] == b"", drawn
assert all(len(line) < 80 for line in lines), drawn
END
finish
