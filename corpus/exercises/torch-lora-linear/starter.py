import torch
from torch import nn


class LoRALinear(nn.Module):
    """A frozen linear layer plus a trained update of low rank."""

    def __init__(self, base, rank, alpha):
        """Freezes the base and makes lora_a and lora_b."""
        raise NotImplementedError

    def forward(self, x):
        """base(x) + alpha / rank * B A x."""
        raise NotImplementedError

    def merge(self):
        """A new nn.Linear with the same output."""
        raise NotImplementedError
