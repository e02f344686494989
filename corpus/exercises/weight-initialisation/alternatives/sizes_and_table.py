import numpy as np

# Draws of variance 1.
UNIT = {
    "normal": lambda rng, size: rng.standard_normal(size),
    "uniform": lambda rng, size: np.sqrt(12) * (rng.random(size) - 0.5),
}


def fans(shape):
    """What is left of the number of weights when one output, or one input, is looked at."""
    size = int(np.prod(shape))
    return size // shape[0], size // shape[1]


def initial(shape, scheme, distribution, rng):
    fan_in, fan_out = fans(shape)
    mean_fan = {"xavier": (fan_in + fan_out) / 2, "he": fan_in / 2}[scheme]
    return UNIT[distribution](rng, shape) / np.sqrt(mean_fan)
