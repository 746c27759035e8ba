/*
 * ctw.h - pictures by context trees, one for each place or one for all
 *
 * Trees of different places do not know of each other. So pictures can be taken
 * in place by place, while a tree is at hand, and the lengths are those of
 * picture by picture.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_CTW_H
#define CODIST_BACKENDS_IMAGE_CTW_H

#include "canvas.h"
#include "forest.h"
#include "sites.h"
#include "sizes.h"

/*
 * Begin with zeros, a depth, alpha and weight in `forest`, and a template in
 * `canvas`.
 */
struct codist_ctw {
	int has_one_tree; /* 1: for all places */
	struct codist_forest forest;
	struct codist_sites sites;
	int32_t tree; /* the one; no other is used then */
	struct codist_sizes sizes;
	struct codist_canvas canvas;
	uint32_t *contexts; /* [contexts_capacity], of some pictures */
	size_t contexts_capacity;
};

void codist_ctw_release(struct codist_ctw *ctw);

/* codist_ctw_clear() forgets all pictures. It comes before all below. */
enum codist_status codist_ctw_clear(struct codist_ctw *ctw,
				    struct codist_error *err);

/*
 * codist_ctw_learn() counts what the pictures of a stream cost, and learns each.
 * `who` is for messages. After a failure only clear() or undo() will do.
 */
enum codist_status codist_ctw_learn(struct codist_ctw *ctw,
				    struct codist_coding *coding,
				    struct codist_bytes stream,
				    const char *who, struct codist_error *err);

/*
 * codist_ctw_ask() counts what the pictures of a stream would cost if they were
 * learned, and learns nothing.
 */
enum codist_status codist_ctw_ask(struct codist_ctw *ctw,
				  struct codist_coding *coding,
				  struct codist_bytes stream, const char *who,
				  struct codist_error *err);

/*
 * codist_ctw_write() learns a picture and codes it, and codist_ctw_read() one
 * that it draws on ctw->canvas; *is_there is 0 where there is no further one.
 */
enum codist_status codist_ctw_write(struct codist_ctw *ctw,
				    struct codist_coding *coding,
				    const struct codist_pbm *picture,
				    struct codist_error *err);
enum codist_status codist_ctw_read(struct codist_ctw *ctw,
				   struct codist_coding *coding, int *is_there,
				   struct codist_error *err);

#endif
