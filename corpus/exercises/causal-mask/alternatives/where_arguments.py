import numpy as np


def masked_weights(scores, real, causal):
    """Reductions that look at the seen places only."""
    batch, _, queries, keys = scores.shape
    positions = np.arange(keys - queries, keys)
    seen = np.repeat(real.reshape(batch, 1, 1, keys), queries, axis=2)
    if causal:
        seen &= np.arange(keys) <= positions[:, None]
    seen = np.broadcast_to(seen, scores.shape)
    top = np.max(scores, axis=-1, keepdims=True, where=seen, initial=np.finfo(scores.dtype).min)
    powers = np.zeros_like(scores)
    np.exp(np.subtract(scores, top, where=seen, out=powers), where=seen, out=powers)
    total = powers.sum(axis=-1, keepdims=True)
    return np.divide(powers, total, where=total > 0, out=np.zeros_like(scores))
