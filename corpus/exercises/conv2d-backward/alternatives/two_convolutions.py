"""Both gradients are convolutions with the upstream gradient, spread out by the stride."""

import numpy as np


def conv2d_backward(upstream, x, w, stride, padding):
    n, filters, rows, columns = upstream.shape
    height, width = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    kernel_height, kernel_width = w.shape[2:]
    spread = np.zeros((n, filters, height - kernel_height + 1, width - kernel_width + 1))
    spread[:, :, : stride * rows : stride, : stride * columns : stride] = upstream
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    by_w = correlate(padded.swapaxes(0, 1), spread.swapaxes(0, 1)).swapaxes(0, 1)
    down, across = kernel_height - 1, kernel_width - 1
    wide = np.pad(spread, ((0, 0), (0, 0), (down, down), (across, across)))
    by_padded = correlate(wide, w.swapaxes(0, 1)[:, :, ::-1, ::-1])
    rim = slice(padding, height - padding), slice(padding, width - padding)
    return by_padded[:, :, rim[0], rim[1]], by_w, upstream.sum(axis=(0, 2, 3))


def correlate(images, kernels):
    """Images (n, c, ...) with kernels (f, c, ...), stride 1, no padding."""
    windows = np.lib.stride_tricks.sliding_window_view(images, kernels.shape[2:], axis=(2, 3))
    return np.einsum("nkrcij,fkij->nfrc", windows, kernels)
