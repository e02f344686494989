import numpy as np


def loss_and_gradients(x, labels, W1, b1, W2, b2):
    """Mean cross-entropy, and its gradients with respect to W1, b1, W2 and b2."""
    raise NotImplementedError
