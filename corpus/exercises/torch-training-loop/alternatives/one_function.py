import torch


def train(model, loss_function, optimizer, batches, validation, epochs):
    """One pass does both, depending on whether it has an optimiser; losses are averaged with weights."""
    history = []
    for _ in range(epochs):
        loss, _ = run(model, loss_function, batches, optimizer)
        history.append((loss, *run(model, loss_function, validation)))
    return history


def run(model, loss_function, batches, optimizer=None):
    """Mean loss and accuracy of one pass."""
    model.train(optimizer is not None)
    sizes = torch.tensor([len(labels) for _, labels in batches], dtype=torch.float64)
    losses, accuracies = [], []
    for x, labels in batches:
        with torch.set_grad_enabled(optimizer is not None):
            outputs = model(x)
            loss = loss_function(outputs, labels)
        if optimizer is not None:
            update(optimizer, loss)
        losses.append(loss.detach().double())
        accuracies.append((outputs.max(dim=1).indices == labels).double().mean())
    shares = sizes / sizes.sum()
    return (shares @ torch.stack(losses)).item(), (shares @ torch.stack(accuracies)).item()


def update(optimizer, loss):
    """One step from the gradient of this loss alone."""
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
