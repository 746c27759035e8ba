/*
 * consumer.c - a program outside of the project, see install_consumer.sh
 *
 * Prints the version of libcodist, and the length of 1,000 zeros, stored.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <stdio.h>

int main(void)
{
	static const unsigned char zeros[1000];
	const struct codist_bytes x = { zeros, sizeof(zeros) };
	struct codist_error err = { 0 };
	struct codist_spec backend = { 0 };
	struct codist_coder *coder = NULL;
	enum codist_status status;
	double bits = 0;

	status = codist_spec_init(&backend, &codist_backends,
				  "deflate:level=0,wbits=-15", &err);
	if (status == CODIST_OK)
		status = codist_coder_new(&coder, &backend, &err);
	if (status == CODIST_OK)
		status = codist_coder_length(coder, x, &bits, &err);
	codist_coder_free(coder);
	codist_spec_release(&backend);
	if (status == CODIST_OK)
		printf("%s %g\n", codist_version(), bits);
	else
		fprintf(stderr, "consumer: %s\n", err.message);
	return status != CODIST_OK;
}
