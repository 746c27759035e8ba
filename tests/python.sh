# SPDX-License-Identifier: GPL-3.0-or-later
# find_python MODULES PACKAGE sets $python to one that has them, or skips the
# test. The first python3 on the PATH may be without where Debian's is not.
find_python()
{
	for python in "${PYTHON:-python3}" /usr/bin/python3; do
		"$python" -c "import $1" 2>/dev/null && return
	done
	echo "no python3 with $1 (Debian: $2)"
	exit 77
}
