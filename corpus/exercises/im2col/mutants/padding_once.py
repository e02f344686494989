# Counts the padding once instead of twice when it counts the places.
import numpy as np


def im2col(x, kernel_height, kernel_width, stride, padding):
    """Windows of images (n, c, h, w) as columns: (n, c * kernel_height * kernel_width, places)."""
    n, c, height, width = x.shape
    rows, columns = places(height, width, kernel_height, kernel_width, stride, padding)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    patches = np.empty((n, c, kernel_height, kernel_width, rows, columns), dtype=x.dtype)
    for i in range(kernel_height):
        for j in range(kernel_width):
            down, across = met(i, rows, stride), met(j, columns, stride)
            patches[:, :, i, j] = padded[:, :, down, across]
    return patches.reshape(n, c * kernel_height * kernel_width, rows * columns)


def col2im(patches, shape, kernel_height, kernel_width, stride, padding):
    """Sums columns back into images of this shape: the gradient of im2col."""
    n, c, height, width = shape
    rows, columns = places(height, width, kernel_height, kernel_width, stride, padding)
    patches = patches.reshape(n, c, kernel_height, kernel_width, rows, columns)
    padded = np.zeros((n, c, height + 2 * padding, width + 2 * padding), dtype=patches.dtype)
    for i in range(kernel_height):
        for j in range(kernel_width):
            down, across = met(i, rows, stride), met(j, columns, stride)
            padded[:, :, down, across] += patches[:, :, i, j]
    return padded[:, :, padding : padding + height, padding : padding + width]


def places(height, width, kernel_height, kernel_width, stride, padding):
    """How many places there are for a window, from top to bottom and from left to right."""
    rows = (height + padding - kernel_height) // stride + 1
    columns = (width + padding - kernel_width) // stride + 1
    return rows, columns


def met(offset, count, stride):
    """Where one row or column of the window lies at each of its places."""
    return slice(offset, offset + stride * count, stride)
