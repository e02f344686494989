# Subtracts the largest logit of the whole batch.
import torch


def cross_entropy(logits, labels, ignore_index):
    """Mean cross-entropy of the examples that count: a scalar tensor."""
    counts = labels != ignore_index
    rows, classes = logits[counts], labels[counts]
    shifted = rows - rows.max() if len(rows) else rows
    of_label = shifted.gather(1, classes.unsqueeze(1)).squeeze(1)
    losses = torch.log(shifted.exp().sum(dim=1)) - of_label
    return losses.sum() / max(len(losses), 1)
