"""Plain Python, one element after the other."""

import math

import numpy as np


def loss_and_gradient(logits, targets, positive_weight):
    losses, slopes = [], []
    for z, y in zip(logits.ravel().tolist(), targets.ravel().tolist(), strict=True):
        losses.append(positive_weight * y * _softplus(-z) + (1 - y) * _softplus(z))
        slopes.append((1 - y) * _sigmoid(z) - positive_weight * y * _sigmoid(-z))
    count = len(losses)
    return math.fsum(losses) / count, np.reshape(slopes, logits.shape) / count


def _softplus(z):
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def _sigmoid(z):
    return math.exp(-_softplus(-z))
