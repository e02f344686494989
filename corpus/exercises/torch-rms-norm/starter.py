import torch
from torch import nn


class RMSNorm(nn.Module):
    """Scales each vector of features by its root mean square."""

    def __init__(self, features, eps=1e-6):
        """One parameter: weight."""
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """Same shape and dtype as x."""
        raise NotImplementedError
