# Cuts the weights off from the graph: no gradient reaches the queries and keys.
import math

import torch


def attention(q, k, v, causal):
    """Scaled dot-product attention: (batch, queries, values)."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if causal:
        hidden = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(diagonal=1)
        scores = scores.masked_fill(hidden, -math.inf)
    return torch.softmax(scores, dim=-1).detach() @ v
