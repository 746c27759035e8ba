# A study in YAML, without its data and its comments, becomes a text of C.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
	print "#include \"config.h\""
	print "#include <codist/published.h>"
	print "const char codist_published_study[] ="
}
/^#/ || /^data: / { next }
{
	gsub(/[\\"]/, "\\\\&")
	print "\t\"" $0 "\\n\""
}
END { print "\t;" }
