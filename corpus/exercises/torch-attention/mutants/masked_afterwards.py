# Sets weights to zero after the softmax, so that they no longer add up to one.
import math

import torch


def attention(q, k, v, causal):
    """Scaled dot-product attention: (batch, queries, values)."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if causal:
        hidden = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(diagonal=1)
        return torch.softmax(scores, dim=-1).masked_fill(hidden, 0.0) @ v
    return torch.softmax(scores, dim=-1) @ v
