# SPDX-License-Identifier: GPL-3.0-or-later
# The lengths of ctw-image, computed once more: every node of every context in a
# dictionary, pictures one after the other, pixel by pixel.
import math

ONE = 65536
PARTS = 1 << 20
NEAR = [(-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2), (-2, -1),
        (2, -1), (-1, -2), (1, -2), (-2, -2), (2, -2), (-3, 0), (0, -3),
        (-3, -1), (3, -1), (-1, -3), (1, -3), (-3, -2), (3, -2), (-2, -3),
        (2, -3), (-4, 0), (0, -4)]
WIDE = [(-1, 0), (0, -1), (-1, -1), (1, -1), (-2, 0), (0, -2), (-4, 0),
        (-3, -3), (0, -4), (3, -3), (-6, 0), (-4, -4), (0, -6), (4, -4),
        (-9, 0), (-6, -6), (0, -9), (6, -6), (-2, -2), (2, -2), (-2, -1),
        (2, -1), (-1, -2), (1, -2)]


def cost(p):
    """Of what has the probability p / ONE, in PARTS of a bit."""
    return round(PARTS * -math.log2(p / ONE))


def in_parts(p1):
    return min(max(math.floor(p1 * ONE + 0.5), 1), ONE - 1)


def pictures(stream):
    """Of raw PBM without comments: lists of rows of bits."""
    while stream:
        magic, width, height = stream.split(None, 3)[:3]
        head = len(b"P4\n%s %s\n" % (width, height))
        width, height = int(width), int(height)
        assert magic == b"P4" and width > 0 and height > 0
        row = (width + 7) // 8
        raster = stream[head:head + row * height]
        assert len(raster) == row * height
        yield [[raster[y * row + x // 8] >> (7 - x % 8) & 1
                for x in range(width)] for y in range(height)]
        stream = stream[head + row * height:]


def sizes_cost(stream):
    """Another picture, of the same size or with gamma codes; and the end."""
    likely, unlikely = cost(ONE - ONE // 256), cost(ONE // 256)
    gamma = lambda n: (2 * n.bit_length() - 1) * PARTS
    total, before = 0, None
    for picture in pictures(stream):
        size = len(picture[0]), len(picture)
        total += likely
        if size == before:
            total += likely
        else:
            total += (before is not None) * unlikely
            total += gamma(size[0]) + gamma(size[1])
        before = size
    return total + unlikely


def contexts(stream, places, depth):
    """Each pixel's place, the pixels of its template, and itself."""
    for picture in pictures(stream):
        height, width = len(picture), len(picture[0])
        for y in range(height):
            for x in range(width):
                yield (y, x), tuple(
                    picture[y + dy][x + dx]
                    if 0 <= y + dy and 0 <= x + dx < width else 0
                    for dx, dy in places[:depth]), picture[y][x]


def length(stream, depth=16, template="near", per="pixel", alpha=0.5,
           weight=0.5):
    """In bits."""
    least = 2.0 ** -30
    nodes = {}
    total = sizes_cost(stream)
    for place, context, bit in contexts(
            stream, NEAR if template == "near" else WIDE, depth):
        tree = place if per == "pixel" else None
        path = [nodes.setdefault((tree, context[:d]), [0, 0, weight])
                for d in range(depth + 1)]
        said = [0.5] * (depth + 2)
        own = [(n1 + alpha) / (n0 + n1 + 2 * alpha) for n0, n1, _ in path]
        for d in range(depth, -1, -1):
            said[d] = own[d] if d == depth else (
                said[d + 1] + path[d][2] * (own[d] - said[d + 1]))
        p1 = in_parts(said[0])
        total += cost(p1 if bit else ONE - p1)
        for d, node in enumerate(path):
            was_right = own[d] if bit else 1 - own[d]
            on_average = said[d] if bit else 1 - said[d]
            if was_right != on_average:
                node[2] *= was_right / on_average
                node[2] = min(max(node[2], least), 1 - least)
            node[bit] += 1
    return total / PARTS
