import torch
from torch import nn
from torch.nn.functional import linear, pad


class LSTM(nn.Module):
    """Works through the inputs of all steps at once; a sigmoid is a tanh of half the argument."""

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.weight_x = nn.Parameter(torch.randn(4 * hidden_size, input_size) / 10)
        self.weight_h = nn.Parameter(torch.randn(4 * hidden_size, hidden_size) / 10)
        self.bias = nn.Parameter(torch.zeros(4 * hidden_size))

    def forward(self, x, state=None):
        batch, time, _ = x.shape
        size = self.hidden_size
        if state is None:
            h = c = torch.zeros(batch, size, dtype=x.dtype)
        else:
            h, c = state
        from_inputs = linear(x, self.weight_x, self.bias)
        all_h = x.new_zeros(batch, 0, size)
        for t in range(time):
            a = from_inputs[:, t] + linear(h, self.weight_h)
            i, f, o = (self.gate(a[:, k * size : (k + 1) * size]) for k in (0, 1, 3))
            c = f * c + i * a[:, 2 * size : 3 * size].tanh()
            h = o * c.tanh()
            all_h = pad(all_h, (0, 0, 0, 1)) + pad(h[:, None], (0, 0, t, 0))
        return all_h, (h, c)

    @staticmethod
    def gate(a):
        return (1 + torch.tanh(a / 2)) / 2
