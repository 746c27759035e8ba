#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The transforms of text against what Python's str, html and html.parser do.
set -eu
. "${srcdir:-.}/tests/python.sh"
find_python html.parser python3
"$python" - <<'EOF'
import html, html.parser, random, re, subprocess

def transformed(spec, samples):
    lines = "".join(x.hex() + "\n" for x in samples)
    run = subprocess.run(["tests/for_python", "transform", spec], input=lines,
                         capture_output=True, text=True, check=True)
    return [bytes.fromhex(line) for line in run.stdout.splitlines()]

def check(spec, samples, expected):
    for x, found, wanted in zip(samples, transformed(spec, samples),
                                map(expected, samples), strict=True):
        assert found == wanted, (spec, x, found, wanted)

random.seed(1)
anything = [random.randbytes(n) for n in range(300)]
blanks = [bytes(random.choices(b"ab \t\n\v\f\r\0\x85\xa0", k=n))
          for n in range(100)]
# Python's bytes, too, take only ASCII for letters and white space.
check("lower", anything, bytes.lower)
check("squeeze-space", anything + blanks, lambda x: b" ".join(x.split()))
check("prefix-tag:a\\,b ", anything, b"a,b ".__add__)

# Character references alone: those that HTML and XML have both, and any number
# but those that HTML takes for Windows' characters, or warns of.
pieces = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#233;", "&#x20AC;",
          "&#X1f600;", "&#0;", "&#xD83D;", "&#1114112;", "a", " ", ";", "#"]
texts = ["".join(random.choices(pieces, k=20)).encode() for n in range(300)]
numbers = [f"&#{n};&#x{n:x};".encode() for n in
           [*range(9, 14), *range(32, 127), *range(160, 0x10000, 97),
            *range(0x10000, 0x110000, 1009)]
           if n != 11 and n & 0xfffe != 0xfffe
           and not 0xfdd0 <= n <= 0xfdef]
check("strip-markup", texts + numbers,
      lambda x: html.unescape(x.decode()).encode())

# Documents as they are written, by Python's parser.
class Text(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text = []
    def handle_data(self, data):
        self.text.append(data)

def text_of(x):
    parser = Text()
    parser.feed(x.decode())
    parser.close()
    return "".join(parser.text).encode()

pieces = ["<p>", "</p>", "<br/>", "<br />", "<a href='x>y'>", "<b c=\"d'>\">",
          "<i e = f g>", "</i>", "<!-- c -->", "<!-- <b> - > -- -->",
          "<!DOCTYPE html>", "a", " b ", "1 < 2", " > ", "&lt;", "&amp;lt;",
          "&#233;", "\u00e9", "\n", "<h1\nid=h>"]
texts = ["".join(random.choices(pieces, k=20)).encode() for n in range(300)]
check("strip-markup", texts, text_of)
# Without quotes a regular expression will do.
pieces = [x for x in pieces if "'" not in x and '"' not in x]
plain = ["".join(random.choices(pieces, k=20)).encode() for n in range(300)]
check("strip-markup", plain, lambda x: html.unescape(
    re.sub(r"(?s)<!--.*?-->|<[a-zA-Z/!?][^>]*>", "", x.decode())).encode())
EOF
