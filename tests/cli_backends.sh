#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist backends: libraries, versions and digests; and digests beside results.
. "${srcdir:-.}/tests/cli.sh"
cd "$scratch" || exit 99

run 0 backends
prints "deflate "
prints "  zlib "
! grep -q digest "$out" || fail "a digest that was not asked for"
! grep -q '^command ' "$out" || fail "command needs an option, and is listed"
run 0 backends 'command:run=gzip -n -c' --format csv
prints "backend,library,library_version,engine,granularity_bits"
prints '"command:run=gzip -n -c,timeout=60",a program on the PATH,unknown,'
run 0 backends deflate:level='1|9',unit=bit null
[ "$(wc -l <"$out")" = 4 ] || fail "not three backends: $(cat "$out")"

# The sizes of the sample are known; tests/test_golden.c has the working.
run 0 backends --self-test null
prints "83558e4ebb1415bf  nothing is known"
run 0 backends --self-test null --format json
prints '"golden_digest": "83558e4ebb1415bf"'
prints '"known_version": null'

misused "the nearest is 'deflate'" backends deflat
misused "level=10, expected" backends --self-test deflate:level=10
misused "--self-test takes no argument" backends --self-test=yes
misused "--self-test is given twice" backends --self-test --self-test
# What is done is printed, and what failed is told.
failed "no such program" backends --self-test null command:no-such-program
prints "83558e4ebb1415bf"
failed "exit status 3" backends --self-test 'command:sh -c "exit 3"'
[ ! -s "$out" ] || fail "something is printed of nothing"

# One digest, whatever tells it.
digest_of() {
	"$CODIST" backends --self-test --format csv "$1" |
		sed 's/^"[^"]*"/spec/' | sed 1d | cut -d , -f 6
}
digest=$(digest_of deflate:level=9)
[ "$digest" = "$(digest_of deflate:level=9,engine=library)" ] ||
	fail "the engines have digests of their own"
[ "$digest" != "$(digest_of deflate:level=1)" ] ||
	fail "two levels have one digest"
echo some text >file
in_json="\"golden_digest\": \"$digest\""
set -- --train synthetic:n=100 --test synthetic:part=test,n=10
run 0 length --backend deflate:level=9 --format json file
prints "$in_json"
run 0 check-backend deflate:level=9 --format json
prints "$in_json"
run 0 normality --backends deflate:level=9 --window-limit 1000 --format json file
prints "$in_json"
run 0 normality --backends deflate:level=9 --window-limit 1000 --format csv file
prints ",$digest,"
run 0 compare "$@" --backends null,deflate:level=9 --format json
prints "$in_json"
run 0 compare "$@" --backends null,deflate:level=9 --format csv
prints ",$digest,"
run 0 compare "$@" --backends null,deflate:level=9
prints "deflate:level=9: zlib "
prints ", digest $digest"
run 0 classify "$@" --backend deflate:level=9 --format json
prints "$in_json"
run 0 classify "$@" --backend deflate:level=9 --format csv
prints ",$digest,"
run 0 classify "$@" --backend deflate:level=9
prints ", digest $digest, engine "
run 0 classify "$@" --measure pixels --format csv
prints ",golden_digest,"
run 0 reproduce --data synthetic --limit 5 --only chunk64-mean --format json
prints "$in_json"
run 0 reproduce --data synthetic --limit 5 --only chunk64-mean --format csv
prints ",$digest,"
digest=$(digest_of deflate:level=9,wbits=31)
run 0 classify-files --class a=file file
prints ", digest $digest"
run 0 classify-files --class a=file file --format json
prints "\"golden_digest\": \"$digest\""
# A program that fails on the sample need not fail on the file.
run 0 length --format json file \
	--backend "command:run=sh -c 'test \$(wc -c) -eq 10 && echo x'"
prints '"golden_digest": null'
finish
