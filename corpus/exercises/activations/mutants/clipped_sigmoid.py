# Clips x to keep exp from overflowing, and with it the tails.
import numpy as np


def relu(x):
    """x where positive, else 0."""
    return np.maximum(x, 0.0)


def relu_derivative(x):
    """1.0 where x is positive, else 0.0."""
    return (x > 0).astype(np.float64)


def prelu(x, slope):
    """x where positive, else slope * x, with one slope for each feature."""
    return np.where(x > 0, x, slope * x)


def prelu_gradients(x, slope, upstream):
    """Gradients with respect to x and slope."""
    by_x = upstream * np.where(x > 0, 1.0, slope)
    by_slope = (upstream * np.minimum(x, 0.0)).sum(axis=0)
    return by_x, by_slope


def sigmoid(x):
    """1 / (1 + exp(-x)) for each element."""
    return 1 / (1 + np.exp(-np.clip(x, -20, 20)))


def sigmoid_derivative(x):
    """Derivative of sigmoid at each element."""
    small = np.exp(-np.abs(x))
    return small / (1.0 + small) ** 2


def tanh(x):
    """Hyperbolic tangent of each element."""
    small = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1.0 - small) / (1.0 + small)


def tanh_derivative(x):
    """Derivative of tanh at each element."""
    return 4 * sigmoid_derivative(2 * x)
