# Divides by `every` also where the last batch is shorter.
def train_epoch(model, loss_function, optimizer, micro_batches, every):
    """One optimiser step for each `every` micro-batches; the mean loss of each batch."""
    losses = []
    for start in range(0, len(micro_batches), every):
        batch = micro_batches[start : start + every]
        optimizer.zero_grad()
        losses.append(_accumulate(model, loss_function, batch, every))
        optimizer.step()
    return losses


def _accumulate(model, loss_function, batch, every):
    """Adds the gradient of the batch's mean loss to the parameters; that loss."""
    examples = every * len(batch[0][1])
    total = 0.0
    for x, labels in batch:
        loss = loss_function(model(x), labels) * (len(labels) / examples)
        loss.backward()
        total += loss.item()
    return total
