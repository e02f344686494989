"""Inputs and expected values for the backward pass, from the forward pass alone.

The layer is linear in x and in w: fed with one unit after the other it shows its matrix, and gradients go
through the transpose of that.
"""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def forward(x, w, stride, padding):
    """The layer without bias, computed place by place."""
    kh, kw = w.shape[2:]
    padded = np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))
    padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    tops = range(0, padded.shape[2] - kh + 1, stride)
    lefts = range(0, padded.shape[3] - kw + 1, stride)
    out = np.empty((len(x), len(w), len(tops), len(lefts)))
    for r, top in enumerate(tops):
        for c, left in enumerate(lefts):
            patch = padded[:, :, top : top + kh, left : left + kw]
            out[:, :, r, c] = patch.reshape(len(x), -1) @ w.reshape(len(w), -1).T
    return out


def right(upstream, x, w, stride, padding):
    pixels, weights = x[0].size, w[0].size
    units = np.eye(pixels).reshape(pixels, *x.shape[1:])
    from_pixels = forward(units, w, stride, padding)
    kernels = np.eye(weights).reshape(weights, *w.shape[1:])
    from_weights = forward(x, kernels, stride, padding)
    by_x = np.tensordot(upstream, from_pixels, axes=([1, 2, 3], [1, 2, 3])).reshape(x.shape)
    by_w = np.tensordot(upstream, from_weights, axes=([0, 2, 3], [0, 2, 3])).reshape(w.shape)
    return by_x, by_w, np.array([upstream[:, f].sum() for f in range(len(w))])


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, image, kernel, stride=1, padding=0, filters=1, n=1):
        x = rng.normal(size=(n, *image))
        w = rng.normal(size=(filters, image[0], *kernel))
        upstream = rng.normal(size=forward(x, w, stride, padding).shape)
        args = (upstream, x, w, stride, padding)
        return Case(name, Bilingual(en, zh), args, right(*args))

    return [
        case(
            "one place",
            "A pixel's gradient carries the weight it was multiplied by, and a weight's gradient its pixel.",
            "像素的梯度带着与它相乘的权重，权重的梯度带着与它相乘的像素。",
            (1, 2, 2), (2, 2),
        ),
        case(
            "one weight",
            "A weight met by many pixels collects from all of them, and so does the bias from all places.",
            "遇到许多像素的权重要汇总所有像素的贡献，偏置则汇总所有位置的贡献。",
            (1, 2, 3), (1, 1),
        ),
        case(
            "overlaps",
            "A pixel under several places of the kernel collects from each, by the weight it met there.",
            "被卷积核多次覆盖的像素要累加每一次的贡献，系数是当时与它相乘的权重。",
            (1, 3, 3), (2, 2),
        ),
        case(
            "channels and filters",
            "A pixel collects from all filters; a weight belongs to one filter and one channel.",
            "像素要汇总所有卷积核的贡献；每个权重只属于一个卷积核和一个通道。",
            (2, 3, 4), (2, 3), filters=3,
        ),
        case(
            "padding",
            "The gradient by x has no padding; weights that met only zeros there get nothing from them.",
            "对 x 的梯度不含补零部分；权重在补零处遇到的是 0，从那里得不到梯度。",
            (1, 3, 4), (3, 2), padding=1, filters=2,
        ),
        case(
            "stride",
            "Neighbouring places of the output lie `stride` pixels apart in the image.",
            "输出中相邻的位置在图像上相距 stride 个像素。",
            (1, 5, 7), (3, 3), stride=2, filters=2,
        ),
        case(
            "stride that does not fit",
            "Pixels the kernel never reaches have the gradient 0, and the gradient keeps the shape of x.",
            "卷积核从未覆盖的像素梯度为 0，梯度的形状与 x 相同。",
            (1, 6, 8), (3, 3), stride=2, filters=2,
        ),
        case(
            "stride larger than the kernel",
            "Pixels between the places have the gradient 0 too.",
            "位置之间的空隙中的像素梯度也为 0。",
            (2, 7, 6), (2, 1), stride=3,
        ),
        case(
            "batch",
            "Gradients of weights and biases are summed over the examples.",
            "权重和偏置的梯度对样本求和。",
            (2, 3, 4), (2, 2), filters=2, n=3,
        ),
        case(
            "everything",
            "Right with stride, padding, channels, filters and examples at once.",
            "步长、补零、多通道、多卷积核、多样本同时出现时也要正确。",
            (3, 6, 7), (3, 2), stride=2, padding=2, filters=4, n=3,
        ),
    ]  # fmt: skip
