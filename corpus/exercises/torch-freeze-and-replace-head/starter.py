import torch
from torch import nn


def replace_head(model, classes):
    """Freezes what the model has learnt and gives it a new, trainable head."""
    raise NotImplementedError


def train_head(model, x, labels, lr, steps):
    """Trains the head alone; the losses before each step."""
    raise NotImplementedError
