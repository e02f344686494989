import torch


@torch.no_grad()
def restore(model, kept):
    for tensor, value in zip(tensors(model), kept, strict=True):
        tensor.copy_(value)


def tensors(model):
    return [*model.parameters(), *model.buffers()]


def fit(model, train_epoch, validate, patience, max_epochs):
    """Clones every tensor by hand and counts the epochs without improvement."""
    losses, since = [], 0
    while len(losses) < max_epochs and since < patience:
        train_epoch(model.train())
        with torch.inference_mode():
            losses.append(validate(model.eval()))
        numbers = [loss for loss in losses if loss == loss]
        improved = losses[-1] == numbers[-1] and numbers[-1] < min(
            numbers[:-1], default=float("inf")
        )
        since = 0 if improved else since + 1
        if improved:
            kept = [tensor.detach().clone() for tensor in tensors(model)]
    restore(model, kept)
    return len(losses) - since, losses
