import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    """One head after the other, with an additive mask and slices of the features."""

    def __init__(self, width, heads):
        super().__init__()
        self.d = width // heads
        for name in ("query", "key", "value", "out"):
            setattr(self, name, nn.Linear(width, width))

    def forward(self, x, real, causal):
        q, k, v = self.query(x), self.key(x), self.value(x)
        mask = self._mask(x, real, causal)
        results = []
        for start in range(0, x.shape[-1], self.d):
            part = slice(start, start + self.d)
            scores = torch.einsum("bqd,bkd->bqk", q[..., part], k[..., part]) * self.d**-0.5 + mask
            ratios = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
            weights = ratios / ratios.sum(dim=-1, keepdim=True)
            results.append(torch.einsum("bqk,bkd->bqd", weights, v[..., part]))
        return self.out(torch.cat(results, dim=-1))

    def _mask(self, x, real, causal):
        batch, positions = x.shape[:2]
        mask = torch.zeros(batch, positions, positions, dtype=x.dtype)
        if causal:
            later = torch.arange(positions)
            mask[:, later[None, :] > later[:, None]] = -torch.inf
        if real is not None:
            hidden = torch.where(real, 0.0, -torch.inf).to(x.dtype)
            mask = mask + hidden[:, None, :]
        return mask
