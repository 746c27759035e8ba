/*
 * seek.h - the best match within bounds of the prefix, at one place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_SEEK_H
#define CODIST_DEFLATE_SEEK_H

#include "index.h"

/* What one look-up has found out so far. Places are those of the text. */
struct sizer_seek {
	const struct sizer_index *index;
	const unsigned char *text, *here;
	unsigned at, most, nice;
	unsigned newest; /* candidates of the prefix begin before this place, */
	unsigned oldest; /* and not before this one */
	unsigned floor;  /* only longer matches are of use */
	unsigned run;    /* bytes from here to the end of the run here */
	/* What agrees in a list's phrase is more than so many bytes, of which
	 * the last are those of a whole run; UINT_MAX: not known. */
	unsigned reach[SIZER_N_LISTS];
	uint32_t list[SIZER_N_LISTS]; /* where each begins, if it is known; 0:
				       * empty */
	uint32_t same; /* the newest run before with the byte here; 0: none */
	unsigned tail_end; /* of the text's last run, which may go on in x */
	int has_begun; /* the byte before is of the same run, and a candidate */
	struct sizer_match best;
};

/*
 * At the place of a parse, with nothing found. The rest is left as it is: there
 * are many look-ups, and most of them are short.
 */
static inline void sizer_seek_start(struct sizer_seek *seek,
				    const struct sizer_index *index,
				    const struct sizer_parse *parse,
				    unsigned most)
{
	unsigned nice = index->params->nice;

	seek->index = index;
	seek->text = index->text;
	seek->at = (unsigned)(parse->at - index->first);
	seek->here = seek->text + seek->at;
	seek->most = most;
	seek->nice = nice < most ? nice : most;
	seek->best.length = 0;
	seek->best.at = 0;
}

/* What is better than seek->floor, to seek->best. */
void codist_sizer_seek(struct sizer_seek *seek);

#endif
