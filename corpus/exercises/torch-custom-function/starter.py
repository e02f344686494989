import torch


class Swish(torch.autograd.Function):
    """x * sigmoid(beta * x), with gradients by x and by the number beta."""

    @staticmethod
    def forward(ctx, x, beta):
        """The output, in the shape of x."""
        raise NotImplementedError

    @staticmethod
    def backward(ctx, upstream):
        """Gradients by x and by beta."""
        raise NotImplementedError


class BinarySign(torch.autograd.Function):
    """-1 or +1, with a straight-through gradient where |x| <= 1."""

    @staticmethod
    def forward(ctx, x):
        """The sign of each element; that of 0 is +1."""
        raise NotImplementedError

    @staticmethod
    def backward(ctx, upstream):
        """Gradient by x."""
        raise NotImplementedError
