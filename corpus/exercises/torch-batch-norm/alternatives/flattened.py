import torch
from torch import nn


class BatchNorm(nn.Module):
    """Makes a matrix with one row for each feature, works on it, and puts the dimensions back."""

    def __init__(self, features, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum = momentum
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(features))
        self.bias = nn.Parameter(torch.zeros(features))
        self.register_buffer("running_mean", torch.zeros(features))
        self.register_buffer("running_var", torch.ones(features))

    def forward(self, x):
        by_feature = x.transpose(0, 1)
        rows = by_feature.reshape(len(by_feature), -1)
        if self.training:
            count = rows.shape[1]
            mean = rows.sum(dim=1) / count
            squares = ((rows - mean[:, None]) ** 2).sum(dim=1)
            var = squares / count
            self._remember("running_mean", mean)
            self._remember("running_var", squares / (count - 1))
        else:
            mean, var = self.running_mean, self.running_var
        rows = (rows - mean[:, None]) * (var[:, None] + self.eps) ** -0.5
        rows = rows * self.weight[:, None] + self.bias[:, None]
        return rows.reshape(by_feature.shape).transpose(0, 1)

    def _remember(self, name, batch):
        old = getattr(self, name)
        setattr(self, name, (1 - self.momentum) * old + self.momentum * batch.detach())
