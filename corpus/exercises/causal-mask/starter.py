import numpy as np


def masked_weights(scores, real, causal):
    """Softmax over the keys that each query sees."""
    raise NotImplementedError
