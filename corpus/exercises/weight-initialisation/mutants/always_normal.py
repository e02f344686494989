# Draws from a normal distribution whichever is asked for.
import math


def fans(shape):
    """Fan-in and fan-out of a layer whose weights have this shape."""
    outputs, inputs, *kernel = shape
    field = math.prod(kernel)
    return inputs * field, outputs * field


def initial(shape, scheme, distribution, rng):
    """Weights drawn with the variance of the scheme."""
    fan_in, fan_out = fans(shape)
    std = math.sqrt(2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out))
    return rng.normal(0.0, std, shape)
