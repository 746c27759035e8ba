#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program's frame: commands, options, help, standard files.
. "${srcdir:-.}/tests/cli.sh"

run 0 --version
prints "codist "
for library in zlib GSL jansson libyaml SQLite cairo libpng libcurl; do
	prints "  $library "
done
run 0 --help
cp "$out" "$scratch/help"
run 0 help
same "$out" "$scratch/help"
[ ! -s "$err" ] || fail "help said something"

# Every command that the help names has help of its own, with examples of it.
commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' "$scratch/help")
[ -n "$commands" ] || fail "the help names no commands"
for command in $commands; do
	run 0 help "$command"
	prints "Usage: codist $command"
	prints "  codist $command"
	cp "$out" "$scratch/help"
	run 0 "$command" --help
	same "$out" "$scratch/help"
	too_wide=$(grep -v '^  codist' "$out" | grep '.\{80\}')
	[ -z "$too_wide" ] || fail "help is too wide: $too_wide"
	misused "no option '-x'" "$command" -x
	misused "no option '--halp'; the nearest is '--help'" "$command" --halp
	misused "--help takes no argument" "$command" --help=1
done

misused "expected a command"
misused "no command 'lenght'; the nearest is 'length'" lenght
misused "no command 'version' (see codist help)" version
misused "no command 'lst'; the nearest is 'list'" help lst
misused "expected one command" help list length
misused "found '--verbose'" --verbose

misused "no option '--folds'" compare --folds 3
! grep nearest "$err" || fail "something is near --folds"
misused "aggregator knn: '5', expected key=value, such as k=5" \
	classify --data set --aggregate knn:5
misused "the nearest is 'ncd'" classify --data set --measure NCD
misused "no option '--formt'; the nearest is '--format'" list --formt=csv
misused "option '--me' may be --measure or --memory" classify --me=pixels
misused "--format is given twice" list --format csv --format csv
misused "--format xml: expected text, csv or json" list --format xml
misused "--format: expected FORMAT, found nothing" list --format=
misused "--figures: expected FOLDER, found nothing" reproduce --figures ''
misused "--format needs an argument, FORMAT" list --format
run 0 list backends --format csv
cp "$out" "$scratch/csv"
run 0 list --format=csv backends
same "$out" "$scratch/csv"
run 0 list --form csv -- backends
same "$out" "$scratch/csv"

# Standard output: a full disk, closed, a pipe that nobody reads.
if [ -w /dev/full ]; then
	for words in --version --help 'list --format json'; do
		status=0
		# shellcheck disable=SC2086
		"$CODIST" $words >/dev/full 2>"$err" || status=$?
		[ "$status" = 1 ] || fail "full disk: exit $status"
		says "standard output: cannot write: No space left on device"
	done
fi
status=0
"$CODIST" --version >&- 2>"$err" || status=$?
[ "$status" = 1 ] || fail "closed output: exit $status"
says "standard output: cannot write: Bad file descriptor"
mkfifo "$scratch/pipe"
exec 3<>"$scratch/pipe"
exec 4>"$scratch/pipe" 3<&-
status=0
"$CODIST" --version >&4 2>"$err" || status=$?
exec 4>&-
[ "$status" = 1 ] || fail "closed pipe: exit $status"
[ ! -s "$err" ] || fail "closed pipe: it says $(cat "$err")"
finish
