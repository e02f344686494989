# Swaps relu and batch normalisation.
import torch
from torch import nn


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut, which is a projection where shapes differ."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.proj = None
        if stride != 1 or in_channels != out_channels:
            self.proj = nn.Conv2d(in_channels, out_channels, 1, stride, bias=False)
            self.proj_bn = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        """The block's output, of shape (batch, out_channels, height / stride, width / stride)."""
        branch = self.bn1(torch.relu(self.conv1(x)))
        branch = self.bn2(self.conv2(branch))
        shortcut = x if self.proj is None else self.proj_bn(self.proj(x))
        return torch.relu(branch + shortcut)
