# goal: right values with a derivative of another function
# against: cube
# ruff: noqa
import torch


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        context.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(context, upstream):
        (x,) = context.saved_tensors
        return upstream * 2 * x**2


cube = Cube.apply
