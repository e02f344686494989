import torch


class Swish(torch.autograd.Function):
    """Saves in setup_context; the slope of the sigmoid comes from a tanh."""

    @staticmethod
    def forward(x, beta):
        return (x + x * torch.tanh(0.5 * beta * x)) / 2

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, upstream):
        x, beta = ctx.saved_tensors
        t = torch.tanh(0.5 * beta * x)
        bend = (1 - t) * (1 + t) / 4
        by_x = (1 + t) / 2 + beta * x * bend
        by_beta = torch.dot(upstream.reshape(-1), (x.square() * bend).reshape(-1))
        return by_x * upstream, by_beta


class BinarySign(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return (x >= 0).to(x.dtype) * 2 - 1

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.inside = inputs[0].clamp(-1, 1) == inputs[0]

    @staticmethod
    def backward(ctx, upstream):
        return upstream.masked_fill(~ctx.inside, 0.0)
