import numpy as np


def random_flip(images, boxes, p, rng):
    """Images and boxes (x1, y1, x2, y2), each mirrored left to right with probability p."""
    raise NotImplementedError


def random_crop(images, padding, rng):
    """Windows of the original size out of the images with a rim of zeros."""
    raise NotImplementedError


def cutout(images, size, rng):
    """The images, in each of them a square of this size set to 0."""
    raise NotImplementedError
