#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An include goes down, never up, and a foreign library stands in one file.
set -eu
cd "${srcdir:-.}"

# floor, room, what belongs to it: a folder, or a public header of its door
rooms='
0 base      src/base/
0 base      src/api/codist/base.h
0 base      src/api/codist/plugin.h
1 backends  backends/
1 backends  src/api/codist/backend.h
1 backends  src/api/codist/golden.h
1 datasets  datasets/
1 datasets  src/api/codist/dataset.h
1 datasets  src/api/codist/fetch.h
2 measure   src/measure/
2 measure   src/api/codist/measure.h
2 measure   src/api/codist/multiset.h
2 measure   src/api/codist/normality.h
3 aggregate src/aggregate/
3 aggregate src/api/codist/aggregator.h
4 evaluate  src/evaluate/
4 evaluate  src/api/codist/combination.h
4 evaluate  src/api/codist/embed.h
4 evaluate  src/api/codist/evaluate.h
4 evaluate  src/api/codist/statistics.h
4 evaluate  src/api/codist/tree.h
5 experiment src/experiment/
5 experiment src/api/codist/check.h
5 experiment src/api/codist/load.h
5 experiment src/api/codist/matrix.h
5 experiment src/api/codist/output.h
5 experiment src/api/codist/pairwise.h
5 experiment src/api/codist/pipeline.h
5 experiment src/api/codist/published.h
5 experiment src/api/codist/search.h
6 study     src/study/
6 study     src/api/codist/comparison.h
6 study     src/api/codist/report.h
6 study     src/api/codist/store.h
6 study     src/api/codist/study.h
7 cli       src/cli/
7 cli       src/api/codist.h'

# foreign headers, and the place of which one file may include them
foreign='
archive.h backends/
archive_entry.h backends/
brotli/   backends/
bzlib.h   backends/
cairo     src/experiment/
csv.h     datasets/
curl/     datasets/
gsl/gsl_cdf.h src/evaluate/
gsl/gsl_eigen.h src/evaluate/
gsl/gsl_integration.h src/evaluate/
gsl/gsl_version.h src/evaluate/
immintrin.h backends/
jbig85.h  backends/
jansson.h datasets/
jansson.h src/cli/
jansson.h src/experiment/
jansson.h src/study/
libdeflate.h backends/
lz4.h     backends/
lz4hc.h   backends/
lzma.h    backends/
malloc.h  src/study/
mpi.h     src/study/
nettle/   src/base/
omp.h     src/experiment/
png.h     datasets/
sqlite3.h src/study/
yaml.h    src/study/
zlib.h    backends/
zlib.h    datasets/
zopfli/   backends/
zstd.h    backends/
zstd_errors.h backends/'

# The C library's: C11, POSIX, and what all of them have besides.
own='assert complex ctype errno fenv float inttypes iso646 limits locale math
setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib
stdnoreturn string tgmath threads time uchar wchar wctype
aio arpa/inet cpio dirent dlfcn fcntl fmtmsg fnmatch ftw glob grp iconv
langinfo libgen monetary mqueue ndbm net/if netdb netinet/in netinet/tcp
nl_types poll pthread pwd regex sched search semaphore spawn strings stropts
sys/ipc sys/mman sys/msg sys/resource sys/select sys/sem sys/shm sys/socket
sys/stat sys/statvfs sys/time sys/times sys/types sys/uio sys/un sys/utsname
sys/wait syslog tar termios trace ulimit unistd utime utmpx wordexp
getopt sys/file sys/ioctl'

# Print what is wrong with the includes of the files named.
inspect()
{
	awk -v rooms="$rooms" -v foreign="$foreign" -v own="$own" '
	function wrong(what) { print FILENAME ":" FNR ": " what }

	# The index of the room that a file belongs to; 0: none.
	function room_of(file,    i) {
		for (i = 1; i <= n_rooms; i++)
			if (index(file, place[i]) == 1)
				return i
		return 0
	}

	# As the compiler does: beside the file, then under src.
	function resolve(name,    beside) {
		beside = FILENAME
		sub(/[^\/]*$/, name, beside)
		return beside in there ? beside : "src/" name
	}

	function go_to(target,    from, to) {
		if (!(target in there)) {
			wrong(target " is not there")
			return
		}
		from = room_of(FILENAME)
		to = room_of(target)
		if (!from || !to)
			wrong((from ? target : FILENAME) " is on no floor")
		else if (FILENAME ~ /^src\/api\// && target !~ /^src\/api\//)
			wrong("a public header includes " target)
		else if (room[from] == "cli" && room[to] != "cli" &&
			 target !~ /^src\/api\//)
			wrong("the command line includes " target)
		else if (room[from] != room[to] && floor[to] >= floor[from])
			wrong(room[from] " includes " target " of " room[to])
	}

	function go_abroad(name,    i, known) {
		for (i = 1; i <= n_foreign; i++) {
			if (index(name, header[i]) != 1)
				continue
			known = 1
			if (index(FILENAME, home[i]) != 1)
				continue
			if (!(i in taken))
				taken[i] = FILENAME
			if (taken[i] != FILENAME)
				wrong(name " stands in " taken[i] " already")
			return
		}
		if (known)
			wrong(name " has no business here")
		else
			wrong(name " is not in the table of tests/floors.sh")
	}

	BEGIN {
		n = split(rooms, word)
		for (i = 1; i <= n; i += 3) {
			floor[++n_rooms] = word[i]
			room[n_rooms] = word[i + 1]
			place[n_rooms] = word[i + 2]
		}
		n = split(foreign, word)
		for (i = 1; i <= n; i += 2) {
			header[++n_foreign] = word[i]
			home[n_foreign] = word[i + 1]
		}
		n = split(own, word)
		for (i = 1; i <= n; i++)
			ours[word[i] ".h"] = 1
		for (i = 1; i < ARGC; i++)
			there[ARGV[i]] = 1
	}

	/^[ \t]*#[ \t]*include/ {
		name = $0
		sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
		quoted = name ~ /^"/
		sub(/^["<]/, "", name)
		sub(/[">].*/, "", name)
		if (name == "config.h") {
			if (FILENAME !~ /\.c$/)
				wrong("a header includes config.h")
		} else if (name ~ /(^|\/)\.\.\//)
			wrong(name " goes by the back stairs")
		else if (quoted)
			go_to(resolve(name))
		else if (name ~ /^codist[.\/]/)
			go_to("src/api/" name)
		else if (!(name in ours))
			go_abroad(name)
	}' "$@"
}

# In a house of its own, each rule is broken once, and that must be told.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
broken()
{
	file=$1 line=$2 complaint=$3
	rm -rf "$scratch/house"
	mkdir -p "$scratch/house"
	(
		cd "$scratch/house"
		mkdir -p src/base src/api/codist src/measure src/evaluate \
			src/experiment src/cli backends datasets
		echo '#include <zlib.h>' >backends/first.c
		for name in src/base/a.h src/measure/a.h backends/a.h \
			datasets/a.h src/api/codist/backend.h \
			src/api/codist/pipeline.h; do
			echo '#include <stdio.h>' >"$name"
		done
		echo "$line" >"$file"
		find src backends datasets -name '*.[ch]' | sort >../list
		# shellcheck disable=SC2046
		inspect $(cat ../list) >../found
	)
	if [ "$(cat "$scratch/found")" != "${complaint:+$file:1: $complaint}" ]
	then
		echo "of '$line' in $file it is said:"
		cat "$scratch/found"
		echo "expected: $complaint"
		exit 1
	fi
}
broken src/base/b.c '#include "measure/a.h"' \
	'base includes src/measure/a.h of measure'
broken src/measure/b.c '#include "base/a.h"' ''
broken src/measure/b.c '#include "a.h"' ''
broken src/measure/b.c '#include <codist/backend.h>' ''
broken src/measure/b.c ' #  include <codist/pipeline.h> ' \
	'measure includes src/api/codist/pipeline.h of experiment'
broken datasets/b.c '#include "../backends/a.h"' \
	'../backends/a.h goes by the back stairs'
broken datasets/b.c '#include "none.h"' 'src/none.h is not there'
broken datasets/b.c '#include <codist/backend.h>' \
	'datasets includes src/api/codist/backend.h of backends'
broken src/cli/b.c '#include "base/a.h"' \
	'the command line includes src/base/a.h'
broken src/cli/b.c '#include <codist/backend.h>' ''
broken src/api/codist/base.h '#include "base/a.h"' \
	'a public header includes src/base/a.h'
broken src/lost.c '#include "base/a.h"' 'src/lost.c is on no floor'
broken src/base/b.h '#include "config.h"' 'a header includes config.h'
broken src/base/b.c '#include "config.h"' ''
broken src/base/b.c '#include <zlib.h>' 'zlib.h has no business here'
broken backends/second.c '#include <zlib.h>' \
	'zlib.h stands in backends/first.c already'
broken datasets/b.c '#include <zlib.h>' ''
broken src/evaluate/b.c '#include <gsl/gsl_cdf.h>' ''
broken src/experiment/b.c '#include <cairo-pdf.h>' ''
broken src/experiment/b.c '#include <hiredis.h>' \
	'hiredis.h is not in the table of tests/floors.sh'

files=$(find src backends datasets -name '*.[ch]' | sort)
# shellcheck disable=SC2086
inspect $files >"$scratch/found"
cat "$scratch/found"
[ ! -s "$scratch/found" ]
