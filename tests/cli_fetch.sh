#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist fetch: what it says without a network, and MNIST from this machine.
. "${srcdir:-.}/tests/cli.sh"
mnist=${CODIST_DATA:-/nonexistent}/mnist
cd "$scratch" || exit 99
unset CODIST_DATA XDG_DATA_HOME http_proxy HTTP_PROXY all_proxy ALL_PROXY
HOME=$scratch
export HOME
mkdir o

misused "expected the name of one data set" fetch
misused "expected the name of one data set" fetch mnist mnist
misused "cifar" fetch cifar
misused "--to is given twice" fetch mnist --to a --to b
: >file
failed "file" fetch mnist --to file/here

# Files that are there and wrong are named, and left as they are.
echo "not MNIST" >o/train-images-idx3-ubyte
failed "o/train-images-idx3-ubyte" \
	fetch mnist --to o --mirror http://127.0.0.1:1
only train-images-idx3-ubyte
rm o/train-images-idx3-ubyte

status=0
"$CODIST" fetch mnist --to o --mirror http://127.0.0.1:1 >"$out" 2>"$err" ||
	status=$?
[ "$status" = 1 ] || fail "no mirror: exit $status"
if grep -q libcurl "$err"; then
	echo "built without libcurl: downloads are not tested"
	finish
fi
says "http://127.0.0.1:1/train-images-idx3-ubyte.gz"

if [ ! -e "$mnist/train-images-idx3-ubyte.gz" ] || ! has_python http.server
then
	echo "no MNIST in \$CODIST_DATA, or no python3: downloads not tested"
	finish
fi
"$python" - "$CODIST" "$mnist" <<'END' || fail "downloads"
import functools, http.server, os, signal, subprocess, sys, threading, time

class Quiet(http.server.SimpleHTTPRequestHandler):
    slow = False

    def copyfile(self, source, outputfile):
        try:
            while data := source.read(1 << 14):
                outputfile.write(data)
                if self.slow:
                    time.sleep(0.02)
        except OSError:
            pass  # the other side has heard enough

    def log_message(self, *args):
        pass

program, folder = sys.argv[1:]
server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
fetch = [program, "fetch", "mnist", "--mirror",
         f"http://127.0.0.1:{server.server_port}"]
names = [f"{part}-{kind}-ubyte.gz" for part in ("t10k", "train")
         for kind in ("images-idx3", "labels-idx1")]

Quiet.slow = True
run = subprocess.Popen([*fetch, "--to", "o"], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE,
                       preexec_fn=lambda: signal.signal(signal.SIGINT,
                                                        signal.SIG_DFL))
while not os.listdir("o"):
    time.sleep(0.01)
run.send_signal(signal.SIGINT)
out, err = run.communicate()
assert run.returncode == -signal.SIGINT, (run.returncode, err)
assert out == b"" and b"interrupted" in err, (out, err)
assert not set(os.listdir("o")) & set(names), os.listdir("o")

Quiet.slow = False
for arguments, place in (["--to", "o"], "o"), ([], ".local/share/codist/mnist"):
    run = subprocess.run([*fetch, *arguments], capture_output=True)
    assert run.returncode == 0 and run.stderr == b"", run
    printed = run.stdout.decode()
    assert os.path.realpath(printed[:-1]) == os.path.realpath(place), printed
    assert sorted(os.listdir(place)) == names, os.listdir(place)
    for name in names:
        with open(f"{folder}/{name}", "rb") as a, \
             open(f"{place}/{name}", "rb") as b:
            assert a.read() == b.read(), name

server.shutdown()
run = subprocess.run([*fetch, "--to", "o"], capture_output=True)
assert run.returncode == 0, run  # all is there, and nothing is asked for
END
run 0 data mnist
finish
