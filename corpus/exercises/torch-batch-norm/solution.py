import torch
from torch import nn


class BatchNorm(nn.Module):
    """Batch normalisation of (batch, features, ...) with running statistics."""

    def __init__(self, features, momentum=0.1, eps=1e-5):
        """Parameters weight and bias, buffers running_mean and running_var."""
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight = nn.Parameter(torch.ones(features))
        self.bias = nn.Parameter(torch.zeros(features))
        self.register_buffer("running_mean", torch.zeros(features))
        self.register_buffer("running_var", torch.ones(features))

    def forward(self, x):
        """Normalises with the batch in training, with the running values otherwise."""
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = self._observed(x)
        shape = (1, -1) + (1,) * (x.dim() - 2)
        scale = self.weight / torch.sqrt(var + self.eps)
        return scale.view(shape) * (x - mean.view(shape)) + self.bias.view(shape)

    def _observed(self, x):
        """Mean and variance of a batch, towards which the running values move."""
        others = [d for d in range(x.dim()) if d != 1]
        mean = x.mean(dim=others)
        var = x.var(dim=others, correction=0)
        n = x.numel() // x.shape[1]
        with torch.no_grad():
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(var * n / (n - 1), self.momentum)
        return mean, var
