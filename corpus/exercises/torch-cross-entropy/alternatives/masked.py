import torch


def cross_entropy(logits, labels, ignore_index):
    """Keeps all rows, and takes those that do not count out of the sum at the end."""
    ignored = labels == ignore_index
    top = logits.detach().max(dim=1, keepdim=True).values
    log_total = top.squeeze(1) + torch.log(torch.exp(logits - top).sum(dim=1))
    rows = torch.arange(len(labels))
    losses = log_total - logits[rows, labels.masked_fill(ignored, 0)]
    return losses.masked_fill(ignored, 0.0).sum() / (~ignored).sum().clamp(min=1)
