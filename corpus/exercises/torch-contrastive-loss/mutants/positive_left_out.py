# Leaves the right pair out of the choices.
import torch
from torch.nn import functional as F


def contrastive_loss(images, texts, temperature):
    """Mean InfoNCE loss of picking the right text for each image and the right image for each text."""
    images, texts = F.normalize(images, dim=1), F.normalize(texts, dim=1)
    scores = images @ texts.T / temperature
    labels = torch.arange(len(scores))
    hidden = torch.eye(len(scores), dtype=torch.bool)
    others = scores.masked_fill(hidden, -1e9)
    normalisers = (torch.logsumexp(others, dim=0) + torch.logsumexp(others, dim=1)) / 2
    return (normalisers - scores.diagonal()).mean()
