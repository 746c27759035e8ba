#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist run ends in the same bytes however often it is killed, and at what
# moment; and refuses what would mix results.
. "${srcdir:-.}/tests/cli.sh"
unset CODIST_DATA
cd "$scratch" || exit 99
cat >s.yaml <<'END'
data: synthetic
train.limit: 200
test.limit: 100
transform: [none, binarize, binarize + pack]
reference: chunk:size=4
backend: deflate:level=6|9,engine=library
aggregate: [logsumexp, mean]
END
has_python sqlite3,signal || {
	echo "no Python to kill it"
	exit 77
}
all() {
	for what in runs predictions confusion; do
		run 0 export "$1" --what "$what"
		cat "$out"
	done >"$2"
}
run 0 run s.yaml --output whole.db
all whole.db whole

# How long it takes is not known, so moments are drawn from growing times; a
# store that is done before 20 kills is compared, and begun anew.
"$python" - "$CODIST" <<'END' || fail "killed"
import os, random, signal, subprocess, sys
draw = random.Random(1)
whole = open("whole", "rb").read()
n_killed, limit = 0, 0.05
while True:
    run = subprocess.Popen([sys.argv[1], "run", "s.yaml", "--output", "k.db"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        err = run.communicate(timeout=draw.uniform(0.01, limit))[1]
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        err = run.communicate()[1]
        n_killed += 1
        limit = min(limit * 1.2, 20)
        continue
    if run.returncode != 0:
        sys.exit("%d: %s" % (run.returncode, err))
    found = b"".join(subprocess.run(
        [sys.argv[1], "export", "k.db", "--what", what],
        stdout=subprocess.PIPE, check=True).stdout
        for what in ("runs", "predictions", "confusion"))
    assert found == whole, "another result after %d kills" % n_killed
    if n_killed >= 20:
        break
    os.remove("k.db")
    limit /= 4
END

# An interrupt finishes what is at hand, and says how to go on.
"$python" - "$CODIST" <<'END' || fail "interrupted"
import signal, subprocess, sys, time, sqlite3
run = subprocess.Popen([sys.argv[1], "run", "s.yaml", "--output", "i.db"],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       preexec_fn=lambda: signal.signal(signal.SIGINT,
                                                        signal.SIG_DFL))
# Another process is refused meanwhile, and others may look.
while run.poll() is None:
    try:
        n = sqlite3.connect("file:i.db?mode=ro", uri=True).execute(
            "SELECT count(*) FROM run WHERE state <> 'waiting'").fetchone()[0]
    except sqlite3.Error:
        continue
    if n:
        break
run.send_signal(signal.SIGSTOP)  # that it does not end meanwhile
second = subprocess.run([sys.argv[1], "run", "s.yaml", "--output", "i.db"],
                        capture_output=True)
assert second.returncode == 2, second
assert b"another process is at work on it" in second.stderr, second.stderr
status = subprocess.run([sys.argv[1], "status", "i.db"], capture_output=True)
assert status.returncode == 0 and b"12 runs" in status.stdout, status
run.send_signal(signal.SIGINT)
run.send_signal(signal.SIGCONT)
out, err = run.communicate()
assert run.returncode == -signal.SIGINT, (run.returncode, err)
assert b"the same command goes on with it" in err and out == b"", (out, err)
END
run 0 run s.yaml --output i.db
all i.db interrupted
same whole interrupted

# Results of another library, data, or time are not mixed in.
# change SQL: a store in which something was otherwise.
change() {
	cp whole.db other.db
	"$python" -c 'import sqlite3, sys
with sqlite3.connect("other.db") as db: db.executescript(sys.argv[1])' "$1"
}
sed 's/mean\]/mean, min]/' s.yaml >more.yaml
change "UPDATE backend SET version = '1.0'"
misused "results are of zlib 1.0 with digest" run more.yaml --output other.db
misused "run 'none/deflate:engine=library/logsumexp'" run more.yaml \
	--output other.db
run 0 export other.db --what predictions
cp "$out" kept
run 0 export whole.db --what predictions
same "$out" kept
run 0 run more.yaml --output other.db --changed renew
says "results of it are made anew"
run 0 run more.yaml --output more.db
all more.db more
all other.db renewed
same more renewed
change "UPDATE data SET test_checksum = 'abc', test_samples = 7"
misused "test samples were 7 with SHA-256 abc" run more.yaml --output other.db
run 0 run more.yaml --output other.db --changed renew
all other.db renewed
same more renewed
for command in "run s.yaml --output" status stats report export; do
	change "PRAGMA user_version = 6"
	# shellcheck disable=SC2086 # words
	failed "other.db: a store of version 6, expected 5" $command other.db
	says "a later codist reads it"
	change "PRAGMA user_version = 4"
	# shellcheck disable=SC2086
	failed "other.db: a store of version 4, expected 5" $command other.db
	says "codist run makes another under another name"
done
change "PRAGMA application_id = 0"
failed "a database, but no store" run s.yaml --output other.db

# A page that a disk lost is found, whatever is asked of the store.
"$python" - <<'END' || fail "no page to lose"
import sqlite3
with sqlite3.connect("whole.db") as db:
    size, = db.execute("PRAGMA page_size").fetchone()
    blobs = [row[0] for row in db.execute(
        "SELECT scores FROM prediction WHERE run = 6")]
with open("whole.db", "rb") as file:
    whole = file.read()
# A leaf of a tree without row ids begins with 10.
page = next(at for at in (whole.find(blob) // size * size for blob in blobs)
            if at > 0 and whole[at] == 10)
with open("lost.db", "wb") as file:
    file.write(whole[:page] + bytes(size) + whole[page + size:])
END
cp lost.db before.db
for command in "run s.yaml --output" stats report export \
	"status --check" "merge --output no.db"; do
	# shellcheck disable=SC2086
	failed "lost.db: is damaged, or no store: " $command lost.db
	says "'sqlite3 FILE .recover' may save what is in it"
done
sed 's/^train.limit: 200/validate: 0.5/; s/^test.limit.*//
s/data: synthetic/train: synthetic:part=train,n=40\
test: synthetic:part=test,n=20/' s.yaml >tuned.yaml
failed "lost.db: is damaged, or no store: " tune tuned.yaml --output lost.db
run 0 status whole.db --check
prints "whole.db: whole"

# The log of a run that was killed is read where the folder can be written to;
# what has no cause of the system's names none.
mkdir locked && cp whole.db locked/k.db
"$python" - "$CODIST" <<'END' || fail "a folder that cannot be written to"
import os, shutil, sqlite3, subprocess, sys
db = sqlite3.connect("locked/k.db")
db.execute("PRAGMA journal_mode = WAL")
db.execute("UPDATE study SET title = 'x'")
db.commit()
shutil.copy("locked/k.db-wal", "log")
db.close()
shutil.copy("log", "locked/k.db-wal")
os.chmod(".", 0o755)
os.chmod("locked", 0o555)
asked = subprocess.run(
    [sys.argv[1], "status", "locked/k.db"], capture_output=True, text=True,
    preexec_fn=lambda: os.geteuid() or os.setuid(65534))
os.chmod("locked", 0o755)
assert asked.returncode == 1, asked
assert "the folder must be writable to read its store" in asked.stderr, asked
assert "Success" not in asked.stderr, asked
END

# A full disk loses nothing that was done.
(
	ulimit -f 300
	trap '' XFSZ
	"$CODIST" run s.yaml --output full.db >"$out" 2>"$err"
) && fail "a full disk goes unnoticed"
says "full.db: cannot"
run 0 run s.yaml --output full.db
all full.db full
same whole full
# A trial of what is slow ends in time, and when it is asked to. Each length takes
# a twentieth of a second at least, and each of 100 references takes 601 of them.
cat >slow.yaml <<'END'
data: synthetic
train.limit: 100
test.limit: 600
reference: each
backend: "command:sh -c 'sleep 0.05; cat'"
END
"$python" - "$CODIST" <<'END' || fail "a slow trial"
import csv, signal, subprocess, sys, time

trial = [sys.argv[1], "run", "--dry-run", "--threads", "1", "--format", "csv"]
began = time.monotonic()
made = subprocess.run(trial + ["slow.yaml"], stdout=subprocess.PIPE, check=True)
took = time.monotonic() - began
assert took < 20, took
(row,) = csv.DictReader(made.stdout.decode().splitlines())
assert float(row["seconds"]) >= 100 * 601 * 0.05, row

with open("slow.yaml") as file:
    text = file.read().replace("0.05", "1")
with open("slower.yaml", "w") as file:
    file.write(text)
run = subprocess.Popen(
    trial + ["slower.yaml"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
time.sleep(1.5)
run.send_signal(signal.SIGINT)
out, err = run.communicate(timeout=20)
assert run.returncode == -signal.SIGINT, (run.returncode, err)
assert not out, out
END
finish
