#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Lengths against those of the libraries' own programs, run by the backend
# `command`, and against Python's modules. GNU gzip is not zlib, and so not here.
# shellcheck disable=SC2086 # $files is a list
. "${srcdir:-.}/tests/cli.sh"

cd "$scratch" || exit 99
: >empty
printf x >byte
awk 'BEGIN {
	split("the of length zip distance class and a compressor knows", word)
	seed = 1
	for (i = 0; i < 12000; i++) {
		seed = (seed * 16807) % 2147483647
		printf "%s%s", word[seed % 9 + 1], i % 11 ? " " : ".\n"
	}
}' >words
awk 'BEGIN { for (i = 0; i < 2000; i++) printf "again and %d ", i % 3 }' >again
LC_ALL=C awk 'BEGIN {
	seed = 7
	for (i = 0; i < 300000; i++) {
		seed = (seed * 16807) % 2147483647
		printf "%c", seed / 65536 % 255 + 1
	}
}' >noise
{
	cat words noise
	head -c 30000 words
	head -c 100000 noise
	cat again
} | head -c 310000 >mixed
files="empty byte words again noise mixed"
n_compared=0
cat >zstd_of_file <<'END'
cat >in
zstd -c "$@" <in --stream-size=$(($(wc -c <in)))
END

# lengths SPEC FILE... - bytes, one a line
lengths()
{
	spec=$1
	shift
	run 0 length --format csv --backend "$spec" "$@"
	sed '1d' "$out" | cut -d , -f 3
}

# is_here SPEC PROGRAM - whether both are; what is not is said
is_here()
{
	if ! "$CODIST" length --backend "$1" empty >"$out" 2>"$err"; then
		says "not in this build"
		echo "SKIP: $1: not in this build"
		return 1
	fi
	command -v "$2" >/dev/null && return
	echo "SKIP: $1: no $2 on the PATH"
	return 1
}

# same SPEC PROGRAM [NAME] - equal on all files; NAME is the one to look for, the
# first word else
same()
{
	is_here "$1" "${3-${2%% *}}" || return
	lengths "$1" $files >ours
	lengths "command:run=$2" $files >theirs
	[ -s ours ] || fail "$1: no lengths"
	cmp -s ours theirs ||
		fail "$1: $(tr '\n' ' ' <ours)bytes, by '$2'" \
			"$(tr '\n' ' ' <theirs)"
	n_compared=$((n_compared + 1))
}

for level in 1 9; do
	same bzip2:level=$level "bzip2 -$level -c"
done

for preset in 0 6; do
	same lzma:preset=$preset "xz -$preset -c"
	same lzma:preset=$preset,container=alone "xz -$preset -c --format=lzma"
done
same lzma:preset=3,extreme=on,check=crc32 "xz -3e -c --check=crc32"

# The program's default is a checksum, and it must know the size of a pipe.
for level in 1 3 12; do
	same zstd:level=$level,checksum=on "sh zstd_of_file -$level" zstd
done
same zstd:level=5,content_size=off \
	"sh zstd_of_file -5 --no-check --no-content-size" zstd

for quality in 0 2 5 9; do
	same brotli:quality=$quality "brotli -c -q $quality -w 22"
done
same brotli:quality=9,lgwin=16 "brotli -c -q 9 -w 16"
same brotli:quality=5,lgwin=26,large_window=on "brotli -c -q 5 --large_window=26"

# By default it makes independent blocks of 4 MB, and a checksum at the end.
for level in 1 9; do
	same lz4:level=$level,block_size=4m,blocks=independent,content_checksum=on \
		"lz4 -$level -c"
	same lz4:level=$level,blocks=independent,block_checksum=on \
		"lz4 -$level -c -B4 -BX --no-frame-crc"
done
same lz4:level=-4,block_size=4m "lz4 --fast=4 -c -BD --no-frame-crc"

for level in 1 6 12; do
	same libdeflate:level=$level,format=gzip "libdeflate-gzip -$level -c"
done

# It does not read what it cannot seek in.
all=$files
for format in gzip zlib deflate; do
	same zopfli:iterations=1,format=$format \
		"sh -c 'cat >in; zopfli -c --i1 --$format in'" zopfli
	files="empty byte words" # it takes its time
done
files=$all

# Pictures, of which the pair is also put together by hand. The other program of
# JBIG-KIT, pbmtojbg, writes streams of T.82, which may be a few bytes shorter.
picture() # FILE HEIGHT FROM
{
	printf 'P4\n40 %d\n' "$2" >"$1"
	tail -c +"$3" mixed | head -c $((5 * $2)) >>"$1"
}
picture one.pbm 300 70000
picture two.pbm 1000 1
{
	printf 'P4\n40 1300\n'
	tail -n +3 one.pbm
	tail -n +3 two.pbm
} >joined.pbm
files="one.pbm two.pbm joined.pbm"
for options in 8 72 0; do
	case $options in
	8) spec=jbig ;;
	72) spec=jbig:template=two ;;
	0) spec=jbig:typical=off ;;
	esac
	same $spec "pbmtojbg85 -p $options -s 100000 -m 8"
done
same jbig:stripe=128,window=127 "pbmtojbg85 -p 8 -s 128 -m 127"
same jbig:stripe=3,window=20,typical=off "pbmtojbg85 -p 0 -s 3 -m 20"
if is_here jbig pbmtojbg85; then
	cat one.pbm two.pbm >pair.pbm
	[ "$(lengths jbig pair.pbm)" = "$(pbmtojbg85 -s 100000 -m 8 joined.pbm |
		wc -c)" ] || fail "jbig: two pictures are not one"
	n_compared=$((n_compared + 1))
fi
files=$all

# The stream alone: as many bytes as 7z lists.
cat >packed <<'END'
cat >in
rm -f in.7z
7z a -m0=PPMd:o=6:mem=24 in.7z in >/dev/null
size=$(7z l -slt in.7z | sed -n 's/^Packed Size = //p')
head -c "$size" /dev/zero
END
same ppmd "sh packed" 7z

# Python's modules, which bring libraries of their own or link ours.
if has_python zlib,bz2,lzma; then
	for spec in deflate:level=9 bzip2:level=9 lzma:preset=6; do
		is_here "$spec" "$python" || continue
		lengths "$spec" $files >ours
		"$python" - "$spec" $files >theirs <<'END'
import bz2, lzma, sys, zlib

how = {
    "deflate:level=9": lambda x: zlib.compress(x, 9),
    "bzip2:level=9": lambda x: bz2.compress(x, 9),
    "lzma:preset=6": lambda x: lzma.compress(x, preset=6),
}[sys.argv[1]]
for name in sys.argv[2:]:
    with open(name, "rb") as file:
        print(len(how(file.read())))
END
		cmp -s ours theirs || fail "$spec: Python has other lengths"
		n_compared=$((n_compared + 1))
	done
fi
[ $n_compared -gt 0 ] || {
	echo "no program to compare with"
	exit 77
}
finish
