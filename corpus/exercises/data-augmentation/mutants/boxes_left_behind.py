# Mirrors the images and forgets their boxes.
import numpy as np


def random_flip(images, boxes, p, rng):
    """Images and boxes (x1, y1, x2, y2), each mirrored left to right with probability p."""
    flip = rng.random(len(images)) < p
    images, boxes = images.copy(), boxes.copy()
    images[flip] = images[flip, :, ::-1]
    return images, boxes


def random_crop(images, padding, rng):
    """Windows of the original size out of the images with a rim of zeros."""
    n, height, width, _ = images.shape
    tops = rng.integers(0, 2 * padding + 1, size=n)
    lefts = rng.integers(0, 2 * padding + 1, size=n)
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    windows = np.empty_like(images)
    for i, (top, left) in enumerate(zip(tops, lefts, strict=True)):
        windows[i] = padded[i, top : top + height, left : left + width]
    return windows


def cutout(images, size, rng):
    """The images, in each of them a square of this size set to 0."""
    n, height, width, _ = images.shape
    tops = rng.integers(0, height, size=n) - size // 2
    lefts = rng.integers(0, width, size=n) - size // 2
    images = images.copy()
    for image, top, left in zip(images, tops, lefts, strict=True):
        image[max(top, 0) : top + size, max(left, 0) : left + size] = 0
    return images
