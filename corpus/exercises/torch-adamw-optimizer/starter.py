import torch


class AdamW:
    """Adam with decoupled weight decay."""

    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        """Remembers the parameters and what belongs to each of them."""
        raise NotImplementedError

    def step(self):
        """Updates every parameter that has a gradient."""
        raise NotImplementedError

    def zero_grad(self):
        """Forgets the gradients."""
        raise NotImplementedError
