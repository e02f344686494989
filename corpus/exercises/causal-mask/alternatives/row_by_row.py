import numpy as np


def masked_weights(scores, real, causal):
    """One query after the other, on the list of the keys it sees."""
    weights = np.zeros(scores.shape, scores.dtype)
    queries, keys = scores.shape[2:]
    for n, head, i in np.ndindex(scores.shape[:3]):
        last = i + keys - queries if causal else keys - 1
        seen = np.flatnonzero(real[n, : last + 1])
        if seen.size:
            row = scores[n, head, i, seen]
            powers = np.exp(row - row.max())
            weights[n, head, i, seen] = powers / powers.sum()
    return weights
