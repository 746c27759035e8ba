# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# has_python MODULES sets $python to one that has them, or fails. The first
# python3 on the PATH may be without where Debian's is not.
has_python()
{
	for python in "${PYTHON:-python3}" /usr/bin/python3; do
		"$python" -c "import $1" 2>/dev/null && return
	done
	return 1
}

# find_python MODULES PACKAGE does, or skips the test.
find_python()
{
	has_python "$1" && return
	echo "no python3 with $1 (Debian: $2)"
	exit 77
}
