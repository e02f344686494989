"""Both losses as one binary cross-entropy with labels, and the sigmoid by branches."""

import numpy as np


def discriminator_loss(real, fake):
    kept, by_real = _cross_entropy(real, 1.0)
    caught, by_fake = _cross_entropy(fake, 0.0)
    return kept + caught, by_real, by_fake


def generator_loss(fake):
    return _cross_entropy(fake, 1.0)


def _cross_entropy(logits, label):
    small = np.exp(-np.abs(logits))
    losses = np.maximum(logits, 0) - label * logits + np.log1p(small)
    share = np.where(logits >= 0, 1.0, small) / (1 + small)
    return losses.sum() / losses.size, (share - label) / losses.size
