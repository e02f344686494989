import numpy as np


def train(x, y, w, b, rate, batch_size, epochs, rng):
    """Weights, bias and number of steps after some epochs of mini-batch descent."""
    raise NotImplementedError
