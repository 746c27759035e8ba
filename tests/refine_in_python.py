# SPDX-License-Identifier: GPL-3.0-or-later
# The lengths of refine-image, computed once more: pictures as dictionaries of black
# pixels, references one after the other, each pixel by itself.
import math
import os
import re
import string

from ctw_in_python import ONE, PARTS, cost, pictures, sizes_cost

PART = PARTS // 64
COUNT = 65536
LEAST = ONE >> 11
BEFORE = [(0, -1), (-1, 0), (-1, -1), (-1, 1), (0, -2), (-2, 0)]
AROUND = [(0, 0), (0, 1), (1, 0), (-1, 0), (0, -1), (1, 1), (1, -1)]
ALONE = [(-2, -1), (-2, 0), (-2, 1), (-1, -2), (-1, -1), (-1, 0), (-1, 1),
         (-1, 2), (0, -2), (0, -1)]
POWERS = [math.floor(2048 * 2 ** (-i / 64)) for i in range(64)]
COST = [0] + [cost(p) for p in range(1, ONE)]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..",
                       "backends", "image", "refine_handwriting.h")) as source:
    HALVES = re.findall(r'"([A-Za-z]{64})"', source.read())
LINES = [HALVES[i] + HALVES[i + 1] for i in range(0, 128, 2)]


def rounded_up(of):
    return -(-of // PART)


def power(parts):
    return POWERS[parts % 64] >> parts // 64 if parts < 16 * 64 else 0


class Picture:
    def __init__(self, rows):
        self.width, self.height = len(rows[0]), len(rows)
        self.black = {(y, x) for y, row in enumerate(rows)
                      for x, bit in enumerate(row) if bit}
        self.seen = {}

    def context(self, y, x, places):
        return sum(((y + dy, x + dx) in self.black) << i
                   for i, (dy, dx) in enumerate(places))

    def around(self, y, x):
        if (y, x) not in self.seen:
            self.seen[y, x] = self.context(y, x, AROUND)
        return self.seen[y, x]

    def pixels(self):
        for y in range(self.height):
            for x in range(self.width):
                yield y, x, int((y, x) in self.black)


class Tables:
    """What pixels and displacements cost, by what was counted."""

    def __init__(self, counts, shifts):
        self.base, self.parts = {}, {}
        for before in range(64):
            n = [counts[before, around] for around in range(128)]
            black = [min(max(p, LEAST), ONE - LEAST) for p in self.blacks(n)]
            for bit in range(2):
                of = [COST[p if bit else ONE - p] for p in black]
                self.base[before, bit] = min(of)
                self.parts[before, bit] = [rounded_up(c - min(of))
                                           for c in of]
        total = sum(shifts)
        self.shifts = [rounded_up(COST[n * (ONE - 25) // total + 1])
                       for n in shifts] if len(shifts) > 1 else [0]

    @staticmethod
    def blacks(n):
        """By the first k pixels around, leaning on k - 1."""
        above = [ONE // 2]
        for k in range(8):
            like = [n[around::2 ** k] for around in range(2 ** k)]
            above = [(sum(c[1] for c in cs) * ONE +
                      above[around % len(above)] * COUNT) //
                     (sum(sum(c) for c in cs) + COUNT)
                     for around, cs in enumerate(like)]
        return above


def mixed(of):
    """-64 log2 of a sum, of which the logarithm has seven bits."""
    total = sum(power(c - min(of)) for c in of)
    octaves = total.bit_length() - 12
    leading = (total >> octaves) / 2048
    return min(of) - 64 * octaves - math.floor(
        64 * math.log2(math.floor(128 * leading) / 128))


class Model:
    def __init__(self, radius, block, prior, nearest):
        self.block, self.nearest = block, nearest
        self.shifts = [(dy, dx) for dy in range(-radius, radius + 1)
                       for dx in range(-radius, radius + 1)]
        self.learns, seen = prior > 0, (prior or 1000000) * COUNT
        self.counts = {}
        for before, line in enumerate(LINES):
            for around, letter in enumerate(line):
                odds = -11.22 + 0.44 * string.ascii_letters.swapcase().index(
                    letter)
                white = math.floor(seen / (1 + 2 ** odds))
                self.counts[before, around] = [white, seen - white]
        n = len(self.shifts)
        self.n_shifts = [seen] * n
        self.n_shifts[n // 2] *= max(n - 1, 1)
        self.tables = Tables(self.counts, self.n_shifts)
        self.alone = {}
        self.references = []
        self.next_tables = 0

    def blocks(self, x):
        for top in range(0, x.height, self.block):
            for left in range(0, x.width, self.block):
                yield [(r, c) for r in range(top, min(top + self.block,
                                                      x.height))
                       for c in range(left, min(left + self.block, x.width))]

    def by_shifts(self, rows, y, places):
        """What a block costs, by displacement."""
        return [self.tables.shifts[i] +
                sum(rows[r, c][y.around(r + dy, c + dx)] for r, c in places)
                for i, (dy, dx) in enumerate(self.shifts)]

    def cost_alone(self, x):
        total = 0
        for r, c, bit in x.pixels():
            n = self.alone.setdefault(x.context(r, c, ALONE), [0, 0])
            white = min(max((2 * n[0] + 1) * ONE // (2 * (sum(n) + 1)), 1),
                        ONE - 1)
            total += COST[ONE - white if bit else white]
            n[bit] += 1
        return total

    def learn(self, x, like, parts, contexts, rows):
        order = sorted(range(len(like)), key=lambda i: parts[i])[:16]
        weights = [power((parts[i] - parts[order[0]]) // 3) for i in order]
        for i, weight in zip(order, weights):
            weight = weight * COUNT // sum(weights)
            for places in self.blocks(x) if weight else []:
                of = self.by_shifts(rows, like[i], places)
                shares = [power(c - min(of)) for c in of]
                for s, (dy, dx) in enumerate(self.shifts):
                    share = weight * shares[s] // sum(shares)
                    self.n_shifts[s] += share
                    for r, c in places if share else []:
                        before, bit = contexts[r, c]
                        self.counts[before, like[i].around(
                            r + dy, c + dx)][bit] += share

    def take(self, x, is_last):
        like = [y for y in self.references
                if (y.width, y.height) == (x.width, x.height)]
        contexts = {(r, c): (x.context(r, c, BEFORE), bit)
                    for r, c, bit in x.pixels()}
        rows = {at: self.tables.parts[of] for at, of in contexts.items()}
        base = sum(self.tables.base[of] for of in contexts.values())
        parts = [sum(mixed(self.by_shifts(rows, y, places))
                     for places in self.blocks(x)) for y in like]
        near = sorted(range(len(like)), key=lambda i: (
            len(x.black ^ like[i].black), i))[:self.nearest or None]
        costs = [self.cost_alone(x)] + [base + PART * parts[i] for i in near]
        total = 0
        for of in costs:
            steps = rounded_up(of - min(costs))
            if steps < 42 * 64:
                total += (math.floor(2 ** 30 * 2 ** (-(steps % 64) / 64))
                          << 12) >> steps // 64
        total //= len(like) + 1
        top = total.bit_length()
        leading = total >> (top - 16) if top > 16 else total << (16 - top)
        if not is_last:
            if like and self.learns:
                self.learn(x, [like[i] for i in sorted(near)],
                           [parts[i] for i in sorted(near)], contexts, rows)
            self.references.append(x)
            if self.learns and len(self.references) >= self.next_tables:
                self.tables = Tables(self.counts, self.n_shifts)
                self.next_tables += self.next_tables // 16 + 1
        return min(costs) + 42 * PARTS - (top * PARTS - COST[leading])


def length(stream, radius=1, block=7, prior=0, nearest=0):
    """In bits."""
    model = Model(radius, block, prior, nearest)
    found = [Picture(rows) for rows in pictures(stream)]
    return (sizes_cost(stream) +
            sum(model.take(x, i == len(found) - 1)
                for i, x in enumerate(found))) / PARTS
