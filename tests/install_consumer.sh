#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install_consumer.sh SOURCE PREFIX LIBDIR VERSION - called by make installcheck
# A program builds against what was installed, told by pkg-config alone, with
# the shared library and with the static one, and runs.
set -eu
source=$1 prefix=$2 libdir=$3 version=$4
: "${CC:=cc}" "${CFLAGS:=}" "${PKG_CONFIG:=pkg-config}"
PKG_CONFIG_PATH=$libdir/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# RFC 1951, 3.2.4: three bits of a header, five to the next byte, four bytes of
# lengths, then the 1,000.
expected="$version $(((1 + 4 + 1000) * 8))"

# ask LIBDIR OPTION... - pkg-config, wherever the installation stands now
ask()
{
	at=$1
	shift
	"$PKG_CONFIG" --define-variable=prefix="$prefix" \
		--define-variable=libdir="$at" "$@" codist
}

# try KIND PROGRAM
try()
{
	said=$(LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} \
		"$2")
	if [ "$said" != "$expected" ]; then
		echo "the $1 consumer says '$said', expected '$expected'"
		exit 1
	fi
	echo "the $1 consumer says '$said'"
}

if [ "$(ask "$libdir" --modversion)" != "$version" ]; then
	echo "codist.pc is of another version than $version"
	exit 1
fi

n=0
# shellcheck disable=SC2046,SC2086
if [ -e "$libdir/libcodist.so" ]; then
	$CC $CFLAGS -o "$scratch/shared" "$source" \
		$(ask "$libdir" --cflags --libs)
	try shared "$scratch/shared"
	n=$((n + 1))
fi

# A folder without the shared one makes the linker take the static one. Of
# the libraries that pkg-config names, those below ours may be there only as
# shared ones, which bring along what they need; that then need not be there
# for the linker, as the development files of libcurl's libraries often aren't.
# shellcheck disable=SC2046,SC2086
if [ -e "$libdir/libcodist.a" ]; then
	mkdir "$scratch/only"
	cp "$libdir/libcodist.a" "$scratch/only"
	echo 'int main(void) { return 0; }' >"$scratch/empty.c"
	libraries=
	for word in $(ask "$scratch/only" --static --libs); do
		case $word in
		-lcodist) ;;
		-l*) $CC -o "$scratch/empty" "$scratch/empty.c" "$word" \
			2>/dev/null || continue ;;
		esac
		libraries="$libraries $word"
	done
	$CC $CFLAGS -o "$scratch/static" "$source" \
		$(ask "$scratch/only" --cflags) $libraries
	if command -v ldd >/dev/null 2>&1 &&
		ldd "$scratch/static" 2>/dev/null | grep libcodist; then
		echo "the static consumer uses the shared library"
		exit 1
	fi
	try static "$scratch/static"
	n=$((n + 1))
fi
if [ "$n" = 0 ]; then
	echo "no libcodist in $libdir"
	exit 1
fi
