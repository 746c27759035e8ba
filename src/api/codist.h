/*
 * codist.h - all of libcodist
 *
 * A sample is scored against references; the row of scores is folded into
 * class scores; the smallest wins. Each header below is the manual of a part.
 *
 * The library never prints, never exits, and keeps no state that is written
 * after start-up, to which the loading of plug-ins belongs. Unless said otherwise, functions may be called from any
 * thread as long as no two threads share an object that one of them changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_H
#define CODIST_H

#include <codist/base.h>
#include <codist/plugin.h>
#include <codist/backend.h>
#include <codist/golden.h>
#include <codist/dataset.h>
#include <codist/measure.h>
#include <codist/multiset.h>
#include <codist/normality.h>
#include <codist/aggregator.h>
#include <codist/evaluate.h>
#include <codist/statistics.h>
#include <codist/combination.h>
#include <codist/embed.h>
#include <codist/tree.h>
#include <codist/pipeline.h>
#include <codist/output.h>
#include <codist/search.h>
#include <codist/pairwise.h>
#include <codist/matrix.h>
#include <codist/published.h>
#include <codist/study.h>
#include <codist/store.h>
#include <codist/report.h>
#include <codist/comparison.h>
#include <codist/fetch.h>
#include <codist/check.h>
#include <codist/load.h>

#endif
