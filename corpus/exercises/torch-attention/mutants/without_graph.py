# Computes under no_grad, as one would for inference only.
import math

import torch


@torch.no_grad()
def attention(q, k, v, causal):
    """Scaled dot-product attention: (batch, queries, values)."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if causal:
        hidden = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(diagonal=1)
        scores = scores.masked_fill(hidden, -math.inf)
    return torch.softmax(scores, dim=-1) @ v
