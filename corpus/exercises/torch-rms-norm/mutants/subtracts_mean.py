# Takes the mean away first, as layer normalisation does.
import torch
from torch import nn


class RMSNorm(nn.Module):
    """Scales each vector of features by its root mean square."""

    def __init__(self, features, eps=1e-6):
        """One parameter: weight."""
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(features))

    def forward(self, x):
        """Same shape and dtype as x."""
        x = x - x.mean(dim=-1, keepdim=True)
        mean_square = x.pow(2).mean(dim=-1, keepdim=True)
        return self.weight * x * torch.rsqrt(mean_square + self.eps)
