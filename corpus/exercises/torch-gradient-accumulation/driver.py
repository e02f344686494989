"""Builds a linear classifier and micro-batches, lets the answer train for an epoch, and returns what became of it.

The linear layer starts at weight and bias; leftover is the gradient its weight has before. The micro-batches are
cut from x and labels in the given sizes. The optimiser does gradient descent with momentum.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy


def losses(answer, weight, bias, leftover, x, labels, sizes, every, lr, momentum):
    """What train_epoch returns."""
    return _trained(answer, weight, bias, leftover, x, labels, sizes, every, lr, momentum)[0]


def parameters(answer, weight, bias, leftover, x, labels, sizes, every, lr, momentum):
    """Weight and bias afterwards."""
    run = _trained(answer, weight, bias, leftover, x, labels, sizes, every, lr, momentum)
    return run[1].weight, run[1].bias


def events(answer, weight, bias, leftover, x, labels, sizes, every, lr, momentum):
    """What happened in which order: forward passes with their sizes, backward passes and steps."""
    return _trained(answer, weight, bias, leftover, x, labels, sizes, every, lr, momentum)[2]


class _Descent:
    """Gradient descent with momentum, which writes its steps down."""

    def __init__(self, parameters, lr, momentum, log):
        self.parameters = list(parameters)
        self.velocities = [torch.zeros_like(p) for p in self.parameters]
        self.lr, self.momentum, self.log = lr, momentum, log

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    @torch.no_grad()
    def step(self):
        self.log.append("step")
        for p, velocity in zip(self.parameters, self.velocities, strict=True):
            if p.grad is not None:
                velocity.mul_(self.momentum).add_(p.grad)
                p.sub_(self.lr * velocity)


def _trained(answer, weight, bias, leftover, x, labels, sizes, every, lr, momentum):
    """What train_epoch returned, the model afterwards, and the log."""
    model, log = _model(weight, bias, leftover), []
    model.register_forward_hook(lambda *passed: _note(log, passed[2]))
    parts = torch.tensor(x).split(sizes), torch.tensor(labels).split(sizes)
    optimizer = _Descent(model.parameters(), lr, momentum, log)
    micro_batches = list(zip(*parts, strict=True))
    found = answer.train_epoch(model, cross_entropy, optimizer, micro_batches, every)
    return found, model, log


def _note(log, output):
    """Writes a forward pass down and, when it comes, the backward pass through its output."""
    log.append(f"forward {len(output)}")
    if output.requires_grad:
        output.register_hook(lambda _: log.append("backward"))


def _model(weight, bias, leftover):
    model = nn.Linear(weight.shape[1], weight.shape[0]).double()
    with torch.no_grad():
        model.weight.copy_(torch.tensor(weight))
        model.bias.copy_(torch.tensor(bias))
    model.weight.grad = torch.tensor(leftover)
    return model
