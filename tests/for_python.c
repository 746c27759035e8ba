/*
 * for_python.c - what codist makes of the cases that a script feeds in
 *
 * The *_against_*.sh scripts make up cases in Python, send them to the
 * standard input, and compare what comes out with what Python's libraries say.
 *
 *     fold SPEC   rows "n_references n_classes" and a "class score" each;
 *                 a line for each row: the predicted class, the class scores.
 *                 References have 1, 2, 3, 1, 2, 3, ... samples
 *     report      cases "n_classes n_samples digits", names by line, and a
 *                 "truth predicted" each; the text, the matrix, the numbers
 *     wilson      "n_correct n confidence"; a line for each: low and high
 *     lengths SPEC  lines "p,x", the bytes in hexadecimal digits; a line for
 *                 each: C(x) in bits alone, and primed by p
 *     load SPEC   no input; of a set, a line with its rank and dimensions, and
 *                 one for each sample: its class, the bytes in digits
 *     transform SPEC  lines of bytes in hexadecimal digits; a line for each,
 *                 what they become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
	fprintf(stderr, "for_python: %s\n", what);
	exit(1);
}

static void *take(size_t n, size_t size)
{
	void *taken = calloc(n + 1, size);

	if (!taken)
		fail("out of memory");
	return taken;
}

static void fold_row(const struct codist_spec *spec, size_t n_references,
		     size_t n_classes)
{
	double *scores = take(n_references, sizeof(*scores));
	unsigned *class_of = take(n_references, sizeof(*class_of));
	size_t *samples_in = take(n_references, sizeof(*samples_in));
	double *class_scores = take(n_classes, sizeof(*class_scores));
	struct codist_row row = {
		.n_references = n_references,
		.n_classes = n_classes,
		.scores = scores,
		.class_of = class_of,
		.samples_in = samples_in,
		.granularity = 8,
	};
	void *scratch;

	for (size_t i = 0; i < n_references; i++) {
		if (scanf("%u %lf", &class_of[i], &scores[i]) != 2 ||
		    class_of[i] >= n_classes)
			fail("expected a class and a score");
		samples_in[i] = 1 + i % 3;
	}
	scratch = take(codist_fold_scratch(spec, &row), 1);
	printf("%u", codist_fold(spec, &row, scratch, class_scores, NULL));
	for (size_t c = 0; c < n_classes; c++)
		printf(" %.17g", class_scores[c]);
	printf("\n");
	free(scratch);
	free(class_scores);
	free(samples_in);
	free(class_of);
	free(scores);
}

static void fold(const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	size_t n_references, n_classes;

	if (codist_spec_init(&spec, &codist_aggregators, text, &err))
		fail(err.message);
	while (scanf("%zu %zu", &n_references, &n_classes) == 2)
		fold_row(&spec, n_references, n_classes);
	codist_spec_release(&spec);
}

static void print_line(const struct codist_report_line *line)
{
	printf("%.17g %.17g %.17g %zu\n", line->precision, line->recall,
	       line->f1, line->support);
}

static void print_report(const struct codist_confusion *confusion,
			 const char *const *names, unsigned digits)
{
	size_t n = confusion->n_classes;
	struct codist_error err = { 0 };
	struct codist_report report;
	char *text;

	if (codist_report_init(&report, confusion, &err))
		fail(err.message);
	text = codist_report_text(&report, names, digits);
	if (!text)
		fail("out of memory");
	printf("%s\n", text);
	for (size_t i = 0; i < n * n; i++)
		printf("%zu%c", confusion->counts[i],
		       (i + 1) % n ? ' ' : '\n');
	for (size_t c = 0; c < n; c++)
		print_line(&report.classes[c]);
	print_line(&report.macro);
	print_line(&report.weighted);
	printf("%.17g\n", report.accuracy);
	free(text);
	codist_report_release(&report);
}

static void report(size_t n_classes, size_t n_samples, unsigned digits)
{
	struct codist_error err = { 0 };
	struct codist_confusion confusion;
	char **names = take(n_classes, sizeof(*names));

	if (codist_confusion_init(&confusion, n_classes, &err))
		fail(err.message);
	for (size_t c = 0; c < n_classes; c++) {
		names[c] = take(256, 1);
		if (scanf(" %255[^\n]", names[c]) != 1)
			fail("expected the name of a class");
	}
	for (size_t i = 0; i < n_samples; i++) {
		unsigned truth, predicted;

		if (scanf("%u %u", &truth, &predicted) != 2 ||
		    truth >= n_classes || predicted >= n_classes)
			fail("expected two classes");
		codist_confusion_count(&confusion, truth, predicted);
	}
	print_report(&confusion, (const char *const *)names, digits);
	codist_confusion_release(&confusion);
	for (size_t c = 0; c < n_classes; c++)
		free(names[c]);
	free(names);
}

/* The bytes of two hexadecimal digits each, up to the line's end, in place. */
static struct codist_bytes unpack(char *digits)
{
	unsigned char *bytes = (unsigned char *)digits;
	size_t n = strspn(digits, "0123456789abcdef") / 2;

	for (size_t i = 0; i < n; i++) {
		char byte[] = { digits[2 * i], digits[2 * i + 1], '\0' };

		bytes[i] = (unsigned char)strtoul(byte, NULL, 16);
	}
	return (struct codist_bytes){ bytes, n };
}

static void lengths(const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	struct codist_coder *coder;
	char *line = NULL;
	size_t size = 0;

	if (codist_spec_init(&spec, &codist_backends, text, &err) ||
	    codist_coder_new(&coder, &spec, &err))
		fail(err.message);
	while (getline(&line, &size, stdin) > 0) {
		char *comma = strchr(line, ',');
		struct codist_bytes query;
		double alone = 0, primed = 0;

		if (!comma)
			fail("expected p,x");
		query = unpack(comma + 1);
		if (codist_coder_length(coder, query, &alone, &err) ||
		    codist_coder_prime(coder, unpack(line), &err) ||
		    codist_coder_length_primed(coder, query, NULL, &primed,
					       &err))
			fail(err.message);
		printf("%.17g %.17g\n", alone, primed);
	}
	free(line);
	codist_coder_free(coder);
	codist_spec_release(&spec);
}

static void load(const char *text)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;
	struct codist_spec spec;

	if (codist_spec_init(&spec, &codist_loaders, text, &err) ||
	    codist_dataset_load(&set, &spec, &err))
		fail(err.message);
	printf("%zu", set.rank);
	for (size_t d = 0; d < set.rank; d++)
		printf(" %zu", set.dimensions[d]);
	printf("\n");
	for (size_t i = 0; i < set.n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(&set, i);

		printf("%s ", set.class_names[set.labels[i]]);
		for (size_t k = 0; k < x.nbytes; k++)
			printf("%02x", x.data[k]);
		printf("\n");
	}
	codist_dataset_release(&set);
	codist_spec_release(&spec);
}

static void transform(const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	const struct codist_transform *plugin;
	char *line = NULL;
	size_t size = 0;

	if (codist_spec_init(&spec, &codist_transforms, text, &err))
		fail(err.message);
	plugin = (const struct codist_transform *)spec.plugin;
	while (getline(&line, &size, stdin) > 0) {
		struct codist_bytes x = unpack(line);
		unsigned char *out = take(plugin->size ?
			plugin->size(spec.config, x.nbytes) : x.nbytes, 1);
		size_t n = plugin->apply(spec.config, x, out);

		for (size_t i = 0; i < n; i++)
			printf("%02x", out[i]);
		printf("\n");
		free(out);
	}
	free(line);
	codist_spec_release(&spec);
}

/*
 * Each line an image of such a size; what it becomes by a list of transforms, or
 * "-" and why not. As a training sample all that it becomes, one after the other.
 */
static void transform_images(const char *text, size_t height, size_t width,
			     int is_training)
{
	enum codist_status (*become)(struct codist_dataset *set,
				     const struct codist_spec *spec,
				     struct codist_error *err) =
		is_training ? codist_dataset_augment : codist_dataset_transform;

	struct codist_error err = { 0 };
	struct codist_spec *specs;
	char *line = NULL;
	size_t size = 0, n_specs;

	if (codist_specs_init(&specs, &n_specs, &codist_transforms, text,
			      &err))
		fail(err.message);
	while (getline(&line, &size, stdin) > 0) {
		struct codist_dataset set = { 0 };
		struct codist_bytes x = unpack(line);
		enum codist_status status = CODIST_OK;

		if (codist_dataset_allocate(&set, "stdin", 1, 0, x.nbytes,
					    &err))
			fail(err.message);
		memcpy(set.bytes, x.data, x.nbytes);
		set.starts[1] = x.nbytes;
		set.rank = 2;
		set.dimensions[0] = height;
		set.dimensions[1] = width;
		for (size_t i = 0; i < n_specs && status == CODIST_OK; i++)
			status = become(&set, &specs[i], &err);
		if (status != CODIST_OK)
			printf("- %s", err.message);
		else
			for (size_t i = 0; i < set.starts[set.n_samples]; i++)
				printf("%02x", set.bytes[i]);
		printf("\n");
		codist_dataset_release(&set);
	}
	free(line);
	codist_specs_release(specs, n_specs);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "fold") == 0) {
		fold(argv[2]);
	} else if (argc == 5 && (strcmp(argv[1], "images") == 0 ||
				 strcmp(argv[1], "training") == 0)) {
		transform_images(argv[2], strtoul(argv[3], NULL, 10),
				 strtoul(argv[4], NULL, 10),
				 *argv[1] == 't');
	} else if (argc == 2 && strcmp(argv[1], "report") == 0) {
		size_t n_classes, n_samples;
		unsigned digits;

		while (scanf("%zu %zu %u", &n_classes, &n_samples,
			     &digits) == 3)
			report(n_classes, n_samples, digits);
	} else if (argc == 2 && strcmp(argv[1], "wilson") == 0) {
		size_t n_correct, n;
		double confidence;

		while (scanf("%zu %zu %lf", &n_correct, &n, &confidence) ==
		       3) {
			struct codist_interval interval =
				codist_wilson(n_correct, n, confidence);

			printf("%.17g %.17g\n", interval.low, interval.high);
		}
	} else if (argc == 3 && strcmp(argv[1], "lengths") == 0) {
		lengths(argv[2]);
	} else if (argc == 3 && strcmp(argv[1], "load") == 0) {
		load(argv[2]);
	} else if (argc == 3 && strcmp(argv[1], "transform") == 0) {
		transform(argv[2]);
	} else {
		fail("expected fold SPEC, report, wilson, lengths SPEC, "
		     "load SPEC or transform SPEC");
	}
	return 0;
}
