/*
 * report_gnuplot.c - the figures of a report as data and scripts for gnuplot
 *
 * A name may be anything. In a script it stands in single quotes, within which
 * gnuplot carries out nothing; in data it is a comment, or in double quotes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A line: what is no text is replaced, and one character as asked for. */
static void add_name(struct codist_text *to, const char *name, char replaced,
		     const char *by)
{
	struct codist_text line = { 0 };

	codist_report_escape(&line, CODIST_REPORT_TEXT, name);
	for (const char *at = line.chars ? line.chars : ""; *at; at++) {
		if (*at == replaced)
			codist_text_add(to, "%s", by);
		else
			codist_text_add_char(to, *at);
	}
	to->failed |= line.failed;
	free(line.chars);
}

static void add_quoted(struct codist_text *to, const char *name)
{
	codist_text_add(to, "'");
	add_name(to, name, '\'', "''");
	codist_text_add(to, "'");
}

static void add_real(struct codist_text *to, double value, const char *end)
{
	char text[CODIST_REAL_SIZE];

	codist_format_real(value, text);
	codist_text_add(to, "%s%s", text, end);
}

/* What all scripts begin with. */
static void begin_script(struct codist_text *script, const char *name,
			 const char *title)
{
	codist_text_add(script,
			"# %s.gp - gnuplot %s.gp draws %s-gnuplot.svg\n"
			"set encoding utf8\n"
			"set terminal svg size 720,480 noenhanced\n"
			"set output '%s-gnuplot.svg'\nset title ", name, name,
			name, name);
	add_quoted(script, title);
	codist_text_add(script, "\n");
}

static void write_both(struct codist_figures *figures, const char *name,
		       struct codist_text *data, struct codist_text *script)
{
	codist_figures_write(figures, name, "dat", data);
	if (figures->status == CODIST_OK)
		codist_figures_write(figures, name, "gp", script);
	free(data->chars);
	free(script->chars);
}

static int is_wanted(const struct codist_figures *figures)
{
	return figures && figures->folder && figures->status == CODIST_OK;
}

static int has_intervals(const struct codist_plot_series *series)
{
	return series->n > 0 && !isnan(series->points[0].low);
}

/* A block of data, which two empty lines part from the next. */
static void add_block(struct codist_text *data, const char *name,
		      const struct codist_plot_series *series)
{
	codist_text_add(data, "\n\n# ");
	add_name(data, name, '\0', "");
	codist_text_add(data, "\n");
	for (size_t i = 0; i < series->n; i++) {
		const struct codist_plot_point *point = &series->points[i];

		add_real(data, point->x, " ");
		add_real(data, point->y, has_intervals(series) ? " " : "\n");
		if (!has_intervals(series))
			continue;
		add_real(data, point->low, " ");
		add_real(data, point->high, "\n");
	}
}

static void add_axis(struct codist_text *script, char letter,
		     const struct codist_plot_axis *axis)
{
	char low[CODIST_REAL_SIZE], high[CODIST_REAL_SIZE];

	codist_text_add(script, "set %clabel ", letter);
	add_quoted(script, axis->name);
	codist_text_add(script, "\n");
	if (axis->is_logarithmic)
		codist_text_add(script, "set logscale %c\n", letter);
	codist_text_add(script, "set %crange [", letter);
	codist_format_short(axis->low, 12, low);
	codist_format_short(axis->high, 12, high);
	codist_text_add(script, "%s:%s]\n", low, high);
}

static void add_plot(struct codist_text *script, const char *file, size_t n,
		     const char *with, const char *title)
{
	codist_text_add(script, "%s'%s.dat' index %zu using %s title ",
			n ? ", \\\n     " : "plot ", file, n, with);
	add_quoted(script, title);
}

void codist_figures_plot(struct codist_figures *figures,
			 const struct codist_plot *plot)
{
	struct codist_text data = { 0 }, script = { 0 };
	size_t n = 0;

	if (!is_wanted(figures))
		return;
	codist_text_add(&data, "# %s\n# %s, %s", plot->title, plot->x.name,
			plot->y.name);
	codist_text_add(&data, ", and its interval where there is one\n");
	begin_script(&script, plot->name, plot->title);
	add_axis(&script, 'x', &plot->x);
	add_axis(&script, 'y', &plot->y);
	codist_text_add(&script, "set grid\nset key below left Left reverse\n");
	for (size_t s = 0; s < CODIST_SERIES; s++) {
		const struct codist_plot_series *series = &plot->series[s];
		const char *name = series->name ? series->name : "";

		if (series->n == 0)
			continue;
		add_block(&data, name, series);
		add_plot(&script, plot->name, n++,
			 has_intervals(series) ? "1:2:3:4 with yerrorlines" :
			 plot->is_joined       ? "1:2 with linespoints" :
						 "1:2 with points", name);
	}
	if (plot->guide.n > 0) {
		const char *name = plot->guide_name;

		add_block(&data, name, &plot->guide);
		add_plot(&script, plot->name, n,
			 "1:2 with lines dashtype 2 linecolor 'gray'", name);
	}
	codist_text_add(&script, "\n");
	write_both(figures, plot->name, &data, &script);
}

void codist_figures_ranks(struct codist_figures *figures, const char *name,
			  const char *title,
			  const struct codist_ranking *ranking)
{
	const struct codist_nemenyi *nemenyi = &ranking->nemenyi;
	const struct codist_friedman *friedman = &ranking->friedman;
	struct codist_text data = { 0 }, script = { 0 };

	if (!is_wanted(figures))
		return;
	codist_text_add(&data, "# %s; critical difference ", title);
	add_real(&data, nemenyi->critical_difference, "\n");
	codist_text_add(&data, "# place, mean rank, method\n");
	for (size_t i = 0; i < friedman->n_methods; i++) {
		codist_text_add(&data, "%zu ", i + 1);
		add_real(&data, friedman->ranks[friedman->order[i]], " \"");
		add_name(&data, ranking->methods[friedman->order[i]], '"', "'");
		codist_text_add(&data, "\"\n");
	}
	codist_text_add(&data, "\n\n# among which no difference is seen: mean "
			       "ranks from, to\n");
	for (size_t g = 0; g < nemenyi->n_groups; g++) {
		add_real(&data, friedman->ranks[friedman->order[
				nemenyi->groups[g].first]], " ");
		add_real(&data, friedman->ranks[friedman->order[
				nemenyi->groups[g].last]], "\n");
	}
	begin_script(&script, name, title);
	codist_text_add(&script, "set xlabel 'mean rank'\nset yrange [*:*] "
			"reverse\nset offsets 0.5, 0.5, 0.5, 0.5\nset grid x\n"
			"unset key\nplot '%s.dat' index 0 using 2:1:ytic(3) "
			"with points pointtype 7", name);
	if (nemenyi->n_groups)
		codist_text_add(&script, ", \\\n     '%s.dat' index 1 using "
				"1:(-0.3*$0):($2-$1):(0) with vectors nohead "
				"linewidth 4 linecolor 'black'", name);
	codist_text_add(&script, "\n");
	write_both(figures, name, &data, &script);
}

/* A word of a row, which gnuplot ends at blanks but for quotes. */
static void add_word(struct codist_text *to, const char *name)
{
	codist_text_add(to, "\"");
	add_name(to, name, '"', "'");
	codist_text_add(to, "\"");
}

void codist_figures_counts(struct codist_figures *figures, const char *name,
			   const char *title,
			   const struct codist_confusion *confusion,
			   char *const *class_names)
{
	struct codist_text data = { 0 }, script = { 0 };
	size_t n = confusion->n_classes;

	if (!is_wanted(figures))
		return;
	codist_text_add(&data, "# ");
	add_name(&data, title, '\0', "");
	codist_text_add(&data, "\n# rows are true classes, columns predicted "
			       "ones\n\"\"");
	for (size_t c = 0; c < n; c++) {
		codist_text_add(&data, " ");
		add_word(&data, class_names[c]);
	}
	for (size_t truth = 0; truth < n; truth++) {
		codist_text_add(&data, "\n");
		add_word(&data, class_names[truth]);
		for (size_t c = 0; c < n; c++)
			codist_text_add(&data, " %zu",
					confusion->counts[truth * n + c]);
	}
	codist_text_add(&data, "\n");
	begin_script(&script, name, title);
	codist_text_add(&script, "set xlabel 'predicted'\nset ylabel 'true'\n"
			"set yrange [*:*] reverse\nset xtics rotate by -45\n"
			"set palette defined (0 'white', 1 '#7fa8d8')\n"
			"unset key\nplot '%s.dat' matrix rowheaders "
			"columnheaders with image pixels, \\\n     '%s.dat' matrix "
			"rowheaders columnheaders using "
			"1:2:(sprintf('%%g', $3)) with labels\n", name, name);
	write_both(figures, name, &data, &script);
}
