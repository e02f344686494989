import torch
from torch import nn


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut, which is a projection where shapes differ."""

    def __init__(self, in_channels, out_channels, stride=1):
        """Makes conv1, bn1, conv2, bn2 and, where they are needed, proj and proj_bn."""
        raise NotImplementedError

    def forward(self, x):
        """The block's output, of shape (batch, out_channels, height / stride, width / stride)."""
        raise NotImplementedError
