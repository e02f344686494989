from torch import nn
from torch.nn import functional as F


class ResidualBlock(nn.Module):
    """Keeps layers only for their weights; a 1x1 convolution is a matrix product over the channels."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.stride = stride
        shapes = {"1": (in_channels, stride), "2": (out_channels, 1)}
        for name, (channels, step) in shapes.items():
            conv = nn.Conv2d(channels, out_channels, 3, stride=step, padding=1, bias=False)
            self.add_module(f"conv{name}", conv)
            self.add_module(f"bn{name}", nn.BatchNorm2d(out_channels))
        self.projects = (in_channels, stride) != (out_channels, 1)
        if self.projects:
            self.proj = nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False)
            self.proj_bn = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        branch = self.bn1(self.convolve(x, self.conv1.weight, self.stride)).clamp(min=0)
        branch = self.bn2(self.convolve(branch, self.conv2.weight, 1))
        return (branch + self.shortcut(x)).clamp(min=0)

    def shortcut(self, x):
        if not self.projects:
            return x
        thinned = x[:, :, :: self.stride, :: self.stride]
        mixed = self.proj.weight[:, :, 0, 0] @ thinned.flatten(2)
        return self.proj_bn(mixed.unflatten(2, thinned.shape[2:]))

    @staticmethod
    def convolve(x, weight, stride):
        patches = F.unfold(x, 3, padding=1, stride=stride)
        height, width = ((size - 1) // stride + 1 for size in x.shape[2:])
        return (weight.flatten(1) @ patches).unflatten(2, (height, width))
