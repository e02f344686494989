"""Plain Python: each logit by itself, sums at the end."""

import math

import numpy as np


def discriminator_loss(real, fake):
    parts = [_against(-z) for z in real.tolist()], [_against(z) for z in fake.tolist()]
    (kept, by_real), (caught, by_fake) = (_mean(p) for p in parts)
    return kept + caught, -by_real, by_fake


def generator_loss(fake):
    loss, slopes = _mean([_against(-z) for z in fake.tolist()])
    return loss, -slopes


def _against(z):
    """log(1 + exp(z)) and its derivative."""
    if z > 0:
        return z + math.log1p(math.exp(-z)), 1 / (1 + math.exp(-z))
    return math.log1p(math.exp(z)), math.exp(z) / (1 + math.exp(z))


def _mean(pairs):
    losses, slopes = zip(*pairs, strict=True)
    return math.fsum(losses) / len(pairs), np.array(slopes) / len(pairs)
