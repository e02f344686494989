# Draws from the global generator instead of rng.
import math

import numpy as np


def fans(shape):
    """Fan-in and fan-out of a layer whose weights have this shape."""
    outputs, inputs, *kernel = shape
    field = math.prod(kernel)
    return inputs * field, outputs * field


def initial(shape, scheme, distribution, rng):
    """Weights drawn with the variance of the scheme."""
    fan_in, fan_out = fans(shape)
    std = math.sqrt(2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out))
    if distribution == "normal":
        return np.random.normal(0.0, std, shape)
    limit = math.sqrt(3) * std
    return np.random.uniform(-limit, limit, shape)
