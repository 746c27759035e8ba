#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install_plugin.sh SOURCES PREFIX LIBDIR - called by make installcheck
# The example of doc/add-a-backend.md, outside the sources, by what was
# installed.
set -eu
prefix=$2 libdir=$3
: "${CC:=cc}" "${PKG_CONFIG:=pkg-config}"
PKG_CONFIG_PATH=$libdir/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
PATH=$prefix/bin:$PATH
export PKG_CONFIG_PATH LD_LIBRARY_PATH PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ ! -e "$libdir/libcodist.so" ]; then
	echo "no shared libcodist: plug-ins are not tried"
	exit 0
fi
cp "$1/rle.c" "$1/Makefile" "$scratch"
cd "$scratch"
make CC="$CC" PKG_CONFIG="$PKG_CONFIG --define-variable=prefix=$prefix" check

# Three runs, of 4, 1 and 2; and with runs of 3 at most, four.
printf 'aaaabcc' >x
for spec in rle=48 rle:longest=3=64; do
	said=$(codist --plugin ./rle.so length --backend "${spec%=*}" \
		--format csv x | tail -n 1)
	if [ "$said" != "x,7,$((${spec##*=} / 8)),${spec##*=}" ]; then
		echo "${spec%=*} says '$said', expected ${spec##*=} bits"
		exit 1
	fi
done
codist --plugin ./rle.so classify --data synthetic --limit 20 \
	--transform binarize --backend rle --format csv >/dev/null
echo "the plug-in rle holds"
