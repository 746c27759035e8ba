#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# codist --plugin and $CODIST_PLUGINS: what shared objects offer, and what is
# refused of them.
. "${srcdir:-.}/tests/cli.sh"
here=$(cd "${srcdir:-.}" && pwd)
cd "$scratch" || exit 99

# compile SOURCE OBJECT OPTION...
compile() {
	source=$here/tests/plugins/$1
	object=$2
	shift 2
	# shellcheck disable=SC2086 # CC may bear options
	${CC:-cc} -std=gnu11 -w -shared -fPIC "-I$here/src/api" "$@" \
		-o "$object" "$source"
}

echo 'int none;' >none.c
# shellcheck disable=SC2086
if ! ${CC:-cc} -shared -fPIC -o none.so none.c; then
	echo "${CC:-cc} makes no shared objects here"
	exit 77
fi
compile all.c all.so || exit 1
if [ ! -e "$libs/libcodist.so" ]; then
	run 1 --plugin ./all.so list # which calls what this program hides
	finish
fi

# What is loaded is listed, found and used, at every door.
run 0 --plugin ./all.so list
for name in four next mirror each-again first-byte odd-ones last-class; do
	prints "  $name - "
done
prints "    from ./all.so"
prints "    step=1..9"
run 0 --plugin ./all.so list --format csv
prints "backend,odd-ones,some of the bytes,odd,,step,integer,1..9,2,no,no,every so many are counted,./all.so"
printf 'eight, 8' >eight
printf 1 >one
run 0 --plugin=all.so length --format csv --backend odd-ones:step=4 \
	--given eight eight
prints "eight,8,2,16,2,16"
failed "one byte is too odd for me" \
	--plugin all.so length --backend odd-ones one
run 2 --plugin all.so length --backend odd-ones:step=0 eight
says "backend odd-ones: step=0, expected a whole number 1..9"
# All are said to be of the last class, as two of the four are.
run 0 --plugin all.so classify --train four --test four --transform next \
	--reference each-again --measure first-byte --aggregate last-class \
	--format csv
prints ",last-class,4,2,0.5,"
# A transform of images, which makes three of each of the 2,400 to train on.
run 0 --plugin all.so classify --data synthetic --limit 10 --reference each \
	--backend null --transform mirror --format json
prints '"n_references": 7200,'

# By the environment; a file that is named again is not taken again.
CODIST_PLUGINS=::./all.so:./all.so: "$CODIST" --plugin all.so list loaders \
	>"$out" 2>"$err" || fail "CODIST_PLUGINS: $(cat "$err")"
[ "$(grep -c '^  four - ' "$out")" = 1 ] || fail "not listed once"
status=0
CODIST_PLUGINS=./missing.so "$CODIST" list >"$out" 2>"$err" || status=$?
[ "$status" = 1 ] || fail "a missing file in CODIST_PLUGINS: exit $status"
says "codist: plug-in ./missing.so: cannot open: No such file or directory"

# refused MESSAGE OPTION...: bad.c, compiled that way, is not loaded, and the
# message is that of the plug-in bad.so.
refused() {
	message=$1
	shift
	compile bad.c bad.so "$@" || fail "bad.c does not compile with $*"
	failed "codist: plug-in bad.so: $message" --plugin bad.so list
	[ ! -s "$out" ] || fail "$message: printed something"
}

compile bad.c bad.so
run 0 --plugin bad.so length --backend bad eight
misused "--plugin needs an argument, FILE" --plugin
misused "--plugin needs an argument, FILE" --plugin= list
misused "found '--plugins'" --plugins bad.so list
misused "--plugin stands before the command" list --plugin bad.so
misused "expected a command" --plugin bad.so
failed "codist: plug-in missing.so: cannot open: No such file or directory" \
	--plugin missing.so list
failed "codist: plug-in .: not a file, expected a shared object" \
	--plugin . list
mkfifo fifo
failed "codist: plug-in fifo: not a file" --plugin fifo list
failed "codist: plug-in none.c: not a shared object that can be loaded: " \
	--plugin none.c list
failed "codist: plug-in none.so: no symbol codist_plugins_v1" \
	--plugin none.so list
: >empty.so
failed "codist: plug-in empty.so: not a shared object that can be loaded: " \
	--plugin empty.so list
refused "no symbol codist_plugins_v1" -DENTRY=codist_plugins_v0
refused "not a shared object that can be loaded: " -DCALLS=no_such_function
refused "compiled for version 99 of the plug-in interface, expected 2" \
	'-DABI={99}'
refused "compiled by the headers of another codist: struct codist_option has 7 bytes, expected " \
	'-DABI={2,7}'

refused "backend '': the name is not a-z 0-9 -" '-DNAME=0'
refused "backend '': the name is not a-z 0-9 -" '-DNAME=""'
refused "backend 'Bad': the name is not a-z 0-9 -" '-DNAME="Bad"'
refused "backend 'a:b': the name is not a-z 0-9 -" '-DNAME="a:b"'
refused "backend deflate: the name is taken by codist's own" \
	'-DNAME="deflate"'
refused "backend bad: the name is taken by another one in the same file" \
	'-DBACKENDS=&backend,&backend,'
compile bad.c bad.so
compile bad.c first.so -DTRANSFORMS=
failed "plug-in bad.so: backend bad: the name is taken by first.so" \
	--plugin first.so --plugin bad.so list
refused "backend bad: no summary" '-DSUMMARY=""'
refused "backend bad: it has no library's name" -DLIBRARY=0
refused "backend bad: it has no length()" -DLENGTH=0
refused "backend bad: it has no prime()" -DMORE=.is_dictionary=1
refused "backend bad: it has no prime()" '-DMORE=.length_added=(void*)1'
refused "backend bad: it has no length_primed() besides prime()" \
	'-DMORE=.prime=(void*)1'
refused "backend bad: it has no prepared_size() besides prepare()" \
	'-DMORE=.prepare=(void*)1,.prime=(void*)1,.length_primed=(void*)1'

refused "transform worse: it has no apply() or apply_image()" -DTRANSFORM=
refused "transform worse: it has no apply_copy() besides n_copies()" \
	'-DTRANSFORM=.apply_image=apply_image,.n_copies=(void*)1'
refused "transform worse: it has no n_copies() besides apply_copy()" \
	'-DTRANSFORM=.apply_image=apply_image,.apply_copy=(void*)1'
refused "transform worse: it has no apply_image() besides apply_copy()" \
	'-DTRANSFORM=.apply=(void*)1,.n_copies=(void*)1,.apply_copy=(void*)1'

# of_option MESSAGE OPTION: it replaces the first option of the table
of_option() {
	refused "backend bad: $1" "-DOPTION=$2"
}
of_option "option 'A': its name is not a-z 0-9 - _" '.name="A"'
of_option "option 'n': no such type of option" '.name="n",.type=9'
of_option "option 'n': no help" '.name="n",.help=0'
of_option "option 'n': its field is not within config_size" \
	'.name="n",.offset=1000'
of_option "option 'n': its field is not within config_size" \
	'.name="n",.offset=-8'
of_option "option 'n': its field is not aligned" '.name="n",.offset=1'
of_option "option 'n': no choices" '.name="n",.type=CODIST_CHOICE'
of_option "option 'n': its minimum is not below its maximum" \
	'.name="n",.minimum=2,.maximum=1'
of_option "option 'n': its range is beyond 2^53" '.name="n",.maximum=1e16'
of_option "n=7, expected a whole number 0..3" \
	'.name="n",.maximum=3,.fallback="7"'
second='{.name="m",.help="m",.maximum=1,'
refused "backend bad: option 'n': there are two of that name" \
	'-DOPTION=.name="n",.maximum=1' "-DSECOND=$second.name=\"n\"},"
refused "backend bad: option 'n': it is not the only positional one" \
	'-DOPTION=.name="n",.maximum=1,.positional=1' \
	"-DSECOND=$second.positional=1,.offset=8},"
refused "backend bad: option 'n': its field is also that of another" \
	'-DOPTION=.name="n",.maximum=1' \
	"-DSECOND=$second.type=CODIST_CHOICE,.offset=4},"
finish
