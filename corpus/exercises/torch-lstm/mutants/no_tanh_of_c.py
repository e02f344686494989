# Lets c out without squashing it.
import math

import torch
from torch import nn


class LSTM(nn.Module):
    """One LSTM layer over sequences of shape (batch, time, input_size)."""

    def __init__(self, input_size, hidden_size):
        super().__init__()
        bound = 1 / math.sqrt(hidden_size)
        self.weight_x = nn.Parameter(
            torch.empty(4 * hidden_size, input_size).uniform_(-bound, bound)
        )
        self.weight_h = nn.Parameter(
            torch.empty(4 * hidden_size, hidden_size).uniform_(-bound, bound)
        )
        self.bias = nn.Parameter(torch.zeros(4 * hidden_size))

    def forward(self, x, state=None):
        """The h of all steps, and the final state (h, c)."""
        if state is None:
            zeros = x.new_zeros(x.shape[0], self.weight_h.shape[1])
            state = zeros, zeros
        h, c = state
        outputs = []
        for x_t in x.unbind(dim=1):
            a = x_t @ self.weight_x.T + h @ self.weight_h.T + self.bias
            i, f, g, o = a.chunk(4, dim=-1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * c
            outputs.append(h)
        return torch.stack(outputs, dim=1), (h, c)
