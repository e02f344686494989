"""Builds a small model, data in batches and an optimiser, lets the answer train, and returns what became of it.

The model is a BatchNorm1d without parameters of its own, then a Linear; weight and bias are where the linear
layer starts, leftover is the gradient its weight has before training begins. The batches are cut from x and
labels in the given sizes; new_x and new_labels are for validation. The optimiser does gradient descent with
momentum.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy


def history(
    answer,
    weight,
    bias,
    leftover,
    x,
    labels,
    sizes,
    new_x,
    new_labels,
    new_sizes,
    lr,
    momentum,
    epochs,
):
    """What train returns, as a matrix with one row for each epoch."""
    model = _model(weight, bias, leftover)
    batches, validation = _batches(x, labels, sizes), _batches(new_x, new_labels, new_sizes)
    found = _train(answer, model, batches, validation, lr, momentum, epochs)
    return torch.tensor(found, dtype=torch.float64)


def state(
    answer,
    weight,
    bias,
    leftover,
    x,
    labels,
    sizes,
    new_x,
    new_labels,
    new_sizes,
    lr,
    momentum,
    epochs,
):
    """Weight and bias after training, and the running mean and variance."""
    model = _model(weight, bias, leftover)
    batches, validation = _batches(x, labels, sizes), _batches(new_x, new_labels, new_sizes)
    _train(answer, model, batches, validation, lr, momentum, epochs)
    return model[1].weight, model[1].bias, model[0].running_mean, model[0].running_var


def passes(
    answer,
    weight,
    bias,
    leftover,
    x,
    labels,
    sizes,
    new_x,
    new_labels,
    new_sizes,
    lr,
    momentum,
    epochs,
):
    """For each pass through the model: is it in training mode, are gradients on, how many examples."""
    model, log = _model(weight, bias, leftover), []
    model.register_forward_pre_hook(
        lambda module, args: log.append([module.training, torch.is_grad_enabled(), len(args[0])])
    )
    batches, validation = _batches(x, labels, sizes), _batches(new_x, new_labels, new_sizes)
    _train(answer, model, batches, validation, lr, momentum, epochs)
    return log


def types(
    answer,
    weight,
    bias,
    leftover,
    x,
    labels,
    sizes,
    new_x,
    new_labels,
    new_sizes,
    lr,
    momentum,
    epochs,
):
    """The types of the numbers that train returns."""
    model = _model(weight, bias, leftover)
    batches, validation = _batches(x, labels, sizes), _batches(new_x, new_labels, new_sizes)
    found = _train(answer, model, batches, validation, lr, momentum, epochs)
    return ", ".join(sorted({type(number).__name__ for row in found for number in row}))


class _Descent:
    """Gradient descent with momentum."""

    def __init__(self, parameters, lr, momentum):
        self.parameters = list(parameters)
        self.velocities = [torch.zeros_like(p) for p in self.parameters]
        self.lr, self.momentum = lr, momentum

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    @torch.no_grad()
    def step(self):
        for p, velocity in zip(self.parameters, self.velocities, strict=True):
            if p.grad is not None:
                velocity.mul_(self.momentum).add_(p.grad)
                p.sub_(self.lr * velocity)


def _train(answer, model, batches, validation, lr, momentum, epochs):
    optimizer = _Descent(model.parameters(), lr, momentum)
    return answer.train(model, cross_entropy, optimizer, batches, validation, epochs)


def _model(weight, bias, leftover):
    classes, features = weight.shape
    linear = nn.Linear(features, classes)
    model = nn.Sequential(nn.BatchNorm1d(features, affine=False), linear).double()
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(weight))
        linear.bias.copy_(torch.tensor(bias))
    linear.weight.grad = torch.tensor(leftover)
    return model


def _batches(x, labels, sizes):
    parts = torch.tensor(x).split(sizes), torch.tensor(labels).split(sizes)
    return list(zip(*parts, strict=True))
