# Applies the padding mask to the queries instead of the keys.
import numpy as np


def masked_weights(scores, real, causal):
    """Softmax over the keys that each query sees."""
    queries, keys = scores.shape[-2:]
    seen = real[:, None, -queries:, None]
    if causal:
        seen = seen & np.tri(queries, keys, keys - queries, dtype=bool)
    masked = np.where(seen, scores, -np.inf)
    top = masked.max(axis=-1, keepdims=True)
    powers = np.exp(masked - np.where(np.isfinite(top), top, 0))
    total = powers.sum(axis=-1, keepdims=True)
    return powers / np.where(total > 0, total, 1)
