# Returns the mean of the heads' weights.
import numpy as np


def multi_head_attention(x, memory, w_q, w_k, w_v, w_o, heads):
    """Output (batch, queries, d_out) and weights (batch, heads, queries, keys)."""
    q = split(x @ w_q, heads)
    k = split(memory @ w_k, heads)
    v = split(memory @ w_v, heads)
    weights = softmax(q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]))
    return join(weights @ v) @ w_o, weights.mean(axis=1)


def split(projected, heads):
    """From (batch, positions, heads * size) to (batch, heads, positions, size)."""
    batch, positions, width = projected.shape
    return projected.reshape(batch, positions, heads, width // heads).transpose(0, 2, 1, 3)


def join(mixed):
    """From (batch, heads, positions, size) back to (batch, positions, heads * size)."""
    batch, heads, positions, size = mixed.shape
    return mixed.transpose(0, 2, 1, 3).reshape(batch, positions, heads * size)


def softmax(scores):
    """Softmax along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
