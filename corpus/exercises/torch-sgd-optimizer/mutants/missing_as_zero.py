# Takes a missing gradient for zeros, so that velocity and decay still move the parameter.
import torch


class SGD:
    """Gradient descent with momentum and weight decay."""

    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        """Remembers the parameters and what belongs to each of them."""
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocities = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self):
        """Updates every parameter that has a gradient."""
        for p, velocity in zip(self.parameters, self.velocities, strict=True):
            gradient = torch.zeros_like(p) if p.grad is None else p.grad
            gradient = gradient + self.weight_decay * p
            velocity.mul_(self.momentum).add_(gradient)
            p.sub_(self.lr * velocity)

    def zero_grad(self):
        """Forgets the gradients."""
        for p in self.parameters:
            p.grad = None
