# Matrices as CSV, without a header, become arrays of C.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
	print "#include \"config.h\""
	print "#include \"experiment/published_matrices.h\""
}
FNR == 1 {
	if (NR > 1)
		print "};"
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.csv$/, "", name)
	gsub(/-/, "_", name)
	print "const size_t codist_" name "[CODIST_PUBLISHED_CELLS] = {"
}
{ print "\t" $0 "," }
END { print "};" }
