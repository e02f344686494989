import torch
from torch import nn


class LSTM(nn.Module):
    """One LSTM layer over sequences of shape (batch, time, input_size)."""

    def __init__(self, input_size, hidden_size):
        """Makes weight_x, weight_h and bias."""
        raise NotImplementedError

    def forward(self, x, state=None):
        """The h of all steps, and the final state (h, c)."""
        raise NotImplementedError
