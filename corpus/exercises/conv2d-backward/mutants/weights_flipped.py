# Takes the weights in the order of the flipped kernel for the gradient by x.
import numpy as np


def conv2d_backward(upstream, x, w, stride, padding):
    """Gradients by x (n, c, h, w), by w (f, c, kh, kw) and by the bias (f,)."""
    height, width = x.shape[2:]
    rows, columns = upstream.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    by_padded, by_w = np.zeros_like(padded), np.zeros_like(w)
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            down = slice(i, i + stride * rows, stride)
            across = slice(j, j + stride * columns, stride)
            by_w[:, :, i, j] = np.einsum("nfrc,nkrc->fk", upstream, padded[:, :, down, across])
            by_padded[:, :, down, across] += np.einsum(
                "nfrc,fk->nkrc", upstream, w[:, :, -1 - i, -1 - j]
            )
    by_x = by_padded[:, :, padding : padding + height, padding : padding + width]
    return by_x, by_w, upstream.sum(axis=(0, 2, 3))
