"""Makes an SGD for a few parameters, calls it step by step and records where the parameters are."""

import torch


def trajectory(answer, start, gradients, missing, rates, momentum, weight_decay):
    """The parameters before the first step and after each one.

    Each row of start is a parameter. gradients[t, i] is what parameter i has as grad in step t, or None
    where missing[t, i]; rates[t] is the learning rate of step t.
    """
    parameters = _parameters(start)
    optimizer = answer.SGD(iter(parameters), float(rates[0]), momentum, weight_decay)
    path = [_snapshot(parameters)]
    for rate, row, absent in zip(rates, gradients, missing, strict=True):
        optimizer.lr = float(rate)
        for p, gradient, gone in zip(parameters, row, absent, strict=True):
            p.grad = None if gone else torch.tensor(gradient)
        optimizer.step()
        path.append(_snapshot(parameters))
    return path


def minimise(answer, start, curvature, lr, momentum, weight_decay, steps):
    """Goes downhill on (curvature * p**2).sum() / 2 with zero_grad, backward and step; the path."""
    parameters = _parameters(start)
    optimizer = answer.SGD(iter(parameters), lr, momentum, weight_decay)
    path = [_snapshot(parameters)]
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (torch.tensor(curvature) * torch.stack(parameters) ** 2).sum() / 2
        loss.backward()
        optimizer.step()
        path.append(_snapshot(parameters))
    return path


def gradients_after(answer, start, gradient, lr, momentum, weight_decay, steps):
    """What the parameters have as grad after some steps without zero_grad."""
    parameters = _parameters(start)
    optimizer = answer.SGD(parameters, lr, momentum, weight_decay)
    for p, row in zip(parameters, gradient, strict=True):
        p.grad = torch.tensor(row)
    for _ in range(steps):
        optimizer.step()
    return torch.stack([p.grad for p in parameters])


def cleared(answer, start):
    """The grad of each parameter after zero_grad, called twice."""
    parameters = _parameters(start)
    optimizer = answer.SGD(iter(parameters), 0.1)
    optimizer.zero_grad()
    for p in parameters:
        p.grad = torch.ones_like(p)
    optimizer.zero_grad()
    return [p.grad for p in parameters]


def _parameters(start):
    return [torch.tensor(row, requires_grad=True) for row in start]


def _snapshot(parameters):
    return torch.stack([p.detach().clone() for p in parameters])
