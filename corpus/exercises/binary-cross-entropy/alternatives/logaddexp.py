"""Lets np.logaddexp do what is delicate, and takes the sigmoid from tanh."""

import numpy as np


def loss_and_gradient(logits, targets, positive_weight):
    missed = np.logaddexp(0, -logits)
    alarm = np.logaddexp(0, logits)
    loss = np.average(positive_weight * targets * missed + (1 - targets) * alarm)
    share = (1 + np.tanh(logits / 2)) / 2
    slopes = (1 - targets) * share - positive_weight * targets * (1 - share)
    return loss, slopes / np.prod(logits.shape)
