"""Inputs and expected values for receptive fields, found by marking which pixels reach which unit."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

MARGIN = 400  # positions that are looked at on both sides of the input's start


def sizes(size, layers):
    """Units are counted one by one."""
    counts = []
    for kernel, stride, padding, dilation in layers:
        reach = [t * dilation for t in range(kernel)]
        last = [i * stride - padding + reach[-1] for i in range(size + 2 * padding)] if size else []
        size = sum(position < size + padding for position in last)
        counts.append(size)
    return counts


def reached(layers, index):
    """All positions of the input that a unit looks at, marked on a line."""
    line = np.zeros(2 * MARGIN, dtype=bool)
    line[MARGIN + index] = True
    for kernel, stride, padding, dilation in reversed(layers):
        below = np.zeros_like(line)
        for unit in np.flatnonzero(line) - MARGIN:
            for t in range(kernel):
                below[MARGIN + unit * stride - padding + t * dilation] = True
        line = below
    return np.flatnonzero(line) - MARGIN


def ends(layers, index):
    positions = reached(layers, index)
    return int(positions[0]), int(positions[-1])


def fields(layers):
    found = []
    for depth in range(1, len(layers) + 1):
        first, last = ends(layers[:depth], 0)
        found.append((last - first + 1, ends(layers[:depth], 1)[0] - first))
    return found


RIGHT = {"output_sizes": sizes, "receptive_fields": fields, "seen_by": ends}


def drawn(rng, count):
    """A stack of random layers in which every number matters."""
    columns = rng.integers([2, 1, 0, 1], [5, 3, 3, 4], size=(count, 4))
    columns[0] = 3, 2, 1, 2
    return [tuple(int(n) for n in layer) for layer in columns]


def cases(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(20, 30))
    kernel, index = int(rng.integers(2, 6)), int(rng.integers(1, 5))
    stack = drawn(rng, 4)

    def case(call, name, en, zh, *args):
        return Case(name, Bilingual(en, zh), args, RIGHT[call](*args), call=call)

    return [
        case(
            "output_sizes", "one layer",
            "A kernel of k pixels has size - k + 1 places.",
            "长为 k 的卷积核有 size - k + 1 个位置。",
            size, [(kernel, 1, 0, 1)],
        ),
        case(
            "output_sizes", "padding on both sides",
            "Padding makes room on both sides.",
            "补零在两侧都增加空间。",
            size, [(5, 1, 1, 1), (3, 1, 1, 1)],
        ),
        case(
            "output_sizes", "stride that does not fit",
            "The last place is the last that fits: what is left over is not counted.",
            "最后一个位置是最后一个放得下的位置：剩余的部分不计。",
            2 * size, [(3, 2, 1, 1), (2, 2, 0, 1), (3, 3, 0, 1)],
        ),
        case(
            "output_sizes", "dilation",
            "A dilated kernel reaches further than it has weights.",
            "带 dilation 的卷积核跨越的范围大于它的权重个数。",
            size, [(3, 1, 0, 3), (2, 1, 0, 4)],
        ),
        case(
            "output_sizes", "kernel that just fits",
            "A kernel as large as its input has exactly one place.",
            "与输入一样大的卷积核恰好有一个位置。",
            5, [(3, 2, 1, 1), (3, 2, 0, 1)],
        ),
        case(
            "output_sizes", "kernel that does not fit",
            "Where a kernel does not fit there are 0 units, never fewer, and none come back further up.",
            "卷积核放不下时单元数为 0，不会为负；再往上的层也不会重新出现单元。",
            6, [(3, 1, 0, 1), (4, 1, 0, 4), (1, 1, 2, 1)],
        ),
        case(
            "output_sizes", "sizes of a random stack",
            "Each layer starts from the size of the one below.",
            "每层都从下一级的尺寸出发。",
            4 * size, stack,
        ),
        case(
            "output_sizes", "no layers",
            "Without layers there is nothing to list.",
            "没有层就没有可列的内容。",
            size, [],
        ),
        case(
            "receptive_fields", "small kernels stacked",
            "Two layers with kernel 3 see as far as one with kernel 5.",
            "两层核为 3 的卷积与一层核为 5 的卷积看得一样远。",
            [(3, 1, 0, 1), (3, 1, 0, 1)],
        ),
        case(
            "receptive_fields", "field after a stride",
            "A layer's stride spreads its own units apart: only layers above it see further for that.",
            "一层的 stride 拉开的是它自己单元的间距：只有它上面的层才因此看得更远。",
            [(2, 2, 0, 1), (3, 1, 0, 1), (kernel, 2, 0, 1)],
        ),
        case(
            "receptive_fields", "field with padding and dilation",
            "Dilation widens the field, padding does not.",
            "dilation 会扩大感受野，补零不会。",
            [(3, 1, 2, 2), (2, 1, 1, kernel)],
        ),
        case(
            "receptive_fields", "gaps between units",
            "A stride larger than the kernel skips pixels; those between first and last count all the same.",
            "stride 大于卷积核时会跳过像素；首尾之间的像素仍然计入。",
            [(1, 3, 0, 1), (2, 2, 0, 1)],
        ),
        case(
            "receptive_fields", "fields of a random stack",
            "Field and jump of each layer follow from those of the layer below.",
            "每层的 field 和 jump 由下一级的推出。",
            stack,
        ),
        case(
            "seen_by", "seen through padding",
            "The first unit begins in the padding, before pixel 0.",
            "第一个单元从补零开始，在像素 0 之前。",
            [(3, 1, 1, 1)], 0,
        ),
        case(
            "seen_by", "seen through strides",
            "Padding of a higher layer is worth as many pixels as its units below lie apart.",
            "较高层的一个补零位置相当于下一级单元间距那么多像素。",
            [(3, 2, 0, 1), (3, 2, 1, 1), (2, 2, 0, 1)], index,
        ),
        case(
            "seen_by", "seen through a random stack",
            "First and last position are followed down layer by layer, from the last layer to the first.",
            "首尾位置从最后一层到第一层逐层往下推。",
            stack, index,
        ),
        case(
            "seen_by", "seen without layers",
            "Without layers a unit is a pixel.",
            "没有层时单元就是像素。",
            [], index,
        ),
    ]  # fmt: skip
