# Keeps the factors as plain tensors, which no optimiser will find.
import torch
from torch import nn


class LoRALinear(nn.Module):
    """A frozen linear layer plus a trained update of low rank."""

    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.scale = alpha / rank
        weight = base.weight
        self.lora_a = torch.randn(rank, base.in_features, dtype=weight.dtype) / 10
        self.lora_b = torch.zeros(base.out_features, rank, dtype=weight.dtype)

    def forward(self, x):
        """base(x) + alpha / rank * B A x."""
        return self.base(x) + self.scale * (x @ self.lora_a.T @ self.lora_b.T)

    @torch.no_grad()
    def merge(self):
        """A new nn.Linear with the same output."""
        out_features, in_features = self.base.weight.shape
        has_bias = self.base.bias is not None
        merged = nn.Linear(in_features, out_features, has_bias, dtype=self.base.weight.dtype)
        merged.weight.copy_(self.base.weight + self.scale * self.lora_b @ self.lora_a)
        if has_bias:
            merged.bias.copy_(self.base.bias)
        return merged
