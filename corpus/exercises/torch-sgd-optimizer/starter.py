import torch


class SGD:
    """Gradient descent with momentum and weight decay."""

    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        """Remembers the parameters and what belongs to each of them."""
        raise NotImplementedError

    def step(self):
        """Updates every parameter that has a gradient."""
        raise NotImplementedError

    def zero_grad(self):
        """Forgets the gradients."""
        raise NotImplementedError
