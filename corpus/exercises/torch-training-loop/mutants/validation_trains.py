# Runs the same updates over the validation data.
import torch


def train(model, loss_function, optimizer, batches, validation, epochs):
    """Trains and validates; (training loss, validation loss, accuracy) of each epoch."""
    history = []
    for _ in range(epochs):
        training_loss = _train_once(model, loss_function, optimizer, batches)
        history.append((training_loss, *_validate(model, loss_function, validation, optimizer)))
    return history


def _train_once(model, loss_function, optimizer, batches):
    model.train()
    total, count = 0.0, 0
    for x, labels in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


def _validate(model, loss_function, batches, optimizer):
    model.eval()
    total, right, count = 0.0, 0, 0
    for x, labels in batches:
        outputs = model(x)
        loss = loss_function(outputs, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        right += (outputs.argmax(dim=1) == labels).sum().item()
        count += len(x)
    return total / count, right / count
