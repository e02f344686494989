# Exponentiates the scores without shifting them.
import torch
from torch.nn import functional as F


def contrastive_loss(images, texts, temperature):
    """Mean InfoNCE loss of picking the right text for each image and the right image for each text."""
    images, texts = F.normalize(images, dim=1), F.normalize(texts, dim=1)
    scores = images @ texts.T / temperature
    labels = torch.arange(len(scores))
    powers = torch.exp(scores)
    rows, columns = powers / powers.sum(1, keepdim=True), powers / powers.sum(0, keepdim=True)
    return -(rows.diagonal().log().mean() + columns.diagonal().log().mean()) / 2
