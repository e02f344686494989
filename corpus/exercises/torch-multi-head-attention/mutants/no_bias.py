# Makes the layers of query, key and value without bias.
import math

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    """Self-attention in several heads, with padding and causal masks."""

    def __init__(self, width, heads):
        """Four linear layers: query, key, value and out."""
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width)

    def forward(self, x, real, causal):
        """(batch, positions, width) to the same shape."""
        q, k, v = (self._split(layer(x)) for layer in (self.query, self.key, self.value))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        visible = torch.ones(scores.shape[-2:], dtype=torch.bool, device=x.device)
        if causal:
            visible = visible.tril()
        if real is not None:
            visible = visible & real[:, None, None, :]
        weights = scores.masked_fill(~visible, -math.inf).softmax(dim=-1)
        mixed = (weights @ v).transpose(1, 2)
        return self.out(mixed.flatten(start_dim=2))

    def _split(self, x):
        """(batch, positions, width) to (batch, heads, positions, d)."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)
