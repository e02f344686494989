import numpy as np


def fans(shape):
    if len(shape) == 2:
        return shape[1], shape[0]
    filters, channels, height, width = shape
    return channels * height * width, filters * height * width


def initial(shape, scheme, distribution, rng):
    """Fills the array element by element."""
    fan_in, fan_out = fans(shape)
    variance = 1 / ((fan_in + fan_out) / 2) if scheme == "xavier" else 1 / (fan_in / 2)
    weights = np.empty(shape)
    for place in np.ndindex(shape):
        if distribution == "uniform":
            weights[place] = (2 * rng.random() - 1) * (3 * variance) ** 0.5
        else:
            weights[place] = rng.normal() * variance**0.5
    return weights
