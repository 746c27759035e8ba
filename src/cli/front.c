/*
 * front.c - a study made of a command's options, carried out for its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "front.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In the double quotes of YAML, of which those of JSON are a part. */
void front_write(FILE *study, const char *key, const char *value)
{
	fprintf(study, key ? "%s: \"" : "  - \"", key);
	for (const char *c = value; *c; c++)
		if (*c == '"' || *c == '\\')
			fprintf(study, "\\%c", *c);
		else if ((unsigned char)*c < ' ')
			fprintf(study, "\\x%02x", (unsigned)*c);
		else
			putc(*c, study);
	fputs("\"\n", study);
}

/* SQLite has further files beside the store, so it gets a folder. */
static enum codist_status make_folder(struct front *front,
				      struct codist_error *err)
{
	const char *within = getenv("TMPDIR");
	int error;

	if (asprintf(&front->folder, "%s/codist-XXXXXX",
		     within && *within ? within : "/tmp") < 0) {
		front->folder = NULL;
		return codist_no_memory(err, "a path");
	}
	if (!mkdtemp(front->folder)) {
		error = errno;
		codist_fail(err, CODIST_EIO, "%s: cannot make that folder: %s; "
			    "TMPDIR may name another place, and --store a file",
			    front->folder, strerror(error));
		free(front->folder);
		front->folder = NULL;
		return CODIST_EIO;
	}
	if (asprintf(&front->store, "%s/store.db", front->folder) < 0) {
		front->store = NULL;
		return codist_no_memory(err, "a path");
	}
	return CODIST_OK;
}

enum codist_status front_open(struct front *front, const char *study,
			      struct codist_error *err)
{
	const struct codist_bytes text = {
		(const unsigned char *)study, strlen(study)
	};

	CODIST_TRY(codist_study_parse(&front->study, front->command, text,
				      NULL, NULL, err));
	if (!front->kept)
		return make_folder(front, err);
	front->store = strdup(front->kept);
	return front->store ? CODIST_OK : codist_no_memory(err, "a path");
}

static void remove_store(const struct front *front)
{
	static const char *const endings[] = { "", "-wal", "-shm",
					       "-journal" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		char *path;

		if (asprintf(&path, "%s%s", front->store, endings[i]) < 0)
			continue;
		unlink(path);
		free(path);
	}
	rmdir(front->folder);
}

void front_release(struct front *front)
{
	if (front->folder && front->store)
		remove_store(front);
	free(front->folder);
	free(front->store);
	codist_study_release(&front->study);
}

static enum codist_study_stop
progress(void *user, const struct codist_study_progress *now)
{
	struct front *front = user;

	return study_talk_progress(&front->talk, now);
}

static void tell(void *user, const char *message)
{
	struct front *front = user;

	study_talk_tell(&front->talk, message);
}

static enum codist_status done(void *user,
			       const struct codist_study_run *const *runs,
			       size_t n, struct codist_error *err)
{
	struct front *front = user;

	study_talk_end(&front->talk);
	return front->done(front->user, runs, n, err);
}

enum codist_status front_run(struct front *front, struct codist_error *err)
{
	const struct codist_study_how how = {
		.store = front->store, .n_threads = (unsigned)front->threads,
		.memory = front->memory, .chosen = front->chosen,
		.progress = progress, .done = done,
		.tell = front->is_silent ? NULL : tell, .user = front,
	};
	enum codist_status status;

	study_talk_init(&front->talk, front->command);
	/* What is not kept need not be brought to an end. */
	if (!front->kept)
		front->talk.when = CODIST_STOP_NOW;
	status = codist_study_run_all(&front->study, &how, NULL, err);
	study_talk_end(&front->talk);
	if (status != CODIST_OK && front->kept)
		fprintf(stderr, "codist %s: what is done is kept in %s, and "
			"the same command goes on with it\n", front->command,
			front->kept);
	return status;
}
