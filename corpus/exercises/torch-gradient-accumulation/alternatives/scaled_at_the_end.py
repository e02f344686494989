import torch


def train_epoch(model, loss_function, optimizer, micro_batches, every):
    """Accumulates gradients of sums, and divides them by the number of examples before the step."""
    losses, total, examples = [], 0.0, 0
    optimizer.zero_grad()
    for number, (x, labels) in enumerate(micro_batches, 1):
        loss = loss_function(model(x), labels) * len(x)
        loss.backward()
        total, examples = total + loss.item(), examples + len(x)
        if number % every == 0 or number == len(micro_batches):
            divide_gradients(model, examples)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(total / examples)
            total, examples = 0.0, 0
    return losses


@torch.no_grad()
def divide_gradients(model, divisor):
    """Sums become means."""
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad /= divisor
