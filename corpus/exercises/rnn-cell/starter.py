import numpy as np


def rnn_forward(x, h, w_x, w_h, b):
    """State after one step."""
    raise NotImplementedError


def rnn_backward(upstream, x, h, w_x, w_h, b):
    """Gradients with respect to x, h, w_x, w_h and b."""
    raise NotImplementedError
