import torch


class SGD:
    """Keeps the velocities in a dictionary, made when a parameter gets its first gradient."""

    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.params = tuple(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.state = {}

    def step(self):
        for index, p in enumerate(self.params):
            if p.grad is not None:
                p.data = p.data - self.lr * self._velocity(index, p)

    def _velocity(self, index, p):
        direction = torch.add(p.grad, p.data, alpha=self.weight_decay)
        if index in self.state:
            direction = direction + self.momentum * self.state[index]
        self.state[index] = direction
        return direction

    def zero_grad(self):
        for p in self.params:
            p.grad = None
