import numpy as np


def im2col(x, kernel_height, kernel_width, stride, padding):
    """Cuts out the windows one after the other, row by row."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    patches = [
        padded[:, :, top : top + kernel_height, left : left + kernel_width]
        for top in range(0, padded.shape[2] - kernel_height + 1, stride)
        for left in range(0, padded.shape[3] - kernel_width + 1, stride)
    ]
    size = x.shape[1] * kernel_height * kernel_width
    return np.stack([patch.reshape(len(x), size) for patch in patches], axis=-1)


def col2im(patches, shape, kernel_height, kernel_width, stride, padding):
    """Adds the windows one after the other to where they were cut out."""
    n, c, height, width = shape
    padded = np.zeros((n, c, height + 2 * padding, width + 2 * padding), dtype=patches.dtype)
    across = range(0, padded.shape[3] - kernel_width + 1, stride)
    for place in range(patches.shape[2]):
        top, left = place // len(across) * stride, across[place % len(across)]
        window = padded[:, :, top : top + kernel_height, left : left + kernel_width]
        window += patches[:, :, place].reshape(n, c, kernel_height, kernel_width)
    return padded[:, :, padding : padding + height, padding : padding + width]
