/*
 * test_lz4.c - LZ4's lengths, behind a prefix and alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stream_property.h"

#include <lz4.h>
#include <lz4frame.h>
#include <lz4hc.h>

struct options {
	int level, block_size, independent;
	int content_size, content_checksum, block_checksum;
};

static const char *const sizes[] = { "64k", "256k", "1m", "4m" };

static int draw_level(uint64_t *state)
{
	static const int levels[] = { 0, 1, 2, 3, 9, 12, -1, -50, -65536 };

	return draw(state, 2) ? levels[draw(state, 9)] :
				3 + (int)draw(state, 7);
}

static const char *on(int is_on)
{
	return is_on ? "on" : "off";
}

static void draw_frame(char text[256], void *options, uint64_t *state)
{
	struct options *o = options;

	o->level = draw_level(state);
	o->block_size = draw(state, 3) ? 0 : (int)draw(state, 4);
	o->independent = draw(state, 3) == 0;
	o->content_size = (int)draw(state, 2);
	o->content_checksum = (int)draw(state, 2);
	o->block_checksum = (int)draw(state, 2);
	snprintf(text, 256,
		 "lz4:level=%d,block_size=%s,blocks=%s,content_size=%s,"
		 "content_checksum=%s,block_checksum=%s",
		 o->level, sizes[o->block_size],
		 o->independent ? "independent" : "linked",
		 on(o->content_size), on(o->content_checksum),
		 on(o->block_checksum));
}

static size_t whole_frame(const void *options, const unsigned char *x,
			  size_t n)
{
	static const LZ4F_blockSizeID_t ids[] = { LZ4F_max64KB, LZ4F_max256KB,
						  LZ4F_max1MB, LZ4F_max4MB };
	const struct options *o = options;
	LZ4F_preferences_t how = {
		.frameInfo = {
			.blockSizeID = ids[o->block_size],
			.blockMode = o->independent ? LZ4F_blockIndependent :
						      LZ4F_blockLinked,
			.contentSize = (unsigned long long)o->content_size,
			.contentChecksumFlag = o->content_checksum ?
						LZ4F_contentChecksumEnabled :
						LZ4F_noContentChecksum,
			.blockChecksumFlag = o->block_checksum ?
						LZ4F_blockChecksumEnabled :
						LZ4F_noBlockChecksum,
		},
		.compressionLevel = o->level,
	};
	size_t room = LZ4F_compressFrameBound(n, &how), made;
	void *out = malloc(room);

	assert_non_null(out);
	made = LZ4F_compressFrame(out, room, x, n, &how);
	if (LZ4F_isError(made))
		fail_msg("%s", LZ4F_getErrorName(made));
	free(out);
	return made;
}

static void lengths_behind_a_prefix_are_those_of_whole_frames(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 400000, .query_most = 20000, .rounds = 25,
		.draw_spec = draw_frame, .whole = whole_frame,
		.options = &options });
}

static void draw_block(char text[256], void *options, uint64_t *state)
{
	struct options *o = options;

	o->level = draw_level(state);
	snprintf(text, 256, "lz4:format=block,level=%d", o->level);
}

static size_t whole_block(const void *options, const unsigned char *x,
			  size_t n)
{
	const struct options *o = options;
	int room = LZ4_compressBound((int)n), made;
	char *out = malloc((size_t)room);

	assert_non_null(out);
	made = o->level >= LZ4HC_CLEVEL_MIN ?
		       LZ4_compress_HC((const char *)x, out, (int)n, room,
				       o->level) :
		       LZ4_compress_fast((const char *)x, out, (int)n, room,
					 o->level < 0 ? 1 - o->level : 1);
	assert_true(made > 0);
	free(out);
	return (size_t)made;
}

static void lengths_behind_a_prefix_are_those_of_whole_blocks(void **state)
{
	struct options options;

	(void)state;
	check_stream_property(&(struct stream_property){
		.prefix_most = 200000, .query_most = 20000, .rounds = 10,
		.draw_spec = draw_block, .whole = whole_block,
		.options = &options });
}

/*
 * A frame of one block, and of one more byte; full blocks of the prefix, and
 * fewer; queries of growing length, which make the bytes move.
 */
static void it_does_not_matter_where_blocks_end(void **state)
{
	static unsigned char bytes[310000];
	static const size_t queries[] = { 0, 1, 2, 65535, 65536, 65537, 135000,
					  169000 };
	uint64_t seed = 8;

	(void)state;
	for (int kind = 0; kind < N_MATERIALS; kind += 3) {
		make_material(bytes, sizeof(bytes), (enum material)kind,
			      &seed);
		for (size_t i = 0; i < 2 * 2 * 6; i++) {
			struct options o = { .level = i / 12 ? 3 : 0,
					     .independent = i / 6 % 2 };
			struct stream_property property = {
				.whole = whole_frame, .options = &o
			};
			size_t p = 65536 * (1 + i / 3 % 2) - 1 + i % 3;
			struct codist_bytes prefix = { bytes, p };
			struct codist_error err = { 0 };
			struct codist_coder *coder = NULL;
			struct codist_spec spec;
			char text[64];

			snprintf(text, sizeof(text), "lz4:level=%d,blocks=%s",
				 o.level,
				 o.independent ? "independent" : "linked");
			if (codist_spec_init(&spec, &codist_backends, text,
					     &err) ||
			    codist_coder_new(&coder, &spec, &err) ||
			    codist_coder_prime(coder, prefix, &err))
				fail_msg("%s", err.message);
			for (size_t q = 0; q < 8; q++)
				check_primed(&property, coder, text, bytes, p,
					     queries[q]);
			codist_coder_free(coder);
			codist_spec_release(&spec);
		}
	}
}

static void a_bare_block_has_nothing_of_a_frame(void **state)
{
	static const char *const texts[] = {
		"lz4:format=block,block_size=4m",
		"lz4:format=block,blocks=independent",
		"lz4:format=block,content_size=on",
		"lz4:format=block,content_checksum=on",
		"lz4:format=block,block_checksum=on",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct codist_error err = { 0 };
		struct codist_spec spec;

		assert_int_equal(codist_spec_init(&spec, &codist_backends,
						  texts[i], &err),
				 CODIST_EUSAGE);
		assert_non_null(strstr(err.message, "format=block"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lengths_behind_a_prefix_are_those_of_whole_frames),
		cmocka_unit_test(
			lengths_behind_a_prefix_are_those_of_whole_blocks),
		cmocka_unit_test(it_does_not_matter_where_blocks_end),
		cmocka_unit_test(a_bare_block_has_nothing_of_a_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
