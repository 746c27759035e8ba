#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist check-backend: what it prints, and how it ends.
. "${srcdir:-.}/tests/cli.sh"

misused "expected one backend" check-backend
misused "expected one backend" check-backend deflate null
misused "level=10, expected" check-backend deflate:level=10
run 0 check-backend null
prints "PASS            C(x) repeats"
prints "NOT APPLICABLE  what is prepared has the same length"
! grep -q FAIL "$out" || fail "null fails"
run 0 check-backend deflate:level=1 --format csv
prints "verdict,property,detail"
[ "$(grep -c '^PASS,' "$out")" = 7 ] || fail "not seven properties hold"
# A program that fails, and one that is not there.
failed "1 of 8 properties do not hold" check-backend 'command:sh -c "exit 3"'
prints "exit status 3, expected 0"
run 1 check-backend command:no-such-program --format json
prints '"verdict": "FAIL"'
prints "no such program on the PATH"
prints '"verdict": "NOT APPLICABLE"'
# It ends at once when it is told to, as there is nothing to be kept.
timeout -s TERM -k 5 1 "$CODIST" check-backend 'command:sleep 1' >"$out" 2>&1
[ $? = 124 ] || fail "it goes on when it is told to end"
finish
