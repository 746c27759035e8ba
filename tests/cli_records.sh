#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The example of doc/add-a-dataset.md: built, loaded, and what it refuses.
. "${srcdir:-.}/tests/cli.sh"
here=$(cd "${srcdir:-.}" && pwd)
cd "$scratch" || exit 99

echo 'int none;' >none.c
# shellcheck disable=SC2086 # CC may bear options
if ! ${CC:-cc} -shared -fPIC -o none.so none.c; then
	echo "${CC:-cc} makes no shared objects here"
	exit 77
fi
if [ ! -e "$libs/libcodist.so" ]; then
	echo "no shared libcodist: plug-ins are not tried"
	exit 77
fi
# shellcheck disable=SC2086
${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -shared -fPIC \
	"-I$here/src/api" -o records.so "$here/doc/examples/records/records.c" ||
	exit 1

# records MESSAGE SPEC: it is refused so
records() { failed "$1" --plugin ./records.so data "$2"; }

printf 'Ab1Bx2Ac3' >three
run 0 --plugin ./records.so data records:three,nbytes=2
for line in '  samples   3, of 2 classes' '  shape     2' '  bytes     6' \
	'65           2' '66           1'; do
	prints "$line"
done
if command -v sha256sum >/dev/null; then
	sum=$(printf 'b1x2c3' | sha256sum | cut -d ' ' -f 1)
	prints "  SHA-256   $sum"
fi
records "three: record 1 has 4 bytes, expected 5" records:three,nbytes=4
records "none: cannot read: No such file" records:none
records ".: cannot read: Is a directory" records:.
: >empty
records "empty: no samples, expected at least one" records:empty
run 2 --plugin ./records.so data records:three,nbytes=0
says "loader records: nbytes=0, expected a whole number 1..1000000000"
printf 'AabBabAcdBcd' >four
run 0 --plugin ./records.so classify --train records:three,nbytes=2 \
	--test records:four,nbytes=2 --reference each --measure pixels \
	--aggregate min --format csv
prints ",4,2,0.5,"
finish
