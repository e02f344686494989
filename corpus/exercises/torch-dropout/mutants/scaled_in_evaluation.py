# Scales in evaluation instead of training.
import torch
from torch import nn


class Dropout(nn.Module):
    """Drops elements in training and scales what is kept."""

    def __init__(self, p=0.5):
        """p is the probability that an element is dropped."""
        super().__init__()
        self.p = p

    def forward(self, x):
        """Same shape and dtype as x."""
        if not self.training:
            return x * (1 - self.p)
        if self.p == 1:
            return torch.zeros_like(x)
        mask = torch.rand_like(x) >= self.p
        return x * mask
