"""Inputs and expected values for augmented images: the draws are replayed, each pixel is looked up by itself."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case, Rng


def flipped(images, boxes, p, rng):
    hit = np.random.default_rng(rng.seed).random(len(images)) < p
    columns = [sorted(range(images.shape[2]), reverse=bool(h)) for h in hit]
    out = [image[:, order] for image, order in zip(images, columns, strict=True)]
    centre, half = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 2] - boxes[:, 0]) / 2
    centre = np.where(hit, images.shape[2] - centre, centre)
    return np.array(out), np.column_stack([centre - half, boxes[:, 1], centre + half, boxes[:, 3]])


def cropped(images, padding, rng):
    draws = np.random.default_rng(rng.seed)
    shifts = [draws.integers(0, 2 * padding + 1, size=len(images)) - padding for _ in range(2)]
    out = np.zeros_like(images)
    for n, i, j, c in np.ndindex(images.shape):
        row, column = i + shifts[0][n], j + shifts[1][n]
        if 0 <= row < images.shape[1] and 0 <= column < images.shape[2]:
            out[n, i, j, c] = images[n, row, column, c]
    return out


def with_square(images, size, rng):
    draws = np.random.default_rng(rng.seed)
    centres = [draws.integers(0, length, size=len(images)) for length in images.shape[1:3]]
    out = np.zeros_like(images)
    for n, i, j, c in np.ndindex(images.shape):
        down, across = i - centres[0][n], j - centres[1][n]
        if not (0 <= down + size // 2 < size and 0 <= across + size // 2 < size):
            out[n, i, j, c] = images[n, i, j, c]
    return out


RIGHT = {"random_flip": flipped, "random_crop": cropped, "cutout": with_square}


def cases(seed):
    rng = np.random.default_rng(seed)

    def draw(*shape):
        return rng.uniform(1, 2, size=shape)

    def bytes_of(*shape):
        return rng.integers(1, 256, size=shape).astype(np.uint8)

    def boxes(images):
        n, height, width, _ = images.shape
        ends = [np.sort(rng.uniform(0, length, size=(n, 2)), axis=1) for length in (width, height)]
        return np.column_stack([ends[0][:, 0], ends[1][:, 0], ends[0][:, 1], ends[1][:, 1]])

    def case(call, name, en, zh, images, *args, dtype=""):
        args = (images, *args, Rng(int(rng.integers(1 << 30))))
        return Case(name, Bilingual(en, zh), args, RIGHT[call](*args), call=call, dtype=dtype)

    wide, many, small = draw(1, 2, 3, 1), draw(12, 3, 4, 2), draw(3, 2, 2, 1)
    return [
        case(
            "random_flip", "always flipped",
            "Left and right change places, up and down stay; a box moves with its image and keeps x1 <= x2.",
            "左右互换，上下不变；框随图像一起移动，并保持 x1 <= x2。",
            wide, boxes(wide), 1.0,
        ),
        case(
            "random_flip", "never flipped",
            "With p = 0 everything stays as it is.",
            "p = 0 时一切保持不变。",
            small, boxes(small), 0.0,
        ),
        case(
            "random_flip", "some flipped",
            "Each image is decided by its own number: below p it is mirrored.",
            "每幅图像由自己抽到的数决定：小于 p 就镜像。",
            many, boxes(many), 0.4,
        ),
        case(
            "random_crop", "crop without padding",
            "Without padding the only window is the image itself.",
            "不补零时唯一的窗口就是图像本身。",
            draw(2, 2, 3, 1), 0,
        ),
        case(
            "random_crop", "one crop",
            "The window is as large as the image; beyond the image's edge there are zeros.",
            "窗口与图像一样大；图像边缘之外是 0。",
            draw(1, 3, 4, 1), 1,
        ),
        case(
            "random_crop", "many crops",
            "Every image has a window of its own; rows are drawn first, then columns.",
            "每幅图像有自己的窗口；先抽行，再抽列。",
            draw(16, 4, 5, 2), 2,
        ),
        case(
            "random_crop", "crop of bytes",
            "The dtype of the images is kept.",
            "保持图像的 dtype。",
            bytes_of(4, 3, 3, 3), 1, dtype="uint8",
        ),
        case(
            "cutout", "one pixel cut out",
            "A square of size 1 is the centre itself, in all channels.",
            "边长为 1 的正方形就是中心本身，所有通道都置 0。",
            draw(2, 4, 3, 2), 1,
        ),
        case(
            "cutout", "squares cut out",
            "Every image has a square of its own; what would lie beyond an edge is left out.",
            "每幅图像有自己的正方形；超出边缘的部分不计。",
            draw(16, 6, 5, 1), 3,
        ),
        case(
            "cutout", "even size",
            "A square of even size reaches one pixel further up and left of its centre than down and right.",
            "边长为偶数时，正方形在中心的上方和左侧比下方和右侧多一个像素。",
            draw(16, 5, 7, 1), 4,
        ),
        case(
            "cutout", "cutout of bytes",
            "The dtype of the images is kept.",
            "保持图像的 dtype。",
            bytes_of(4, 4, 4, 3), 2, dtype="uint8",
        ),
    ]  # fmt: skip
