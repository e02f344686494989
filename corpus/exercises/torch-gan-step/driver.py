"""Trains two small networks with an answer's step and reports what reached their parameters."""

import torch
from torch import nn


class Descent:
    """Gradient descent that notes, at each step, its gradients and how often the generator was reached."""

    def __init__(self, parameters, rate, reached):
        self.parameters, self.rate = list(parameters), rate
        self.reached, self.seen = reached, []

    def zero_grad(self, set_to_none=True):
        for parameter in self.parameters:
            parameter.grad = None if set_to_none else torch.zeros_like(parameter)

    @torch.no_grad()
    def step(self):
        values = [
            torch.zeros_like(p) if p.grad is None else p.grad.clone() for p in self.parameters
        ]
        self.seen.append((*values, self.reached[0]))
        self.reached[0] = 0
        for parameter, gradient in zip(self.parameters, values, strict=True):
            parameter -= self.rate * gradient


def network(first, second):
    """Linear, tanh, linear, without biases."""
    layers = [nn.Linear(*w.shape[::-1], bias=False, dtype=w.dtype) for w in (first, second)]
    for layer, weight in zip(layers, (first, second), strict=True):
        layer.weight.data.copy_(weight)
    return nn.Sequential(layers[0], nn.Tanh(), layers[1])


def count_gradients(module, reached):
    """Adds one to `reached` whenever a gradient arrives at an output of the module."""

    def watch(_module, _inputs, output):
        if output.requires_grad:
            output.register_hook(lambda _gradient: reached.__setitem__(0, reached[0] + 1))

    module.register_forward_hook(watch)


def train(answer, g_first, g_second, d_first, d_second, real, noise, rate):
    """One step for each batch in `real` and `noise`: losses, gradients at each step, final weights."""
    reached = [0]
    generator, discriminator = network(g_first, g_second), network(d_first, d_second)
    count_gradients(generator, reached)
    g_optimizer = Descent(generator.parameters(), rate, reached)
    d_optimizer = Descent(discriminator.parameters(), rate, reached)
    losses = [
        answer.gan_step(generator, discriminator, g_optimizer, d_optimizer, data, z)
        for data, z in zip(real, noise, strict=True)
    ]
    return {
        "d_loss": [d for d, _ in losses],
        "d_first_gradients": [first for first, _, _ in d_optimizer.seen],
        "d_second_gradients": [second for _, second, _ in d_optimizer.seen],
        "leaks": [times for _, _, times in d_optimizer.seen],
        "g_loss": [g for _, g in losses],
        "g_first_gradients": [first for first, _, _ in g_optimizer.seen],
        "g_second_gradients": [second for _, second, _ in g_optimizer.seen],
        "d_weights": [p.detach() for p in discriminator.parameters()],
        "g_weights": [p.detach() for p in generator.parameters()],
    }
