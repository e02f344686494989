import torch
from torch import nn


class Dropout(nn.Module):
    """Multiplies with factors that are 0 or 1 / (1 - p), drawn as Bernoulli numbers."""

    def __init__(self, p=0.5):
        super().__init__()
        self.keep = 1 - p

    def forward(self, x):
        if self.training:
            x = x * self._factors(x)
        return x

    def _factors(self, x):
        drawn = torch.empty_like(x).bernoulli_(self.keep)
        return drawn / max(self.keep, torch.finfo(x.dtype).tiny)
