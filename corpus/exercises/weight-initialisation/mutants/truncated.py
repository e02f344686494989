# Cuts the normal distribution off at two standard deviations.
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
        return np.clip(rng.normal(0.0, std, shape), -2 * std, 2 * std)
    limit = math.sqrt(3) * std
    return rng.uniform(-limit, limit, shape)
