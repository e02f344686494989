# Raises 1 - p to gamma: for gamma below 1 the gradient at 0 is nan.
import torch
from torch.nn import functional as F


def focal_loss(logits, targets, alpha, gamma):
    """Mean binary focal loss, from logits."""
    positive = targets == 1
    signed = torch.where(positive, logits, -logits)
    balance = torch.where(positive, alpha, 1 - alpha).to(logits.dtype)
    focus = (1 - torch.sigmoid(signed)) ** gamma
    return (balance * focus * -F.logsigmoid(signed)).mean()
