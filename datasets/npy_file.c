/*
 * npy_file.c - an array of whole numbers in NumPy's format
 *
 * Versions 1.0 to 3.0 of the format (NumPy's documentation, numpy.lib.format):
 * a magic string, the version, the header's length, and the header, which is a
 * dictionary as Python writes it, of three keys in any order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "npy_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What is left of the header. */
struct scan {
	const unsigned char *at, *end;
};

static void skip_space(struct scan *in)
{
	while (in->at < in->end && strchr(" \t\r\n", *in->at) && *in->at)
		in->at++;
}

/* 1 if that character is next, which is then passed. */
static int take(struct scan *in, char c)
{
	skip_space(in);
	if (in->at == in->end || *in->at != (unsigned char)c)
		return 0;
	in->at++;
	return 1;
}

static int take_word(struct scan *in, const char *word)
{
	size_t n = strlen(word);

	skip_space(in);
	if ((size_t)(in->end - in->at) < n || memcmp(in->at, word, n) != 0)
		return 0;
	in->at += n;
	return 1;
}

#define STRING_SIZE 32
/* A quoted string of fewer than that many characters, without escapes. */
static int take_string(struct scan *in, char text[STRING_SIZE])
{
	size_t n = 0;
	char quote;

	if (take(in, '\''))
		quote = '\'';
	else if (take(in, '"'))
		quote = '"';
	else
		return 0;
	for (; in->at < in->end && *in->at != (unsigned char)quote; in->at++) {
		if (n == STRING_SIZE - 1 || *in->at < ' ' || *in->at > '~')
			return 0;
		text[n++] = (char)*in->at;
	}
	text[n] = '\0';
	return take(in, quote);
}

static int take_number(struct scan *in, size_t *number)
{
	const unsigned char *first;

	skip_space(in);
	first = in->at;
	*number = 0;
	for (; in->at < in->end && *in->at >= '0' && *in->at <= '9'; in->at++) {
		if (*number > (SIZE_MAX - 9) / 10)
			return 0;
		*number = 10 * *number + (size_t)(*in->at - '0');
	}
	return in->at > first;
}

/* "(60000, 28, 28)", "(5,)", "()" */
static int take_shape(struct scan *in, struct codist_npy *npy)
{
	npy->rank = 0;
	if (!take(in, '('))
		return 0;
	while (!take(in, ')')) {
		if (npy->rank == CODIST_MAX_RANK + 1 ||
		    !take_number(in, &npy->dimensions[npy->rank++]))
			return 0;
		if (!take(in, ',')) {
			if (!take(in, ')'))
				return 0;
			break;
		}
	}
	return 1;
}

/* What the header says. */
struct header {
	char descr[STRING_SIZE];
	int has_descr, has_order, has_shape, is_fortran;
};

static int take_entry(struct scan *in, struct header *header,
		      struct codist_npy *npy)
{
	char key[STRING_SIZE];

	if (!take_string(in, key) || !take(in, ':'))
		return 0;
	if (strcmp(key, "descr") == 0)
		return header->has_descr = take_string(in, header->descr);
	if (strcmp(key, "shape") == 0)
		return header->has_shape = take_shape(in, npy);
	if (strcmp(key, "fortran_order") != 0)
		return 0;
	header->is_fortran = take_word(in, "True");
	return header->has_order = header->is_fortran || take_word(in, "False");
}

static int take_header(struct scan *in, struct header *header,
		       struct codist_npy *npy)
{
	if (!take(in, '{'))
		return 0;
	while (!take(in, '}')) {
		if (!take_entry(in, header, npy))
			return 0;
		if (!take(in, ',')) {
			if (!take(in, '}'))
				return 0;
			break;
		}
	}
	skip_space(in);
	return in->at == in->end && header->has_descr && header->has_order &&
	       header->has_shape;
}

/* "<i8", "|u1" and the like: byte order, kind, size. */
static int understand_type(struct codist_npy *npy, const char *descr)
{
	static const uint16_t one = 1;
	int is_little = *(const unsigned char *)&one;

	if (strlen(descr) != 3 || !strchr("<>|=", descr[0]) ||
	    !strchr("uib", descr[1]) || !strchr("1248", descr[2]))
		return 0;
	npy->is_big_endian = descr[0] == '>' || (descr[0] == '=' && !is_little);
	npy->kind = descr[1];
	npy->item_size = (size_t)(descr[2] - '0');
	return npy->kind != 'b' || npy->item_size == 1;
}

/* The header, behind which *file then begins. */
static enum codist_status find_header(struct scan *in, const char *path,
				      struct codist_bytes *file,
				      struct codist_error *err)
{
	static const unsigned char magic[] = { 0x93, 'N', 'U', 'M', 'P', 'Y' };
	const unsigned char *bytes = file->data;
	size_t before, length;

	if (file->nbytes < 10 || memcmp(bytes, magic, sizeof(magic)) != 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: not a NumPy file: its %zu bytes do not "
				   "begin with 0x93 and NUMPY",
				   path, file->nbytes);
	if (bytes[6] < 1 || bytes[6] > 3 || bytes[7] != 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: version %d.%d of NumPy's format, "
				   "expected 1.0, 2.0 or 3.0",
				   path, bytes[6], bytes[7]);
	before = bytes[6] == 1 ? 10 : 12;
	length = bytes[8] | (size_t)bytes[9] << 8;
	if (before == 12 && file->nbytes >= before)
		length |= (size_t)bytes[10] << 16 | (size_t)bytes[11] << 24;
	if (file->nbytes < before || file->nbytes - before < length)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: truncated: %zu bytes, expected a "
				   "header of %zu",
				   path, file->nbytes, before + length);
	in->at = bytes + before;
	in->end = in->at + length;
	file->data = in->end;
	file->nbytes -= before + length;
	return CODIST_OK;
}

/* That the data are as long as the shape and the type have it. */
static enum codist_status check_size(struct codist_npy *npy, const char *path,
				     size_t nbytes, struct codist_error *err)
{
	npy->n_items = 1;
	for (size_t d = 0; d < npy->rank; d++) {
		size_t size = npy->dimensions[d];

		if (size && npy->n_items > SIZE_MAX / 8 / size)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: the product of its %zu "
					   "dimensions overflows",
					   path, npy->rank);
		npy->n_items *= size;
	}
	if (nbytes == npy->n_items * npy->item_size)
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: %s%zu bytes of data, expected %zu by its "
			   "shape and type",
			   path,
			   nbytes < npy->n_items * npy->item_size ?
				   "truncated: " : "",
			   nbytes, npy->n_items * npy->item_size);
}

enum codist_status codist_npy_parse(struct codist_npy *npy, const char *path,
				    struct codist_bytes file,
				    struct codist_error *err)
{
	struct header header = { 0 };
	struct scan in;

	*npy = (struct codist_npy){ 0 };
	CODIST_TRY(find_header(&in, path, &file, err));
	if (!take_header(&in, &header, npy))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: a header that is not of the like of "
				   "{'descr': '|u1', 'fortran_order': False, "
				   "'shape': (100, 28, 28)}, with at most %d "
				   "dimensions",
				   path, CODIST_MAX_RANK + 1);
	if (!understand_type(npy, header.descr))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: items of type '%s', expected whole "
				   "numbers of 1, 2, 4 or 8 bytes, or bool",
				   path, header.descr);
	if (header.is_fortran)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: in Fortran's order, expected C's; "
				   "numpy.ascontiguousarray() makes it so",
				   path);
	if (npy->rank == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: a single number, expected an array",
				   path);
	npy->items = file.data;
	return check_size(npy, path, file.nbytes, err);
}

void codist_npy_item(const struct codist_npy *npy, size_t i,
		     char text[CODIST_NPY_ITEM_SIZE])
{
	const unsigned char *item = npy->items + i * npy->item_size;
	uint64_t value = 0, sign;

	for (size_t k = 0; k < npy->item_size; k++)
		value = value << 8 | item[npy->is_big_endian ?
						  k : npy->item_size - 1 - k];
	sign = (uint64_t)1 << (8 * npy->item_size - 1);
	/* Two's complement: the value less the sign's bit, twice. */
	if (npy->kind == 'i' && (value & sign))
		snprintf(text, CODIST_NPY_ITEM_SIZE, "-%" PRIu64,
			 sign - (value - sign));
	else
		snprintf(text, CODIST_NPY_ITEM_SIZE, "%" PRIu64, value);
}
