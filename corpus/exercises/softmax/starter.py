import numpy as np


def softmax(x):
    """Row-wise softmax of a float64 matrix."""
    raise NotImplementedError
