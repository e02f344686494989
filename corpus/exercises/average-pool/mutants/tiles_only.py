# Cuts the image into tiles and knows neither stride nor padding.
import numpy as np


def average_pool(x, size, stride, padding):
    """Mean of the pixels in each window: (n, c, rows, columns)."""
    n, c, height, width = x.shape
    tiles = x.reshape(n, c, height // size, size, width // size, size)
    return tiles.mean(axis=(3, 5))


def average_pool_backward(upstream, shape, size, stride, padding):
    """Gradient by an input of this shape."""
    return np.repeat(np.repeat(upstream, size, axis=2), size, axis=3) / size**2
