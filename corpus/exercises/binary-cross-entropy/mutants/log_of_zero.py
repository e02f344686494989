# Takes the logarithm of probabilities that have become 0 or 1.
import numpy as np


def loss_and_gradient(logits, targets, positive_weight):
    """Mean weighted binary cross-entropy of logits, and its gradient with respect to them."""
    positive, negative = positive_weight * targets, 1 - targets
    small = np.exp(-np.abs(logits))
    share = np.where(logits >= 0, 1.0, small) / (1 + small)
    losses = -positive * np.log(share) - negative * np.log(1 - share)
    gradient = (positive + negative) * share - positive
    return losses.mean(), gradient / logits.size
