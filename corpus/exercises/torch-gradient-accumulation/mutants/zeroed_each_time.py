# Clears the gradients before every micro-batch, so that only the last one counts.
def train_epoch(model, loss_function, optimizer, micro_batches, every):
    """One optimiser step for each `every` micro-batches; the mean loss of each batch."""
    losses = []
    for start in range(0, len(micro_batches), every):
        batch = micro_batches[start : start + every]
        optimizer.zero_grad()
        losses.append(_accumulate(model, loss_function, batch, optimizer))
        optimizer.step()
    return losses


def _accumulate(model, loss_function, batch, optimizer):
    """Adds the gradient of the batch's mean loss to the parameters; that loss."""
    examples = sum(len(labels) for _, labels in batch)
    total = 0.0
    for x, labels in batch:
        loss = loss_function(model(x), labels) * (len(labels) / examples)
        optimizer.zero_grad()
        loss.backward()
        total += loss.item()
    return total
