// report.js - tables of a report that sort, filter and pivot
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";

const text = (cell) => cell.textContent.trim();
const rows = (table) => [...table.tBodies[0].rows];

// Numbers before texts, and what is empty last, in either direction.
function compare(a, b, descending) {
	if (a === "" || b === "")
		return (a === "") - (b === "");
	const x = Number(a), y = Number(b);
	const order = Number.isNaN(x) || Number.isNaN(y) ?
		(!Number.isNaN(y)) - (!Number.isNaN(x)) ||
			a.localeCompare(b, "en", { numeric: true }) :
		x - y;
	return descending ? -order : order;
}

function sort(table, header) {
	const at = header.cellIndex;
	const before = header.getAttribute("aria-sort");
	// What is a number is asked for from the greatest on.
	const first = header.classList.contains("n") ? "descending" :
		"ascending";
	const order = !before ? first :
		before === "ascending" ? "descending" : "ascending";
	for (const other of table.tHead.rows[0].cells)
		other.removeAttribute("aria-sort");
	header.setAttribute("aria-sort", order);
	table.tBodies[0].append(...rows(table)
		.map((row) => [text(row.cells[at]), row])
		.sort((a, b) => compare(a[0], b[0], order === "descending"))
		.map((pair) => pair[1]));
}

for (const table of document.querySelectorAll("table.sortable"))
	for (const header of table.tHead.rows[0].cells) {
		const button = document.createElement("button");
		button.type = "button";
		button.append(...header.childNodes);
		button.addEventListener("click", () => sort(table, header));
		header.append(button);
	}

// What does not scroll need not be stopped at.
function mark() {
	for (const region of document.querySelectorAll(".scroll")) {
		const scrolls = region.scrollWidth > region.clientWidth ||
			region.scrollHeight > region.clientHeight;
		for (const [key, value] of [["tabindex", "0"],
			["role", "region"]])
			if (scrolls)
				region.setAttribute(key, value);
			else
				region.removeAttribute(key);
	}
}
window.addEventListener("resize", mark);
for (const fold of document.querySelectorAll("details"))
	fold.addEventListener("toggle", mark);
mark();

const results = document.querySelector("table.results");

function filter(box) {
	const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
	let n = 0;
	for (const row of rows(results)) {
		const all = [...row.cells].map(text).join(" ").toLowerCase();
		row.hidden = !words.every((word) => all.includes(word));
		n += !row.hidden;
	}
	document.getElementById("shown").textContent =
		`${n} of ${rows(results).length} runs`;
}

const controls = document.getElementById("filter");
if (rows(results).length > 1) {
	const box = controls.querySelector("input");
	controls.hidden = false;
	box.addEventListener("input", () => filter(box));
	filter(box);
}

function element(name, content, attributes) {
	const made = document.createElement(name);
	made.textContent = content;
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value);
	return made;
}

// Values in the order they come, each once.
const values = (at) => [...new Set(runs.map((row) => text(row.cells[at])))];

function mean(row, rowValue, column, columnValue) {
	const found = runs.filter((run) =>
		text(run.cells[row]) === rowValue &&
		text(run.cells[column]) === columnValue);
	const sum = found.reduce((all, run) =>
		all + Number(text(run.cells[correct])) /
			Number(text(run.cells[samples])), 0);
	return found.length ? (sum / found.length).toFixed(4) : "";
}

function pivot(row, column) {
	const name = (at) => text(results.tHead.rows[0].cells[at]);
	const table = element("table", "", { class: "pivot" });
	const head = table.createTHead().insertRow();
	table.createCaption().textContent =
		`Mean accuracy by ${name(row)} and ${name(column)}`;
	head.append(element("th", name(row), { scope: "col" }));
	for (const value of values(column))
		head.append(element("th", value,
			{ scope: "col", class: "n" }));
	const body = table.createTBody();
	for (const rowValue of values(row)) {
		const line = body.insertRow();
		line.append(element("th", rowValue, { scope: "row" }));
		for (const value of values(column))
			line.append(element("td",
				mean(row, rowValue, column, value),
				{ class: "n" }));
	}
	const place = document.getElementById("pivoted");
	const region = element("div", "", { class: "scroll", tabindex: "0",
		role: "region", "aria-label": table.caption.textContent });
	region.append(table);
	place.replaceChildren(region);
	mark();
}

// As they were, whatever the table is sorted by.
const runs = rows(results);
const headers = [...results.tHead.rows[0].cells];
const column = (name) => headers.find((cell) => text(cell) === name).cellIndex;
const correct = column("correct"), samples = column("samples");
const axes = headers.filter((cell) => "axis" in cell.dataset);

const chooser = document.getElementById("axes");
if (chooser) {
	const choices = [...chooser.querySelectorAll("select")];
	chooser.hidden = false;
	choices.forEach((choice, i) => {
		for (const axis of axes)
			choice.append(new Option(text(axis), axis.cellIndex));
		choice.selectedIndex = axes.length - 2 + i;
		choice.addEventListener("change", () =>
			pivot(choices[0].value, choices[1].value));
	});
}

// What is folded away is printed, too.
const folded = [...document.querySelectorAll("details")];
let wasOpen = [];
window.addEventListener("beforeprint", () => {
	wasOpen = folded.map((fold) => fold.open);
	folded.forEach((fold) => { fold.open = true; });
});
window.addEventListener("afterprint", () =>
	folded.forEach((fold, i) => { fold.open = wasOpen[i]; }));
