# Sets the dropped elements of x itself to zero.
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
            return x
        if self.p == 1:
            return torch.zeros_like(x)
        x[torch.rand_like(x) < self.p] = 0
        return x / (1 - self.p)
