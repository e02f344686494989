import torch
from torch import nn


class BatchNorm(nn.Module):
    """Batch normalisation of (batch, features, ...) with running statistics."""

    def __init__(self, features, momentum=0.1, eps=1e-5):
        """Parameters weight and bias, buffers running_mean and running_var."""
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """Normalises with the batch in training, with the running values otherwise."""
        raise NotImplementedError
