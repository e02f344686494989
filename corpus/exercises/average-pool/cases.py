"""Inputs and expected values for average pooling.

The forward pass is counted pixel by pixel. It is linear: fed with one lit pixel after the other it shows its
matrix, and gradients go through the transpose of that.
"""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def pooled(x, size, stride, padding):
    height, width = x.shape[2:]
    tops = range(-padding, height + padding - size + 1, stride)
    lefts = range(-padding, width + padding - size + 1, stride)
    out = np.empty((*x.shape[:2], len(tops), len(lefts)))
    for row, top in enumerate(tops):
        for column, left in enumerate(lefts):
            seen = [(i, j) for i in range(top, top + size) for j in range(left, left + size)]
            pixels = [x[:, :, i, j] for i, j in seen if 0 <= i < height and 0 <= j < width]
            out[:, :, row, column] = sum(pixels) / len(pixels)
    return out


def passed_back(upstream, shape, size, stride, padding):
    pixels = shape[2] * shape[3]
    lit = np.eye(pixels).reshape(pixels, 1, *shape[2:])
    matrix = pooled(lit, size, stride, padding)[:, 0]
    return np.einsum("ncij,pij->ncp", upstream, matrix).reshape(shape)


def cases(seed):
    rng = np.random.default_rng(seed)

    def there(name, en, zh, shape, size, stride, padding=0):
        args = (rng.normal(size=shape), size, stride, padding)
        return Case(name, Bilingual(en, zh), args, pooled(*args))

    def back(name, en, zh, shape, size, stride, padding=0):
        places = pooled(np.zeros(shape), size, stride, padding).shape
        args = (rng.normal(size=places), shape, size, stride, padding)
        return Case(name, Bilingual(en, zh), args, passed_back(*args), call="average_pool_backward")

    return [
        there(
            "one window",
            "The mean of the window's pixels is the result.",
            "结果是窗口内像素的平均。",
            (1, 1, 2, 2), 2, 2,
        ),
        there(
            "overlapping windows",
            "Windows move by the stride, not by their size; height and width may differ.",
            "窗口按步长移动，而不是按自身大小；高与宽可以不同。",
            (1, 1, 4, 6), 3, 1,
        ),
        there(
            "places that do not fit",
            "Places where a window would stick out are left out.",
            "窗口会越界的位置不计算。",
            (1, 1, 5, 6), 2, 3,
        ),
        there(
            "padding",
            "The rim adds nothing to the sum and nothing to the count.",
            "边框既不计入总和，也不计入个数。",
            (1, 1, 4, 3), 2, 2, 1,
        ),
        there(
            "whole image",
            "Global average pooling: one number for each channel of each example.",
            "全局平均池化：每个样本的每个通道一个数。",
            (2, 3, 4, 4), 4, 1,
        ),
        there(
            "batch",
            "Every channel of every example is pooled by itself.",
            "每个样本的每个通道各自池化。",
            (2, 3, 7, 6), 3, 2, 1,
        ),
        there(
            "no examples",
            "An empty batch gives an empty result of the right shape.",
            "空批次返回形状正确的空结果。",
            (0, 2, 4, 4), 2, 2,
        ),
        back(
            "back from one window",
            "Each pixel gets an equal share, and the shares add up to the upstream gradient.",
            "每个像素分到相等的一份，各份之和等于上游梯度。",
            (1, 1, 2, 2), 2, 2,
        ),
        back(
            "back from overlapping windows",
            "A pixel that lies in several windows gets a share from each.",
            "处在几个窗口里的像素从每个窗口各得一份。",
            (1, 1, 4, 5), 3, 1,
        ),
        back(
            "back over gaps",
            "Pixels no window has seen have the gradient 0; the result has the shape of x.",
            "没有窗口看到的像素梯度为 0；结果与 x 同形状。",
            (1, 1, 5, 7), 2, 3,
        ),
        back(
            "back without the padding",
            "A window on the rim shares its gradient among its pixels only, so that nothing gets lost.",
            "落在边框上的窗口只把梯度分给其中的像素，这样什么都不会丢失。",
            (1, 1, 4, 3), 2, 2, 1,
        ),
        back(
            "back to the whole image",
            "In global average pooling all pixels of a channel get the same gradient.",
            "全局平均池化中，同一通道的所有像素梯度相同。",
            (2, 2, 3, 3), 3, 1,
        ),
        back(
            "back to a batch",
            "Gradients stay in their own example and channel.",
            "梯度留在各自的样本和通道中。",
            (2, 3, 7, 6), 3, 2, 1,
        ),
        back(
            "back to no examples",
            "An empty batch gives an empty result of the right shape.",
            "空批次返回形状正确的空结果。",
            (0, 2, 4, 4), 2, 2,
        ),
    ]  # fmt: skip
