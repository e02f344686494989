import numpy as np


def embedding(table, ids):
    """Copies one row after the other."""
    found = np.empty((*ids.shape, table.shape[1]), table.dtype)
    for place in np.ndindex(ids.shape):
        found[place] = table[ids[place]]
    return found


def embedding_backward(upstream, ids, rows, padding):
    """Adds one gradient after the other."""
    gradient = np.zeros((rows, upstream.shape[-1]), upstream.dtype)
    for place in np.ndindex(ids.shape):
        if ids[place] != padding:
            gradient[ids[place]] += upstream[place]
    return gradient
