#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What quickstart decides, in a house where all that it calls only says so.
set -eu
source=$(cd "${srcdir:-.}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
house=$scratch/house
unset CODIST_DATA MAKEFLAGS MFLAGS MAKELEVEL CC
HOME=$scratch/home
XDG_DATA_HOME=$scratch/home/data
PATH=$scratch/bin:$PATH
export HOME XDG_DATA_HOME PATH scratch
mkdir -p "$house" "$scratch/bin" "$scratch/home" "$scratch/elsewhere"
cp "$source/quickstart" "$house"

# stub FILE, and its script as input
stub()
{
	{
		echo '#!/bin/sh'
		cat
	} >"$1"
	chmod +x "$1"
}

stub "$house/configure" <<'END'
echo configure >>"$scratch/calls"
echo "codist 0 compiled by"
printf 'all:\ncheck:\n\t@echo "# PASS: all"\n' >Makefile
cp ../codist.stub codist
END
stub "$house/codist.stub" <<'END'
echo "codist $*"
[ "$1" != fetch ] || [ ! -e "$scratch/offline" ]
END
unknown=none # to apt-get
export unknown
# Modules named in the file `absent` are not there; apt-get brings them, or not.
stub "$scratch/bin/pkg-config" <<'END'
! grep -qx "$2" "$scratch/absent"
END
stub "$scratch/bin/apt-get" <<'END'
echo "apt-get $*" >>"$scratch/calls"
[ -e "$scratch/offline" ] && exit 100
case $* in
*"$unknown"*) exit 100 ;;
update*) ;;
*) : >"$scratch/absent" ;;
esac
END
stub "$scratch/bin/sudo" <<'END'
exec "$@"
END
for name in gcc update-ca-certificates python3; do
	stub "$scratch/bin/$name" </dev/null
done

# try EXPECTED ARGUMENT... - its last line of output, calls and status
try()
{
	expected=$1
	shift
	status=0
	: >"$scratch/calls"
	"$house/quickstart" "$@" >"$scratch/out" 2>"$scratch/err" \
		</dev/null || status=$?
	found="$(tail -n 1 "$scratch/out"), calls: $(tr '\n' ' ' \
		<"$scratch/calls"), status $status"
	[ "$found" = "$expected" ] && return
	echo "quickstart $*: $found"
	echo "expected: $expected"
	cat "$scratch/out" "$scratch/err"
	exit 1
}

says()
{
	grep -q "$1" "$scratch/err" && return
	cat "$scratch/err"
	echo "does not say: $1"
	exit 1
}

: >"$scratch/absent"
echo "the first run configures, the second does not"
try '# PASS: all, calls: configure , status 0' test
says 'codist 0 compiled by'
try '# PASS: all, calls: , status 0' test

echo "a folder that is named is taken, wherever it is named from"
cd "$scratch"
try "codist reproduce --data $scratch/elsewhere, calls: , status 0" elsewhere
try ', calls: , status 1' nowhere
says 'nowhere: no such folder'

echo "MNIST is downloaded, and if that fails, synthetic digits do"
try 'codist reproduce --data mnist, calls: , status 0'
: >"$scratch/offline"
try 'codist reproduce --data synthetic, calls: , status 0'
says 'could not be downloaded'
says 'going on with synthetic digits'

echo "MNIST is found in the usual places"
mkdir -p "$XDG_DATA_HOME/codist/mnist" "$scratch/data/mnist"
: >"$XDG_DATA_HOME/codist/mnist/train-images-idx3-ubyte"
try "codist reproduce --data $XDG_DATA_HOME/codist/mnist, calls: , status 0"
: >"$scratch/data/mnist/train-images-idx3-ubyte.gz"
CODIST_DATA=$scratch/data
export CODIST_DATA
try "codist reproduce --data $scratch/data/mnist, calls: , status 0"
CODIST_DATA=data
try "codist reproduce --data $scratch/data/mnist, calls: , status 0"
CODIST_DATA=$scratch/data/mnist
try "codist reproduce --data $scratch/data/mnist, calls: , status 0"

install='apt-get install -y -q --no-install-recommends'
apt="apt-get update -q $install"
echo "without what is needed it ends, and names the packages"
printf 'gsl\ncmocka\n' >"$scratch/absent"
try ", calls: $apt libgsl-dev libcmocka-dev $install libgsl-dev , status 1" test
says 'Debian, Ubuntu: libgsl-dev libcmocka-dev'
says 'Fedora:         gsl-devel libcmocka-devel'
says 'Arch:           gsl cmocka'

echo "without what is not, it goes on"
echo cmocka >"$scratch/absent"
try "# PASS: all, calls: $apt libcmocka-dev , status 0" test
says 'going on without'

echo "what was installed is configured for"
rm "$scratch/offline"
try "# PASS: all, calls: $apt libcmocka-dev configure , status 0" test

echo "what the release does not have keeps nothing else from being installed"
printf 'gsl\ncmocka\n' >"$scratch/absent"
unknown=libcmocka-dev
try "# PASS: all, calls: $apt libgsl-dev libcmocka-dev $install libgsl-dev \
configure , status 0" test
unknown=none

echo "other words are refused"
try ', calls: , status 2' --help
try ', calls: , status 2' test again
try ', calls: , status 2' ''
