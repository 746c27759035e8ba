#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A page of codist report in a real browser: its script sorts, filters and
# pivots; it is light and dark, can be printed, and is whole without a script.
. "${srcdir:-.}/tests/cli.sh"
unset CODIST_DATA
for browser in chromium chromium-browser google-chrome none; do
	command -v "$browser" >/dev/null 2>&1 && break
done
if [ "$browser" = none ]; then
	echo "no browser (Debian: chromium)"
	exit 77
fi
find_python json,zlib python3
cd "$scratch" || exit 99

cat >s.yaml <<'END'
data: synthetic
train.limit: [40, 80]
test.limit: 40
transform: [none, binarize + pack]
reference: chunk:size=16
aggregate: [logsumexp, mean]
END
run 0 run s.yaml --output s.db
run 0 report s.db --output page.html
run 0 export s.db
cp "$out" runs.csv

# browse OPTION... PAGE: a profile of its own, and no network.
browse() {
	timeout 120 "$browser" --headless --no-sandbox --disable-gpu \
		--user-data-dir="$scratch/profile" --hide-scrollbars \
		--host-resolver-rules='MAP * ~NOTFOUND' "$@" 2>browser.err
}
browse --dump-dom "file://$scratch/page.html" >plain.dom
if ! grep -q '</html>' plain.dom; then
	tail -3 browser.err
	echo "$browser does not run here"
	exit 77
fi

# A page that uses itself, and tells what it saw.
cat >drive.js <<'END'
<script>
{ // names that are no others'
const saw = {};
window.addEventListener("error", (event) => { saw.error = event.message; });
const table = document.querySelector("table.results");
const names = () => [...table.tBodies[0].rows].filter((row) => !row.hidden)
	.map((row) => row.cells[0].textContent);
const header = (name) => [...table.tHead.rows[0].cells]
	.find((cell) => cell.textContent === name);
saw.buttons = document.querySelectorAll("table.sortable thead th").length ===
	document.querySelectorAll("table.sortable thead th > button").length;
saw.regions = [...document.querySelectorAll(".scroll")].every((region) =>
	region.hasAttribute("tabindex") ===
	(region.scrollWidth > region.clientWidth ||
		region.scrollHeight > region.clientHeight));
saw.first = names();
// Samples are pictures under the page's policy, each with words for it.
const pictures = [...document.querySelectorAll(".samples img")];
saw.pictures = pictures.length;
saw.sizes = [...new Set(pictures.map((picture) =>
	`${picture.naturalWidth}x${picture.naturalHeight}`))];
saw.alts = pictures.map((picture) => picture.alt);
saw.shorts = pictures.map((picture) =>
	picture.nextElementSibling.textContent);
saw.listed = [...document.querySelectorAll("#hardest ~ details tbody tr")]
	.map((row) => [...row.cells].map((cell) => cell.textContent));
saw.labels = [...document.querySelectorAll("[role=region], svg[role=img]")]
	.every((found) => found.getAttribute("aria-label"));
saw.levels = [...document.querySelectorAll("h1, h2, h3")]
	.map((heading) => Number(heading.tagName[1]));
const button = header("accuracy").querySelector("button");
button.focus();
saw.focus = document.activeElement === button;
button.click();
saw.down = [header("accuracy").getAttribute("aria-sort"), names()];
button.click();
saw.up = [header("accuracy").getAttribute("aria-sort"), names()];
header("run").querySelector("button").click();
saw.byName = [header("accuracy").getAttribute("aria-sort"),
	header("run").getAttribute("aria-sort"), names()];
const box = document.querySelector("#filter input");
const type = (words) => {
	box.value = words;
	box.dispatchEvent(new Event("input"));
	return [names(), document.getElementById("shown").textContent];
};
saw.mean = type("MEAN  limit=80");
saw.nothing = type("no such run");
saw.all = type("");
saw.pivot = document.querySelector("#pivoted caption").textContent;
const rows = document.getElementById("rows");
rows.selectedIndex = 0;
rows.dispatchEvent(new Event("change"));
saw.pivoted = [...document.querySelectorAll("#pivoted table tr")]
	.map((row) => [...row.cells].map((cell) => cell.textContent));
saw.caption = document.querySelector("#pivoted caption").textContent;
window.dispatchEvent(new Event("beforeprint"));
saw.open = [...document.querySelectorAll("details")]
	.every((fold) => fold.open);
window.dispatchEvent(new Event("afterprint"));
saw.shut = [...document.querySelectorAll("details")]
	.every((fold) => !fold.open);
const told = document.createElement("script");
told.type = "application/json";
told.id = "saw";
told.textContent = JSON.stringify(saw);
document.body.append(told);
}
</script>
END
# drive FILE <PAGE: with another script, which the page's policy would forbid.
drive() {
	sed 's/<meta http-equiv[^>]*>//' | sed "/<\/body>/{
r $1
d
}"
}
drive drive.js <page.html >driven.html
browse --dump-dom "file://$scratch/driven.html" >driven.dom
"$python" - >found 2>&1 <<'END' || { fail "a driven page:"; tail -3 found; }
import csv
import json
import re

with open("driven.dom", encoding="utf-8") as file:
    told = re.search(r'id="saw">(.*?)</script>', file.read())
saw = json.loads(told.group(1))
with open("runs.csv", newline="", encoding="utf-8") as file:
    runs = list(csv.DictReader(file))
correct = {run["run"]: int(run["correct"]) for run in runs}
names = list(correct)
assert "error" not in saw, saw["error"]
assert saw["buttons"] and saw["regions"] and saw["focus"]
assert saw["open"] and saw["shut"] and saw["labels"]
assert saw["pictures"] == len(saw["listed"]) > 0
assert saw["sizes"] == ["28x28"], saw["sizes"]
for alt, short, row in zip(saw["alts"], saw["shorts"], saw["listed"]):
    sample, truth, _, taken, *by = row
    assert alt == f"Sample {sample}: {truth}, taken for {taken}" + \
        "".join(f" by {run}" for run in by), alt
    assert short == f"{sample}: {truth} \N{RIGHTWARDS ARROW} {taken}", short
assert saw["levels"][0] == 1
for before, level in zip(saw["levels"], saw["levels"][1:]):
    assert 2 <= level <= before + 1, saw["levels"]
assert saw["first"] == names
# Equal ones stay in the order they had.
down = sorted(names, key=lambda name: -correct[name])
assert saw["down"] == ["descending", down]
up = sorted(down, key=lambda name: correct[name])
assert saw["up"] == ["ascending", up]
assert len(set(correct.values())) > 2
assert saw["byName"][:2] == [None, "ascending"]
assert saw["byName"][2][0].startswith("train.limit=40/binarize")
mean = [name for name in names if "mean" in name and "limit=80" in name]
assert sorted(saw["mean"][0]) == sorted(mean) and len(mean) == 2
assert saw["mean"][1] == "2 of 8 runs"
assert saw["nothing"] == [[], "0 of 8 runs"]
assert saw["all"][1] == "8 of 8 runs"
assert saw["pivot"] == "Mean accuracy by transform and aggregate"
assert saw["caption"] == "Mean accuracy by train.limit and aggregate"
for row in saw["pivoted"][1:]:
    for aggregate, shown in zip(saw["pivoted"][0][1:], row[1:]):
        own = [correct[run["run"]] / 40 for run in runs if
               (run["train_limit"], run["aggregate"]) == (row[0], aggregate)]
        assert abs(float(shown) - sum(own) / len(own)) < 0.5001e-4
assert len(saw["pivoted"]) == 3
END

# Without a script nothing is lacking but what it does.
cat >look.js <<'END'
<script>
const tall = (at) => [...document.querySelectorAll(at)]
	.filter((found) => found.offsetHeight > 0).length;
document.body.append(`seen: ${tall("table.results tbody tr")} runs, ` +
	`${tall("#filter, #axes")} controls, ` +
	`${tall("table.pivot td")} means, ` +
	`${tall("table.confusion")} matrices, ` +
	`${tall(".samples img") > 0 ? "some" : "no"} pictures`);
</script>
END
sed '/<script>/,/<\/script>/d' page.html | cat - look.js |
	sed 's/<meta http-equiv[^>]*>//' >still.html
browse --dump-dom "file://$scratch/still.html" >still.dom
grep -q 'seen: 8 runs, 0 controls, 4 means, 8 matrices, some pictures' still.dom ||
	fail "without a script: $(grep -o 'seen: .*' still.dom | tail -1)"
# Under the policy other scripts are not carried out.
sed '/<script>/,/<\/script>/d' page.html | cat - look.js >forbidden.html
browse --dump-dom "file://$scratch/forbidden.html" >forbidden.dom
grep -q 'seen: [0-9]' forbidden.dom && fail "another script was carried out"

# On a telephone the page does not scroll sideways; what is wide does by itself.
cat >narrow.js <<'END'
<script>
{
const page = document.documentElement;
const wide = [...document.querySelectorAll("body *")].filter((found) =>
	!found.closest(".scroll, pre, .skip") &&
	found.getBoundingClientRect().right > page.clientWidth + 1);
document.body.append(`narrow: ${page.clientWidth} ${page.scrollWidth} ` +
	`${wide.length} ${wide[0] ? wide[0].outerHTML.slice(0, 60) : "."}`);
}
</script>
END
for width in 500 760 1200; do
	drive narrow.js <page.html >narrow.html
	browse --window-size=$width,800 --dump-dom \
		"file://$scratch/narrow.html" >narrow.dom
	found=$(grep -o 'narrow: [0-9]* [0-9]* [0-9]* .*' narrow.dom | tail -1)
	# shellcheck disable=SC2086 # words
	set -- $found
	if [ "${2:-0}" -lt 300 ] || [ "${3:-0}" -gt "${2:-0}" ] ||
		[ "${4:-1}" -gt 0 ]; then
		fail "at a width of $width: $found"
	fi
done

# What it looks like: the first pixel is the paper's.
pixel() {
	"$python" - "$1" <<'END'
import sys
import zlib
with open(sys.argv[1], "rb") as file:
    png = file.read()
at, data = 8, b""
while at < len(png):
    length = int.from_bytes(png[at:at + 4], "big")
    if png[at + 4:at + 8] == b"IDAT":
        data += png[at + 8:at + 8 + length]
    at += 12 + length
# Of the first pixel all filters of PNG are the same.
print(sum(zlib.decompress(data)[1:4]))
END
}
browse --window-size=1200,2000 --screenshot=light.png \
	"file://$scratch/page.html"
browse --window-size=1200,2000 --blink-settings=preferredColorScheme=0 \
	--screenshot=dark.png "file://$scratch/page.html"
[ "$(pixel light.png)" -gt 700 ] || fail "light is $(pixel light.png)"
[ "$(pixel dark.png)" -lt 120 ] || fail "dark is $(pixel dark.png)"
browse --window-size=500,6000 --screenshot=narrow.png \
	"file://$scratch/page.html"
[ "$(pixel narrow.png)" -gt 700 ] || fail "narrow is $(pixel narrow.png)"
browse --print-to-pdf=page.pdf "file://$scratch/page.html"
[ "$(head -c 5 page.pdf)" = "%PDF-" ] || fail "it cannot be printed"
if [ "${CODIST_SCREENSHOTS:+1}" ]; then
	cp light.png dark.png narrow.png page.pdf page.html "$CODIST_SCREENSHOTS"
fi
finish
