# Measures the training loss after the step, with another pass.
import torch


def train(model, loss_function, optimizer, batches, validation, epochs):
    """Trains and validates; (training loss, validation loss, accuracy) of each epoch."""
    history = []
    for _ in range(epochs):
        training_loss = _train_once(model, loss_function, optimizer, batches)
        history.append((training_loss, *_validate(model, loss_function, validation)))
    return history


def _train_once(model, loss_function, optimizer, batches):
    model.train()
    total, count = 0.0, 0
    for x, labels in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), labels)
        loss.backward()
        optimizer.step()
        total += loss_function(model(x), labels).item() * len(x)
        count += len(x)
    return total / count


@torch.no_grad()
def _validate(model, loss_function, batches):
    model.eval()
    total, right, count = 0.0, 0, 0
    for x, labels in batches:
        outputs = model(x)
        total += loss_function(outputs, labels).item() * len(x)
        right += (outputs.argmax(dim=1) == labels).sum().item()
        count += len(x)
    return total / count, right / count
