"""Inputs and expected values for the convolution, computed place by place."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Tolerance

NEAR = Tolerance(rtol=1e-7, atol=1e-8)


def right(x, w, b, stride, padding):
    n, c, height, width = x.shape
    filters, _, kh, kw = w.shape
    padded = np.zeros((n, c, height + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + height, padding : padding + width] = x
    rows = (padded.shape[2] - kh) // stride + 1
    columns = (padded.shape[3] - kw) // stride + 1
    out = np.empty((n, filters, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            patch = padded[:, :, top : top + kh, left : left + kw]
            out[:, :, i, j] = patch.reshape(n, -1) @ w.reshape(filters, -1).T + b
    return out


def cases(seed):
    rng = np.random.default_rng(seed)

    def case(name, en, zh, image, kernel, stride=1, padding=0, filters=1, n=1):
        channels = image[0]
        x = rng.normal(size=(n, *image))
        w = rng.normal(size=(filters, channels, *kernel))
        args = (x, w, rng.normal(size=filters), stride, padding)
        return Case(name, Bilingual(en, zh), args, right(*args), tolerance=NEAR)

    return [
        case(
            "one pixel",
            "A 1 x 1 kernel multiplies each pixel; the bias is added to every place.",
            "1 × 1 的核逐像素相乘；偏置加在每个位置上。",
            (1, 2, 2),
            (1, 1),
        ),
        case(
            "not flipped",
            "The kernel is laid on the image as it is, not flipped.",
            "卷积核原样放在图像上，不翻转。",
            (1, 3, 3),
            (2, 2),
        ),
        case(
            "channels",
            "Products are summed over all channels.",
            "乘积要对所有通道求和。",
            (3, 3, 3),
            (2, 2),
        ),
        case(
            "oblong",
            "Height and width of image and kernel may differ.",
            "图像和卷积核的高与宽可以不同。",
            (2, 4, 6),
            (3, 2),
            filters=2,
        ),
        case(
            "padding",
            "Zeros stand on all four sides of each image.",
            "每幅图像四周都补零。",
            (2, 4, 5),
            (3, 3),
            padding=1,
            filters=2,
        ),
        case(
            "stride",
            "The kernel moves by the stride in both directions.",
            "卷积核在两个方向上都按步长移动。",
            (2, 7, 7),
            (3, 3),
            stride=2,
            filters=2,
        ),
        case(
            "stride that does not fit",
            "Places where the kernel would stick out are left out.",
            "卷积核会越界的位置不计算。",
            (1, 6, 8),
            (3, 3),
            stride=2,
        ),
        case(
            "batch",
            "Each example and each filter is computed by itself.",
            "每个样本、每个卷积核各自计算。",
            (3, 8, 8),
            (3, 3),
            stride=2,
            padding=1,
            filters=4,
            n=3,
        ),
    ]
