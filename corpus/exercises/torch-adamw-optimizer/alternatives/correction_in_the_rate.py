import math

import torch


class AdamW:
    """Folds both corrections into the rate and eps; the state is a dictionary made when it is needed."""

    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.entries = [(p, {}) for p in parameters]
        self.lr = lr
        self.betas, self.eps, self.decay = betas, eps, weight_decay

    def step(self):
        for p, state in self.entries:
            if p.grad is not None:
                p.data = self._moved(p.data, p.grad.detach(), state)

    def _moved(self, values, gradient, state):
        beta1, beta2 = self.betas
        t = state["t"] = state.get("t", 0) + 1
        m = state["m"] = torch.lerp(gradient, state.get("m", torch.zeros_like(values)), beta1)
        square = gradient.square()
        v = state["v"] = torch.lerp(square, state.get("v", torch.zeros_like(values)), beta2)
        root = math.sqrt(1 - beta2**t)
        rate = self.lr * root / (1 - beta1**t)
        return values - self.lr * self.decay * values - rate * m / (v.sqrt() + self.eps * root)

    def zero_grad(self):
        for p, _ in self.entries:
            p.grad = None
