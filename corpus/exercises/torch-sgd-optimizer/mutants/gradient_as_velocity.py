# Keeps the tensor of p.grad as the velocity, and changes it in the next step.
import torch


class SGD:
    """Gradient descent with momentum and weight decay."""

    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        """Remembers the parameters and what belongs to each of them."""
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocities = [None] * len(self.parameters)

    @torch.no_grad()
    def step(self):
        """Updates every parameter that has a gradient."""
        for i, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            p.grad.add_(p, alpha=self.weight_decay) if self.weight_decay else None
            if self.velocities[i] is None:
                self.velocities[i] = p.grad
            else:
                self.velocities[i].mul_(self.momentum).add_(p.grad)
            p.sub_(self.lr * self.velocities[i])

    def zero_grad(self):
        """Forgets the gradients."""
        for p in self.parameters:
            p.grad = None
