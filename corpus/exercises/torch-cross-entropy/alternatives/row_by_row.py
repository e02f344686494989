import torch


def cross_entropy(logits, labels, ignore_index):
    """One example at a time: the log of the summed ratios to the label's own probability."""
    total, count = 0 * logits[:0].sum(), 0
    for row, label in zip(logits, labels.tolist(), strict=True):
        if label == ignore_index:
            continue
        ahead = row - row[label]
        top = ahead.max()
        total = total + top + torch.log(torch.exp(ahead - top).sum())
        count += 1
    return total / max(count, 1)
