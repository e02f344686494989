import torch


def focal_loss(logits, targets, alpha, gamma):
    """Positives and negatives apart, in logarithms all the way; log p is minus a softplus."""
    flat, wanted = logits.reshape(-1), targets.reshape(-1).bool()
    total = alpha * costs(flat[wanted], gamma).sum()
    total = total + (1 - alpha) * costs(-flat[~wanted], gamma).sum()
    return total / flat.numel()


def costs(z, gamma):
    """Cost of elements whose logit for the right class is z."""
    zero = torch.zeros_like(z)
    surprise = torch.logaddexp(zero, -z)
    log_doubt = -torch.logaddexp(zero, z)
    return surprise * torch.exp(gamma * log_doubt)
