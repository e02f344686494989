# Rounds soft targets to the nearer class.
import numpy as np


def loss_and_gradient(logits, targets, positive_weight):
    """Mean weighted binary cross-entropy of logits, and its gradient with respect to them."""
    targets = np.round(targets)
    positive, negative = positive_weight * targets, 1 - targets
    small = np.exp(-np.abs(logits))
    rest = np.log1p(small)
    losses = positive * (np.maximum(-logits, 0) + rest) + negative * (np.maximum(logits, 0) + rest)
    share = np.where(logits >= 0, 1.0, small) / (1 + small)
    gradient = (positive + negative) * share - positive
    return losses.mean(), gradient / logits.size
