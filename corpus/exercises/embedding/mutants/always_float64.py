# Returns a float64 gradient whatever upstream is.
import numpy as np


def embedding(table, ids):
    """Rows of the table, one for each id."""
    return table[ids]


def embedding_backward(upstream, ids, rows, padding):
    """Gradient with respect to the table."""
    gradient = np.zeros((rows, upstream.shape[-1]))
    np.add.at(gradient, ids, upstream)
    if padding is not None:
        gradient[padding] = 0
    return gradient
