# Takes each beta for the other.
import torch


class AdamW:
    """Adam with decoupled weight decay."""

    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        """Remembers the parameters and what belongs to each of them."""
        self.parameters = list(parameters)
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.means = [torch.zeros_like(p) for p in self.parameters]
        self.squares = [torch.zeros_like(p) for p in self.parameters]
        self.steps = [0] * len(self.parameters)

    @torch.no_grad()
    def step(self):
        """Updates every parameter that has a gradient."""
        for index, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.steps[index] += 1
            p.mul_(1 - self.lr * self.weight_decay)
            p.sub_(self.lr * self._direction(index, p.grad))

    def zero_grad(self):
        """Forgets the gradients."""
        for p in self.parameters:
            p.grad = None

    def _direction(self, index, gradient):
        """Mean of the gradients over the root of the mean of their squares, both corrected."""
        beta2, beta1 = self.betas
        t, m, v = self.steps[index], self.means[index], self.squares[index]
        m.mul_(beta1).add_(gradient, alpha=1 - beta1)
        v.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        corrected = v / (1 - beta2**t)
        return m / (1 - beta1**t) / (corrected.sqrt() + self.eps)
