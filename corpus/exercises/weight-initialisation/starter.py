import numpy as np


def fans(shape):
    """Fan-in and fan-out of a layer whose weights have this shape."""
    raise NotImplementedError


def initial(shape, scheme, distribution, rng):
    """Weights drawn with the variance of the scheme."""
    raise NotImplementedError
