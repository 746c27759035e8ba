#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# csv and jsonl read random tables as Python's csv and json modules do.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python csv,json python3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" - "$folder/table" <<'EOF'
import csv
import io
import json
import random
import re
import subprocess
import sys

path = sys.argv[1]
draw = random.Random(1)
ALPHABET = "ab ,;\t\"'\n\r\\{:}|+%\u00e4\u20ac\U0001f600"


def text():
    return "".join(draw.choice(ALPHABET) for _ in range(draw.randint(0, 9)))


# As tests/for_python prints it as it is, a class has no line end.
def class_name():
    return draw.choice("ab") + text().replace("\n", "").replace("\r", "")


def compare(what, contents, spec, expected):
    with open(path, "wb") as file:
        file.write(contents)
    run = subprocess.run(["tests/for_python", "load", spec % path],
                         text=True, stdout=subprocess.PIPE, check=True)
    found = [line.rsplit(" ", 1) for line in run.stdout.split("\n")[1:-1]]
    found = [(name, bytes.fromhex(x).decode()) for name, x in found]
    assert found == expected, (what, spec, contents, found, expected)


listed = subprocess.run(["./codist", "list", "loaders"], text=True,
                        stdout=subprocess.PIPE, check=True).stdout
has_csv = re.search("^  csv - (?!not in)", listed, re.M)
for n in range(40 if has_csv else 0):
    delimiter, name = draw.choice([(",", "comma"), ("\t", "tab"), (";", ";")])
    n_columns = draw.randint(2, 5)
    label, one, two = (draw.randrange(n_columns) for _ in range(3))
    rows = [[class_name() if c == label else text()
             for c in range(n_columns)]
            for _ in range(draw.randint(1, 20))]
    out = io.StringIO(newline="")
    # Some versions quote a lone CR only where one is in the line's end.
    end, quoting = draw.choice([("\n", csv.QUOTE_ALL),
                                ("\r\n", csv.QUOTE_ALL),
                                ("\r\n", csv.QUOTE_MINIMAL)])
    csv.writer(out, delimiter=delimiter, quoting=quoting,
               lineterminator=end).writerows(rows)
    read = list(csv.reader(io.StringIO(out.getvalue(), newline=""),
                           delimiter=delimiter, strict=True))
    assert read == rows
    compare("csv", out.getvalue().encode(),
            "csv:%%s,delimiter=%s,label=%d,text=%d+%d,join=none" % (
                name, label + 1, one + 1, two + 1),
            [(row[label], row[one] + row[two]) for row in read])

for n in range(40):
    lines = [json.dumps({"text": text(), "n": {"label": class_name()},
                         "more": [text(), draw.random(), None]},
                        ensure_ascii=draw.random() < 0.5)
             for _ in range(draw.randint(1, 20))]
    read = [json.loads(line) for line in lines]
    compare("jsonl", "\n".join(lines).encode(), "jsonl:%s,label=n.label",
            [(row["n"]["label"], row["text"]) for row in read])
if not has_csv:
    print("csv is not in this build of codist; only jsonl was compared")
EOF
