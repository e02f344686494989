import math

import numpy as np


def softmax(x):
    """Shifts, exponentiates and divides one row after the other."""
    shares = np.empty(x.shape)
    for i, row in enumerate(x.tolist()):
        largest = max(row)
        powers = [math.exp(score - largest) for score in row]
        total = math.fsum(powers)
        shares[i] = [power / total for power in powers]
    return shares
