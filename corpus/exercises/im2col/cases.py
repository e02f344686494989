"""Inputs and expected values for im2col and col2im, from a table that says which pixel stands where."""

from itertools import product

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case


def sources(shape, kernel_height, kernel_width, stride, padding):
    """For each entry of one example's patches the number of its pixel, counted from 1; 0 is padding."""
    _, channels, height, width = shape
    tops = range(-padding, height + padding - kernel_height + 1, stride)
    lefts = range(-padding, width + padding - kernel_width + 1, stride)
    table = []
    for k, i, j in product(range(channels), range(kernel_height), range(kernel_width)):
        pixels = [(top + i, left + j) for top in tops for left in lefts]
        inside = [0 <= row < height and 0 <= column < width for row, column in pixels]
        numbers = [1 + (k * height + row) * width + column for row, column in pixels]
        table.append([number if real else 0 for number, real in zip(numbers, inside, strict=True)])
    return np.array(table)


def as_columns(x, *window):
    flat = np.zeros((len(x), 1 + int(np.prod(x.shape[1:]))))
    flat[:, 1:] = x.reshape(len(x), flat.shape[1] - 1)
    return flat[:, sources(x.shape, *window)]


def as_images(patches, shape, *window):
    table, size = sources(shape, *window), int(np.prod(shape[1:]))
    sums = [np.bincount(table.ravel(), patch.ravel(), minlength=size + 1)[1:] for patch in patches]
    return np.array(sums).reshape(shape)


def cases(seed):
    rng = np.random.default_rng(seed)

    def there(name, en, zh, shape, kernel, stride=1, padding=0, dtype="float64"):
        x = rng.normal(size=shape).astype(dtype)
        args = (x, *kernel, stride, padding)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        return Case(
            name, Bilingual(en, zh), args, as_columns(*args), tolerance=tolerance, dtype=dtype
        )

    def back(name, en, zh, shape, kernel, stride=1, padding=0, dtype="float64"):
        size = (shape[0], *sources(shape, *kernel, stride, padding).shape)
        args = (rng.normal(size=size).astype(dtype), shape, *kernel, stride, padding)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        wanted = as_images(*args)
        return Case(name, Bilingual(en, zh), args, wanted, "col2im", tolerance, dtype=dtype)

    return [
        there(
            "one window",
            "A window that covers the whole image becomes one column, read row by row.",
            "覆盖整幅图像的窗口成为一列，逐行读出。",
            (1, 1, 2, 3), (2, 3),
        ),
        there(
            "places",
            "Each place of the window is a column of its own; places are counted row by row.",
            "窗口的每个位置各成一列；位置逐行计数。",
            (1, 1, 3, 4), (2, 2),
        ),
        there(
            "channels",
            "Inside a column everything of the first channel comes first, then the next channel.",
            "一列之中先是第一个通道的全部内容，然后是下一个通道。",
            (1, 2, 3, 3), (2, 2),
        ),
        there(
            "padding",
            "Zeros stand on all four sides of each image.",
            "每幅图像四周都补零。",
            (1, 2, 3, 4), (3, 2), padding=1,
        ),
        there(
            "stride that does not fit",
            "The window moves by the stride in both directions; places where it would stick out are left out.",
            "窗口在两个方向上都按步长移动；会越界的位置不计。",
            (2, 1, 6, 8), (3, 3), stride=2,
        ),
        there(
            "float32 batch",
            "Every example is cut by itself, and the dtype of x is kept.",
            "每个样本各自切分，并保持 x 的 dtype。",
            (3, 3, 7, 6), (3, 2), stride=2, padding=1, dtype="float32",
        ),
        there(
            "no examples",
            "An empty batch gives an empty result of the right shape: no size can be left to be inferred.",
            "空批次返回形状正确的空结果：这时没有哪一维的大小可以靠推断得到。",
            (0, 2, 4, 4), (2, 3),
        ),
        back(
            "back from one window",
            "Without overlap every entry goes back to its own pixel.",
            "没有重叠时，每个元素回到自己的像素。",
            (1, 1, 2, 3), (2, 3),
        ),
        back(
            "back with overlaps",
            "A pixel that lies in several windows collects the sum of all its copies.",
            "处在几个窗口中的像素要累加它的所有副本。",
            (1, 1, 3, 4), (2, 2),
        ),
        back(
            "back to channels",
            "Entries go back to their own channel and their own place in the window.",
            "每个元素回到自己的通道和它在窗口中的位置。",
            (1, 2, 3, 3), (2, 2),
        ),
        back(
            "back without the padding",
            "What came from the padding is dropped on all four sides.",
            "来自补零部分的值在四边都要丢弃。",
            (1, 1, 3, 4), (3, 2), padding=1,
        ),
        back(
            "back with gaps",
            "Pixels that no window has covered get 0.",
            "没有被任何窗口覆盖的像素得到 0。",
            (1, 2, 6, 8), (2, 2), stride=3,
        ),
        back(
            "back in float32",
            "Right for a whole batch, and the dtype of patches is kept.",
            "整个批次都要正确，并保持 patches 的 dtype。",
            (3, 2, 7, 6), (3, 2), stride=2, padding=1, dtype="float32",
        ),
        back(
            "back to no examples",
            "An empty batch gives an empty result of the right shape.",
            "空批次返回形状正确的空结果。",
            (0, 2, 4, 4), (2, 3),
        ),
    ]  # fmt: skip
