# Picks the label's logit by a product with a one-hot matrix, so that -inf times 0 is NaN.
import torch


def cross_entropy(logits, labels, ignore_index):
    """Mean cross-entropy of the examples that count: a scalar tensor."""
    counts = labels != ignore_index
    rows, classes = logits[counts], labels[counts]
    shifted = rows - rows.amax(dim=1, keepdim=True)
    one_hot = torch.nn.functional.one_hot(classes, logits.shape[1])
    of_label = (shifted * one_hot).sum(dim=1)
    losses = torch.log(shifted.exp().sum(dim=1)) - of_label
    return losses.sum() / max(len(losses), 1)
