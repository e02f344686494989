import numpy as np


def lstm_step(x, h, c, w_x, w_h, b):
    """Hidden state and cell state after one step."""
    raise NotImplementedError
