import numpy as np


def conv2d_backward(upstream, x, w, stride, padding):
    """Gradients by x (n, c, h, w), by w (f, c, kh, kw) and by the bias (f,)."""
    raise NotImplementedError
