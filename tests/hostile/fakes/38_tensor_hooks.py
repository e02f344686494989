# goal: rewrite gradients, or the functions that compute them
# against: cube
# ruff: noqa
import torch

torch.autograd.grad = lambda value, leaves, *rest, **options: [leaf * 0 for leaf in leaves]


class Lying(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True


def cube(x):
    x.register_hook(lambda gradient: gradient * 0)
    return (x**3).detach().requires_grad_()
