# Weights all micro-batches the same, whatever their sizes.
def train_epoch(model, loss_function, optimizer, micro_batches, every):
    """One optimiser step for each `every` micro-batches; the mean loss of each batch."""
    losses = []
    for start in range(0, len(micro_batches), every):
        batch = micro_batches[start : start + every]
        optimizer.zero_grad()
        losses.append(_accumulate(model, loss_function, batch))
        optimizer.step()
    return losses


def _accumulate(model, loss_function, batch):
    """Adds the gradient of the batch's mean loss to the parameters; that loss."""
    total = 0.0
    for x, labels in batch:
        loss = loss_function(model(x), labels) / len(batch)
        loss.backward()
        total += loss.item()
    return total
