/*
 * parse.c - zlib's lazy choice of matches, and the bits that come of it
 *
 * A match found at one byte is taken only if the next byte has no longer one
 * (levels 4 to 9). Which matches are found is the source's business.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "parse.h"

#define NO_MATCH 2 /* the length that any match exceeds */

enum mode { UNTIL, AHEAD, FINISH };

void codist_sizer_parse_init(struct sizer_parse *parse)
{
	*parse = (struct sizer_parse){ .match = { NO_MATCH, 0 } };
}

/* Take in more of the stream, and slide first when the buffer is used up. */
static void fill(struct sizer_parse *parse, const struct sizer_source *source)
{
	const struct sizer_params *params = source->params;

	do {
		size_t room, rest;

		if (parse->at - parse->buffer >=
		    params->window + params->farthest)
			parse->buffer += params->window;
		rest = source->end - parse->filled;
		if (rest == 0)
			return;
		room = parse->buffer + 2 * params->window - parse->filled;
		parse->filled += rest < room ? rest : room;
	} while (parse->filled - parse->at < SIZER_MIN_LOOKAHEAD);
}

static void end_block(struct sizer_parse *parse)
{
	parse->bits = codist_sizer_block_bits(&parse->symbols, parse->bits,
					      parse->at - parse->block,
					      parse->block >= parse->buffer);
	parse->symbols = (struct sizer_block){ 0 };
	parse->block = parse->at;
}

/* Can a decision be made at all? Fills the buffer where that helps. */
static int is_ready(struct sizer_parse *parse,
		    const struct sizer_source *source, enum mode mode)
{
	const struct sizer_params *params = source->params;

	if (mode == AHEAD) /* no string to hash, or a slide in sight: no */
		return parse->at + SIZER_MIN_MATCH <= source->end &&
		       parse->at - parse->buffer + SIZER_MAX_MATCH <
			       params->window + params->farthest;
	if (parse->filled - parse->at < SIZER_MIN_LOOKAHEAD)
		fill(parse, source);
	if (mode == UNTIL)
		return parse->filled - parse->at >= SIZER_MIN_LOOKAHEAD;
	return parse->filled > parse->at;
}

/* The best match here, of length NO_MATCH if none; 0 if it depends. */
static int look(const struct sizer_parse *parse,
		const struct sizer_source *source, struct sizer_match *match)
{
	const struct sizer_params *params = source->params;
	size_t rest = source->end - parse->at;
	unsigned known = parse->match.length;
	struct sizer_match found = { 0, 0 };

	match->length = NO_MATCH;
	match->at = parse->match.at;
	if (known >= params->lazy || rest < SIZER_MIN_MATCH)
		return 1;
	if (!source->find(source->self, parse,
			  known >= params->good ? params->chain / 4 :
						  params->chain,
			  rest < SIZER_MAX_MATCH ? (unsigned)rest :
						   SIZER_MAX_MATCH,
			  &found))
		return 0;
	if (found.length <= known)
		return 1;
	if (found.length == SIZER_MIN_MATCH &&
	    parse->at - found.at > SIZER_TOO_FAR)
		return 1;
	*match = found;
	return 1;
}

static void run(struct sizer_parse *parse, const struct sizer_source *source,
		enum mode mode)
{
	unsigned full = source->params->block_symbols;

	while (is_ready(parse, source, mode)) {
		struct sizer_match next;

		if (!look(parse, source, &next))
			return;
		if (parse->match.length > NO_MATCH &&
		    next.length <= parse->match.length) {
			size_t start = parse->at - 1;

			sizer_block_match(&parse->symbols, parse->match.length,
					  (unsigned)(start - parse->match.at));
			parse->at = start + parse->match.length;
			parse->match.length = NO_MATCH;
			parse->has_literal = 0;
			if (parse->symbols.n_symbols == full)
				end_block(parse);
			continue;
		}
		if (parse->has_literal) {
			sizer_block_literal(
				&parse->symbols,
				source->bytes[parse->at - 1 - source->first]);
			if (parse->symbols.n_symbols == full)
				end_block(parse);
		}
		parse->has_literal = 1;
		parse->match = next;
		parse->at++;
	}
}

void codist_sizer_parse_until(struct sizer_parse *parse,
			      const struct sizer_source *source)
{
	run(parse, source, UNTIL);
}

void codist_sizer_parse_ahead(struct sizer_parse *parse,
			      const struct sizer_source *source)
{
	run(parse, source, AHEAD);
}

uint64_t codist_sizer_parse_finish(struct sizer_parse *parse,
				   const struct sizer_source *source)
{
	run(parse, source, FINISH);
	if (parse->has_literal)
		sizer_block_literal(
			&parse->symbols,
			source->bytes[parse->at - 1 - source->first]);
	end_block(parse);
	return parse->bits;
}
