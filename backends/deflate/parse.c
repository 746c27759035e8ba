/*
 * parse.c - zlib's choice of matches, and the bits that come of it
 *
 * Levels 4 to 9 are lazy: a match found at one byte is taken only if the next
 * byte has no longer one. Levels 1 to 3 take what they find. Which matches are
 * found is the source's business. Two strategies ask for none: one takes runs,
 * the other literals only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "parse.h"

#include "text.h"

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

/* The bits of the stream with the block that is being gathered. */
static uint64_t with_block(struct sizer_parse *parse, int fixed_codes)
{
	size_t n_stored = parse->at - parse->block;
	int can_store = parse->block >= parse->buffer;

	return fixed_codes ? codist_sizer_block_fixed(&parse->symbols,
						      parse->bits, n_stored,
						      can_store) :
			     codist_sizer_block_bits(&parse->symbols,
						     parse->bits, n_stored,
						     can_store);
}

static void end_full_block(struct sizer_parse *parse,
			   const struct sizer_params *params)
{
	if (parse->symbols.n_symbols < params->block_symbols)
		return;
	parse->bits = with_block(parse, params->fixed_codes);
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
	if (parse->filled - parse->at < params->wanted)
		fill(parse, source);
	if (mode == UNTIL)
		return parse->filled - parse->at >= params->wanted;
	return parse->filled > parse->at;
}

/* The match to take here, of length NO_MATCH if none; 0 if it depends. */
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
	if (found.length <= known || found.length < params->least)
		return 1;
	if (found.length == SIZER_MIN_MATCH && params->way == SIZER_LAZY &&
	    parse->at - found.at > SIZER_TOO_FAR)
		return 1;
	*match = found;
	return 1;
}

static unsigned char byte_at(const struct sizer_source *source, size_t at)
{
	return source->bytes[at - source->first];
}

static void take_literal(struct sizer_parse *parse,
			 const struct sizer_source *source)
{
	sizer_block_literal(&parse->symbols, byte_at(source, parse->at++));
	end_full_block(parse, source->params);
}

static void take_match(struct sizer_parse *parse,
		       const struct sizer_source *source,
		       struct sizer_match match)
{
	sizer_block_match(&parse->symbols, match.length,
			  (unsigned)(parse->at - match.at));
	parse->at += match.length;
	end_full_block(parse, source->params);
}

/* zlib has a byte tell its match a byte later, and so its block ends later. */
static void run_lazy(struct sizer_parse *parse,
		     const struct sizer_source *source, enum mode mode)
{
	const struct sizer_params *params = source->params;

	while (is_ready(parse, source, mode)) {
		struct sizer_match next;

		if (!look(parse, source, &next))
			return;
		if (parse->match.length > NO_MATCH &&
		    next.length <= parse->match.length) {
			parse->at--;
			take_match(parse, source, parse->match);
			parse->match.length = NO_MATCH;
			parse->has_literal = 0;
			continue;
		}
		if (parse->has_literal) {
			sizer_block_literal(&parse->symbols,
					    byte_at(source, parse->at - 1));
			end_full_block(parse, params);
		}
		parse->has_literal = 1;
		parse->match = next;
		parse->at++;
	}
}

static void run_greedy(struct sizer_parse *parse,
		       const struct sizer_source *source, enum mode mode)
{
	while (is_ready(parse, source, mode)) {
		struct sizer_match found;

		if (!look(parse, source, &found))
			return;
		if (found.length > NO_MATCH)
			take_match(parse, source, found);
		else
			take_literal(parse, source);
	}
}

/* How often the byte before is repeated here. */
static unsigned repeated(const struct sizer_source *source, size_t at)
{
	size_t rest = source->end - at;
	const unsigned char *here;

	if (at == 0)
		return 0;
	here = source->bytes + (at - source->first);
	return sizer_common(here - 1, here,
			    rest < SIZER_MAX_MATCH ? (unsigned)rest :
						     SIZER_MAX_MATCH);
}

static void run_runs(struct sizer_parse *parse,
		     const struct sizer_source *source, enum mode mode)
{
	while (is_ready(parse, source, mode)) {
		struct sizer_match run = { repeated(source, parse->at),
					   parse->at - 1 };

		if (run.length < SIZER_MIN_MATCH)
			take_literal(parse, source);
		else
			take_match(parse, source, run);
	}
}

static void run_literals(struct sizer_parse *parse,
			 const struct sizer_source *source, enum mode mode)
{
	while (is_ready(parse, source, mode))
		take_literal(parse, source);
}

static void run(struct sizer_parse *parse, const struct sizer_source *source,
		enum mode mode)
{
	switch (source->params->way) {
	case SIZER_LAZY:
		run_lazy(parse, source, mode);
		break;
	case SIZER_GREEDY:
		run_greedy(parse, source, mode);
		break;
	case SIZER_RUNS:
		run_runs(parse, source, mode);
		break;
	default:
		run_literals(parse, source, mode);
		break;
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
		sizer_block_literal(&parse->symbols,
				    byte_at(source, parse->at - 1));
	return with_block(parse, source->params->fixed_codes);
}
