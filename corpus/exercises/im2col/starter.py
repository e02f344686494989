import numpy as np


def im2col(x, kernel_height, kernel_width, stride, padding):
    """Windows of images (n, c, h, w) as columns: (n, c * kernel_height * kernel_width, places)."""
    raise NotImplementedError


def col2im(patches, shape, kernel_height, kernel_width, stride, padding):
    """Sums columns back into images of this shape: the gradient of im2col."""
    raise NotImplementedError
