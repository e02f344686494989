# Hides the infinite logarithm behind a small number.
import torch
from torch.nn import functional as F


def focal_loss(logits, targets, alpha, gamma):
    """Mean binary focal loss, from logits."""
    positive = targets == 1
    signed = torch.where(positive, logits, -logits)
    balance = torch.where(positive, alpha, 1 - alpha).to(logits.dtype)
    focus = torch.exp(gamma * F.logsigmoid(-signed))
    return (balance * focus * -torch.log(torch.sigmoid(signed) + 1e-8)).mean()
