/*
 * options.c - what deflate and deflate-dict can be asked for alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "options.h"

const char *const codist_deflate_strategies[] = { "default", "filtered",
						  "huffman", "rle", "fixed",
						  NULL };
const char *const codist_deflate_units[] = { "byte", "bit", NULL };

struct codist_deflate_params
codist_deflate_params_of(const struct codist_deflate_options *options)
{
	return (struct codist_deflate_params){
		.level = (int)options->level,
		.wbits = (int)options->wbits,
		.memlevel = (int)options->memlevel,
		.strategy = options->strategy,
	};
}

double
codist_deflate_granularity(const struct codist_deflate_options *options)
{
	return options->unit == CODIST_DEFLATE_BIT ? 1 : 8;
}

enum codist_status codist_deflate_check_window(const char *backend, int wbits,
					       int gzip,
					       struct codist_error *err)
{
	if ((wbits >= -15 && wbits <= -9) || (wbits >= 8 && wbits <= 15) ||
	    (gzip && wbits >= 25 && wbits <= 31))
		return CODIST_OK;
	if (wbits == -8 || (gzip && wbits == 24))
		return codist_fail(err, CODIST_EUSAGE,
				   "backend %s: wbits=%d, zlib refuses a "
				   "window of 2^8 bytes in %s streams; the "
				   "next is wbits=%d",
				   backend, wbits, wbits < 0 ? "raw" : "gzip",
				   wbits < 0 ? -9 : 25);
	return codist_fail(err, CODIST_EUSAGE,
			   "backend %s: wbits=%d, expected -15..-9 (raw)%s "
			   "8..15 (zlib)%s",
			   backend, wbits, gzip ? "," : " or",
			   gzip ? " or 25..31 (gzip)" : "");
}
