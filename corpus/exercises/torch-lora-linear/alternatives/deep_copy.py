import copy
import math

import torch
from torch import nn
from torch.nn.functional import linear


class LoRALinear(nn.Module):
    """Adapts the weight before it is used; merging puts that weight into a copy of the base."""

    def __init__(self, base, rank, alpha):
        super().__init__()
        for parameter in base.parameters():
            parameter.requires_grad = False
        self.base, self.rank, self.alpha = base, rank, alpha
        self.lora_a = nn.Parameter(base.weight.new_empty(rank, base.in_features))
        nn.init.kaiming_uniform_(self.lora_a, a=math.sqrt(5))
        self.lora_b = nn.Parameter(base.weight.new_zeros(base.out_features, rank))

    def weight(self):
        update = torch.einsum("or,ri->oi", self.lora_b, self.lora_a)
        return self.base.weight + update * self.alpha / self.rank

    def forward(self, x):
        return linear(x, self.weight(), self.base.bias)

    def merge(self):
        merged = copy.deepcopy(self.base)
        merged.weight = nn.Parameter(self.weight().detach())
        return merged
