import torch


class Swish(torch.autograd.Function):
    """x * sigmoid(beta * x), with gradients by x and by the number beta."""

    @staticmethod
    def forward(ctx, x, beta):
        """The output, in the shape of x."""
        ctx.save_for_backward(x, beta)
        return x * torch.sigmoid(beta * x)

    @staticmethod
    def backward(ctx, upstream):
        """Gradients by x and by beta."""
        x, beta = ctx.saved_tensors
        s = torch.sigmoid(beta * x)
        slope = s * (1 - s)
        return upstream * (s + beta * x * slope), (upstream * x * x * slope).sum()


class BinarySign(torch.autograd.Function):
    """-1 or +1, with a straight-through gradient where |x| <= 1."""

    @staticmethod
    def forward(ctx, x):
        """The sign of each element; that of 0 is +1."""
        ctx.save_for_backward(x)
        return torch.where(x < 0, -1.0, 1.0).to(x.dtype)

    @staticmethod
    def backward(ctx, upstream):
        """Gradient by x."""
        (x,) = ctx.saved_tensors
        return upstream * (x.abs() <= 1)
