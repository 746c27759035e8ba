#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The fuzz targets over their corpora: what they found once is not found again.
set -eu
for target in idx image matrix npy pbm records sizer spec study tree; do
	"./tests/fuzz/replay_$target" "${srcdir:-.}/tests/data/fuzz_$target"/*
done
