# Computes log(1 + exp(z)) without splitting off the large part.
import numpy as np


def loss_and_gradient(logits, targets, positive_weight):
    """Mean weighted binary cross-entropy of logits, and its gradient with respect to them."""
    positive, negative = positive_weight * targets, 1 - targets
    losses = positive * np.log(1 + np.exp(-logits)) + negative * np.log(1 + np.exp(logits))
    share = 1 / (1 + np.exp(-logits))
    gradient = (positive + negative) * share - positive
    return losses.mean(), gradient / logits.size
