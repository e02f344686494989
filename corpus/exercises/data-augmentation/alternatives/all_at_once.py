"""Index arrays and masks for the whole batch instead of loops."""

import numpy as np


def random_flip(images, boxes, p, rng):
    flip = rng.random(len(images)) < p
    mirrored = np.stack(
        [images.shape[2] - boxes[:, 2], boxes[:, 1], images.shape[2] - boxes[:, 0], boxes[:, 3]],
        axis=1,
    )
    flipped = np.where(flip[:, None, None, None], np.flip(images, axis=2), images)
    return flipped, np.where(flip[:, None], mirrored, boxes)


def random_crop(images, padding, rng):
    n, height, width, _ = images.shape
    tops, lefts = (rng.integers(0, 2 * padding + 1, size=n) for _ in range(2))
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    rows = tops[:, None] + np.arange(height)
    columns = lefts[:, None] + np.arange(width)
    return padded[np.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]


def inside(centres, size, length):
    """For each centre, which positions of an axis the square covers."""
    distance = np.arange(length) - (centres[:, None] - size // 2)
    return (distance >= 0) & (distance < size)


def cutout(images, size, rng):
    n, height, width, _ = images.shape
    rows = inside(rng.integers(0, height, size=n), size, height)
    columns = inside(rng.integers(0, width, size=n), size, width)
    hidden = rows[:, :, None] & columns[:, None, :]
    return images * ~hidden[..., None]
