# The style and the script of a report become lines of C.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
	print "#include \"config.h\""
	print "#include \"study/report_files.h\""
}
FNR == 1 {
	if (NR > 1)
		print "\tNULL };"
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\./, "_", name)
	print "const char *const codist_" name "[] = {"
}
{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	print "\t\"" $0 "\\n\","
}
END { print "\tNULL };" }
