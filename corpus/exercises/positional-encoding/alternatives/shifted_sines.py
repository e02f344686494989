import numpy as np


def positional_encoding(start, length, width, base):
    """One formula for all columns: a cosine is a sine that is a quarter turn ahead."""
    columns = np.arange(width)
    odd = columns % 2
    rates = np.exp(-np.log(base) * (columns - odd) / width)
    return np.sin(np.outer(start + np.arange(length), rates) + odd * (np.pi / 2))
