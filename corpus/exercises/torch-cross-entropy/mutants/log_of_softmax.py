# Takes the log of a softmax, with a small number against log(0).
import torch


def cross_entropy(logits, labels, ignore_index):
    """Mean cross-entropy of the examples that count: a scalar tensor."""
    counts = labels != ignore_index
    rows, classes = logits[counts], labels[counts]
    shifted = rows - rows.amax(dim=1, keepdim=True)
    probabilities = shifted.exp() / shifted.exp().sum(dim=1, keepdim=True)
    losses = -torch.log(probabilities.gather(1, classes.unsqueeze(1)).squeeze(1) + 1e-12)
    return losses.sum() / max(len(losses), 1)
