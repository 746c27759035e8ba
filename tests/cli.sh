# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of the program share; sourced by each of them.
# shellcheck shell=sh
set -u
. "${srcdir:-.}/tests/python.sh"
: "${CODIST:?it names the program to be tested}"
case $CODIST in
/*) ;;
*) CODIST=$PWD/$CODIST ;;
esac
# In a build folder that is libtool's wrapper, slower than most of our runs.
libs=${CODIST%/*}/.libs
if [ -x "$libs/codist" ]; then
	CODIST=$libs/codist
	LD_LIBRARY_PATH=$libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
	export LD_LIBRARY_PATH
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
out=$scratch/.out
err=$scratch/.err
failures=0
unset CODIST_PLUGINS

fail() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# run STATUS ARGUMENT...: how the program should end; what it prints is in
# $out and $err.
run() {
	expected=$1
	shift
	status=0
	"$CODIST" "$@" >"$out" 2>"$err" </dev/null || status=$?
	[ "$status" = "$expected" ] && return
	fail "codist $*: exit $status, expected $expected"
	head -5 "$err"
}

# misused MESSAGE ARGUMENT...: exit 2, nothing printed, and a hint.
misused() {
	message=$1
	shift
	run 2 "$@"
	says "$message"
	says "--help'"
	[ ! -s "$out" ] || fail "codist $*: printed something"
}

# failed MESSAGE ARGUMENT...: exit 1.
failed() {
	message=$1
	shift
	run 1 "$@"
	says "$message"
}

# Both take a fixed string.
says() {
	grep -qF -- "$1" "$err" && return
	fail "no '$1' in what was said:"
	cat "$err"
}

prints() {
	grep -qF -- "$1" "$out" && return
	fail "no '$1' in what was printed:"
	head -20 "$out"
}

# same FILE FILE: the same bytes.
same() {
	cmp -s "$1" "$2" && return
	fail "$1 and $2 differ:"
	diff "$1" "$2" | head -10
}

# empty_but NAME...: the folder $scratch/o has these files and no others.
only() {
	found=$(cd "$scratch/o" && find . ! -name . | sed 's|^\./||' | sort |
		tr '\n' ' ')
	[ "$found" = "${*:+$* }" ] || fail "files '$found', expected '$*'"
}

finish() {
	[ "$failures" = 0 ] || echo "$failures failures"
	[ "$failures" = 0 ]
	exit
}
