"""Inputs and expected values for max pooling, found by looking at every pixel of every window."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def pooled(x, size, stride, padding):
    """The largest pixels, and for each of them where it stands."""
    height, width = x.shape[2:]
    tops = range(-padding, height + padding - size + 1, stride)
    lefts = range(-padding, width + padding - size + 1, stride)
    out, chosen = np.empty((*x.shape[:2], len(tops), len(lefts))), {}
    for n, c, row, column in np.ndindex(out.shape):
        best = None
        for i in range(tops[row], tops[row] + size):
            for j in range(lefts[column], lefts[column] + size):
                inside = 0 <= i < height and 0 <= j < width
                if inside and (best is None or x[n, c, i, j] > x[best]):
                    best = n, c, i, j
        out[n, c, row, column] = x[best]
        chosen[n, c, row, column] = best
    return out, chosen


def passed_back(upstream, x, size, stride, padding):
    gradient = np.zeros(x.shape)
    for place, pixel in pooled(x, size, stride, padding)[1].items():
        gradient[pixel] += upstream[place]
    return gradient


def cases(seed):
    rng = np.random.default_rng(seed)

    def there(name, en, zh, x, size, stride, padding=0):
        args = (x, size, stride, padding)
        return Case(name, Bilingual(en, zh), args, pooled(*args)[0])

    def back(name, en, zh, x, size, stride, padding=0):
        upstream = rng.uniform(0.5, 2, size=pooled(x, size, stride, padding)[0].shape)
        args = (upstream, x, size, stride, padding)
        return Case(name, Bilingual(en, zh), args, passed_back(*args), call="max_pool_backward")

    def pixels(*shape):
        return rng.permutation(np.prod(shape)).reshape(shape) + rng.normal()

    def peak(row, column):
        image = rng.uniform(-2, -1, size=(1, 1, 5, 5))
        image[0, 0, row, column] = 1
        return image

    return [
        there(
            "one window",
            "The largest pixel of the window is the result.",
            "结果是窗口中最大的像素。",
            pixels(1, 1, 2, 2), 2, 2,
        ),
        there(
            "tiles",
            "Windows side by side; height and width may differ.",
            "窗口并排；高与宽可以不同。",
            pixels(1, 1, 4, 6), 2, 2,
        ),
        there(
            "overlapping windows",
            "Windows move by the stride, not by their size.",
            "窗口按步长移动，而不是按自身大小。",
            pixels(1, 1, 5, 6), 3, 1,
        ),
        there(
            "places that do not fit",
            "Places where a window would stick out are left out.",
            "窗口会越界的位置不计算。",
            pixels(1, 1, 5, 6), 2, 3,
        ),
        there(
            "negative pixels and padding",
            "The rim is never chosen, even where all pixels are negative.",
            "即使像素全为负数，也不会选中边框。",
            -1 - rng.random((1, 1, 3, 4)), 3, 2, 1,
        ),
        there(
            "batch",
            "Every channel of every example is pooled by itself.",
            "每个样本的每个通道各自池化。",
            rng.normal(size=(2, 3, 7, 6)), 3, 2, 1,
        ),
        back(
            "back from one window",
            "Only the largest pixel gets a gradient, and it gets all of it.",
            "只有最大的像素得到梯度，而且得到全部。",
            pixels(1, 1, 2, 2), 2, 2,
        ),
        back(
            "back from tiles",
            "The place inside the window counts from where the window begins.",
            "窗口内的位置要从窗口的起点算起。",
            pixels(1, 1, 4, 6), 2, 2,
        ),
        back(
            "back from overlapping windows",
            "A pixel chosen by several windows collects from all of them.",
            "被多个窗口选中的像素要累加每一份梯度。",
            peak(2, 2), 3, 1,
        ),
        back(
            "ties",
            "Of equal pixels the one in the highest row is chosen, and in that row the one farthest to the left.",
            "并列最大时选最靠上的一行，同一行里选最靠左的。",
            np.array([[[[0.0, 3, 2, 2], [3, 1, 2, 2]]]]) + rng.normal(), 2, 2,
        ),
        back(
            "back to negative pixels",
            "No gradient gets lost to the rim; the result has the shape of x.",
            "梯度不能落到边框上；结果与 x 同形状。",
            -1 - rng.random((1, 1, 3, 4)), 3, 2, 1,
        ),
        back(
            "back over gaps",
            "Pixels no window has seen have the gradient 0.",
            "没有窗口看到的像素梯度为 0。",
            pixels(1, 1, 5, 7), 2, 3,
        ),
        back(
            "back to a batch",
            "Gradients stay in their own example and channel.",
            "梯度留在各自的样本和通道中。",
            rng.integers(0, 4, size=(2, 3, 7, 6)).astype(float), 3, 2, 1,
        ),
    ]  # fmt: skip
