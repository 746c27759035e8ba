/*
 * fuzz_records.c - any bytes as a file of records: refused, or read as a set
 *
 * The first byte chooses the loader and its options.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include <codist.h>

#include <string.h>
#include <unistd.h>

static const char *const specs[] = {
	"text:%s",
	"text:%s,separator=space,label=last",
	"text:%s,label=none,offset=1,limit=2",
	"csv:%s",
	"csv:%s,label=1,text=2",
	"csv:%s,delimiter=tab,label=2,text=1+3,join=none,header=yes",
	"jsonl:%s",
	"jsonl:%s,label=a.b,text=c+d",
	"fasta:%s",
	"fasta:%s,label=before,case=lower",
	"fasta:%s,label=description,classes=a+b",
	"arff:%s",
	"arff:%s,label=none,join=space",
	"arff:%s,label=a,text=b+c,classes=0-4",
};
#define N_SPECS (sizeof(specs) / sizeof(specs[0]))

static char path[] = "/tmp/codist-fuzz-records-XXXXXX";

static void clean_up(void)
{
	unlink(path);
}

static void put(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0) {
		fd = mkstemp(path);
		FUZZ_PROMISE(fd >= 0);
		atexit(clean_up);
	}
	FUZZ_PROMISE(ftruncate(fd, 0) == 0);
	FUZZ_PROMISE(pwrite(fd, data, size, 0) == (ssize_t)size);
}

static void check_set(const struct codist_dataset *set)
{
	FUZZ_PROMISE(set->n_samples > 0 && set->n_classes > 0);
	FUZZ_PROMISE(set->starts[0] == 0);
	for (size_t i = 0; i < set->n_samples; i++) {
		FUZZ_PROMISE(set->starts[i] <= set->starts[i + 1]);
		FUZZ_PROMISE(set->labels[i] < set->n_classes);
	}
	for (size_t c = 0; c < set->n_classes; c++)
		FUZZ_PROMISE(set->class_names[c] && *set->class_names[c]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;
	struct codist_spec spec;
	char text[128];

	if (size < 1)
		return 0;
	put(data + 1, size - 1);
	snprintf(text, sizeof(text), specs[data[0] % N_SPECS], path);
	if (codist_spec_init(&spec, &codist_loaders, text, &err)) {
		FUZZ_PROMISE(err.status == CODIST_EMISSING); /* no libcsv */
		return 0;
	}
	if (codist_dataset_load(&set, &spec, &err)) {
		FUZZ_PROMISE(err.status == CODIST_EFORMAT ||
			     err.status == CODIST_ENOMEM);
		FUZZ_PROMISE(strstr(err.message, path));
		FUZZ_PROMISE(!set.bytes && !set.class_names);
	} else {
		check_set(&set);
		codist_dataset_release(&set);
	}
	codist_spec_release(&spec);
	return 0;
}
