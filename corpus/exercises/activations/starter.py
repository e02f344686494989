import numpy as np


def relu(x):
    """x where positive, else 0."""
    raise NotImplementedError


def relu_derivative(x):
    """1.0 where x is positive, else 0.0."""
    raise NotImplementedError


def prelu(x, slope):
    """x where positive, else slope * x, with one slope for each feature."""
    raise NotImplementedError


def prelu_gradients(x, slope, upstream):
    """Gradients with respect to x and slope."""
    raise NotImplementedError


def sigmoid(x):
    """1 / (1 + exp(-x)) for each element."""
    raise NotImplementedError


def sigmoid_derivative(x):
    """Derivative of sigmoid at each element."""
    raise NotImplementedError


def tanh(x):
    """Hyperbolic tangent of each element."""
    raise NotImplementedError


def tanh_derivative(x):
    """Derivative of tanh at each element."""
    raise NotImplementedError
