#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# manual.sh CODIST - prints the manual page of that program, as it tells of
# itself. `make manual` keeps the page that is in the sources up to date, and a
# test tells when it is not.
set -eu
codist=$1

# A line of text as roff's: no escapes, no requests, and minus signs that can be
# copied.
as_text='
function text(s) {
	gsub(/\\/, "\\e", s)
	gsub(/-/, "\\-", s)
	return s ~ /^[.\047]/ ? "\\&" s : s
}'

# The help of a command: its usage, paragraphs, options in two columns, examples.
from_help()
{
	awk "$as_text"'
	/^Usage: / {
		sub(/^Usage: /, "")
		gsub(/"/, "\\(dq")
		print ".SS \"" text($0) "\""
		next
	}
	/^Options:$/ { next }
	/^Examples:$/ {
		print ".PP\nExamples:\n.PP\n.EX"
		in_examples = 1
		next
	}
	/^$/ {
		if (!in_examples)
			print ".PP"
		next
	}
	in_examples {
		sub(/^  /, "")
		print text($0)
		next
	}
	/^  (-o, )?--/ {
		sub(/^  /, "")
		at = match($0, /   *[^ ]/)
		print ".TP\n.B " text(at ? substr($0, 1, at - 1) : $0)
		if (at)
			print text(substr($0, at + RLENGTH - 1))
		next
	}
	{
		sub(/^ */, "")
		print text($0)
	}
	END {
		if (in_examples)
			print ".EE"
	}'
}

# The lines of codist list --format csv.
from_list()
{
	awk "$as_text"'
	# Cut a line of CSV into field[]; none has a line break within.
	function cut(line,    n, c, i, quoted) {
		n = 1
		split("", field)
		for (i = 1; i <= length(line); i++) {
			c = substr(line, i, 1)
			if (c == "\"" && substr(line, i + 1, 1) == "\"" &&
			    quoted) {
				field[n] = field[n] c
				i++
			} else if (c == "\"")
				quoted = !quoted
			else if (c == "," && !quoted)
				n++
			else
				field[n] = field[n] c
		}
	}
	function of(name) { return field[column[name]] }

	NR == 1 {
		cut($0)
		for (i in field)
			column[field[i]] = i
		next
	}
	{
		cut($0)
		if (of("door") != door) {
			door = of("door")
			print ".SS " toupper(substr(door, 1, 1)) substr(door, 2) "s"
			plugin = ""
		}
		if (of("name") != plugin) {
			plugin = of("name")
			print ".TP\n.B " text(plugin)
			print text(of("summary")) "."
		}
		if (of("option") == "")
			next
		print ".RS\n.TP\n.BI " text(of("option")) "= " \
			text(of("type") == "text" ? "text" : of("range"))
		line = of("help")
		if (of("required") == "yes")
			line = line " (must be given"
		else
			line = line " (default: " \
				(of("default") == "" ? "none" : of("default"))
		if (of("positional") == "yes")
			line = line "; may stand first, without " of("option") "="
		print text(line ")") ".\n.RE"
	}'
}

cat <<'END'
.\" SPDX-License-Identifier: GPL-3.0-or-later
.\" Written by doc/manual.sh; edit that, or the program's help.
.TH CODIST 1 "" codist
.nh
.ad l
.SH NAME
codist \- research on compression distances
.SH SYNOPSIS
.B codist
.RB [ \-\-plugin
.IR file ]...
.I command
.RI [ option ]...
.RI [ operand ]...
.br
.B codist \-\-version
.br
.B codist \-\-help
.SH DESCRIPTION
.B codist
classifies samples by how well they compress together with what they are
compared to. A sample is scored against references, the row of scores is folded
into the scores of classes, and the smallest wins.
.PP
Each step is a choice: where samples come from
.RI ( loader ),
what they are turned into
.RI ( transforms ),
what they are scored against
.RI ( reference ),
the score of a pair
.RI ( measure ),
by which compressor
.RI ( backend ),
and how scores become those of classes
.RI ( aggregator ).
A choice is written
.IB name : key = value , key = value\fR,
such as
.BR deflate:level=9,wbits=\-10 .
In a value,
.B \e,
stands for a comma and
.B \e\e
for a backslash. All choices with their options are listed below, and by
.BR "codist list" .
.PP
.B \-\-plugin
loads a shared object that offers further choices, of any kind, and may be given
more than once. The files of
.B CODIST_PLUGINS
are loaded before.
.PP
Results are printed to the standard output, and all else to the standard error.
A file that is written gets its name when it is whole. Results depend on the
data, the choices and the versions of the libraries, but not on the number of
threads or the locale.
.SH COMMANDS
END
"$codist" --help | sed -n '/^Commands:$/,/^$/s/^  \([a-z-]*\) .*/\1/p' |
	while read -r command; do
		"$codist" help "$command" | from_help
	done
echo '.SH CHOICES'
"$codist" list --format csv | from_list
cat <<'END'
.SH EXIT STATUS
0 if it was done, 1 if it failed, 2 if it was misused. After a signal the
program ends as that signal would have ended it.
.SH ENVIRONMENT
.TP
.B CODIST_DATA
The folder in which data sets are looked for, and into which they are fetched.
.TP
.B CODIST_PLUGINS
Shared objects with further choices, separated by colons.
.TP
.B XDG_DATA_HOME
Where that is not set:
.I codist
in this one, which is
.I ~/.local/share
if it is not set either.
.TP
.BR http_proxy ,\  https_proxy ,\  no_proxy
Proxies of
.BR "codist fetch" ,
as libcurl reads them.
.SH FILES
.TP
.I ~/.local/share/codist/mnist
MNIST, in the four files
.IR train\-images\-idx3\-ubyte.gz ,
.IR train\-labels\-idx1\-ubyte.gz ,
.I t10k\-images\-idx3\-ubyte.gz
and
.IR t10k\-labels\-idx1\-ubyte.gz ,
which may be unpacked.
.SH SEE ALSO
.BR gzip (1),
.BR zlib (3)
END
