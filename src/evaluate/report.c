/*
 * report.c - precision, recall and F1 of each class and on average
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/evaluate.h>

#include <stdlib.h>

/* A share of nothing is 0. */
static double quotient(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

static struct codist_report_line
line_of(const struct codist_confusion *confusion, size_t class)
{
	size_t n = confusion->n_classes;
	size_t correct = confusion->counts[class * n + class];
	struct codist_report_line line = { 0 };

	for (size_t c = 0; c < n; c++) {
		line.support += confusion->counts[class * n + c];
		line.predicted += confusion->counts[c * n + class];
	}
	line.precision = quotient(correct, line.predicted);
	line.recall = quotient(correct, line.support);
	/* 2 p r / (p + r), but rounded once. */
	line.f1 = quotient(2 * correct, line.support + line.predicted);
	return line;
}

static void add(struct codist_report_line *sum,
		const struct codist_report_line *line, double weight)
{
	sum->precision += line->precision * weight;
	sum->recall += line->recall * weight;
	sum->f1 += line->f1 * weight;
	sum->support += line->support;
	sum->predicted += line->predicted;
}

static void divide(struct codist_report_line *sum, size_t divisor)
{
	if (divisor == 0) /* of no samples nothing was added */
		return;
	sum->precision /= (double)divisor;
	sum->recall /= (double)divisor;
	sum->f1 /= (double)divisor;
}

enum codist_status codist_report_init(struct codist_report *report,
				      const struct codist_confusion *confusion,
				      struct codist_error *err)
{
	size_t total = codist_confusion_total(confusion), n_present = 0;

	*report = (struct codist_report){ .n_classes = confusion->n_classes };
	report->classes = calloc(report->n_classes, sizeof(*report->classes));
	if (!report->classes)
		return codist_no_memory(err, "a classification report");
	for (size_t c = 0; c < report->n_classes; c++) {
		struct codist_report_line line = line_of(confusion, c);

		report->classes[c] = line;
		n_present += line.support || line.predicted;
		add(&report->macro, &line, 1);
		add(&report->weighted, &line, (double)line.support);
	}
	divide(&report->macro, n_present);
	divide(&report->weighted, total);
	report->accuracy = quotient(codist_confusion_correct(confusion), total);
	return CODIST_OK;
}

void codist_report_release(struct codist_report *report)
{
	free(report->classes);
	*report = (struct codist_report){ 0 };
}
